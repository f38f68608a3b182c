/// Cabinets' accounts at a real broker: who gets in, what each may hear and say, and how it ends.
#include "actors/kiosks/broker_accounts_actor.hpp"

#include <fstream>
#include <future>
#include <iterator>

#include "protocols/mqtt/account_words.hpp"
#include "tests/mqtt/listener.hpp"
#include "tests/support/ask.hpp"

namespace chautari {
namespace {

using testing::cabinet_imei;
using testing::listener;
using testing::update_topic;

const imei neighbour{"860000000000022"};
const std::string heart_topic = topic_of(cabinet_imei, cabinet_channel::heart);

timers_actor::behavior_type still_timers(timers_actor::pointer) {
  return {[](const arm_timer&) {}, [](tick_atom) {}};
}

/// The broker with its plugin, the server's line to its frames, and one to its accounts.
class broker_accounts_at : public ::testing::Test {
protected:
  broker_accounts_at() {
    broker.start();
    broker_accounts_setup setup;
    setup.say = [this](std::string_view words) {
      return control->publish(std::string{account_words_topic}, words, 1);
    };
    setup.timers = timers;
    setup.ids = {[] { return timestamp{}; }, [this] { return ++drawn; }};
    accounts = system.spawn(broker_accounts, std::move(setup));
    broker_options wanted;
    wanted.port = broker.port();
    wanted.client_id = "accounts";
    wanted.keeps_session = false;
    wanted.subscriptions = {{std::string{account_answers_topic}, 1}};
    wanted.random = [] { return 7U; };
    wanted.reconnect_after_min = milliseconds{20};
    broker_handlers told;
    told.on_message = [this](std::string_view, std::span<const std::uint8_t> said) {
      caf::anon_send(accounts, accounts_answer{{said.begin(), said.end()}});
    };
    const auto is_up = std::make_shared<std::promise<void>>();
    told.on_connected = [is_up, times = 0]() mutable {
      if (times++ == 0) is_up->set_value();
    };
    control = std::make_unique<broker_client>(std::move(wanted), std::move(told));
    control->start();
    is_up->get_future().wait_for(seconds{30});
  }
  ~broker_accounts_at() override {
    control->stop();
    caf::anon_send_exit(accounts, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(timers, caf::exit_reason::user_shutdown);
  }

  /// The broker has done it.
  template <class Wish>
  bool done(const Wish& wish) {
    const auto reply = testing::ask<account_changed>(system, accounts, wish).get();
    return reply.answer && reply.answer->cabinet == wish.cabinet;
  }
  static std::vector<broker_subscription> own_topics() {
    return {{command_topic(cabinet_imei), 1}, {heart_topic, 1}};
  }

  testing::mosquitto broker{testing::mosquitto::entrance::accounts};
  caf::actor_system_config config;
  caf::actor_system system{config};
  std::uint64_t drawn = 0;
  timers_actor timers = system.spawn(still_timers);
  broker_accounts_actor accounts;
  std::unique_ptr<broker_client> control;
  listener server{broker, "chautari", testing::server_subscriptions()};
};

TEST_F(broker_accounts_at, nobody_gets_in_before_his_account_is_made_and_only_he_does_afterwards) {
  listener early{broker, cabinet_imei.value, cabinet_imei.value, "first", own_topics()};
  ASSERT_TRUE(early.failed_attempts(2));
  ASSERT_TRUE(done(open_account{cabinet_imei, "first"}));
  EXPECT_TRUE(early.connected(1));
  listener guesser{broker, cabinet_imei.value, cabinet_imei.value, "guess", {}};
  EXPECT_TRUE(guesser.failed_attempts(1));
  // With a login of his own he cannot be another cabinet.
  listener disguised{broker, neighbour.value, cabinet_imei.value, "first", {}};
  EXPECT_TRUE(disguised.failed_attempts(1));
  EXPECT_TRUE(early.client.is_connected());
}

TEST_F(broker_accounts_at, a_cabinet_speaks_for_itself_alone_and_hears_its_commands_and_its_own_heart) {
  ASSERT_TRUE(done(open_account{cabinet_imei, "first"}) && done(open_account{neighbour, "second"}));
  auto nosy = own_topics();
  nosy.push_back({command_topic(neighbour), 1});
  nosy.push_back({topic_of(neighbour, cabinet_channel::update), 1});
  nosy.push_back({"$SYS/#", 0});
  listener cabinet{broker, cabinet_imei.value, cabinet_imei.value, "first", nosy};
  listener other{broker, neighbour.value, neighbour.value, "second", {{command_topic(neighbour), 1}}};
  ASSERT_TRUE(cabinet.connected(1) && other.connected(1) && server.connected(1));

  EXPECT_FALSE(cabinet.client.publish(topic_of(neighbour, cabinet_channel::update), "forged", 1));
  EXPECT_FALSE(cabinet.client.publish(command_topic(neighbour), "forged command", 1));
  EXPECT_FALSE(cabinet.client.publish(std::string{account_words_topic},
                                      words_to_make(imei{"860000000000033"}, "x", "t"), 1));
  EXPECT_FALSE(other.client.publish(topic_of(neighbour, cabinet_channel::update), "its own", 1));
  EXPECT_FALSE(server.client.publish(command_topic(neighbour), "for the other", 1));
  EXPECT_FALSE(server.client.publish(command_topic(cabinet_imei), "for it", 1));
  EXPECT_FALSE(cabinet.client.publish(heart_topic, "heartbeat", 1));
  ASSERT_TRUE(cabinet.heard("heartbeat")) << "without its echo a cabinet restarts";
  ASSERT_TRUE(cabinet.heard("for it") && other.heard("for the other") && server.heard("its own"));
  auto all_it_heard = cabinet.all();
  std::sort(all_it_heard.begin(), all_it_heard.end());
  EXPECT_EQ(all_it_heard, (std::vector<std::string>{"for it", "heartbeat"}));
  EXPECT_EQ(other.all(), std::vector<std::string>{"for the other"});
  const auto heard = server.all();
  EXPECT_EQ(std::count(heard.begin(), heard.end(), "forged"), 0);
  listener made_by_it{broker, "860000000000033", "860000000000033", "x", {}};
  EXPECT_TRUE(made_by_it.failed_attempts(1));
}

TEST_F(broker_accounts_at, a_new_password_and_a_closed_account_cut_the_cabinet_off) {
  ASSERT_TRUE(done(open_account{cabinet_imei, "first"}));
  listener cabinet{broker, cabinet_imei.value, cabinet_imei.value, "first", own_topics()};
  ASSERT_TRUE(cabinet.connected(1));
  ASSERT_TRUE(done(open_account{cabinet_imei, "second"}));
  EXPECT_TRUE(cabinet.lost(1) && cabinet.failed_attempts(1)) << "the old password ends now";
  EXPECT_TRUE(server.noticed(false)) << "and the server is told";

  listener renewed{broker, cabinet_imei.value, cabinet_imei.value, "second", own_topics()};
  ASSERT_TRUE(renewed.connected(1));
  ASSERT_TRUE(done(close_account{cabinet_imei}));
  EXPECT_TRUE(renewed.lost(1) && renewed.failed_attempts(1));
  EXPECT_TRUE(done(close_account{cabinet_imei})) << "twice is once";
  EXPECT_TRUE(done(close_account{neighbour})) << "and who never was is closed";
  ASSERT_TRUE(done(open_account{cabinet_imei, "second"}));
  EXPECT_TRUE(renewed.connected(2));
}

TEST_F(broker_accounts_at, accounts_outlive_a_killed_broker) {
  ASSERT_TRUE(done(open_account{cabinet_imei, "first"}) && done(open_account{neighbour, "second"}) &&
              done(close_account{neighbour}));
  broker.kill();
  ASSERT_TRUE(server.lost(1));
  broker.start();
  listener cabinet{broker, cabinet_imei.value, cabinet_imei.value, "first", own_topics()};
  EXPECT_TRUE(cabinet.connected(1));
  listener closed{broker, neighbour.value, neighbour.value, "second", {}};
  EXPECT_TRUE(closed.failed_attempts(1));
  std::ifstream kept{broker.folder() / "accounts.json"};
  const std::string text{std::istreambuf_iterator<char>{kept}, {}};
  EXPECT_NE(text.find(cabinet_imei.value), std::string::npos);
  EXPECT_EQ(text.find("first"), std::string::npos) << "a password in the clear";
}

}  // namespace
}  // namespace chautari
