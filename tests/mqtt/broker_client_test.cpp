#include "protocols/mqtt/broker_client.hpp"

#include "tests/mqtt/listener.hpp"

namespace chautari {
namespace {

using testing::cabinet_imei;
using testing::listener;
using testing::server_subscriptions;
using testing::update_topic;

TEST(broker_client, frames_are_heard_again_after_the_broker_was_killed_and_came_back) {
  testing::mosquitto broker;
  broker.start();
  listener server{broker, "chautari", server_subscriptions()};
  listener cabinet{broker, cabinet_imei.value};
  ASSERT_TRUE(server.connected(1) && cabinet.connected(1));
  EXPECT_FALSE(cabinet.client.publish(update_topic, "before", 1).has_value());
  ASSERT_TRUE(server.heard("before"));

  for (int round = 1; round <= 2; ++round) {
    broker.kill();
    ASSERT_TRUE(server.lost(round) && cabinet.lost(round));
    EXPECT_FALSE(server.client.is_connected());
    broker.start();
    ASSERT_TRUE(server.connected(round + 1) && cabinet.connected(round + 1));
    const auto text = "after kill " + std::to_string(round);
    EXPECT_FALSE(cabinet.client.publish(update_topic, text, 1).has_value());
    EXPECT_TRUE(server.heard(text)) << "connected, but deaf";
  }
  EXPECT_EQ(server.client.counters().connects, 3U);
}

TEST(broker_client, a_broker_that_comes_late_is_found) {
  testing::mosquitto broker;
  listener server{broker, "chautari", server_subscriptions()};
  ASSERT_TRUE(server.failed_attempts(3));
  broker.start();
  EXPECT_TRUE(server.connected(1));
}

TEST(broker_client, frames_of_qos_1_wait_at_the_broker_while_the_server_is_away) {
  testing::mosquitto broker;
  broker.start();
  {
    listener server{broker, "chautari", server_subscriptions()};
    ASSERT_TRUE(server.connected(1));
  }
  listener cabinet{broker, cabinet_imei.value};
  ASSERT_TRUE(cabinet.connected(1));
  EXPECT_FALSE(cabinet.client.publish(update_topic, "a return nobody saw", 1).has_value());
  listener server_again{broker, "chautari", server_subscriptions()};
  EXPECT_TRUE(server_again.heard("a return nobody saw"));
}

TEST(broker_client, a_command_refused_while_disconnected_does_not_leave_later) {
  testing::mosquitto broker;
  broker.start();
  const auto topic = command_topic(cabinet_imei);
  listener server{broker, "chautari"};
  listener cabinet{broker, cabinet_imei.value, {{topic, 1}}};
  ASSERT_TRUE(server.connected(1) && cabinet.connected(1));
  broker.kill();
  ASSERT_TRUE(server.lost(1));
  EXPECT_EQ(server.client.publish(topic, "eject", 0), broker_refusal::disconnected);
  broker.start();
  ASSERT_TRUE(server.connected(2) && cabinet.connected(2));
  EXPECT_FALSE(server.client.publish(topic, "check", 1).has_value());
  ASSERT_TRUE(cabinet.heard("check"));
  EXPECT_EQ(cabinet.all(), std::vector<std::string>{"check"});
  EXPECT_EQ(server.client.counters().refused_disconnected, 1U);
}

TEST(broker_client, a_broker_that_stops_reading_fills_the_buffer_and_then_commands_are_refused) {
  constexpr std::size_t buffered_max = 8;
  testing::mosquitto broker;
  broker.start();
  listener server{broker, "chautari", {}, buffered_max};
  ASSERT_TRUE(server.connected(1));
  broker.pause();
  const std::string large(1'000'000, 'x');
  std::optional<broker_refusal> why;
  std::size_t accepted = 0;
  // The kernel's socket buffers take some megabytes before paho has to keep anything.
  for (; accepted < 1'000 && !why; ++accepted)
    why = server.client.publish("/elsewhere", large, 0);
  EXPECT_EQ(why, broker_refusal::buffer_full);
  EXPECT_EQ(server.client.counters().refused_buffer_full, 1U);
  broker.resume();
}

TEST(broker_client, what_waits_in_a_stalled_connection_dies_with_it) {
  testing::mosquitto broker;
  broker.start();
  const auto topic = command_topic(cabinet_imei);
  listener server{broker, "chautari", {}, 8};
  ASSERT_TRUE(server.connected(1));
  broker.pause();
  const std::string large(1'000'000, 'x');
  for (int n = 0; n < 1'000 && !server.client.publish("/elsewhere", large, 0); ++n) {
  }
  broker.kill();
  ASSERT_TRUE(server.lost(1));
  broker.start();
  listener cabinet{broker, cabinet_imei.value, {{"/elsewhere", 1}, {topic, 1}}};
  ASSERT_TRUE(server.connected(2) && cabinet.connected(1));
  EXPECT_FALSE(server.client.publish(topic, "now", 0).has_value());
  ASSERT_TRUE(cabinet.heard("now"));
  EXPECT_EQ(cabinet.all(), std::vector<std::string>{"now"}) << "an old command left late";
}

TEST(broker_client, the_broker_tells_who_comes_and_goes_in_words_we_understand) {
  testing::mosquitto broker;
  broker.start();
  listener server{broker, "chautari", server_subscriptions()};
  ASSERT_TRUE(server.connected(1));
  {
    listener cabinet{broker, cabinet_imei.value};
    EXPECT_TRUE(server.noticed(true));
    EXPECT_TRUE(cabinet.connected(1));
  }
  EXPECT_TRUE(server.noticed(false));
}

TEST(broker_client, a_new_connection_on_demand_subscribes_again) {
  testing::mosquitto broker;
  broker.start();
  listener server{broker, "chautari", server_subscriptions()};
  listener cabinet{broker, cabinet_imei.value};
  ASSERT_TRUE(server.connected(1) && cabinet.connected(1));
  server.client.reconnect();
  ASSERT_TRUE(server.connected(2));
  EXPECT_FALSE(cabinet.client.publish(update_topic, "still here", 1).has_value());
  EXPECT_TRUE(server.heard("still here"));
}

}  // namespace
}  // namespace chautari
