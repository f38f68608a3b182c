#include "http/operations/refusals.hpp"
#include "http/pricing/pricing_door.hpp"
#include "http/server/field_reader.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/pricing/views.hpp"

namespace chautari {
namespace {

constexpr std::string_view cacheable = "public, max-age=60";

void list_for_rental(exchange& in, const price_list& prices, const stations_door& stations) {
  auto fields = field_reader::of_query(in);
  const auto serial = fields.optional_text("station_sn", {.shortest = 1, .longest = 255});
  const auto page = fields.optional_integer("page", {.least = 1, .most = 1'000'000}).value_or(1);
  const auto size = fields.optional_integer("page_size", {.least = 1, .most = 100}).value_or(20);
  if (!fields.complete(in)) return;
  if (serial && stations.table(in).find(station_sn{*serial}) == nullptr) {
    return answer_refusal(in, refuse(station_refusal::station_not_found));
  }
  in.answer_cached(rental_packages_json(prices, static_cast<std::int32_t>(page),
                                        static_cast<std::int32_t>(size), serial.has_value()),
                   cacheable);
}

}  // namespace

endpoints pricing_endpoints(std::shared_ptr<const price_list> prices, const stations_door& stations) {
  return {{.path = "/api/payments/packages",
           .summary = "What can be rented for how long and how much, by duration",
           .handle = [prices](exchange& in) { in.answer_cached(payment_packages_json(*prices), cacheable); },
           .aliases = {"/api/packages"}},
          {.path = "/api/rentals/packages",
           .summary = "The same, as a station offers it",
           .handle = [prices, &stations](exchange& in) { list_for_rental(in, *prices, stations); },
           .query = {
               {"station_sn", "adds the station's discounts"}, {"page", "from 1"}, {"page_size", "1..100"}}}};
}

}  // namespace chautari
