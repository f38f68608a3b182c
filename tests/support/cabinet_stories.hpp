#pragma once
/// How stories about one cabinet are told: under many orders in which ready actors run.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/support/cabinet_world.hpp"

namespace chautari::testing {

/// The story holds whatever the order, and no guard of the database ever refuses anything.
template <class Story>
void under_all_schedules(Story story, std::uint64_t seeds = 100) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    cabinet_world world{seed};
    world.go_online();
    story(world);
    EXPECT_EQ(world.db->conflicts, 0U) << world.db->last_conflict;
    if (::testing::Test::HasFailure()) return;
  }
}

/// A frame of this type is in the inbox, with this error of the frame check.
inline bool is_stored(const cabinet_world& world, int frame_type, int error = 0) {
  return std::any_of(world.db->reports.begin(), world.db->reports.end(), [&](const auto& entry) {
    return entry.second.frame_type == frame_type && entry.second.error == error;
  });
}

}  // namespace chautari::testing
