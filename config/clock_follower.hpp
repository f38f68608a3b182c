#pragma once
/// Time that never runs backwards: the wall clock, followed with judgement.
///
/// Everything that waits (for a cabinet's answer, for a payment, for a code to expire) compares times of one
/// clock. If that clock were set back by an hour, a wait of 15 s would last an hour and 15 s. So the process
/// keeps a time of its own that advances with the steady clock and is led towards the wall clock:
///  - what the wall clock gains is followed at once, but a jump ahead only when it has lasted;
///  - what it loses is caught up by going at half speed, a jump back too only when it has lasted;
///  - it begins no earlier than the newest time that an earlier life of the process has stored.

#include <atomic>
#include <chrono>
#include <mutex>

#include "protocols/base/time.hpp"

namespace chautari {

class clock_follower {
public:
  using nanoseconds = std::chrono::nanoseconds;

  /// Begins with the wall clock's time. Both count from epochs of their own.
  clock_follower(nanoseconds steady, nanoseconds wall);

  /// An earlier life got as far as `newest`, and whatever it stored compares with times from now on: if ours
  /// is earlier, it becomes that. Returns by how much it was; 0 if it is later. Before anybody asks for the
  /// time in earnest.
  nanoseconds begin_no_earlier_than(timestamp newest, nanoseconds steady);

  /// The time at this moment. From any thread.
  [[nodiscard]] timestamp at(nanoseconds steady, nanoseconds wall);

  /// A larger difference is a jump and no drift.
  static constexpr nanoseconds jump_min = std::chrono::seconds{2};
  /// A jump that is taken back within this time never happened.
  static constexpr nanoseconds jump_lasts = std::chrono::seconds{10};

private:
  void adjust(nanoseconds steady, nanoseconds wanted);

  std::atomic<nanoseconds> offset_;  ///< From the steady clock to ours.
  std::atomic<nanoseconds> looked_at_;
  std::mutex adjusting_;
  nanoseconds suspect_;  ///< The offset that the wall clock has jumped to, and when that was noticed.
  nanoseconds suspect_since_;
};

}  // namespace chautari
