/// Who gets a login at the broker, and how it ends (F-37).
#include "protocols/base/limits.hpp"
#include "tests/cabinets/registry_world.hpp"

namespace chautari {
namespace {

using testing::reason;
using testing::registry_world;

constexpr auto provision = broker_account_action::provision;
constexpr auto rotate = broker_account_action::rotate;
constexpr auto revoke = broker_account_action::revoke;

TEST(registry_accounts, a_station_s_cabinet_gets_no_login_before_an_operator_lets_it_in) {
  registry_world world;
  EXPECT_EQ(reason(world.connect()), registry_refusal::not_provisioned);
  EXPECT_EQ(world.log->changes, 0U);
  ASSERT_TRUE(world.change(provision)->answer);
  const auto login = world.connect();
  ASSERT_TRUE(login->answer);
  EXPECT_EQ(login->answer->client_id, world.cabinet.value);
  EXPECT_EQ(login->answer->username, world.cabinet.value);
  EXPECT_EQ(login->answer->password, world.log->passwords.at(world.cabinet));
  EXPECT_EQ(login->answer->password.size(), 32U);
  EXPECT_EQ(world.account().sim, "sim-1");
  EXPECT_EQ(world.account().issues, 1);
}

TEST(registry_accounts, the_same_sim_gets_a_new_password_each_time_and_another_sim_gets_nothing) {
  registry_world world;
  world.change(provision);
  const auto first = world.connect();
  const auto second = world.connect();
  ASSERT_TRUE(first->answer && second->answer);
  EXPECT_NE(first->answer->password, second->answer->password);
  EXPECT_EQ(reason(world.connect("sim-2")), registry_refusal::not_provisioned);
  EXPECT_EQ(reason(world.connect("")), registry_refusal::not_provisioned);
  EXPECT_EQ(world.log->passwords.at(world.cabinet), second->answer->password) << "it is left alone";
  ASSERT_FALSE(world.log->events.empty());
  EXPECT_EQ(world.log->events.back().kind, "cabinet.unknown");
  EXPECT_EQ(world.log->events.back().severity, feed_severity::alarm);
}

TEST(registry_accounts, an_open_door_lets_one_connect_in_within_an_hour) {
  registry_world world;
  world.change(provision);
  ASSERT_TRUE(world.connect("sim-1")->answer);
  EXPECT_EQ(reason(world.connect("sim-2")), registry_refusal::not_provisioned) << "the door is shut again";
  world.change(provision);
  EXPECT_TRUE(world.connect("sim-2")->answer) << "a new SIM, with an operator's word";
  world.change(provision);
  world.system.advance(hours{1}, minutes{10});
  EXPECT_EQ(reason(world.connect("sim-3")), registry_refusal::not_provisioned);
  EXPECT_TRUE(world.connect("sim-2")->answer);
}

TEST(registry_accounts, the_login_is_stored_before_the_broker_is_told_and_the_password_is_stored_nowhere) {
  registry_world world;
  world.change(provision);
  world.log->before_change = [&] { EXPECT_EQ(world.account().issues, 1); };
  const auto login = world.connect();
  ASSERT_TRUE(login->answer);
  for (const auto& entry : world.db->cabinet_log)
    EXPECT_EQ(entry.data.find(login->answer->password), std::string::npos);
  EXPECT_TRUE(world.is_in_log("account-issued"));
}

TEST(registry_accounts, seven_connects_in_an_hour_are_one_too_many) {
  registry_world world;
  world.change(provision);
  for (int n = 0; n < limits::cabinet_connects_an_hour_max; ++n)
    ASSERT_TRUE(world.connect()->answer) << n;
  const auto refused = world.connect();
  ASSERT_EQ(reason(refused), registry_refusal::call_too_often);
  EXPECT_EQ(context_of(*refused->error), R"({"retry_after":600})");
  world.system.advance(minutes{10}, minutes{1});
  EXPECT_TRUE(world.connect()->answer);
}

TEST(registry_accounts, whoever_guesses_at_sims_does_not_shut_the_cabinet_out) {
  registry_world world;
  world.change(provision);
  ASSERT_TRUE(world.connect()->answer);
  for (int n = 0; n < 50; ++n)
    EXPECT_EQ(reason(world.connect("guess-" + std::to_string(n))), registry_refusal::not_provisioned);
  EXPECT_TRUE(world.connect()->answer);
  const auto alarms = std::count_if(world.log->events.begin(), world.log->events.end(),
                                    [](const auto& event) { return event.severity == feed_severity::alarm; });
  EXPECT_EQ(alarms, 1) << "operators hear of it once an hour";
}

TEST(registry_accounts, no_sim_is_nobodys_mark) {
  registry_world world;
  world.change(provision);
  ASSERT_TRUE(world.connect("")->answer) << "an open door lets in whoever comes";
  EXPECT_EQ(reason(world.connect("")), registry_refusal::not_provisioned);
  world.change(provision);
  EXPECT_TRUE(world.connect("")->answer);
}

TEST(registry_accounts, a_login_outlives_a_restart_of_the_server) {
  registry_world world;
  world.change(provision);
  ASSERT_TRUE(world.connect()->answer);
  world.restart();
  EXPECT_TRUE(world.connect()->answer);
  EXPECT_EQ(world.account().issues, 2);
  EXPECT_EQ(reason(world.connect("sim-2")), registry_refusal::not_provisioned);
}

TEST(registry_accounts, a_broker_that_does_not_answer_is_said_so_and_the_cabinet_may_call_again) {
  registry_world world;
  world.change(provision);
  world.log->broker_refuses = account_change_refusal::unanswered;
  EXPECT_EQ(reason(world.connect()), registry_refusal::broker_unavailable);
  EXPECT_EQ(reason(world.change(rotate)), registry_refusal::broker_unavailable);
  world.log->broker_refuses.reset();
  EXPECT_TRUE(world.connect()->answer) << "its SIM is known by now";
}

TEST(registry_accounts, a_rotation_ends_the_password_and_tells_nobody_the_new_one) {
  registry_world world;
  EXPECT_EQ(reason(world.change(rotate)), registry_refusal::not_provisioned);
  world.change(provision);
  const auto login = world.connect();
  ASSERT_TRUE(login->answer);
  ASSERT_TRUE(world.change(rotate)->answer);
  EXPECT_NE(world.log->passwords.at(world.cabinet), login->answer->password);
  EXPECT_TRUE(world.connect()->answer) << "its own SIM brings it back";
}

TEST(registry_accounts, a_revoked_cabinet_stays_out_until_an_operator_lets_it_in) {
  registry_world world;
  world.change(provision);
  world.connect();
  ASSERT_TRUE(world.change(revoke)->answer);
  EXPECT_EQ(world.log->passwords.count(world.cabinet), 0U);
  EXPECT_EQ(reason(world.connect()), registry_refusal::not_provisioned);
  world.restart();
  EXPECT_EQ(reason(world.connect()), registry_refusal::not_provisioned);
  world.change(provision);
  EXPECT_TRUE(world.connect()->answer);
  EXPECT_FALSE(world.account().revoked_at);
}

TEST(registry_accounts, a_revocation_that_the_broker_did_not_make_is_not_said_to_be_one) {
  registry_world world;
  world.change(provision);
  world.connect();
  world.log->broker_refuses = account_change_refusal::disconnected;
  EXPECT_EQ(reason(world.change(revoke)), registry_refusal::broker_unavailable);
  EXPECT_FALSE(world.account().revoked_at);
  world.log->broker_refuses.reset();
  world.db->journal_refuses = journal_refusal::unavailable;
  EXPECT_TRUE(world.change(revoke)->error);
  EXPECT_EQ(world.log->passwords.count(world.cabinet), 0U) << "it is outside, which is the safe side";
}

TEST(registry_accounts, a_revocation_and_a_connect_at_once_do_not_leave_the_door_open) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    registry_world world{seed};
    world.change(provision);
    world.connect();
    world.log->is_broker_slow = true;
    const auto revoked = world.system.ask<broker_account_view>(
        world.registry, change_broker_account{world.cabinet, revoke, "stolen", {}});
    const auto login =
        world.system.ask<broker_login>(world.registry, connect_cabinet{world.cabinet, "sim-1", "", ""});
    for (world.system.run(); !world.log->waiting.empty(); world.system.run())
      world.system.tell(world.accounts, timer_fired{});
    ASSERT_TRUE(revoked->is_answered() && login->is_answered());
    ASSERT_NE(revoked->answer.has_value(), login->answer.has_value()) << "one of them had to wait";
    EXPECT_EQ(world.log->passwords.count(world.cabinet), revoked->answer ? 0U : 1U);
    EXPECT_EQ(world.account().revoked_at.has_value(), revoked->answer.has_value());
  }
}

TEST(registry_accounts, every_change_by_an_operator_is_audited_with_its_reason) {
  registry_world world;
  world.change(provision);
  world.connect();
  world.change(rotate);
  world.change(revoke);
  std::vector<std::string> actions;
  for (const auto& entry : world.db->audit_log) {
    actions.push_back(entry.action);
    EXPECT_EQ(entry.reason, "because");
    EXPECT_EQ(entry.entity_id, world.cabinet.value);
  }
  EXPECT_EQ(actions, (std::vector<std::string>{"broker_account.provision", "broker_account.rotate",
                                               "broker_account.revoke"}));
}

}  // namespace
}  // namespace chautari
