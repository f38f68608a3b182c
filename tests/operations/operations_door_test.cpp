#include "config/operations_door.hpp"

#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <string>

#include "config/metrics.hpp"
#include "config/readiness.hpp"

namespace chautari {
namespace {

namespace http = boost::beast::http;
using boost::asio::ip::tcp;

/// The door over real facts and a client that asks one thing after another on one connection.
struct door_fixture {
  readiness facts{1'000};
  timestamp now = from_ms(1'767'225'600'000);
  metrics figures{"1.2.3"};
  operations_door door;
  boost::asio::io_context loop;
  tcp::socket socket{loop};

  door_fixture() : door{options()} {
    std::string why;
    EXPECT_TRUE(door.start(why)) << why;
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), door.port()});
  }

  operations_options options() {
    operations_options wanted;
    wanted.port = 0;
    wanted.metrics = [this] { return operations_answer{200, "text/plain; version=0.0.4", figures.render()}; };
    wanted.ready = [this] {
      const auto checks = judge(facts.facts(), now);
      return operations_answer{all_ok(checks) ? 200 : 503, "application/json", render(checks)};
    };
    return wanted;
  }

  http::response<http::string_body> ask(const std::string& target, http::verb verb = http::verb::get) {
    http::request<http::empty_body> request{verb, target, 11};
    request.set(http::field::host, "localhost");
    http::write(socket, request);
    boost::beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.skip(verb == http::verb::head);
    http::read(socket, buffer, parser);
    return parser.release();
  }
};

TEST(operations_door, readiness_turns_red_and_green_with_the_facts) {
  door_fixture f;
  EXPECT_EQ(f.ask("/health/ready").result_int(), 503U) << "nothing has recovered yet";
  f.facts.recovered();
  f.facts.database_answered(f.now);
  f.facts.broker_changed(true);
  EXPECT_EQ(f.ask("/health/ready").result_int(), 200U);
  f.facts.broker_changed(false);
  const auto red = f.ask("/health/ready");
  EXPECT_EQ(red.result_int(), 503U);
  EXPECT_EQ(red[http::field::retry_after], "1");
  EXPECT_NE(red.body().find(R"("broker":{"ok":false)"), std::string::npos) << red.body();
  f.facts.broker_changed(true);
  EXPECT_EQ(f.ask("/health/ready").result_int(), 200U);
  f.facts.draining();
  EXPECT_EQ(f.ask("/health/ready").result_int(), 503U);
}

TEST(operations_door, it_is_live_while_it_is_not_ready) {
  door_fixture f;
  EXPECT_EQ(f.ask("/health/live").result_int(), 200U);
}

TEST(operations_door, metrics_are_prometheus_text) {
  door_fixture f;
  f.figures.command_published(0);
  const auto answer = f.ask("/metrics?whatever");
  EXPECT_EQ(answer.result_int(), 200U);
  EXPECT_EQ(answer[http::field::content_type], "text/plain; version=0.0.4");
  EXPECT_NE(answer.body().find("chautari_mqtt_commands_published_total{qos=\"0\"} 1"), std::string::npos);
}

TEST(operations_door, nothing_else_is_served_and_nothing_can_be_changed) {
  door_fixture f;
  EXPECT_EQ(f.ask("/").result_int(), 404U);
  EXPECT_EQ(f.ask("/metrics/../api").result_int(), 404U);
  EXPECT_EQ(f.ask("/health/live", http::verb::delete_).result_int(), 405U);
  const auto head = f.ask("/health/live", http::verb::head);
  EXPECT_EQ(head.result_int(), 200U);
  EXPECT_TRUE(head.body().empty());
}

TEST(operations_door, a_taken_port_is_told_in_a_sentence) {
  door_fixture f;
  auto options = f.options();
  options.port = f.door.port();
  operations_door second{options};
  std::string why;
  EXPECT_FALSE(second.start(why));
  EXPECT_NE(why.find(std::to_string(f.door.port())), std::string::npos) << why;
}

}  // namespace
}  // namespace chautari
