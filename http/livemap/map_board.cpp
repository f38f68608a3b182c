#include "http/livemap/map_board.hpp"

#include <algorithm>

#include "http/server/response.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

/// More cells than this cannot be meant: a view of the whole country at the zoom of streets.
constexpr std::uint64_t cells_max = 4 * limits::map_items_max;
/// What a slow client holds: a view on its way, and a change that waits for it.
constexpr std::size_t view_bytes_max = limits::map_view_bytes_max * 2 / 3;
constexpr std::size_t change_bytes_max = limits::map_view_bytes_max / 3;
/// A region we know of and the map does not yet: so many ticks of patience.
constexpr int tries_max = 50;

std::uint64_t cells_of(const map_bounds& bounds, int zoom) {
  const auto first = cell_at(bounds.north, bounds.west, zoom);
  const auto last = cell_at(bounds.south, bounds.east, zoom);
  return (std::uint64_t{last.x} - first.x + 1) * (std::uint64_t{last.y} - first.y + 1);
}

map_layer first_layer(const map_view& view) {
  int zoom = std::clamp(view.zoom, map_zoom_min, map_zoom_markers);
  while (zoom > map_zoom_min && cells_of(view.bounds, std::min(zoom, map_zoom_markers - 1)) > cells_max)
    --zoom;
  return {static_cast<std::uint8_t>(zoom), view.filter};
}

void append_item(std::string& list, std::string_view json) {
  if (!list.empty()) list += ',';
  list.append(json);
}

void append_totals(std::string& out, const map_totals& totals) {
  out.append(R"("totals":{"stations":)").append(std::to_string(totals.stations));
  out.append(R"(,"online":)").append(std::to_string(totals.online));
  out.append(R"(,"degraded":)").append(std::to_string(totals.degraded));
  out.append(R"(,"offline":)").append(std::to_string(totals.offline));
  out.append(R"(,"maintenance":)").append(std::to_string(totals.maintenance)).append("}");
}

bool contains(const map_bounds& bounds, const map_item& item) {
  return bounds.contains(item.latitude, item.longitude);
}

}  // namespace

// -- those who look
// ------------------------------------------------------------------------------------------

std::uint64_t map_board::open(const map_view& view, map_viewer& who) {
  const auto number = ++viewer_numbers_;
  auto& viewer = viewers_[number];
  viewer.who = &who;
  viewer.view = view;
  look_at(number, viewer, first_layer(view));
  return number;
}

void map_board::move(std::uint64_t number, const map_view& view) {
  auto& viewer = viewers_.at(number);
  viewer.view = view;
  look_at(number, viewer, first_layer(view));
}

void map_board::close(std::uint64_t number) {
  const auto found = viewers_.find(number);
  if (found == viewers_.end()) return;
  leave(number, found->second.watches);
  viewers_.erase(found);
}

std::optional<std::string> map_board::whole(std::uint64_t number) {
  auto& viewer = viewers_.at(number);
  if (!viewer.is_settled) return {};
  viewer.touched.clear();
  return draw_whole(viewer);
}

bool map_board::covers(const map_view& view, map_region region) const {
  const auto first = tile_at(view.bounds.north, view.bounds.west, map_region_zoom);
  const auto last = tile_at(view.bounds.south, view.bounds.east, map_region_zoom);
  return region.x() >= first.x && region.x() <= last.x && region.y() >= first.y && region.y() <= last.y;
}

void map_board::look_at(std::uint64_t number, viewing& viewer, const map_layer& layer) {
  const auto before = std::exchange(viewer.watches, {});
  viewer.layer = layer;
  viewer.is_settled = false;
  viewer.touched.clear();
  viewer.pulses.clear();
  for (const auto region : regions_) {
    if (covers(viewer.view, region)) viewer.watches.push_back(watch(number, region, layer));
  }
  std::vector<std::uint32_t> left;
  std::ranges::copy_if(before, std::back_inserter(left), [&](std::uint32_t one) {
    return std::ranges::find(viewer.watches, one) == viewer.watches.end();
  });
  leave(number, left);
  settle(number, viewer);
}

std::uint32_t map_board::watch(std::uint64_t viewer, map_region region, const map_layer& layer) {
  for (auto& [number, known] : watches_) {
    if (known.region != region || !(known.layer == layer)) continue;
    known.viewers.insert(viewer);
    return number;
  }
  const auto number = ++watch_numbers_;
  auto& made = watches_[number];
  made.region = region;
  made.layer = layer;
  made.viewers.insert(viewer);
  line_.watch(number, region, layer);
  return number;
}

