#include "http/operations/refusals.hpp"
#include "http/pricing/pricing_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/operations/doors.hpp"
#include "protocols/pricing/views.hpp"

namespace chautari {
namespace {

constexpr std::string_view cacheable = "public, max-age=60";

using offers = std::vector<station_discount>;

bool is_rider(const exchange& in) { return in.caller() && in.caller()->role == caller_role::user; }

/// Asks for one offer after the other how often the rider had it; at a station there are a few at most.
struct offer_count {
  reader_actor reader;
  user_id rider;
  offers left;  ///< From the last to the first.
  offers kept;
  std::function<void(exchange&, const offers&)> tell;
};

void count_next(exchange& in, const std::shared_ptr<offer_count>& counting) {
  if (counting->left.empty()) return counting->tell(in, counting->kept);
  const auto id = counting->left.back().id.value;
  in.ask<price_uses>(
      counting->reader, count_price_uses{price_table::discounts, id, counting->rider},
      [counting](exchange& out, const price_uses& found) {
        const auto& offer = counting->left.back();
        if (found.uses < offer.uses_per_user_max) counting->kept.push_back(offer);
        counting->left.pop_back();
        count_next(out, counting);
      },
      answer_refusal);
}

void list_for_rental(exchange& in, const pricing_door& door) {
  auto fields = field_reader::of_query(in);
  const auto serial = fields.optional_text("station_sn", {.shortest = 1, .longest = 255});
  const auto page = fields.optional_integer("page", {.least = 1, .most = 1'000'000}).value_or(1);
  const auto size = fields.optional_integer("page_size", {.least = 1, .most = 100}).value_or(20);
  if (!fields.complete(in)) return;
  const auto answer = [&door, page, size](exchange& out, const offers* found) {
    out.answer_cached(rental_packages_json(door.prices(out), static_cast<std::int32_t>(page),
                                           static_cast<std::int32_t>(size), found),
                      found != nullptr && is_rider(out) ? "private, no-cache" : cacheable);
  };
  if (!serial) return answer(in, nullptr);
  const auto* station = door.rentals().stations.table(in).find(station_sn{*serial});
  if (station == nullptr) return answer_refusal(in, refuse(station_refusal::station_not_found));
  // Who is signed in sees what is left for them: the same address has two answers.
  in.put_header("Vary", "Authorization");
  with_offers(in, door, station->view.facts.id, {},
              [answer](exchange& out, const offers& found) { answer(out, &found); });
}

}  // namespace

pricing_door::pricing_door(std::size_t lanes, const price_list_ptr& prices, const rentals_door& rentals,
                           accounts_actor accounts)
    : prices_(lanes, prices), rentals_{rentals}, accounts_{std::move(accounts)} {}

void pricing_door::set_up(lane_parts& parts) {
  auto& mine = prices_.at(parts.lane);
  parts.announcements.on<prices_announced>([&mine](const prices_announced& news) { mine = news.prices; });
}

void with_offers(exchange& in, const pricing_door& door, station_id station, std::optional<package_id> only,
                 std::function<void(exchange&, const offers&)> tell) {
  const auto& prices = door.prices(in);
  auto counting = std::make_shared<offer_count>();
  for (const auto& package : prices.packages) {
    if (!package.is_active || (only && !(package.id == *only))) continue;
    const auto* offer = prices.discount_at(station, package.id, in.now());
    if (offer != nullptr && offer->has_use_left()) counting->left.push_back(*offer);
  }
  if (!is_rider(in)) return tell(in, counting->left);
  counting->reader = door.rentals().reader;
  counting->rider = in.user();
  counting->tell = std::move(tell);
  count_next(in, counting);
}

endpoints pricing_endpoints(const pricing_door& door) {
  return {{.path = "/api/payments/packages",
           .summary = "What can be rented for how long and how much, by duration",
           .handle =
               [&door](exchange& in) { in.answer_cached(payment_packages_json(door.prices(in)), cacheable); },
           .aliases = {"/api/packages"}},
          {.path = "/api/rentals/packages",
           .summary = "The same, as a station offers it to whoever asks",
           .handle = [&door](exchange& in) { list_for_rental(in, door); },
           .query = {{"station_sn", "adds the station's discounts"},
                     {"page", "from 1"},
                     {"page_size", "1..100"}}},
          calculate_options_row(door)};
}

}  // namespace chautari
