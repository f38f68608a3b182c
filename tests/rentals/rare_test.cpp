#include "protocols/base/rare.hpp"

#include <gtest/gtest.h>

#include <string>

namespace chautari {
namespace {

TEST(rare, a_copy_is_another_value) {
  rare<std::string> one{std::string{"here"}};
  rare<std::string> other = one;
  EXPECT_EQ(one, other);
  *other += " and there";
  EXPECT_EQ(*one, "here");
  EXPECT_FALSE(one == other);
}

TEST(rare, nothing_equals_nothing_and_no_value) {
  const rare<std::string> none;
  EXPECT_EQ(none, rare<std::string>{});
  EXPECT_FALSE(none == rare<std::string>{std::string{}});
  EXPECT_FALSE(none);
}

TEST(rare, a_reference_to_what_is_there_stays_good_when_it_is_assigned_to) {
  rare<std::string> one{std::string{"old"}};
  const std::string& seen = *one;
  one = rare<std::string>{std::string{"new"}};
  EXPECT_EQ(seen, "new");
  const rare<std::string> copied{std::string{"newer"}};
  one = copied;
  EXPECT_EQ(seen, "newer");
  const auto& itself = one;
  one = itself;
  EXPECT_EQ(*one, "newer");
}

TEST(rare, assigning_nothing_takes_away_and_assigning_to_nothing_gives) {
  rare<std::string> one{std::string{"here"}};
  one = rare<std::string>{};
  EXPECT_FALSE(one.has_value());
  one = rare<std::string>{std::string{"again"}};
  EXPECT_EQ(one->size(), 5U);
  one.emplace() = "fresh";
  EXPECT_EQ(*one, "fresh");
  one.reset();
  EXPECT_FALSE(one);
}

}  // namespace
}  // namespace chautari
