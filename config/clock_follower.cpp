#include "config/clock_follower.hpp"

#include <algorithm>

namespace chautari {
namespace {

/// Differences below it are left alone, and nobody looks more often.
constexpr std::chrono::nanoseconds grain = std::chrono::milliseconds{1};
/// Somebody asks for the time at least four times a second (actors/timers).
constexpr std::chrono::nanoseconds look_gap = std::chrono::seconds{1};
constexpr int slow_down = 2;

}  // namespace

clock_follower::clock_follower(nanoseconds steady, nanoseconds wall)
    : offset_{wall - steady}, looked_at_{steady}, suspect_{wall - steady}, suspect_since_{steady} {}

clock_follower::nanoseconds clock_follower::begin_no_earlier_than(timestamp newest, nanoseconds steady) {
  const std::lock_guard hold{adjusting_};
  const nanoseconds least = newest.time_since_epoch() - steady;
  const auto behind = least - offset_.load(std::memory_order_relaxed);
  if (behind <= nanoseconds{0}) return nanoseconds{0};
  offset_.store(least, std::memory_order_relaxed);
  return behind;
}

timestamp clock_follower::at(nanoseconds steady, nanoseconds wall) {
  const auto wanted = wall - steady;
  const auto apart = wanted - offset_.load(std::memory_order_relaxed);
  if (std::chrono::abs(apart) >= grain && steady - looked_at_.load(std::memory_order_relaxed) >= grain)
    adjust(steady, wanted);
  return timestamp{std::chrono::floor<milliseconds>(steady + offset_.load(std::memory_order_relaxed))};
}

void clock_follower::adjust(nanoseconds steady, nanoseconds wanted) {
  const std::lock_guard hold{adjusting_};
  const auto offset = offset_.load(std::memory_order_relaxed);
  const auto apart = wanted - offset;
  const auto since_last = steady - looked_at_.load(std::memory_order_relaxed);
  looked_at_.store(steady, std::memory_order_relaxed);
  // Until a moment ago the two agreed: nothing is known about how long they have not.
  const bool is_first = since_last < nanoseconds{0} || since_last > look_gap;
  if (std::chrono::abs(apart) >= jump_min) {
    if (is_first || std::chrono::abs(wanted - suspect_) >= jump_min) {
      suspect_ = wanted;
      suspect_since_ = steady;
    }
    if (steady - suspect_since_ < jump_lasts) return;
  }
  if (apart > nanoseconds{0})
    offset_.store(wanted, std::memory_order_relaxed);
  else if (!is_first)
    offset_.store(offset + std::max(apart, -since_last / slow_down), std::memory_order_relaxed);
}

}  // namespace chautari
