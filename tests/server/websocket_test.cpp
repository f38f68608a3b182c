#include "tests/server/socket_client.hpp"

namespace chautari::testing {
namespace {

class live_socket : public server_test {
protected:
  live_socket() {
    set_up = [this](lane_parts& parts) {
      parts.topics.add_kind(
          {.prefix = "station:",
           .authorise = [](const caller&, std::string_view topic) -> std::optional<std::string> {
             if (topic == "station:none") return "station_not_found";
             return {};
           },
           .snapshot =
               [](const caller&, std::string_view, deliver_snapshot deliver) {
                 deliver({.state = topic_snapshot{.data_json = "\"whole\""}});
               }});
      parts.topics.add_kind(
          {.prefix = "broken:", .snapshot = [](const caller&, std::string_view, deliver_snapshot) -> void {
             throw std::runtime_error{"a provider with a mistake"};
           }});
      auto& answers = parts.announcements;
      parts.topics.add_kind(
          {.prefix = "wallet",
           .is_per_user = true,
           .snapshot = [this, &answers](const caller&, std::string_view, deliver_snapshot deliver) {
             answers.ask<doubled>(
                 seer, double_it{25},
                 [deliver](const doubled& view) {
                   deliver({.state = topic_snapshot{.data_json = std::to_string(view.number)}});
                 },
                 [deliver](const caf::error&) { deliver({.refusal = "service_unavailable"}); });
           }});
    };
    add(http_method::get, "/api/hello", [](exchange& in) { in.answer("1"); });
  }

  void publish(std::string topic, std::string data, std::optional<user_id> whom = {}) {
    entrance->on_every_lane([=](lane_parts& parts) {
      parts.topics.publish(
          {.topic = topic, .user = whom, .event = "changed", .at = from_ms(dawn_ms), .data_json = data});
    });
  }

