#pragma once
/// What is said about the operators' map. What is drawn is rendered once, where it changed, and shared by
/// everybody who looks at it.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "protocols/livemap/map_rules.hpp"
#include "protocols/rentals/images.hpp"

namespace chautari {

enum class livemap_refusal : std::uint8_t {
  unknown_region = 1,  ///< No station has ever been there.
  too_many_layers,     ///< Everything that can be kept of this region is being watched: try later.
  station_not_found,
};
std::string to_string(livemap_refusal why);

/// Stations by what their markers show.
struct map_totals {
  std::int64_t stations = 0;
  std::int64_t online = 0;
  std::int64_t degraded = 0;
  std::int64_t offline = 0;
  std::int64_t maintenance = 0;

  void count(marker_state state, std::int64_t by);
  map_totals& operator+=(const map_totals& more);
  map_totals& operator-=(const map_totals& less);
  friend bool operator==(const map_totals&, const map_totals&) = default;
};

/// One thing that is drawn: a station, or a cell with several.
struct map_item {
  std::string key;  ///< The station's serial number, or the cell's "z/x/y".
  bool is_cluster = false;
  double latitude = 0;  ///< Of a cluster: the mean of its stations.
  double longitude = 0;
  map_totals totals;
  std::string json;  ///< As the page reads it.
};
using map_item_ptr = std::shared_ptr<const map_item>;

/// What is new in one layer of one region. A key is in one of the two at most.
struct layer_change {
  std::vector<map_item_ptr> changed;
  std::vector<std::string> gone;
};

/// From a region to one who watches. `is_whole`: `changed` is everything there is. Changes follow in order.
struct layer_delta {
  std::uint32_t watch = 0;  ///< The watcher's own number.
  bool is_whole = false;
  std::shared_ptr<const layer_change> what;
};

/// Where the network's figures come from once at start: rentals are known by their events afterwards.
struct open_rental_mark {
  rental_id rental;
  station_id station;
  rental_status status = rental_status::pending;
};

/// The counters strip.
struct network_metrics {
  map_totals stations;
  std::int64_t seated = 0;  ///< Banks.
  std::int64_t rented = 0;
  std::int64_t missing = 0;
  std::int64_t lost = 0;
  std::int64_t other = 0;
  std::int64_t active = 0;  ///< Rentals.
  std::int64_t overdue = 0;
  std::int64_t pending = 0;
  std::int64_t events_per_minute = 0;
  std::int64_t commands_failing = 0;  ///< Commands that failed within the last 15 minutes.
  timestamp as_of;
};
struct look_at_metrics {};

/// One station's marker, for the panel beside the map.
struct look_at_marker {
  station_id station;
};
struct marker_view {
  std::string json;
};

}  // namespace chautari
