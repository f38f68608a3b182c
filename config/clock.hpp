#pragma once
/// The real time and the real chance. The only place that asks the system for either.

#include "protocols/base/id_source.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

[[nodiscard]] clock_source system_clock();
/// The same for a process that lives long and waits: it never runs backwards and endures a jump of the
/// machine's clock (clock_follower).
[[nodiscard]] clock_source followed_clock();
/// The kernel's generator, some words at a time; from any thread.
[[nodiscard]] random_source system_random();

}  // namespace chautari
