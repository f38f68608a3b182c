/// Ejections whose cabinet is no station's any more when the server comes back.
#include <gtest/gtest.h>

#include "tests/support/cabinet_stories.hpp"

namespace chautari {
namespace {

using testing::cabinet_world;
using testing::under_all_schedules;

constexpr bank_sn bank_one{101};

/// The cabinet was exchanged while the server was down.
void exchange_cabinet(cabinet_world& world) {
  world.crash();
  world.db->stations.at(world.station).cabinet = imei{"860000000000099"};
  world.log->rentals_refuse = caf::make_error(journal_refusal::unavailable);
  world.start();
  EXPECT_TRUE(world.log->outcomes.empty());
}

TEST(kiosk_orphans, a_queued_ejection_of_a_cabinet_that_is_gone_is_told_until_its_rental_has_stored_it) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = world.order(bank_one);
    exchange_cabinet(world);
    world.advance(seconds{20}, seconds{1});
    world.log->rentals_refuse.reset();
    world.advance(seconds{61}, seconds{1});
    ASSERT_EQ(world.log->outcomes.size(), 1U);
    EXPECT_EQ(world.last_outcome()->rental, wish.command.rental);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::not_moved);
    EXPECT_EQ(world.last_outcome()->publishes, 0);
    world.advance(minutes{5}, seconds{1});
    EXPECT_EQ(world.log->outcomes.size(), 1U) << "told once";
  });
}

TEST(kiosk_orphans, a_sent_ejection_of_a_cabinet_that_is_gone_is_dark_after_a_day) {
  cabinet_world world{3};
  world.go_online();
  const auto wish = world.rent(bank_one);
  exchange_cabinet(world);
  world.log->rentals_refuse.reset();
  world.advance(hours{24} - seconds{10}, seconds{60});
  EXPECT_TRUE(world.log->outcomes.empty());
  world.advance(seconds{11}, seconds{1});
  ASSERT_EQ(world.log->outcomes.size(), 1U);
  EXPECT_EQ(world.last_outcome()->rental, wish.command.rental);
  EXPECT_EQ(world.last_outcome()->result, ejection_result::dark);
  EXPECT_EQ(world.last_outcome()->command.state, command_state::expired);
}

}  // namespace
}  // namespace chautari
