/// Ejections that their rental has stored as SENT together with itself, because the cabinet was idle.
#include <gtest/gtest.h>

#include "tests/support/cabinet_stories.hpp"

namespace chautari {
namespace {

using testing::cabinet_world;
using testing::under_all_schedules;

constexpr bank_sn bank_one{101};
constexpr bank_sn bank_two{102};

/// As a rental stores it that found the cabinet idle.
eject_bank order_sent(cabinet_world& world, bank_sn bank) {
  auto wish = world.order(bank);
  wish.command.state = command_state::sent;
  wish.command.sent_at = world.system.now();
  world.db->store(record{world.system.ids().make<record_id>(), world.system.now(), {wish.command}});
  return wish;
}

TEST(kiosk_sent, an_ejection_stored_as_sent_by_its_rental_is_published_and_not_stored_again) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = order_sent(world, bank_one);
    int stored = 0;
    world.db->after_each = [&](const record& entry) {
      for (const auto& part : entry.parts) {
        const auto* command = std::get_if<command_image>(&part);
        stored += command != nullptr && command->id == wish.command.id ? 1 : 0;
      }
    };
    world.eject(wish);
    EXPECT_EQ(world.count_published("popup_sn"), 1U);
    EXPECT_EQ(stored, 0);
    world.db->after_each = {};
    world.send_reply(bank_one, 0x01);
    ASSERT_NE(world.last_outcome(), nullptr);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::confirmed);
    EXPECT_EQ(world.last_outcome()->publishes, 1);
  });
}

TEST(kiosk_sent, an_ejection_stored_as_sent_that_had_to_wait_is_stored_with_the_time_at_which_it_leaves) {
  cabinet_world world{1};
  world.go_online();
  world.rent(bank_one);
  const auto waiting = order_sent(world, bank_two);
  world.eject(waiting);
  world.advance(seconds{4});
  EXPECT_EQ(world.count_published("popup_sn"), 1U);
  world.send_reply(bank_one, 0x01);
  EXPECT_EQ(world.count_published("popup_sn"), 2U);
  const auto& stored = world.db->commands.at(waiting.command.id);
  EXPECT_EQ(stored.state, command_state::sent);
  EXPECT_GE(*stored.sent_at, *waiting.command.sent_at + seconds{4});
}

TEST(kiosk_sent, an_ejection_stored_as_sent_that_never_left_is_refuted_after_a_crash_and_not_published) {
  cabinet_world world{1};
  world.go_online();
  order_sent(world, bank_one);
  world.crash();
  world.start();
  for (int at = 0; at < 4; ++at) {
    world.advance(seconds{6});
    world.send_snapshot();
  }
  EXPECT_EQ(world.count_published("popup_sn"), 0U);
  ASSERT_NE(world.last_outcome(), nullptr);
  EXPECT_EQ(world.last_outcome()->result, ejection_result::refuted);
}

}  // namespace
}  // namespace chautari
