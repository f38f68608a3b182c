#include "actors/livemap/region_map.hpp"

#include <algorithm>
#include <unordered_set>

#include "actors/livemap/map_items.hpp"
#include "protocols/base/check.hpp"

namespace chautari {
namespace {

constexpr int finest_zoom = map_zoom_markers - 1;

bool looks_the_same(const station_marker& a, const station_marker& b) {
  return a.words == b.words && a.name_bytes == b.name_bytes && a.latitude_e6 == b.latitude_e6 &&
         a.longitude_e6 == b.longitude_e6 && a.last_seen_at == b.last_seen_at &&
         a.active_out == b.active_out && a.rentable == b.rentable && a.free_slots == b.free_slots &&
         a.slots == b.slots && a.banks == b.banks && a.battery_min == b.battery_min && a.issue == b.issue &&
         a.is_online == b.is_online && a.is_maintenance == b.is_maintenance &&
         a.has_slot_error == b.has_slot_error && a.is_deleted == b.is_deleted;
}

std::int64_t step_of(timestamp at, seconds step) { return at.time_since_epoch() / milliseconds{step}; }

}  // namespace

// -- stations
// ------------------------------------------------------------------------------------------

std::uint32_t region_map::place_of(station_id station) {
  const auto [known, is_new] = places_.try_emplace(station, 0);
  if (!is_new) return known->second;
  if (free_places_.empty()) {
    known->second = static_cast<std::uint32_t>(stations_.size());
    stations_.emplace_back();
  } else {
    known->second = free_places_.back();
    free_places_.pop_back();
  }
  return known->second;
}

void region_map::count(std::uint32_t place, int by) {
  const auto& station = stations_[place];
  totals_.count(station.judged.state, by);
  banks_ += by * station.marker.banks;
}

std::uint64_t region_map::cell_key(const map_layer& layer, std::uint32_t place, const kept_station& station) {
  if (layer.zoom >= map_zoom_markers) return place;
  const auto shift = static_cast<unsigned>(finest_zoom - layer.zoom);
  return packed({layer.zoom, station.x >> shift, station.y >> shift});
}

void region_map::count(kept_layer& layer, std::uint32_t place, const kept_station& station, int by) {
  const auto key = cell_key(layer.what, place, station);
  auto& in = layer.cells[key];
  in.totals.count(station.judged.state, by);
  in.rentable += by * station.judged.rentable;
  in.free_slots += by * station.marker.free_slots;
  in.slots += by * station.marker.slots;
  in.banks += by * station.marker.banks;
  in.latitude_e6 += by * station.marker.latitude_e6;
  in.longitude_e6 += by * station.marker.longitude_e6;
  in.member ^= place;
  if (!std::exchange(in.is_touched, true)) layer.touched.push_back(key);
  layer.members[place] = by > 0;
}

/// Takes the station out of every cell, changes it, and puts it where it belongs now.
template <class Change>
void region_map::change(std::uint32_t place, timestamp now, Change apply) {
  auto& station = stations_[place];
  for (auto& [number, layer] : layers_) {
    if (layer.members.size() <= place) layer.members.resize(stations_.size());
    if (layer.members[place]) count(layer, place, station, -1);
  }
  if (station.is_here) count(place, -1);
  apply(station);
  station.drawn = nullptr;
  if (!station.is_here) return;
  station.judged = judge(station.marker, now);
  count(place, 1);
  for (auto& [number, layer] : layers_) {
    if (takes(layer.what.filter, station.marker, station.judged, now)) count(layer, place, station, 1);
  }
}

void region_map::put(const station_marker& marker, timestamp now) {
  const auto place = place_of(marker.id);
  const auto& known = stations_[place];
  const bool is_same =
      known.is_here && looks_the_same(known.marker, marker) && known.judged == judge(marker, now);
  if (is_same) {
    stations_[place].marker = marker;
  } else {
    change(place, now, [&](kept_station& station) {
      station.marker = marker;
      const auto at = cell_at(marker.latitude(), marker.longitude(), finest_zoom);
      station.x = at.x;
      station.y = at.y;
      station.is_here = true;
    });
  }
  await(place, now);
}

void region_map::mark(station_id station, std::uint8_t issue, std::uint32_t active_out, timestamp now) {
  const auto known = places_.find(station);
  if (known == places_.end()) return;
  change(known->second, now, [&](kept_station& kept) {
    kept.marker.issue = issue;
    kept.marker.active_out = active_out;
  });
}

void region_map::remove(station_id station) {
  const auto known = places_.find(station);
  if (known == places_.end()) return;
  const auto place = known->second;
  change(place, {}, [](kept_station& kept) {
    kept.marker = {};
    kept.is_here = false;
    kept.is_awaited = false;  // What still waits in the wheel finds nobody, or the next one here.
  });
  places_.erase(known);
  free_places_.push_back(place);
}

// -- time
// ------------------------------------------------------------------------------------------

void region_map::judge_again(std::uint32_t place, timestamp now) {
  const auto& station = stations_[place];
  const auto is_judged_the_same = [&] {
    if (judge(station.marker, now) != station.judged) return false;
    return std::ranges::all_of(layers_, [&](const auto& entry) {
      const auto& layer = entry.second;
      if (layer.what.filter.silent_minutes == 0) return true;
      const bool is_member = place < layer.members.size() && layer.members[place];
      return is_member == takes(layer.what.filter, station.marker, station.judged, now);
    });
  };
  if (!is_judged_the_same()) change(place, now, [](kept_station&) {});
}

/// Its next deadline, if it has one and does not wait already: whoever waits is looked at no later than it
/// must be, because what is heard of a station only puts its deadlines off.
void region_map::await(std::uint32_t place, timestamp now) {
  auto& station = stations_[place];
  if (station.is_awaited || !station.is_here) return;
  auto due = judge_again_at(station.marker, now);
  for (const auto& [number, layer] : layers_) {
    const auto silent = layer.what.filter.silent_minutes;
    const auto at = station.marker.last_seen_at + minutes{silent};
    if (silent != 0 && at > now) due = due ? std::min(*due, timestamp{at}) : timestamp{at};
  }
  if (!due) return;
  if (wheel_at_ == 0) wheel_at_ = step_of(now, wheel_step);
  const auto step = std::clamp(step_of(*due, wheel_step) + 1, wheel_at_ + 1, wheel_at_ + wheel_steps - 1);
  wheel_[static_cast<std::size_t>(step % wheel_steps)].push_back(place);
  station.is_awaited = true;
}

void region_map::pass(timestamp now) {
  const auto until = step_of(now, wheel_step);
  if (wheel_at_ == 0) wheel_at_ = until;
  for (int turns = 0; wheel_at_ < until && turns < wheel_steps; ++turns) {
    ++wheel_at_;
    const auto due = std::exchange(wheel_[static_cast<std::size_t>(wheel_at_ % wheel_steps)], {});
    for (const auto place : due) {
      stations_[place].is_awaited = false;
      if (!stations_[place].is_here) continue;
      judge_again(place, now);
      await(place, now);
    }
  }
  wheel_at_ = std::max(wheel_at_, until);
}

std::optional<timestamp> region_map::next_judgement() const {
  for (std::int64_t ahead = 1; ahead < wheel_steps; ++ahead) {
    const auto step = wheel_at_ + ahead;
    if (!wheel_[static_cast<std::size_t>(step % wheel_steps)].empty())
      return timestamp{milliseconds{wheel_step} * step};
  }
  return {};
}

// -- layers
// ------------------------------------------------------------------------------------------

std::optional<std::uint32_t> region_map::find(const map_layer& layer) const {
  const auto found =
      std::ranges::find_if(layers_, [&](const auto& entry) { return entry.second.what == layer; });
  return found == layers_.end() ? std::nullopt : std::optional{found->first};
}

std::uint32_t region_map::open(const map_layer& what, timestamp now) {
  const auto number = ++layer_numbers_;
  auto& layer = layers_[number];
  layer.what = what;
  layer.members.resize(stations_.size());
  for (std::uint32_t place = 0; place < stations_.size(); ++place) {
    const auto& station = stations_[place];
    if (station.is_here && takes(what.filter, station.marker, station.judged, now))
      count(layer, place, station, 1);
  }
  if (what.filter.silent_minutes != 0) {  // New deadlines, perhaps before those that are waited for.
    for (auto& step : wheel_)
      step.clear();
    for (std::uint32_t place = 0; place < stations_.size(); ++place) {
      stations_[place].is_awaited = false;
      await(place, now);
    }
  }
  return number;
}

void region_map::close(std::uint32_t number) { layers_.erase(number); }

bool region_map::has_changes() const {
  return std::ranges::any_of(layers_, [](const auto& entry) { return !entry.second.touched.empty(); });
}

map_item_ptr region_map::draw(std::uint32_t place) const {
  const auto& station = stations_[place];
  if (!station.drawn) station.drawn = draw_marker(station.marker, station.judged);
  return station.drawn;
}

layer_change region_map::take_changes(std::uint32_t number) {
  auto& layer = layers_.at(number);
  layer_change change;
  for (const auto key : std::exchange(layer.touched, {})) {
    const auto found = layer.cells.find(key);
    CHECK(found != layer.cells.end());
    auto& in = found->second;
    in.is_touched = false;
    map_item_ptr now;
    if (in.totals.stations == 1) {
      now = draw(in.member);
    } else if (in.totals.stations > 1) {
      const map_cell at{layer.what.zoom, static_cast<std::uint32_t>(key >> 24U & 0xFFFFFFU),
                        static_cast<std::uint32_t>(key & 0xFFFFFFU)};
      now = draw_cluster(at, in.totals,
                         {in.rentable, in.free_slots, in.slots, in.banks, in.latitude_e6, in.longitude_e6});
    }
    const auto before = std::exchange(in.told, now);
    if (before && (!now || now->key != before->key)) change.gone.push_back(before->key);
    if (now && (!before || now->json != before->json)) change.changed.push_back(now);
    if (!now) layer.cells.erase(found);
  }
  if (change.gone.empty() || change.changed.empty()) return change;
  // A station that went from one cell to another is not gone.
  std::unordered_set<std::string_view> here;
  for (const auto& item : change.changed)
    here.insert(item->key);
  std::erase_if(change.gone, [&](const std::string& key) { return here.contains(key); });
  return change;
}

layer_change region_map::whole(std::uint32_t number) const {
  layer_change all;
  for (const auto& [key, in] : layers_.at(number).cells) {
    if (in.told) all.changed.push_back(in.told);
  }
  return all;
}

std::optional<std::string> region_map::json_of(station_id station) const {
  const auto known = places_.find(station);
  if (known == places_.end()) return {};
  return draw(known->second)->json;
}

}  // namespace chautari
