/// When it is not certain whose cabinet it is, nobody loses anything.
#include "protocols/base/limits.hpp"
#include "tests/cabinets/registry_world.hpp"

namespace chautari {
namespace {

using testing::nothing;
using testing::reason;
using testing::registry_world;

void give_it_a_station(registry_world& world) {
  station_image facts;
  facts.id = world.world.ids.make<station_id>();
  facts.cabinet = world.cabinet;
  world.db->stations[facts.id] = facts;
}

TEST(registry_doubts, a_cabinet_whose_kiosk_is_being_born_again_is_no_stranger_and_keeps_its_login) {
  registry_world world;
  give_it_a_station(world);
  world.change(broker_account_action::provision);
  ASSERT_TRUE(world.connect()->answer);
  world.log->stations.clear();
  for (int n = 0; n < 3; ++n) {
    EXPECT_EQ(reason(world.connect()), registry_refusal::broker_unavailable) << "it may call again";
    EXPECT_EQ(reason(world.ask<nothing>(claim_return{world.cabinet, bank_sn{101}, 2, 61, ""})),
              registry_refusal::broker_unavailable);
    world.system.tell(world.registry, stranger_heard{world.cabinet, world.system.now()});
    world.system.run();
  }
  EXPECT_EQ(world.log->passwords.count(world.cabinet), 1U);
  EXPECT_FALSE(world.account().revoked_at);
  EXPECT_TRUE(world.db->strangers.empty());
  world.log->stations.insert(world.cabinet);
  EXPECT_TRUE(world.connect()->answer);
}

TEST(registry_doubts, after_a_restart_too) {
  registry_world world;
  give_it_a_station(world);
  world.change(broker_account_action::provision);
  ASSERT_TRUE(world.connect()->answer);
  world.log->stations.clear();
  world.restart();
  for (int n = 0; n < 3; ++n) {
    world.system.tell(world.registry, stranger_heard{world.cabinet, world.system.now()});
    world.system.run();
  }
  EXPECT_EQ(world.log->passwords.count(world.cabinet), 1U);
  EXPECT_TRUE(world.db->strangers.empty());
}

TEST(registry_doubts, an_approval_is_not_undone_by_what_the_stranger_had_said_before) {
  registry_world world;
  world.ask<broker_login>(connect_cabinet{world.stranger, "sim-9", "", ""});
  station_image facts;
  facts.id = world.world.ids.make<station_id>();
  facts.cabinet = world.stranger;
  world.db->stations[facts.id] = facts;
  world.ask<stranger_image>(judge_stranger{world.stranger, stranger_state::approved, "", {}});
  world.system.tell(world.registry, stranger_heard{world.stranger, world.system.now()});
  world.system.run();
  EXPECT_TRUE(world.db->broker_accounts.at(world.stranger).provisioning_until);
  EXPECT_EQ(world.log->changes, 0U);
}

TEST(registry_doubts, a_station_that_was_deleted_takes_the_login_with_it) {
  registry_world world;
  give_it_a_station(world);
  world.change(broker_account_action::provision);
  ASSERT_TRUE(world.connect()->answer);
  world.log->stations.clear();
  world.db->stations.begin()->second.is_deleted = true;
  world.system.tell(world.registry, stranger_heard{world.cabinet, world.system.now()});
  world.system.run();
  EXPECT_EQ(world.log->passwords.count(world.cabinet), 0U);
}

TEST(registry_doubts, a_broker_that_is_away_uses_up_no_connects) {
  registry_world world;
  world.change(broker_account_action::provision);
  world.log->broker_refuses = account_change_refusal::overloaded;
  for (int n = 0; n < 3 * limits::cabinet_connects_an_hour_max; ++n)
    ASSERT_EQ(reason(world.connect()), registry_refusal::broker_unavailable) << n;
  world.log->broker_refuses.reset();
  EXPECT_TRUE(world.connect()->answer) << "after a power cut ten thousand of them come at once";
}

}  // namespace
}  // namespace chautari
