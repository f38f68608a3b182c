/// The second WebSocket: operators' topics, their right to stay, and topics that belong to one subscriber.

#include "tests/server/socket_client.hpp"

namespace chautari::testing {
namespace {

/// A topic that tells how often something happened, each time with a text of `bulk` bytes.
class tally final : public personal_topic {
public:
  tally(personal_line& line, std::size_t bulk, std::atomic<int>& asked)
      : line_{line}, bulk_{bulk}, asked_{asked} {
    line_.snapshot(shown());
  }
  std::optional<std::string> adjust(const client_frame&) override {
    line_.snapshot(shown());
    return {};
  }
  std::optional<personal_state> whole() override {
    ++asked_;
    return personal_state{"tally.changed", from_ms(0), shown()};
  }
  void count() {
    ++count_;
    line_.change("tally.changed", from_ms(0), shown());
  }
  void end() { line_.end("service_unavailable"); }

private:
  [[nodiscard]] std::string shown() const {
    return R"({"count":)" + std::to_string(count_) + R"(,"bulk":")" + std::string(bulk_, 'x') + "\"}";
  }
  personal_line& line_;
  std::size_t bulk_;
  std::atomic<int>& asked_;
  int count_ = 0;
};

class operator_socket : public server_test {
protected:
  operator_socket() {
    set_up = [this](lane_parts& parts) {
      for (auto* hub : {&parts.topics, &parts.operator_topics})
        hub->add_kind({.prefix = "station:"});
      parts.operator_topics.add_kind(
          {.prefix = "tally",
           .open = [this](const caller&, std::string_view, const client_frame&, personal_line& line) {
             auto made = std::make_unique<tally>(line, bulk, asked);
             opened = made.get();
             return personal_opening{std::move(made)};
           }});
    };
    options.standing = [this](const caller&, std::string_view) -> standing_result {
      if (role < 0) return auth_failure{401, "token_revoked"};
      return operator_standing{static_cast<operator_role>(role.load()), from_ms(dawn_ms)};
    };
  }

  struct operator_client : socket_client {
    operator_client(std::uint16_t port, const std::string& token)
        : socket_client{port, "chautari.v1, bearer." + token, "", "/ws/admin"} {}
  };

  /// Runs on the lane and waits for it.
  void on_lane(const std::function<void(lane_parts&)>& task) {
    std::promise<void> done;
    entrance->on_every_lane([&](lane_parts& parts) {
      task(parts);
      done.set_value();
    });
    done.get_future().wait();
  }

