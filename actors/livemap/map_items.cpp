#include "actors/livemap/map_items.hpp"

#include <array>
#include <boost/json.hpp>
#include <charconv>

namespace chautari {
namespace {

// A layer of a big city is drawn in one go: ten times as fast as building objects to serialise.
template <class Number>
void append(std::string& out, std::string_view key, Number value) {
  std::array<char, 32> digits{};
  out.append(key).append(digits.data(),
                         std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

void append_text(std::string& out, std::string_view key, std::string_view text) {
  out.append(key).append(boost::json::serialize(boost::json::string_view{text.data(), text.size()}));
}

void append_counts(std::string& out, std::int64_t rentable, std::int64_t free_slots, std::int64_t slots,
                   std::int64_t banks) {
  append(out, R"(,"rentable":)", rentable);
  append(out, R"(,"free":)", free_slots);
  append(out, R"(,"slots":)", slots);
  append(out, R"(,"banks":)", banks);
}

}  // namespace

map_item_ptr draw_marker(const station_marker& marker, const judged_marker& judged) {
  auto item = std::make_shared<map_item>();
  item->key = marker.serial();
  item->latitude = marker.latitude();
  item->longitude = marker.longitude();
  item->totals.count(judged.state, 1);
  auto& out = item->json;
  out.reserve(256);
  append_text(out, R"({"sn":)", marker.serial());
  append_text(out, R"(,"name":)", marker.name());
  append(out, R"(,"lat":)", item->latitude);
  append(out, R"(,"lng":)", item->longitude);
  out.append(R"(,"state":")").append(to_string(judged.state)).append(1, '"');
  append_counts(out, judged.rentable, marker.free_slots, marker.slots, marker.banks);
  if (marker.issue == 0) {
    out.append(R"(,"issue":null)");
  } else {
    append_text(out, R"(,"issue":)", to_string(static_cast<issue_priority>(marker.issue - 1)));
  }
  out.append(R"(,"last_seen_at":")").append(to_rfc3339(marker.last_seen_at)).append(1, '"');
  append(out, R"(,"active_out":)", marker.active_out);
  out += '}';
  out.shrink_to_fit();
  return item;
}

map_item_ptr draw_cluster(const map_cell& at, const map_totals& totals, const cluster_sums& sums) {
  auto item = std::make_shared<map_item>();
  const auto mean = [&](std::int64_t sum) { return static_cast<double>(sum / totals.stations) / 1e6; };
  item->key = to_key(at);
  item->is_cluster = true;
  item->latitude = mean(sums.latitude_e6);
  item->longitude = mean(sums.longitude_e6);
  item->totals = totals;
  auto& out = item->json;
  append_text(out, R"({"key":)", item->key);
  append(out, R"(,"lat":)", item->latitude);
  append(out, R"(,"lng":)", item->longitude);
  append(out, R"(,"count":)", totals.stations);
  append(out, R"(,"online":)", totals.online);
  append(out, R"(,"degraded":)", totals.degraded);
  append(out, R"(,"offline":)", totals.offline);
  append(out, R"(,"maintenance":)", totals.maintenance);
  append_counts(out, sums.rentable, sums.free_slots, sums.slots, sums.banks);
  out += '}';
  return item;
}

}  // namespace chautari