void map_board::leave(std::uint64_t viewer, const std::vector<std::uint32_t>& watches) {
  for (const auto number : watches) {
    const auto found = watches_.find(number);
    if (found == watches_.end()) continue;
    found->second.viewers.erase(viewer);
    if (!found->second.viewers.empty()) continue;
    line_.unwatch(number, found->second.region);
    watches_.erase(found);
  }
}

void map_board::settle(std::uint64_t number, viewing& viewer) {
  if (!measure(viewer)) return;
  if (is_too_much(viewer)) {
    auto coarser = viewer.layer;
    --coarser.zoom;
    return look_at(number, viewer, coarser);
  }
  viewer.is_settled = true;
  show_whole(viewer);
}

void map_board::show_whole(viewing& viewer) const {
  viewer.touched.clear();
  viewer.pulses.clear();
  viewer.who->see_whole([&] { return draw_whole(viewer); });
}

/// Counts what is in the view; false if a part of it is not here yet.
bool map_board::measure(viewing& viewer) const {
  viewer.totals = {};
  viewer.items = 0;
  viewer.bytes = 0;
  for (const auto number : viewer.watches) {
    const auto& part = watches_.at(number);
    if (!part.is_ready) return false;
    for (const auto& [key, item] : part.items) {
      if (contains(viewer.view.bounds, *item)) count(viewer, *item, 1);
    }
  }
  return true;
}

bool map_board::is_too_much(const viewing& viewer) {
  return viewer.layer.zoom > map_zoom_min &&
         (viewer.items > limits::map_items_max || viewer.bytes > view_bytes_max);
}

void map_board::count(viewing& viewer, const map_item& item, int by) const {
  if (by > 0) {
    viewer.totals += item.totals;
    ++viewer.items;
    viewer.bytes += item.json.size();
  } else {
    viewer.totals -= item.totals;
    --viewer.items;
    viewer.bytes -= item.json.size();
  }
}

// -- what is heard
// ------------------------------------------------------------------------------------------

void map_board::know(map_region region) {
  if (!regions_.insert(region).second) return;
  for (auto& [number, viewer] : viewers_) {
    if (!covers(viewer.view, region)) continue;
    viewer.is_settled = false;  // Shown whole again once the new part is here.
    viewer.watches.push_back(watch(number, region, viewer.layer));
  }
}

void map_board::fail(std::uint32_t number, bool is_unknown_region) {
  const auto found = watches_.find(number);
  if (found == watches_.end()) return;
  auto& part = found->second;
  if (is_unknown_region) {
    if (part.tries < tries_max) return retries_.push_back(number);
    part.is_ready = true;  // Then there is nothing to see.
  }
  const std::vector<std::uint64_t> viewers{part.viewers.begin(), part.viewers.end()};
  for (const auto each : viewers) {
    auto& viewer = viewers_.at(each);
    if (is_unknown_region) {
      settle(each, viewer);
    } else {
      auto& who = *viewer.who;
      close(each);
      who.be_refused("service_unavailable");
    }
  }
}

void map_board::take(const layer_delta& delta) {
  const auto found = watches_.find(delta.watch);
  if (found == watches_.end()) return;
  auto& part = found->second;
  if (delta.is_whole) {
    part.items.clear();
    for (const auto& item : delta.what->changed)
      part.items.emplace(item->key, item);
    part.is_ready = true;
    const std::vector<std::uint64_t> viewers{part.viewers.begin(), part.viewers.end()};
    for (const auto each : viewers) {
      const auto viewer = viewers_.find(each);
      if (viewer != viewers_.end() && !viewer->second.is_settled) settle(each, viewer->second);
    }
    return;
  }
  const auto change = [&](const std::string& key, const map_item_ptr& now) {
    const auto known = part.items.find(key);
    for (const auto each : part.viewers) {
      auto& viewer = viewers_.at(each);
      if (!viewer.is_settled) continue;
      const bool was_in = known != part.items.end() && contains(viewer.view.bounds, *known->second);
      const bool is_in = now && contains(viewer.view.bounds, *now);
      if (was_in) count(viewer, *known->second, -1);
      if (is_in) count(viewer, *now, 1);
      if (was_in || is_in) touch(each, viewer, delta.watch, key);
    }
    if (!now && known != part.items.end()) part.items.erase(known);
    if (now) part.items.insert_or_assign(key, now);
  };
  for (const auto& key : delta.what->gone)
    change(key, nullptr);
  for (const auto& item : delta.what->changed)
    change(item->key, item);
}

