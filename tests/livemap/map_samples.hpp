#pragma once
/// Random stations that change, and the map a careful reader would draw of them from scratch.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "actors/livemap/map_items.hpp"
#include "protocols/livemap/messages.hpp"
#include "tests/support/rider_samples.hpp"

namespace chautari::testing {

/// Keys and JSON of everything that is drawn.
using drawing = std::map<std::string, std::string>;

/// Stations crowded into a few places, so that some share cells at every zoom.
class changing_city {
public:
  explicit changing_city(std::uint64_t seed) : dice_{seed} {}

  [[nodiscard]] std::size_t below(std::size_t count) { return dice_() % count; }

  station_marker born(std::size_t number) {
    auto view = a_station("ST-" + std::to_string(number), "Station " + std::to_string(number), 27.7, 85.3);
    place(view);
    views_.push_back(view);
    return marker_of(view);
  }
  /// Something happens to one of them.
  station_marker change(timestamp now) {
    auto& view = views_[below(views_.size())];
    switch (below(7)) {
      case 0:
        view.is_online = !view.is_online;
        break;
      case 1:
        view.facts.is_maintenance = !view.facts.is_maintenance;
        break;
      case 2:
        view.rentable_count = static_cast<std::int32_t>(below(5));
        view.return_slots = static_cast<std::int32_t>(below(3));
        break;
      case 3:
        view.slots[0].status = below(2) == 0 ? slot_status::error : slot_status::occupied;
        view.slots[1].battery = static_cast<std::int32_t>(below(100));
        break;
      case 4:
        place(view);
        break;
      default:
        break;
    }
    view.last_seen_at = now;
    view.snapshot_at = now;
    ++view.revision;
    return marker_of(view);
  }

private:
  void place(station_view& view) {
    static constexpr double latitudes[] = {27.7, 27.7004, 27.71, 28.2, 26.5};
    static constexpr double longitudes[] = {85.3, 85.3003, 85.31, 84.0, 87.3};
    view.facts.latitude = latitudes[below(5)] + static_cast<double>(below(4)) * 0.0001;
    view.facts.longitude = longitudes[below(5)] + static_cast<double>(below(4)) * 0.0001;
  }

  std::mt19937_64 dice_;
  std::vector<station_view> views_;
};

/// Every cell counted from the stations themselves.
inline drawing drawn_from_scratch(const std::map<station_id, station_marker>& stations,
                                  const map_layer& layer, timestamp now) {
  std::map<std::string, std::vector<const station_marker*>> cells;
  for (const auto& [id, marker] : stations) {
    if (!takes(layer.filter, marker, judge(marker, now), now)) continue;
    const bool is_marker = layer.zoom >= map_zoom_markers;
    const auto key = is_marker ? std::string{marker.serial()}
                               : to_key(cell_at(marker.latitude(), marker.longitude(), layer.zoom));
    cells[key].push_back(&marker);
  }
  drawing all;
  for (const auto& [key, members] : cells) {
    if (members.size() == 1) {
      const auto item = draw_marker(*members.front(), judge(*members.front(), now));
      all[item->key] = item->json;
      continue;
    }
    map_totals totals;
    cluster_sums sums;
    for (const auto* marker : members) {
      const auto judged = judge(*marker, now);
      totals.count(judged.state, 1);
      sums.rentable += judged.rentable;
      sums.free_slots += marker->free_slots;
      sums.slots += marker->slots;
      sums.banks += marker->banks;
      sums.latitude_e6 += marker->latitude_e6;
      sums.longitude_e6 += marker->longitude_e6;
    }
    const auto at = cell_at(members.front()->latitude(), members.front()->longitude(), layer.zoom);
    all[key] = draw_cluster(at, totals, sums)->json;
  }
  return all;
}

inline void apply(drawing& seen, const layer_change& change) {
  for (const auto& key : change.gone)
    EXPECT_EQ(seen.erase(key), 1U) << key << " was never there";
  for (const auto& item : change.changed) {
    EXPECT_EQ(std::ranges::count(change.gone, item->key), 0) << item->key << " cannot be gone and be there";
    seen[item->key] = item->json;
  }
}

inline drawing drawing_of(const layer_change& whole) {
  drawing seen;
  apply(seen, whole);
  return seen;
}

/// Layers that differ in everything a layer can differ in.
inline std::vector<map_layer> sample_layers() {
  std::vector<map_layer> layers;
  for (int zoom = map_zoom_min; zoom <= map_zoom_markers; ++zoom)
    layers.push_back({static_cast<std::uint8_t>(zoom), {}});
  map_filter troubled;
  troubled.states = 2 + 4;
  layers.push_back({8, troubled});
  map_filter empty;
  empty.low_stock = true;
  layers.push_back({map_zoom_markers, empty});
  map_filter silent;
  silent.silent_minutes = 7;
  layers.push_back({10, silent});
  map_filter named;
  named.text = "station 1";
  layers.push_back({12, named});
  map_filter weak;
  weak.battery_below = 30;
  weak.issue = 2;
  layers.push_back({14, weak});
  return layers;
}

}  // namespace chautari::testing
