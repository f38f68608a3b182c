/// What else a cabinet fetches: its configuration, adverts, firmware.

#include <boost/json.hpp>
#include <vector>

#include "http/cabinets/cabinet_call.hpp"
#include "http/cabinets/cabinets_door.hpp"
#include "http/server/desk.hpp"
#include "protocols/kiosks/cabinet_sign.hpp"

namespace chautari {
namespace {

/// Answers a cabinet that some station has.
void answer_ours(exchange& in, const cabinets_door& door, const imei& cabinet, std::string data_json) {
  in.ask<kiosk_view>(
      door.kiosks, look_at_kiosk{cabinet},
      [data = std::move(data_json)](exchange& out, const kiosk_view&) { answer_cabinet(out, data); },
      [](exchange& out, const caf::error&) { fail_cabinet(out, 403, "This cabinet is not registered."); });
}

/// The sign of this call is told of nowhere: over the number alone, or over whatever the cabinet sends along.
bool is_signed_whole(const exchange& in) {
  std::vector<signed_parameter> all;
  for (const auto& [name, value] : in.query_fields()) {
    if (name != "sign") all.push_back({name, value});
  }
  return sign_matches(all, given(in, "sign"));
}

void configure(exchange& in, const cabinets_door& door) {
  const auto cabinet =
      is_signed_whole(in) ? parse_imei(given(in, "rentboxSN")) : caller_of(in, "rentboxSN", {"rentboxSN"});
  if (in.is_answered()) return;
  if (!cabinet) return fail_cabinet(in, 500, "No such cabinet number.");
  // Motor and area parameters of the maker, as text within the answer.
  const boost::json::object parameters{{"dRotationRefer", 15},
                                       {"dReturnLocked", 0},
                                       {"dHeadConfig", 43},
                                       {"dRotationNumber", 5},
                                       {"dRotationEnable", 1},
                                       {"dMotorEnable", 1},
                                       {"dAreaConfig", door.values.area_code}};
  answer_ours(in, door, *cabinet,
              boost::json::serialize(boost::json::string{boost::json::serialize(parameters)}));
}

/// None so far. Older boards sign a position that they do not send.
void list_adverts(exchange& in, const cabinets_door& door) {
  const std::string position{in.query("position").value_or("screen")};
  const std::vector<signed_parameter> parameters{{"uuid", given(in, "uuid")}, {"position", position}};
  if (!sign_matches(parameters, given(in, "sign"))) return fail_cabinet(in, 401, "Wrong sign.");
  const auto cabinet = parse_imei(given(in, "uuid"));
  if (!cabinet) return fail_cabinet(in, 500, "No such cabinet number.");
  answer_ours(in, door, *cabinet, "[]");
}

/// The cabinet keeps what it has.
void offer_firmware(exchange& in) { fail_cabinet(in, 500, "There is no other version."); }

}  // namespace

endpoints errand_rows(const cabinets_door& door) {
  const auto configures = [&door](exchange& in) { configure(in, door); };
  const std::string about = "A cabinet asks for its motor and area parameters";
  auto sent = cabinet_row(http_method::post, "/api/rentbox/config/data", about, configures);
  sent.body = body_kind::raw;
  sent.body_bytes_max = 1'024;
  endpoints rows{
      std::move(sent), cabinet_row(http_method::get, "/api/rentbox/config/data", about, configures),
      cabinet_row(http_method::get, "/api/advert/rentbox/distribute/list", "A cabinet asks what to show",
                  [&door](exchange& in) { list_adverts(in, door); })};
  auto versions = cabinet_row(http_method::get, "/api/iot/app/version/{channel}",
                              "A cabinet asks for newer firmware: there is none", offer_firmware);
  versions.aliases = {"/api/rentbox/client/version/{channel}"};
  rows.push_back(std::move(versions));
  rows.push_back(cabinet_row(http_method::get, "/api/iot/app/version/{channel}/{part}",
                             "A cabinet asks for newer firmware: there is none", offer_firmware));
  return rows;
}

endpoints cabinet_endpoints(const cabinets_door& door) {
  auto all = connect_rows(door);
  for (auto more : {report_rows(door), errand_rows(door)})
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return all;
}

}  // namespace chautari
