#include "config/clock_follower.hpp"

#include <gtest/gtest.h>

namespace chautari {
namespace {

using namespace std::chrono_literals;
using nanoseconds = clock_follower::nanoseconds;

constexpr nanoseconds begin_wall = 1'800'000'000s;

/// Looks every 250 ms, as the server does, while the wall clock is `wrong` by so much.
struct clock_follower_test : testing::Test {
  nanoseconds steady = 500s;
  nanoseconds wrong{0};
  clock_follower ours{500s, begin_wall};

  timestamp look() { return ours.at(steady, begin_wall + (steady - 500s) + wrong); }

  /// What of our time passes in so much of the steady clock's.
  nanoseconds pass(nanoseconds span) {
    const auto from = look();
    auto last = from;
    for (const auto end = steady + span; steady < end;) {
      steady += 250ms;
      const auto now = look();
      EXPECT_GE(now, last) << "time ran backwards";
      last = now;
    }
    return last - from;
  }

  /// How far we are ahead of the wall clock.
  nanoseconds ahead() {
    return look().time_since_epoch() - std::chrono::floor<milliseconds>(begin_wall + (steady - 500s) + wrong);
  }
};

TEST_F(clock_follower_test, a_right_clock_is_told_as_it_is) {
  EXPECT_EQ(pass(1h), 1h);
  EXPECT_EQ(ahead(), 0s);
}

TEST_F(clock_follower_test, a_wait_is_never_longer_than_twice_itself_when_the_clock_is_set_back) {
  wrong = -1h;
  EXPECT_GE(pass(30s), 15s);
  EXPECT_GT(ahead(), 59min);
}

TEST_F(clock_follower_test, what_was_set_back_is_caught_up_without_a_step) {
  wrong = -1min;
  pass(3min);
  EXPECT_LE(ahead(), 1ms);
  EXPECT_EQ(pass(10s), 10s);
}

TEST_F(clock_follower_test, a_jump_that_is_taken_back_never_happened) {
  for (const auto jump : {nanoseconds{6h}, nanoseconds{-6h}, nanoseconds{6h}}) {
    wrong = jump;
    EXPECT_EQ(pass(8s), 8s);
    wrong = 0s;
    EXPECT_EQ(pass(8s), 8s);
    EXPECT_EQ(ahead(), 0s);
  }
}

TEST_F(clock_follower_test, a_jump_ahead_that_lasts_is_followed) {
  wrong = 6h;
  EXPECT_EQ(pass(20s), 6h + 20s);
  EXPECT_EQ(ahead(), 0s);
}

TEST_F(clock_follower_test, it_begins_no_earlier_than_what_an_earlier_life_has_stored) {
  const timestamp newest = timestamp{std::chrono::floor<milliseconds>(begin_wall + 6h)};
  EXPECT_EQ(ours.begin_no_earlier_than(newest, steady), 6h);
  EXPECT_EQ(look(), newest);
  // And then it waits for the wall clock without a step: half speed, twelve hours for six.
  EXPECT_GE(pass(1min), 30s);
  EXPECT_GT(ahead(), 5h);
  pass(12h);
  EXPECT_LE(ahead(), 1ms);
}

TEST_F(clock_follower_test, an_earlier_life_that_kept_time_changes_nothing) {
  EXPECT_EQ(ours.begin_no_earlier_than(look() - 1ms, steady), 0s);
  EXPECT_EQ(ahead(), 0s);
  EXPECT_EQ(pass(1h), 1h);
}

TEST_F(clock_follower_test, drift_is_followed_both_ways) {
  for (int i = 0; i < 1'000; ++i) {
    wrong += i % 3 == 0 ? 900us : -600us;
    pass(250ms);
    EXPECT_LE(std::chrono::abs(ahead()), 3ms);
  }
}

}  // namespace
}  // namespace chautari
