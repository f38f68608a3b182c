#pragma once
/// The timers: one wheel for every deadline of the process.

#include <caf/all.hpp>
#include <map>

#include "protocols/base/time.hpp"
#include "protocols/timers/interface.hpp"

namespace chautari {

/// Between two looks at the wheel; a deadline fires at most so much late.
inline constexpr milliseconds timer_tick{250};
/// So many ticks until every armed deadline has been looked at for an owner that is dead: a minute.
inline constexpr std::size_t timer_sweep_ticks = 240;

struct timers_state {
  struct armed {
    caf::actor_addr owner;  ///< Weak: a deadline keeps nobody alive.
    std::uint32_t key = 0;
    std::uint64_t revision = 0;
  };

  timers_actor::pointer self = nullptr;
  clock_source now;
  std::multimap<timestamp, armed> wheel;
  timestamp swept_until;  ///< 1970: from the beginning.

  void arm(const arm_timer& timer);
  void tick();
  void fire(const armed& timer);
  /// Forgets the next part of those whose owner is dead. A weak address keeps nobody alive, but the memory of
  /// the actor (4 KiB of a rental) stays until the last one is gone, and an ended rental's deadline may be
  /// days away.
  void sweep();
};

timers_actor::behavior_type timers(timers_actor::stateful_pointer<timers_state> self, clock_source now);

}  // namespace chautari
