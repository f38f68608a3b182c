/// A rider's totals. They change with each rental and nobody needs them to the minute: each lane remembers
/// what it told for five minutes.

#include <boost/json.hpp>
#include <deque>
#include <unordered_map>

#include "http/rentals/rental_commands.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr minutes remembered_for{5};
constexpr std::string_view cache_control = "private, max-age=300";

/// What one lane told, oldest first.
struct told_stats {
  struct answer {
    timestamp until;
    std::string data;
  };
  std::unordered_map<user_id, answer> answers;
  std::deque<user_id> order;

  [[nodiscard]] const std::string* find(user_id rider, timestamp now) const {
    const auto found = answers.find(rider);
    return found != answers.end() && now < found->second.until ? &found->second.data : nullptr;
  }
  void keep(user_id rider, timestamp now, std::string data) {
    const auto [place, is_new] =
        answers.insert_or_assign(rider, answer{now + remembered_for, std::move(data)});
    static_cast<void>(place);
    if (is_new) order.push_back(rider);
    if (order.size() <= limits::rental_stats_kept_max) return;
    answers.erase(order.front());
    order.pop_front();
  }
};
using lanes_stats = std::shared_ptr<std::vector<told_stats>>;

std::string stats_json(const rental_stats& stats, timestamp now) {
  namespace json = boost::json;
  const auto& last = stats.last_rental_at;
  const auto& favourite = stats.favourite_station;
  return json::serialize(
      json::object{{"total_rentals", stats.rentals},
                   {"completed_rentals", stats.completed},
                   {"cancelled_rentals", stats.cancelled},
                   {"timely_returns", stats.on_time},
                   {"late_returns", stats.late},
                   {"total_minutes", stats.minutes_used},
                   {"total_spent", to_text(stats.charged)},
                   {"late_fees", to_text(stats.late_fees)},
                   {"points_earned", stats.points_earned},
                   {"last_rental_at", last ? json::value(to_rfc3339(*last)) : json::value(nullptr)},
                   {"favourite_station", favourite.empty() ? json::value(nullptr) : json::value(favourite)},
                   {"as_of", to_rfc3339(now)}});
}

void show(exchange& in, const rentals_door& door, const lanes_stats& told) {
  if (const auto* known = told->at(in.lane()).find(in.user(), in.now()))
    return in.answer_cached(*known, cache_control);
  in.ask<rental_stats>(
      door.reader, load_rental_stats{in.user()},
      [told](exchange& out, const rental_stats& stats) {
        const auto data = stats_json(stats, out.now());
        told->at(out.lane()).keep(out.user(), out.now(), data);
        out.answer_cached(data, cache_control);
      },
      answer_refusal);
}

}  // namespace

endpoint rental_stats_row(const rentals_door& door) {
  const auto told = std::make_shared<std::vector<told_stats>>(door.lanes);
  return {.path = "/api/rentals/stats",
          .who = access::user_access,
          .summary = "The rider's totals, at most 5 minutes old",
          .handle = [&door, told](exchange& in) { show(in, door, told); }};
}

}  // namespace chautari
