/// What a cabinet's screen shows, for staff. Nobody has adverts yet: the list is empty.

#include <boost/json/serialize.hpp>

#include "http/kiosks/kiosks_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "protocols/kiosks/adverts.hpp"

namespace chautari {

endpoint list_adverts_row(const kiosks_door& door) {
  return {.verb = http_method::get,
          .path = "/api/internal/ads/distribute",
          .who = access::admin_access,
          .summary = "The adverts of one cabinet, in the order in which it shows them",
          .handle =
              [&door](exchange& in) {
                auto fields = field_reader::of_query(in);
                const auto cabinet = parse_imei(fields.text("station_serial", {.shortest = 1}));
                if (!cabinet) fields.note("station_serial", "malformed");
                if (!fields.complete(in)) return;
                in.ask<kiosk_view>(
                    door.kiosks, look_at_kiosk{*cabinet},
                    [](exchange& out, const kiosk_view&) {
                      out.answer(boost::json::serialize(adverts_for_staff({}, {})));
                    },
                    answer_command_refusal);
              },
          .query = {{"station_serial", "The cabinet's imei", true}},
          .wants = {{permission::ads, need::read}}};
}

}  // namespace chautari
