#pragma once
/// How long to wait before the next attempt to reach the broker.

#include <cstdint>

#include "protocols/base/time.hpp"

namespace chautari {

/// Doubles from `shortest` with each failed attempt (0, 1, 2, ...) up to `longest`; then a random point of
/// the upper half, so that a fleet of servers does not knock at the same moment. `random` is 64 uniform bits.
[[nodiscard]] milliseconds reconnect_delay(unsigned attempt, milliseconds shortest, milliseconds longest,
                                           std::uint64_t random);

}  // namespace chautari
