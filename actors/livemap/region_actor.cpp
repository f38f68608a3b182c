#include "actors/livemap/region_actor.hpp"

#include <algorithm>

#include "protocols/base/limits.hpp"

namespace chautari {

// -- those who watch
// ------------------------------------------------------------------------------------------

bool region_state::make_room() {
  if (layers.size() < limits::map_layers_max) return true;
  auto oldest = layers.end();
  for (auto each = layers.begin(); each != layers.end(); ++each) {
    if (!each->second.watchers.empty()) continue;
    if (oldest == layers.end() || each->second.left_at < oldest->second.left_at) oldest = each;
  }
  if (oldest == layers.end()) return false;
  map.close(oldest->first);
  layers.erase(oldest);
  return true;
}

caf::result<layer_delta> region_state::watch(const watch_layer& wish) {
  auto number = map.find(wish.layer);
  if (number) {
    tell(*number, layers.at(*number));  // Those who watch it already; then `whole` is the same for all.
  } else {
    if (!make_room()) return caf::make_error(livemap_refusal::too_many_layers);
    number = map.open(wish.layer, now());
    static_cast<void>(map.take_changes(*number));
    arm();
  }
  layers[*number].watchers.push_back({wish.lane, wish.watch});
  return layer_delta{wish.watch, true, std::make_shared<const layer_change>(map.whole(*number))};
}

void region_state::unwatch(const unwatch_layer& word) {
  for (auto& [number, layer] : layers) {
    const auto left = std::erase_if(
        layer.watchers, [&](const watcher& one) { return one.watch == word.watch && one.lane == word.lane; });
    if (left > 0 && layer.watchers.empty()) layer.left_at = now();
  }
  arm();
}

void region_state::forget_idle() {
  std::erase_if(layers, [&](const auto& entry) {
    const auto& [number, layer] = entry;
    if (!layer.watchers.empty() || layer.left_at + limits::map_layer_idle > now()) return false;
    map.close(number);
    return true;
  });
}

// -- what is told
// ------------------------------------------------------------------------------------------

void region_state::touched() { arm(); }

void region_state::tell(std::uint32_t number, const watched_layer& layer) {
  auto change = std::make_shared<layer_change>(map.take_changes(number));
  if (change->changed.empty() && change->gone.empty()) return;
  for (const auto& one : layer.watchers)
    self->send(one.lane, layer_delta{one.watch, false, change});
}

void region_state::tell() {
  for (const auto& [number, layer] : layers)
    tell(number, layer);
  if (map.totals() == told_totals && map.banks() == told_banks) return;
  told_totals = map.totals();
  told_banks = map.banks();
  self->send(directory, region_counted{setup.where, told_totals, told_banks});
}

void region_state::wake(const timer_fired& timer) {
  if (timer.revision != timer_revision) return;
  armed_at = {};
  map.pass(now());
  forget_idle();
  tell();
  arm();
}

/// For the next batch if there is something to tell, else for whatever time brings first.
void region_state::arm() {
  std::optional<timestamp> due;
  const auto consider = [&](timestamp at) { due = due ? std::min(*due, at) : at; };
  const bool is_news = map.totals() != told_totals || map.banks() != told_banks || map.has_changes();
  if (is_news) consider(now());  // With the next tick of the timers, whose pace is that of the batches.
  if (const auto judgement = map.next_judgement()) consider(*judgement);
  for (const auto& [number, layer] : layers) {
    if (layer.watchers.empty()) consider(layer.left_at + limits::map_layer_idle);
  }
  if (!due) return;
  if (armed_at != timestamp{} && armed_at <= *due) return;
  armed_at = *due;
  self->send(setup.world->timers, arm_timer{caf::actor_cast<timed_actor>(self), 0, ++timer_revision, *due});
}

region_actor::behavior_type region(region_actor::stateful_pointer<region_state> self, region_setup setup,
                                   region_counter_actor directory) {
  auto& state = self->state;
  state.self = self;
  state.setup = std::move(setup);
  state.directory = std::move(directory);
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  const auto clock = state.setup.world->now;
  return {[&state, clock](const place_marker& word) {
            state.map.put(word.marker, clock());
            state.touched();
          },
          [&state, clock](const mark_station& word) {
            state.map.mark(word.station, word.issue, word.active_out, clock());
            state.touched();
          },
          [&state](const remove_marker& word) {
            state.map.remove(word.station);
            state.touched();
          },
          [&state](const watch_layer& wish) { return state.watch(wish); },
          [&state](const unwatch_layer& word) { state.unwatch(word); },
          [&state](const look_at_marker& question) -> caf::result<marker_view> {
            auto json = state.map.json_of(question.station);
            if (!json) return caf::make_error(livemap_refusal::station_not_found);
            return marker_view{std::move(*json)};
          },
          [&state](const timer_fired& timer) { state.wake(timer); }};
}

}  // namespace chautari
