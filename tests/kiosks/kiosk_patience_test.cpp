/// What a kiosk keeps, and in which order it tries again, while others cannot take what it learned.
#include <gtest/gtest.h>

#include <algorithm>

#include "protocols/base/limits.hpp"
#include "tests/support/cabinet_stories.hpp"

namespace chautari {
namespace {

using testing::cabinet_world;
using testing::is_stored;
using testing::under_all_schedules;

constexpr bank_sn bank_one{101};
constexpr bank_sn foreign{555};

TEST(kiosk_patience, one_fact_nobody_takes_does_not_block_the_others) {
  under_all_schedules([](cabinet_world& world) {
    world.log->sighting_refused = foreign;
    world.send_return(5, foreign);
    world.send_return(6, bank_sn{556});
    world.advance(seconds{30}, seconds{1});
    ASSERT_GE(world.log->sightings.size(), 1U);
    EXPECT_EQ(world.log->sightings[0].bank.value, 556U);
    world.log->sighting_refused.reset();
    world.advance(seconds{121}, seconds{1});
    EXPECT_EQ(world.log->sightings.back().bank, foreign) << "kept, not dropped";
  });
}

TEST(kiosk_patience, a_frame_that_proves_something_is_stored_when_the_database_is_back) {
  under_all_schedules([](cabinet_world& world) {
    world.db->journal_refuses = journal_refusal::unavailable;
    world.send_return(5, foreign, 0x21);
    world.send_reply(bank_one, 0x04);
    world.send_heartbeat();
    world.advance(seconds{40}, seconds{1});
    EXPECT_FALSE(is_stored(world, 0x40));
    world.db->journal_refuses.reset();
    world.advance(seconds{61}, seconds{1});
    EXPECT_TRUE(is_stored(world, 0x40));
    EXPECT_TRUE(is_stored(world, 0x31));
  });
}

TEST(kiosk_patience, no_more_than_a_named_number_of_frames_is_kept) {
  cabinet_world world{5};
  world.go_online();
  world.db->journal_refuses = journal_refusal::unavailable;
  for (std::size_t n = 0; n < limits::kiosk_unsaved_max + 10; ++n)
    world.send_return(5, foreign, 0x21);
  world.db->journal_refuses.reset();
  world.advance(seconds{61}, seconds{1});
  const auto kept = std::count_if(world.db->reports.begin(), world.db->reports.end(),
                                  [](const auto& entry) { return entry.second.frame_type == 0x40; });
  EXPECT_EQ(static_cast<std::size_t>(kept), limits::kiosk_unsaved_max);
}

TEST(kiosk_patience, a_picture_of_a_cabinet_that_settles_does_not_replace_a_better_one) {
  under_all_schedules([](cabinet_world& world) {
    world.advance(seconds{15}, seconds{1});
    world.log->answers[foreign] = sighting_answer::closed;
    world.db->is_unreachable = [](const record& entry) {
      return std::any_of(entry.parts.begin(), entry.parts.end(),
                         [](const auto& part) { return std::holds_alternative<station_state_image>(part); });
    };
    world.send_snapshot();  // The first waits at the head, the second behind it.
    world.slots[5] = {foreign, 70, 1};
    world.send_snapshot();
    world.rent(bank_one);
    world.slots.erase(5);
    world.send_snapshot();
    world.db->is_unreachable = {};
    world.advance(seconds{90}, seconds{1});
    ASSERT_FALSE(world.log->sightings.empty());
    EXPECT_EQ(world.log->sightings[0].bank, foreign);
  });
}

TEST(kiosk_patience, while_the_database_is_away_snapshots_wait_and_the_newest_wins) {
  under_all_schedules([](cabinet_world& world) {
    world.db->journal_refuses = journal_refusal::unavailable;
    for (int battery = 60; battery < 70; ++battery) {
      world.slots[1].battery = battery;
      world.send_snapshot();
      world.advance(seconds{2}, seconds{1});
    }
    world.db->journal_refuses.reset();
    world.advance(seconds{120}, seconds{1});
    EXPECT_EQ(world.db->find_bank(bank_one)->battery, 69);
    EXPECT_EQ(world.view().slots.at(0).battery, 69);
  });
}

}  // namespace
}  // namespace chautari
