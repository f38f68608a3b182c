#include "http/accounts/kept_movements.hpp"

#include <gtest/gtest.h>

#include "tests/support/rider_samples.hpp"

namespace chautari {
namespace {

using testing::id_named;

kept_movements::movements so_many(std::size_t count) { return kept_movements::movements(count); }

TEST(kept_movements, belong_to_one_revision_of_one_rider) {
  const auto asha = id_named<user_id>("asha");
  kept_movements kept;
  EXPECT_EQ(kept.find(asha, 7), nullptr);
  kept.keep(asha, 7, so_many(3));
  ASSERT_NE(kept.find(asha, 7), nullptr);
  EXPECT_EQ(kept.find(asha, 7)->size(), 3U);
  EXPECT_EQ(kept.find(asha, 8), nullptr);
  EXPECT_EQ(kept.find(asha, 6), nullptr);
  EXPECT_EQ(kept.find(id_named<user_id>("bina"), 7), nullptr);
  kept.keep(asha, 8, so_many(4));
  EXPECT_EQ(kept.find(asha, 7), nullptr);
  EXPECT_EQ(kept.find(asha, 8)->size(), 4U);
}

TEST(kept_movements, a_list_that_comes_late_does_not_replace_that_of_a_later_revision) {
  const auto asha = id_named<user_id>("asha");
  kept_movements kept;
  kept.keep(asha, 8, so_many(4));
  kept.keep(asha, 7, so_many(3));
  ASSERT_NE(kept.find(asha, 8), nullptr);
  EXPECT_EQ(kept.find(asha, 8)->size(), 4U);
  EXPECT_EQ(kept.find(asha, 7), nullptr);
}

TEST(kept_movements, who_looked_longest_ago_is_forgotten_first) {
  const auto asha = id_named<user_id>("asha");
  const auto bina = id_named<user_id>("bina");
  const auto chet = id_named<user_id>("chet");
  kept_movements kept{2};
  kept.keep(asha, 1, so_many(1));
  kept.keep(bina, 1, so_many(1));
  EXPECT_NE(kept.find(asha, 1), nullptr);
  kept.keep(chet, 1, so_many(1));
  EXPECT_EQ(kept.riders(), 2U);
  EXPECT_EQ(kept.find(bina, 1), nullptr);
  EXPECT_NE(kept.find(asha, 1), nullptr);
  EXPECT_NE(kept.find(chet, 1), nullptr);
  kept.keep(chet, 2, so_many(1));
  EXPECT_NE(kept.find(asha, 1), nullptr) << "a newer list of the same rider takes nobody's room";
}

}  // namespace
}  // namespace chautari
