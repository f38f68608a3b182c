#include "tests/chaos/gate.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <optional>

/// A gate that does not do what it says would prove nothing about the server.
namespace chaos {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using namespace std::chrono_literals;

/// Long enough for any machine; nothing waits for it unless the test fails.
constexpr auto patience = 30s;

struct gate_test : testing::Test {
  asio::io_context loop;
  tcp::acceptor service{loop, {asio::ip::address_v4::loopback(), 0}};
  std::uint16_t port = free_port();
  gate one{loop, "pair", port, service.local_endpoint().port()};

  gate_test() { one.open(); }

  std::uint16_t free_port() {
    return tcp::acceptor{loop, {asio::ip::address_v4::loopback(), 0}}.local_endpoint().port();
  }

  /// Runs the loop until `done` is filled.
  template <class Value>
  Value wait(const std::optional<Value>& done) {
    for (loop.restart(); !done;) {
      if (loop.run_one_for(patience) == 0) {
        ADD_FAILURE() << "nothing happened";
        return {};
      }
    }
    return *done;
  }

  boost::system::error_code connect(tcp::socket& from) {
    std::optional<boost::system::error_code> done;
    from.async_connect({asio::ip::address_v4::loopback(), port}, [&](auto failed) { done = failed; });
    return wait(done);
  }

  tcp::socket serve() {
    tcp::socket caller{loop};
    std::optional<bool> done;
    service.async_accept(caller, [&](auto failed) { done = !failed; });
    EXPECT_TRUE(wait(done));
    return caller;
  }

  void write(tcp::socket& to, const std::string& text) { asio::write(to, asio::buffer(text)); }

  struct arrival {
    boost::system::error_code ended;
    std::string text;
  };
  arrival read(tcp::socket& from, std::size_t size) {
    std::string text(size, ' ');
    std::optional<boost::system::error_code> done;
    std::size_t got = 0;
    asio::async_read(from, asio::buffer(text), [&](auto failed, std::size_t count) {
      got = count;
      done = failed;
    });
    const auto ended = wait(done);
    text.resize(got);
    return {ended, text};
  }
};

TEST_F(gate_test, an_open_gate_passes_both_ways_and_tells_the_end) {
  tcp::socket rider{loop};
  ASSERT_FALSE(connect(rider));
  auto server = serve();
  write(rider, "there");
  EXPECT_EQ(read(server, 5).text, "there");
  write(server, "back");
  EXPECT_EQ(read(rider, 4).text, "back");
  rider.shutdown(tcp::socket::shutdown_send);
  EXPECT_EQ(read(server, 1).ended, asio::error::eof);
}

TEST_F(gate_test, a_cut_resets_both_ends_and_the_next_connection_passes) {
  tcp::socket rider{loop};
  ASSERT_FALSE(connect(rider));
  auto server = serve();
  write(rider, "x");
  read(server, 1);
  EXPECT_EQ(one.obey("cut").substr(0, 17), "ok pair: cut 1; 0");
  EXPECT_EQ(read(rider, 1).ended, asio::error::connection_reset);
  EXPECT_EQ(read(server, 1).ended, asio::error::connection_reset);
  tcp::socket next{loop};
  EXPECT_FALSE(connect(next));
  serve();
}

TEST_F(gate_test, a_gate_that_refuses_lets_nobody_in_until_it_heals) {
  one.obey("refuse");
  loop.restart();
  loop.poll();
  tcp::socket rider{loop};
  EXPECT_EQ(connect(rider), asio::error::connection_refused);
  EXPECT_EQ(one.obey("heal").substr(0, 2), "ok");
  tcp::socket later{loop};
  EXPECT_FALSE(connect(later));
}

TEST_F(gate_test, a_half_open_gate_swallows_one_way_and_heals_by_a_reset) {
  tcp::socket rider{loop};
  ASSERT_FALSE(connect(rider));
  auto server = serve();
  one.obey("half_open up");
  write(rider, "lost");
  write(server, "still heard");
  EXPECT_EQ(read(rider, 11).text, "still heard");
  loop.restart();
  while (loop.poll() > 0) {
  }
  server.non_blocking(true);
  boost::system::error_code nothing;
  std::array<char, 8> buffer{};
  server.read_some(asio::buffer(buffer), nothing);
  EXPECT_EQ(nothing, asio::error::would_block);
  one.obey("heal");
  EXPECT_EQ(read(rider, 1).ended, asio::error::connection_reset);
}

TEST_F(gate_test, a_forgotten_connection_is_silent_for_ever_and_a_new_one_passes) {
  tcp::socket rider{loop};
  ASSERT_FALSE(connect(rider));
  auto server = serve();
  one.obey("forget");
  one.obey("heal");
  write(rider, "lost");
  tcp::socket next{loop};
  ASSERT_FALSE(connect(next));
  auto served = serve();
  write(next, "there");
  EXPECT_EQ(read(served, 5).text, "there");
  server.non_blocking(true);
  boost::system::error_code nothing;
  std::array<char, 8> buffer{};
  server.read_some(asio::buffer(buffer), nothing);
  EXPECT_EQ(nothing, asio::error::would_block);
}

TEST_F(gate_test, a_slow_gate_loses_nothing) {
  tcp::socket rider{loop};
  ASSERT_FALSE(connect(rider));
  auto server = serve();
  one.obey("delay 5");
  one.obey("throttle 50000");
  const std::string text(10'000, 'x');
  write(rider, text);
  EXPECT_EQ(read(server, text.size()).text, text);
}

TEST_F(gate_test, an_order_it_does_not_know_is_an_error) {
  EXPECT_EQ(one.obey("dance").substr(0, 5), "error");
  EXPECT_EQ(one.obey("delay much").substr(0, 5), "error");
}

}  // namespace
}  // namespace chaos
