#pragma once
/// Time for deadlines and rates, as opposed to time for people.

#include <chrono>
#include <functional>

namespace chautari {

/// Since any fixed moment; never runs backwards.
using monotonic = std::chrono::microseconds;
using monotonic_source = std::function<monotonic()>;

/// The machine's steady clock.
[[nodiscard]] monotonic monotonic_now();

}  // namespace chautari
