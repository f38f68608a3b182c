#include "protocols/mqtt/reconnect.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace chautari {
namespace {

constexpr milliseconds shortest{1'000};
constexpr milliseconds longest{30'000};

TEST(reconnect_delay, the_wait_doubles_until_it_reaches_the_longest) {
  EXPECT_EQ(reconnect_delay(0, shortest, longest, 0), milliseconds{1'000});
  EXPECT_EQ(reconnect_delay(1, shortest, longest, 0), milliseconds{2'000});
  EXPECT_EQ(reconnect_delay(4, shortest, longest, 0), milliseconds{16'000});
  EXPECT_EQ(reconnect_delay(5, shortest, longest, 0), milliseconds{30'000});
  EXPECT_EQ(reconnect_delay(std::numeric_limits<unsigned>::max(), shortest, longest, 0), longest);
}

TEST(reconnect_delay, jitter_stays_in_the_upper_half_and_within_the_bounds) {
  std::mt19937_64 random{1};
  milliseconds seen_least = longest, seen_most{0};
  for (int n = 0; n < 10'000; ++n) {
    const auto wait = reconnect_delay(9, shortest, longest, random());
    seen_least = std::min(seen_least, wait);
    seen_most = std::max(seen_most, wait);
    EXPECT_GE(reconnect_delay(0, shortest, longest, random()), shortest);
  }
  EXPECT_GE(seen_least, longest / 2);
  EXPECT_LE(seen_most, longest);
  EXPECT_LT(seen_least, longest * 6 / 10) << "the whole upper half is used";
  EXPECT_GT(seen_most, longest * 9 / 10);
}

}  // namespace
}  // namespace chautari