  void greet(socket_client& client, std::string_view token = "user-1") {
    client.say(R"({"type":"auth","token":")" + std::string{token} + "\"}");
    const auto welcome = client.hear();
    ASSERT_EQ(welcome.at("type").as_string(), "welcome");
    EXPECT_EQ(welcome.at("heartbeat_seconds").as_int64(), 20);
  }
};

TEST_F(live_socket, a_first_frame_with_a_token_is_welcomed) {
  open();
  socket_client client{port};
  ASSERT_TRUE(client.is_open());
  EXPECT_EQ(client.protocol(), "chautari.v1");
  greet(client);
}

TEST_F(live_socket, a_token_in_the_subprotocol_needs_no_first_frame) {
  open();
  socket_client client{port, "chautari.v1, bearer.user-1"};
  EXPECT_EQ(client.protocol(), "chautari.v1");
  EXPECT_EQ(client.hear_type(), "welcome");
}

TEST_F(live_socket, a_frame_that_fails_us_ends_one_socket_and_nothing_else) {
  open();
  socket_client unlucky{port}, other{port};
  greet(unlucky);
  greet(other);
  unlucky.say(R"({"type":"subscribe","id":1,"topics":["broken:A"]})");
  EXPECT_EQ(unlucky.hear_close(), 1011);
  EXPECT_EQ(probe->failed, std::vector<std::string>{"websocket: a provider with a mistake: "});
  other.say(R"({"type":"subscribe","id":1,"topics":["station:A"]})");
  EXPECT_EQ(other.hear_type(), "subscribed");
}

TEST_F(live_socket, without_a_good_token_the_socket_closes_with_4401) {
  open();
  socket_client forged{port, "chautari.v1, bearer.forged"};
  EXPECT_EQ(forged.hear_close(), 4401);
  socket_client eager{port};
  eager.say(R"({"type":"subscribe","id":1,"topics":["wallet"]})");
  EXPECT_EQ(eager.hear_close(), 4401);
  socket_client admin{port};
  admin.say(R"({"type":"auth","token":"admin-1"})");
  EXPECT_EQ(admin.hear_close(), 4401) << "another audience";
}

TEST_F(live_socket, a_silent_client_is_closed_after_five_seconds) {
  open();
  socket_client client{port};
  for (int round = 0; round < 200 && !client.has_something_to_hear(25); ++round)
    wind(seconds{1});
  EXPECT_EQ(client.hear_close(), 4401);
}

TEST_F(live_socket, a_subscriber_sees_the_whole_and_then_each_change) {
  open();
  socket_client client{port};
  greet(client);
  client.say(R"({"type":"subscribe","id":7,"topics":["station:A","station:none","wallet"]})");
  const auto confirmed = client.hear();
  EXPECT_EQ(confirmed.at("id").as_int64(), 7);
  EXPECT_EQ(confirmed.at("topics").as_array().size(), 2U);
  EXPECT_EQ(confirmed.at("refused").at(0).at("code").as_string(), "station_not_found");
  std::map<std::string, boost::json::object> shown;
  for (int frame = 0; frame < 2; ++frame) {
    auto snapshot = client.hear();
    shown[snapshot.at("topic").as_string().c_str()] = snapshot;
  }
  EXPECT_EQ(shown.at("station:A").at("data").as_string(), "whole");
  EXPECT_EQ(shown.at("wallet").at("data").as_int64(), 50) << "through an actor";
  publish("wallet", "1", user_number(2));
  publish("station:A", "2");
  const auto news = client.hear();
  EXPECT_EQ(news.at("topic").as_string(), "station:A") << "another rider's wallet is nobody's business";
  EXPECT_EQ(news.at("revision").as_int64(), shown.at("station:A").at("revision").as_int64() + 1);
  EXPECT_EQ(news.at("event").as_string(), "changed");
}

TEST_F(live_socket, a_new_socket_resumes_where_the_old_one_stopped) {
  open();
  std::int64_t revision = 0;
  {
    socket_client client{port};
    greet(client);
    client.say(R"({"type":"subscribe","id":1,"topics":["station:A"]})");
    client.hear();
    revision = client.hear().at("revision").as_int64();
  }
  publish("station:A", "1");
  socket_client again{port};
  greet(again);
  again.say(R"({"type":"resume","topic":"station:A","revision":)" + std::to_string(revision) + "}");
  EXPECT_EQ(again.hear_type(), "subscribed");
  const auto missed = again.hear();
  EXPECT_EQ(missed.at("revision").as_int64(), revision + 1);
  EXPECT_EQ(missed.at("data").as_int64(), 1);
}

TEST_F(live_socket, the_third_bad_frame_is_told_and_then_ends_the_socket) {
  open();
  socket_client client{port};
  greet(client);
  for (int bad = 0; bad < 3; ++bad)
    client.say("nonsense");
  for (int bad = 0; bad < 3; ++bad)
    EXPECT_EQ(client.hear().at("code").as_string(), "bad_frame");
  EXPECT_EQ(client.hear_close(), 4400);
}

TEST_F(live_socket, a_frame_beyond_64_kib_ends_the_socket) {
  open();
  socket_client client{port};
  greet(client);
  client.say(std::string(65 * 1024, 'x'));
  EXPECT_EQ(client.hear_close(), 1009);
}

TEST_F(live_socket, a_revoked_session_closes_with_4401) {
  open();
  socket_client revoked{port}, other{port};
  greet(revoked, "user-1");
  greet(other, "user-2");
  entrance->on_every_lane([](lane_parts& parts) { parts.revoke_session(session_number(1)); });
  EXPECT_EQ(revoked.hear_close(), 4401);
  other.say(R"({"type":"subscribe","id":1,"topics":["station:A"]})");
  EXPECT_EQ(other.hear_type(), "subscribed");
}

TEST_F(live_socket, an_expired_token_closes_with_4401) {
  open();
  socket_client client{port};
  greet(client);
  wind(minutes{15});
  EXPECT_EQ(client.hear_close(), 4401);
}

TEST_F(live_socket, a_client_that_answers_no_ping_is_dropped) {
  open();
  socket_client client{port};
  greet(client);
  EXPECT_TRUE(wind_until([this] { return probe->websockets == 0; }, seconds{20}));
  EXPECT_LT(wall_ms - dawn_ms, 120'000) << "long before its token expires";
}

TEST_F(live_socket, a_client_that_takes_no_frame_for_ten_seconds_is_closed_with_4408) {
  open();
  socket_client client{port};
  greet(client);
  client.say(R"({"type":"subscribe","id":1,"topics":["station:A"]})");
  client.hear(), client.hear();
  publish("station:A", '"' + std::string(32 * 1024 * 1024, 'x') + '"');
  ASSERT_TRUE(client.has_something_to_hear(10'000));
  // One step per tick keeps the closing handshake within its own two seconds.
  std::promise<void> written;
  entrance->on_every_lane([&written](lane_parts&) { written.set_value(); });
  written.get_future().wait();
  const int before = probe->samples;
  wind(seconds{10});
  probe->samples.wait(before);
  EXPECT_EQ(client.hear_close(), 4408);
}

TEST_F(live_socket, foreign_origins_and_foreign_protocols_are_refused_before_the_upgrade) {
  open();
  EXPECT_EQ(socket_client(port, "chautari.v1", "https://evil.example").status(), 403);
  EXPECT_EQ(socket_client(port, "mqtt").status(), 400);
  EXPECT_TRUE(socket_client(port, "chautari.v1", "https://app.example").is_open());
  EXPECT_TRUE(socket_client(port, "").is_open());
}

TEST_F(live_socket, a_full_server_refuses_before_the_upgrade) {
  options.websockets_max = 1;
  open();
  socket_client first{port};
  greet(first);
  EXPECT_EQ(socket_client(port).status(), 503);
  raw_client http{port};
  EXPECT_EQ(http.get("/api/hello").status, 200);
}

TEST_F(live_socket, draining_says_goodbye_with_1001) {
  open();
  socket_client client{port};
  greet(client);
  std::promise<void> empty;
  entrance->drain([&empty] { empty.set_value(); });
  EXPECT_EQ(client.hear_close(), 1001);
  empty.get_future().wait();
}

}  // namespace
}  // namespace chautari::testing
