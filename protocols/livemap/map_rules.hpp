#pragma once
/// The operators' map, without an actor or a socket: where a station lies on the web-mercator grid, which
/// state its marker shows, and whom a filter takes.
///
/// The grid is the one of web maps (EPSG:3857): at zoom z the world is 2^z tiles of 256 px in each direction,
/// so a cell of 64 px is a tile of zoom z + 2. A *region* is a tile of zoom 7 (2.8 degrees wide): every cell
/// of the zooms that cluster (5..14) lies within one region.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/time.hpp"
#include "protocols/stations/issues.hpp"
#include "protocols/stations/views.hpp"

namespace chautari {

// -- the grid
// ------------------------------------------------------------------------------------------

/// Views of other zooms are clamped: below 5 the cells of 5 are as good, from 15 on every station is a
/// marker.
inline constexpr int map_zoom_min = 5;
inline constexpr int map_zoom_markers = 15;
inline constexpr int map_region_zoom = 7;
/// Mercator ends here (degrees); stations beyond are drawn at the edge.
inline constexpr double map_latitude_max = 85.05112878;

/// One square of the grid of `zoom`: x grows eastwards, y southwards.
struct map_cell {
  std::uint8_t zoom = 0;
  std::uint32_t x = 0;
  std::uint32_t y = 0;
  friend auto operator<=>(const map_cell&, const map_cell&) = default;
};
/// The tile of 256 px that holds the point. `latitude` and `longitude` in degrees.
[[nodiscard]] map_cell tile_at(double latitude, double longitude, int zoom);
/// The cell of 64 px: its `zoom` is the map's, its x and y count cells.
[[nodiscard]] map_cell cell_at(double latitude, double longitude, int zoom);
/// "z/x/y"
[[nodiscard]] std::string to_key(const map_cell& cell);
/// All of a cell in one number, to look it up by.
[[nodiscard]] constexpr std::uint64_t packed(const map_cell& cell) {
  return std::uint64_t{cell.zoom} << 48U | std::uint64_t{cell.x} << 24U | cell.y;
}

/// Tile of zoom 7: x * 128 + y.
struct map_region {
  std::uint32_t number = 0;
  friend auto operator<=>(const map_region&, const map_region&) = default;

  [[nodiscard]] std::uint32_t x() const { return number / 128; }
  [[nodiscard]] std::uint32_t y() const { return number % 128; }
};
[[nodiscard]] map_region region_at(double latitude, double longitude);

// -- markers
// ------------------------------------------------------------------------------------------

/// What the colour says. MAINTENANCE before OFFLINE before DEGRADED before ONLINE.
enum class marker_state : std::uint8_t { online, degraded, offline, maintenance };
std::string to_string(marker_state state);
std::optional<marker_state> parse_marker_state(std::string_view text);

/// Two heartbeats of nine minutes have not come: late, and still online (25 min).
inline constexpr minutes heartbeat_late{18};
/// Older stock counts for nothing, as for riders.
inline constexpr minutes marker_stock_fresh{25};

/// Everything the map keeps of one station; a country has a hundred thousand of them.
struct station_marker {
  station_id id;
  std::string words;  ///< "name\nserial\naddress": one allocation, searched as it is.
  std::uint16_t name_bytes = 0;
  std::uint16_t serial_bytes = 0;
  std::int32_t latitude_e6 = 0;  ///< Millionths of a degree: sums of them are exact.
  std::int32_t longitude_e6 = 0;
  timestamp last_seen_at;
  timestamp snapshot_at;
  std::uint64_t revision = 0;    ///< Of the view it was made from.
  std::uint32_t active_out = 0;  ///< Banks out with riders who rented here.
  std::uint8_t rentable = 0;     ///< As of the view; `judge` says what it is worth now.
  std::uint8_t free_slots = 0;
  std::uint8_t slots = 0;
  std::uint8_t banks = 0;
  std::int8_t battery_min = -1;  ///< Of the banks seated here; -1: none whose charge is known.
  std::uint8_t issue = 0;        ///< Highest priority of its open issues, counted from 1; 0: none is open.
  bool is_online = false;
  bool is_maintenance = false;
  bool has_slot_error = false;
  bool is_deleted = false;

  [[nodiscard]] std::string_view name() const { return std::string_view{words}.substr(0, name_bytes); }
  [[nodiscard]] std::string_view serial() const {
    return std::string_view{words}.substr(name_bytes + 1U, serial_bytes);
  }
  [[nodiscard]] double latitude() const { return latitude_e6 / 1e6; }
  [[nodiscard]] double longitude() const { return longitude_e6 / 1e6; }
};
/// Issues and rentals are not the station's to know: they stay as they are.
[[nodiscard]] station_marker marker_of(const station_view& view);

/// What time makes of a marker.
struct judged_marker {
  marker_state state = marker_state::offline;
  std::uint8_t rentable = 0;
  friend bool operator==(const judged_marker&, const judged_marker&) = default;
};
/// DEGRADED: heartbeat late, a slot in ERROR, fewer than two banks to rent or no slot free.
[[nodiscard]] judged_marker judge(const station_marker& marker, timestamp now);
/// When time alone changes the judgement next; nothing: never.
[[nodiscard]] std::optional<timestamp> judge_again_at(const station_marker& marker, timestamp now);

// -- filters
// ------------------------------------------------------------------------------------------

/// What an operator wants to see; everything that is set must hold.
struct map_filter {
  std::uint8_t states = 0;  ///< Bits by marker_state; 0: all.
  bool low_stock = false;   ///< Fewer than two banks to rent.
  bool no_free_slot = false;
  std::uint8_t battery_below = 0;    ///< A bank here has less than so many percent; 0: whatever.
  std::uint16_t silent_minutes = 0;  ///< Not heard for so long; 0: whatever.
  std::uint8_t issue = 0;            ///< An open issue of this priority (counted from 1) or above.
  std::string text;                  ///< In lower case; in name, serial or address. Empty: whatever.
  friend bool operator==(const map_filter&, const map_filter&) = default;
};
[[nodiscard]] bool takes(const map_filter& filter, const station_marker& marker, const judged_marker& judged,
                         timestamp now);
/// Of ASCII letters; what is searched and what is searched for.
[[nodiscard]] std::string folded(std::string_view text);

/// Everything that decides what is drawn, but for where one looks.
struct map_layer {
  std::uint8_t zoom = map_zoom_min;  ///< 5..15
  map_filter filter;
  friend bool operator==(const map_layer&, const map_layer&) = default;
};

// -- uptime
// ------------------------------------------------------------------------------------------

/// The share (0..1) of the time from `since` until `now` in which the station was ONLINE. `changes`: oldest
/// first, those within and the last one before; `is_online`: what it is now, for a station without any.
[[nodiscard]] double uptime_share(const std::vector<station_status_change>& changes, bool is_online,
                                  timestamp since, timestamp now);

}  // namespace chautari
