/// A cabinet whose kiosk died is still ours while the next one is born.
#include <gtest/gtest.h>

#include "actors/kiosks/kiosks_directory.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/support/cabinet_stories.hpp"

namespace chautari {
namespace {

using testing::cabinet_world;
using testing::under_all_schedules;

void kill_kiosk(cabinet_world& world) {
  auto* directory = static_cast<kiosk_directory_actor::stateful_pointer<kiosks_directory_state>>(
      caf::actor_cast<caf::abstract_actor*>(world.kiosks));
  world.system.kill(directory->state.kiosks.at(world.cabinet));
}

TEST(kiosk_rebirth, a_cabinet_is_not_called_unknown_while_its_kiosk_is_born_again) {
  under_all_schedules([](cabinet_world& world) {
    world.db->reader_refuses = reader_refusal::unavailable;
    kill_kiosk(world);
    const auto asked = world.system.ask<kiosk_view>(world.kiosks, look_at_kiosk{world.cabinet});
    world.run();
    ASSERT_TRUE(asked->error);
    EXPECT_EQ(reason_of<command_refusal>(*asked->error), command_refusal::command_busy)
        << "station_not_found would make a stranger of it";
    const auto nobody = world.system.ask<kiosk_view>(world.kiosks, look_at_kiosk{imei{"860000000000099"}});
    world.run();
    EXPECT_EQ(reason_of<station_refusal>(*nobody->error), station_refusal::station_not_found);
    world.db->reader_refuses.reset();
    world.advance(seconds{70}, seconds{1});
    EXPECT_EQ(world.kiosk().cabinet, world.cabinet);
  });
}

}  // namespace
}  // namespace chautari
