#pragma once
/// Owned timers: one wheel, one tick, any number of deadlines. A timer cannot be taken back; its owner
/// ignores the ones whose revision is not the latest it armed.

#include <caf/all.hpp>
#include <cstdint>

#include "protocols/base/time.hpp"

namespace chautari {

using tick_atom = caf::atom_constant<caf::atom("tick")>;

/// A deadline that has passed. `key` and `revision` are the owner's.
struct timer_fired {
  std::uint32_t key = 0;
  std::uint64_t revision = 0;
};

/// Whoever can be woken.
using timed_actor = caf::typed_actor<caf::reacts_to<timer_fired>>;

struct arm_timer {
  timed_actor owner;
  std::uint32_t key = 0;
  std::uint64_t revision = 0;
  timestamp at;
};

/// The TIMERS: fires each armed deadline once, at most one tick (250 ms) late.
using timers_actor = caf::typed_actor<caf::reacts_to<arm_timer>, caf::reacts_to<tick_atom>>;

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::timer_fired)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::arm_timer)
