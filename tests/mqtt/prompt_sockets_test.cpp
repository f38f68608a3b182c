#include "protocols/mqtt/prompt_sockets.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace chautari {
namespace {

using boost::asio::ip::tcp;

bool is_prompt(const tcp::socket& socket) {
  tcp::no_delay option;
  socket.get_option(option);
  return option.value();
}

TEST(prompt_sockets, only_sockets_connected_to_the_port_send_at_once) {
  boost::asio::io_context loop;
  tcp::acceptor broker{loop, {boost::asio::ip::address_v4::loopback(), 0}};
  tcp::acceptor other{loop, {boost::asio::ip::address_v4::loopback(), 0}};
  tcp::socket to_broker{loop};
  tcp::socket to_other{loop};
  to_broker.connect(broker.local_endpoint());
  to_other.connect(other.local_endpoint());

  EXPECT_EQ(make_sockets_prompt(broker.local_endpoint().port()), 1);
  EXPECT_TRUE(is_prompt(to_broker));
  EXPECT_FALSE(is_prompt(to_other));
}

}  // namespace
}  // namespace chautari
