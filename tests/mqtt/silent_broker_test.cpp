/// A broker that takes connections and never says a word.
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "protocols/mqtt/broker_client.hpp"

namespace chautari {
namespace {

using boost::asio::ip::tcp;

TEST(silent_broker, does_not_keep_a_client_that_is_asked_to_stop) {
  boost::asio::io_context loop;
  tcp::acceptor silent{loop, {boost::asio::ip::address_v4::loopback(), 0}};
  broker_options options;
  options.port = silent.local_endpoint().port();
  options.random = [] { return 0U; };
  options.answer_within = seconds{10};
  broker_client client{options, {}};
  client.start();
  const auto held = silent.accept();
  client.stop();
  EXPECT_EQ(client.counters().attempts_failed, 0U) << "it waited for the broker until that counted as failed";
  EXPECT_FALSE(client.is_connected());
}

}  // namespace
}  // namespace chautari