  std::atomic<int> role{static_cast<int>(operator_role::admin)};
  std::size_t bulk = 0;
  std::atomic<int> asked{0};
  tally* opened = nullptr;  ///< Used on the lane only.
};

TEST_F(operator_socket, riders_and_operators_hear_topics_of_their_own) {
  open();
  socket_client rider{port, "chautari.v1, bearer.user-1"};
  operator_client officer{port, "admin-1"};
  for (socket_client* each : {&rider, static_cast<socket_client*>(&officer)}) {
    EXPECT_EQ(each->hear_type(), "welcome");
    each->say(R"({"type":"subscribe","id":1,"topics":["station:A"]})");
    EXPECT_EQ(each->hear_type(), "subscribed");
    EXPECT_EQ(each->hear_type(), "snapshot");
  }
  on_lane([](lane_parts& parts) {
    parts.topics.publish({.topic = "station:A", .event = "e", .at = from_ms(dawn_ms), .data_json = "1"});
    parts.operator_topics.publish(
        {.topic = "station:A", .event = "e", .at = from_ms(dawn_ms), .data_json = "2"});
  });
  EXPECT_EQ(rider.hear().at("data").as_int64(), 1);
  EXPECT_EQ(officer.hear().at("data").as_int64(), 2);
}

TEST_F(operator_socket, riders_do_not_get_in) {
  open();
  EXPECT_EQ(operator_client(port, "user-1").hear_close(), 4401);
}

TEST_F(operator_socket, whose_standing_changes_is_closed_and_others_stay) {
  open();
  operator_client demoted{port, "admin-1"}, other{port, "admin-2"};
  EXPECT_EQ(demoted.hear_type(), "welcome");
  EXPECT_EQ(other.hear_type(), "welcome");
  const auto recheck = [this](std::uint8_t whom) {
    on_lane([whom](lane_parts& parts) { parts.recheck_operator(operator_id{user_number(whom).value}); });
  };
  recheck(1);
  demoted.say(R"({"type":"subscribe","id":1,"topics":["station:A"]})");
  EXPECT_EQ(demoted.hear_type(), "subscribed") << "asked again, and nothing had changed";
  EXPECT_EQ(demoted.hear_type(), "snapshot");
  role = static_cast<int>(operator_role::finance);
  recheck(1);
  EXPECT_EQ(demoted.hear_close(), 4401);
  other.say(R"({"type":"subscribe","id":1,"topics":["station:A"]})");
  EXPECT_EQ(other.hear_type(), "subscribed");
  role = -1;
  recheck(2);
  EXPECT_EQ(other.hear_close(), 4401);
}

TEST_F(operator_socket, a_fresh_token_does_not_carry_topics_into_another_role) {
  open();
  operator_client client{port, "admin-1"};
  EXPECT_EQ(client.hear_type(), "welcome");
  client.say(R"({"type":"auth","token":"admin-1"})");
  client.say(R"({"type":"subscribe","id":1,"topics":["station:A"]})");
  EXPECT_EQ(client.hear_type(), "subscribed") << "the same role stays";
  EXPECT_EQ(client.hear_type(), "snapshot");
  role = static_cast<int>(operator_role::finance);  // Decided, and not yet heard of on this lane.
  client.say(R"({"type":"auth","token":"admin-1"})");
  EXPECT_EQ(client.hear_close(), 4401);
}

TEST_F(operator_socket, one_operator_has_so_many_sockets_and_no_more_over_all_threads) {
  options.io_threads = 2;
  open();
  auto first = std::make_unique<operator_client>(port, "admin-1");
  operator_client second{port, "admin-1"};
  EXPECT_EQ(first->hear_type(), "welcome");
  EXPECT_EQ(second.hear_type(), "welcome");
  EXPECT_EQ(operator_client(port, "admin-1").hear_close(), 4429);
  EXPECT_EQ(operator_client(port, "admin-2").hear_type(), "welcome");
  first.reset();
  bool is_in = false;
  for (int round = 0; round < 200 && !is_in; ++round)
    is_in = operator_client(port, "admin-1").hear_type() == "welcome";
  EXPECT_TRUE(is_in) << "who leaves makes room";
}

TEST_F(operator_socket, a_busy_socket_misses_changes_and_then_gets_the_whole_once) {
  bulk = 16 * 1024 * 1024;  // More than the kernel takes for a client that does not read.
  open();
  operator_client slow{port, "admin-1"};
  EXPECT_EQ(slow.hear_type(), "welcome");
  slow.say(R"({"type":"subscribe","id":1,"topics":["tally"]})");
  EXPECT_EQ(slow.hear_type(), "subscribed");
  ASSERT_TRUE(slow.has_something_to_hear(10'000));
  on_lane([this](lane_parts&) {
    for (int change = 0; change < 50; ++change)
      opened->count();
  });
  const auto first = slow.hear();
  EXPECT_EQ(first.at("type").as_string(), "snapshot");
  EXPECT_EQ(first.at("data").at("count").as_int64(), 0);
  const auto second = slow.hear();
  EXPECT_EQ(second.at("type").as_string(), "event");
  EXPECT_TRUE(second.at("merged").as_bool());
  EXPECT_EQ(second.at("data").at("count").as_int64(), 50);
  EXPECT_EQ(second.at("revision").as_int64(), first.at("revision").as_int64() + 1);
  EXPECT_EQ(asked, 1);
  on_lane([this](lane_parts&) { opened->count(); });
  const auto third = slow.hear();
  EXPECT_FALSE(third.contains("merged"));
  EXPECT_EQ(third.at("data").at("count").as_int64(), 51);
}

TEST_F(operator_socket, a_personal_topic_that_cannot_go_on_says_so) {
  open();
  operator_client client{port, "admin-1"};
  client.say(R"({"type":"subscribe","id":1,"topics":["tally"]})");
  EXPECT_EQ(client.hear_type(), "welcome");
  EXPECT_EQ(client.hear_type(), "subscribed");
  EXPECT_EQ(client.hear_type(), "snapshot");
  on_lane([this](lane_parts&) { opened->end(); });
  const auto told = client.hear();
  EXPECT_EQ(told.at("type").as_string(), "error");
  EXPECT_EQ(told.at("topic").as_string(), "tally");
}

}  // namespace
}  // namespace chautari::testing
