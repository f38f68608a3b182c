#include "protocols/livemap/map_rules.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<marker_state, 4> state_words{{
    {marker_state::online, "ONLINE"},
    {marker_state::degraded, "DEGRADED"},
    {marker_state::offline, "OFFLINE"},
    {marker_state::maintenance, "MAINTENANCE"},
}};

constexpr int rentable_enough = 2;
constexpr int cells_of_a_tile = 4;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Where a share 0..1 of the world falls among `count` squares.
std::uint32_t place(double share, std::uint32_t count) {
  const auto at = std::floor(share * count);
  return static_cast<std::uint32_t>(std::clamp(at, 0.0, static_cast<double>(count - 1)));
}

map_cell square_at(double latitude, double longitude, int zoom, std::uint32_t count) {
  const double lat = std::clamp(latitude, -map_latitude_max, map_latitude_max) * std::numbers::pi / 180;
  const double north = (1 - std::asinh(std::tan(lat)) / std::numbers::pi) / 2;
  return {static_cast<std::uint8_t>(zoom), place((longitude + 180) / 360, count), place(north, count)};
}

template <class Number>
Number clamped(std::int64_t value) {
  return static_cast<Number>(std::clamp<std::int64_t>(value, 0, std::numeric_limits<Number>::max()));
}

/// The part of `text` that fits the marker's own measures.
std::string_view cut(const std::string& text) {
  return std::string_view{text}.substr(0, limits::marker_text_bytes_max);
}

bool contains_folded(std::string_view words, std::string_view wanted) {
  return std::search(words.begin(), words.end(), wanted.begin(), wanted.end(),
                     [](char c, char sought) { return lower(c) == sought; }) != words.end();
}

}  // namespace

std::string to_string(marker_state state) { return word_of(state_words, state); }
std::optional<marker_state> parse_marker_state(std::string_view text) {
  return value_of_word(state_words, text);
}

map_cell tile_at(double latitude, double longitude, int zoom) {
  return square_at(latitude, longitude, zoom, 1U << static_cast<unsigned>(zoom));
}

map_cell cell_at(double latitude, double longitude, int zoom) {
  return square_at(latitude, longitude, zoom, cells_of_a_tile << static_cast<unsigned>(zoom));
}

std::string to_key(const map_cell& cell) {
  return std::to_string(cell.zoom) + '/' + std::to_string(cell.x) + '/' + std::to_string(cell.y);
}

map_region region_at(double latitude, double longitude) {
  const auto tile = tile_at(latitude, longitude, map_region_zoom);
  return {tile.x * 128 + tile.y};
}

station_marker marker_of(const station_view& view) {
  const auto& facts = view.facts;
  station_marker made;
  made.id = facts.id;
  made.words.append(cut(facts.name)).append(1, '\n').append(cut(facts.serial.value));
  made.name_bytes = static_cast<std::uint16_t>(cut(facts.name).size());
  made.serial_bytes = static_cast<std::uint16_t>(cut(facts.serial.value).size());
  made.words.append(1, '\n').append(cut(facts.address));
  made.latitude_e6 = static_cast<std::int32_t>(std::lround(facts.latitude * 1e6));
  made.longitude_e6 = static_cast<std::int32_t>(std::lround(facts.longitude * 1e6));
  made.last_seen_at = view.last_seen_at;
  made.snapshot_at = view.snapshot_at;
  made.revision = view.revision;
  made.rentable = clamped<std::uint8_t>(view.rentable_count);
  made.free_slots = clamped<std::uint8_t>(view.return_slots);
  made.slots = clamped<std::uint8_t>(view.slots.empty() ? facts.total_slots
                                                        : static_cast<std::int64_t>(view.slots.size()));
  made.is_online = view.is_online;
  made.is_maintenance = facts.is_maintenance;
  made.is_deleted = facts.is_deleted;
  for (const auto& slot : view.slots) {
    made.has_slot_error = made.has_slot_error || slot.status == slot_status::error;
    if (!slot.has_bank) continue;
    ++made.banks;
    if (slot.battery < 0) continue;
    const auto charge = static_cast<std::int8_t>(std::min(slot.battery, 100));
    made.battery_min = made.battery_min < 0 ? charge : std::min(made.battery_min, charge);
  }
  return made;
}

judged_marker judge(const station_marker& marker, timestamp now) {
  judged_marker judged;
  const bool is_stock_known = marker.is_online && marker.snapshot_at + marker_stock_fresh >= now;
  judged.rentable = is_stock_known ? marker.rentable : std::uint8_t{0};
  if (marker.is_maintenance) {
    judged.state = marker_state::maintenance;
  } else if (!marker.is_online) {
    judged.state = marker_state::offline;
  } else if (marker.has_slot_error || judged.rentable < rentable_enough || marker.free_slots < 1 ||
             marker.last_seen_at + heartbeat_late <= now) {
    judged.state = marker_state::degraded;
  } else {
    judged.state = marker_state::online;
  }
  return judged;
}

std::optional<timestamp> judge_again_at(const station_marker& marker, timestamp now) {
  if (!marker.is_online) return {};
  std::optional<timestamp> next;
  for (const auto at : {marker.last_seen_at + timestamp::duration{heartbeat_late},
                        marker.snapshot_at + timestamp::duration{marker_stock_fresh} + milliseconds{1}}) {
    if (at > now) next = next ? std::min(*next, at) : at;
  }
  return next;
}

bool takes(const map_filter& filter, const station_marker& marker, const judged_marker& judged,
           timestamp now) {
  if (marker.is_deleted) return false;
  const auto bit = 1U << static_cast<unsigned>(judged.state);
  if (filter.states != 0 && (filter.states & bit) == 0) return false;
  if (filter.low_stock && judged.rentable >= rentable_enough) return false;
  if (filter.no_free_slot && marker.free_slots > 0) return false;
  if (filter.battery_below != 0 && (marker.battery_min < 0 || marker.battery_min >= filter.battery_below))
    return false;
  if (filter.silent_minutes != 0 && marker.last_seen_at + minutes{filter.silent_minutes} > now) return false;
  if (marker.issue < filter.issue) return false;
  return filter.text.empty() || contains_folded(marker.words, filter.text);
}

std::string folded(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

double uptime_share(const std::vector<station_status_change>& changes, bool is_online, timestamp since,
                    timestamp now) {
  if (now <= since) return is_online ? 1 : 0;
  milliseconds up{0};
  auto from = since;
  bool was_online = changes.empty() ? is_online : changes.front().previous == station_status::online;
  for (const auto& change : changes) {
    const auto at = std::clamp(change.changed_at, since, now);
    if (was_online && at > from) up += at - from;
    from = std::max(from, at);
    was_online = change.status == station_status::online;
  }
  if (was_online) up += now - from;
  return static_cast<double>(up.count()) / static_cast<double>((now - since).count());
}

}  // namespace chautari
