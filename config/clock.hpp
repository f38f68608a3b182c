#pragma once
/// The real time and the real chance. The only place that asks the system for either.

#include <memory>

#include "protocols/base/id_source.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

[[nodiscard]] clock_source system_clock();

class clock_follower;
/// The time of a process that lives long and waits: it never runs backwards, not even across its restarts,
/// and endures a jump of the machine's clock (clock_follower).
class followed_clock {
public:
  followed_clock();
  [[nodiscard]] clock_source source() const;
  /// How far the machine's clock is behind what an earlier life has stored; 0 if it is not. Call it before
  /// anybody waits for anything.
  milliseconds begin_no_earlier_than(timestamp newest);

private:
  std::shared_ptr<clock_follower> follower_;
};
/// The kernel's generator, some words at a time; from any thread.
[[nodiscard]] random_source system_random();

}  // namespace chautari
