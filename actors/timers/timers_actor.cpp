#include "actors/timers/timers_actor.hpp"

#include "protocols/base/limits.hpp"

namespace chautari {

void timers_state::arm(const arm_timer& timer) {
  armed entry{caf::actor_cast<caf::actor_addr>(timer.owner), timer.key, timer.revision};
  if (wheel.size() >= limits::timers_max) return fire(entry);
  wheel.emplace(timer.at, std::move(entry));
}

void timers_state::tick() {
  const auto due = wheel.upper_bound(now());
  for (auto entry = wheel.begin(); entry != due; ++entry)
    fire(entry->second);
  wheel.erase(wheel.begin(), due);
  sweep();
  self->delayed_send(self, timer_tick, tick_atom::value);
}

void timers_state::fire(const armed& timer) {
  const auto owner = caf::actor_cast<caf::strong_actor_ptr>(timer.owner);
  if (owner) self->send(caf::actor_cast<timed_actor>(owner), timer_fired{timer.key, timer.revision});
}

void timers_state::sweep() {
  auto left = wheel.size() / timer_sweep_ticks + 1;
  auto entry = wheel.upper_bound(swept_until);
  // Deadlines of one moment are looked at together: the next part begins after them.
  while (entry != wheel.end() && (left > 0 || entry->first == swept_until)) {
    swept_until = entry->first;
    if (left > 0) --left;
    const bool is_dead = caf::actor_cast<caf::strong_actor_ptr>(entry->second.owner) == nullptr;
    entry = is_dead ? wheel.erase(entry) : std::next(entry);
  }
  if (entry == wheel.end()) swept_until = {};
}

timers_actor::behavior_type timers(timers_actor::stateful_pointer<timers_state> self, clock_source now) {
  self->state.self = self;
  self->state.now = std::move(now);
  self->delayed_send(self, timer_tick, tick_atom::value);
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {[self](const arm_timer& timer) { self->state.arm(timer); },
          [self](tick_atom) { self->state.tick(); }};
}

}  // namespace chautari