void map_board::flash(const map_pulse& pulse) {
  for (auto& [number, viewer] : viewers_) {
    if (!viewer.is_settled || viewer.pulses.size() >= limits::map_pulses_max) continue;
    if (!viewer.view.bounds.contains(pulse.latitude, pulse.longitude)) continue;
    viewer.pulses.push_back(pulse.json);
    queue(number, viewer);
  }
}

void map_board::touch(std::uint64_t number, viewing& viewer, std::uint32_t watch, const std::string& key) {
  // Beyond the limit the whole is told, and it does not matter what else there was.
  if (viewer.touched.size() <= limits::map_touched_max) viewer.touched.emplace(watch, key);
  queue(number, viewer);
}

void map_board::queue(std::uint64_t number, viewing& viewer) {
  if (!std::exchange(viewer.is_queued, true)) queue_.push_back(number);
}

// -- what is told
// ------------------------------------------------------------------------------------------

void map_board::tick() {
  for (const auto number : std::exchange(retries_, {})) {
    const auto found = watches_.find(number);
    if (found == watches_.end()) continue;
    ++found->second.tries;
    line_.watch(number, found->second.region, found->second.layer);
  }
  for (const auto number : std::exchange(queue_, {})) {
    const auto found = viewers_.find(number);
    if (found == viewers_.end()) continue;
    auto& viewer = found->second;
    viewer.is_queued = false;
    if (!viewer.is_settled || (viewer.touched.empty() && viewer.pulses.empty())) continue;
    if (is_too_much(viewer)) {
      settle(number, viewer);
    } else if (viewer.touched.size() > limits::map_touched_max) {
      show_whole(viewer);
    } else if (auto change = draw_change(viewer); change.size() > change_bytes_max) {
      show_whole(viewer);  // Hardly more, and it need not wait in memory.
    } else {
      viewer.touched.clear();
      viewer.pulses.clear();
      viewer.who->see_change(std::move(change));
    }
  }
}

std::string map_board::draw_whole(const viewing& viewer) const {
  std::string clusters;
  std::string stations;
  for (const auto number : viewer.watches) {
    for (const auto& [key, item] : watches_.at(number).items) {
      if (contains(viewer.view.bounds, *item))
        append_item(item->is_cluster ? clusters : stations, item->json);
    }
  }
  std::string out = R"({"zoom":)" + std::to_string(viewer.layer.zoom);
  out.append(R"(,"clusters":[)").append(clusters).append(R"(],"stations":[)").append(stations).append("],");
  append_totals(out, viewer.totals);
  return out += '}';
}

/// What has this key in the view now. A station that moved may be in another region.
const map_item* map_board::find(const viewing& viewer, std::uint32_t watch, const std::string& key) const {
  const auto in = [&](std::uint32_t number) -> const map_item* {
    const auto& items = watches_.at(number).items;
    const auto found = items.find(key);
    return found != items.end() && contains(viewer.view.bounds, *found->second) ? found->second.get()
                                                                                : nullptr;
  };
  if (const auto* item = in(watch)) return item;
  for (const auto other : viewer.watches) {
    if (const auto* item = in(other)) return item;
  }
  return nullptr;
}

std::string map_board::draw_change(const viewing& viewer) const {
  std::string clusters;
  std::string stations;
  std::string gone;
  std::unordered_set<std::string_view> told;
  for (const auto& [watch, key] : viewer.touched) {
    if (!told.insert(key).second) continue;
    if (const auto* item = find(viewer, watch, key)) {
      append_item(item->is_cluster ? clusters : stations, item->json);
    } else {
      if (!gone.empty()) gone += ',';
      append_json_text(gone, key);
    }
  }
  std::string pulses;
  for (const auto& pulse : viewer.pulses)
    append_item(pulses, pulse);
  std::string out = R"({"clusters":[)";
  out.append(clusters).append(R"(],"stations":[)").append(stations).append(R"(],"gone":[)").append(gone);
  out.append(R"(],"pulses":[)").append(pulses).append("],");
  append_totals(out, viewer.totals);
  return out += '}';
}

}  // namespace chautari
