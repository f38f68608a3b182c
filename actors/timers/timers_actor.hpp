#pragma once
/// The timers: one wheel for every deadline of the process.

#include <caf/all.hpp>
#include <map>

#include "protocols/base/time.hpp"
#include "protocols/timers/interface.hpp"

namespace chautari {

/// Between two looks at the wheel; a deadline fires at most so much late.
inline constexpr milliseconds timer_tick{250};

struct timers_state {
  struct armed {
    caf::actor_addr owner;  ///< Weak: a deadline keeps nobody alive.
    std::uint32_t key = 0;
    std::uint64_t revision = 0;
  };

  timers_actor::pointer self = nullptr;
  clock_source now;
  std::multimap<timestamp, armed> wheel;

  void arm(const arm_timer& timer);
  void tick();
  void fire(const armed& timer);
};

timers_actor::behavior_type timers(timers_actor::stateful_pointer<timers_state> self, clock_source now);

}  // namespace chautari
