/// Anybody can upload a picture of any cabinet over HTTP: it is a reason to ask the cabinet, and nothing
/// else.
#include <gtest/gtest.h>

#include "tests/support/cabinet_stories.hpp"

namespace chautari {
namespace {

using testing::cabinet_world;
using testing::under_all_schedules;

void upload(cabinet_world& world) {
  world.system.tell(world.kiosks, cabinet_frame{world.cabinet,
                                                cabinet_channel::upload,
                                                encode(world.snapshot()),
                                                world.system.now(),
                                                {},
                                                transport::http});
  world.run();
}

TEST(uploads, a_forged_picture_of_broken_slots_takes_no_bank_from_the_riders) {
  under_all_schedules([](cabinet_world& world) {
    const auto rentable = world.view().rentable_count;
    ASSERT_GT(rentable, 0);
    for (auto& [number, slot] : world.slots)
      slot = {slot.bank, 3, 5};  // Flat, and the latch forced open.
    upload(world);
    EXPECT_EQ(world.view().rentable_count, rentable);
    EXPECT_EQ(world.db->slots.at({world.station, 1}).status, slot_status::occupied);
    for (const auto& event : world.log->events)
      EXPECT_NE(event.kind, "bank.theft") << "no alarm either";
  });
}

TEST(uploads, a_fault_is_not_mended_by_a_forged_picture) {
  under_all_schedules([](cabinet_world& world) {
    world.slots[1] = {bank_sn{101}, 90, 4};
    world.send_snapshot();
    const auto rentable = world.view().rentable_count;
    world.slots[1] = {bank_sn{101}, 90, 1};
    upload(world);
    EXPECT_EQ(world.view().rentable_count, rentable);
    EXPECT_EQ(world.db->slots.at({world.station, 1}).status, slot_status::error);
  });
}

TEST(uploads, a_rider_is_not_served_from_stock_that_only_an_upload_calls_fresh) {
  under_all_schedules([](cabinet_world& world) {
    world.advance(minutes{2}, seconds{5});
    upload(world);
    const auto rental = world.system.ids().make<rental_id>();
    const auto answer =
        world.system.ask<bank_reservation>(world.stations, reserve_bank{world.serial, rental, {}, false});
    world.run();
    EXPECT_FALSE(answer->is_answered()) << "the cabinet's own line has not shown what is there";
    upload(world);
    EXPECT_FALSE(answer->is_answered());
    world.send_snapshot();
    EXPECT_TRUE(answer->answer);
  });
}

}  // namespace
}  // namespace chautari
