#pragma once
/// A WebSocket client for the tests of the server.

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <string>
#include <string_view>

#include "tests/server/fixture.hpp"

namespace chautari::testing {

/// A well-behaved client; `close_code` after the server has closed.
class socket_client {
public:
  explicit socket_client(std::uint16_t port, std::string protocols = "chautari.v1", std::string origin = "",
                         std::string_view path = "/ws") {
    stream_.next_layer().connect({boost::asio::ip::address_v4::loopback(), port});
    stream_.set_option(
        boost::beast::websocket::stream_base::decorator([=](boost::beast::websocket::request_type& request) {
          if (!protocols.empty()) request.set(boost::beast::http::field::sec_websocket_protocol, protocols);
          if (!origin.empty()) request.set(boost::beast::http::field::origin, origin);
        }));
    boost::system::error_code refused;
    stream_.handshake(answer_, "t", path, refused);
    is_open_ = !refused;
  }

  [[nodiscard]] bool is_open() const { return is_open_; }
  [[nodiscard]] int status() const { return static_cast<int>(answer_.result_int()); }
  [[nodiscard]] std::string protocol() const {
    return std::string{answer_[boost::beast::http::field::sec_websocket_protocol]};
  }

  void say(std::string_view text) {
    boost::system::error_code ignored;
    stream_.write(boost::asio::buffer(text.data(), text.size()), ignored);
  }

  /// The next frame; an object of type "closed" if there is none.
  boost::json::object hear() {
    boost::beast::flat_buffer buffer;
    boost::system::error_code ended;
    stream_.read_message_max(64 * 1024 * 1024);
    stream_.read(buffer, ended);
    if (ended) return {{"type", "closed"}, {"code", static_cast<int>(stream_.reason().code)}};
    return boost::json::parse(boost::beast::buffers_to_string(buffer.data())).as_object();
  }
  std::string hear_type() { return hear().at("type").as_string().c_str(); }
  std::int64_t hear_close() {
    for (int frame = 0; frame < 100; ++frame) {
      const auto heard = hear();
      if (heard.at("type").as_string() == "closed") return heard.at("code").as_int64();
    }
    return 0;
  }

  bool has_something_to_hear(int within_ms) {
    pollfd watched{stream_.next_layer().native_handle(), POLLIN, 0};
    return ::poll(&watched, 1, within_ms) == 1;
  }

private:
  boost::asio::io_context loop_;
  boost::beast::websocket::stream<boost::asio::ip::tcp::socket> stream_{loop_};
  boost::beast::websocket::response_type answer_;
  bool is_open_ = false;
};

}  // namespace chautari::testing
