#pragma once
/// One WebSocket that listens: subscribes once, reads everything, or stops reading for ever.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace livemap {

struct socket_wish {
  std::uint16_t port = 0;
  std::string path;  ///< "/ws"
  std::string token;
  std::string subscribe;  ///< The frame.
};

class live_socket : public std::enable_shared_from_this<live_socket> {
public:
  /// `hear(frame)` for each frame that comes.
  live_socket(boost::asio::io_context& loop, socket_wish wish, std::function<void(std::string_view)> hear)
      : stream_{loop}, wish_{std::move(wish)}, hear_{std::move(hear)} {}

  void open();
  void stop_reading() { is_deaf_ = true; }
  /// Subscribes to something else from now on, unless the last wish is still on its way.
  void ask_for(std::string subscribe);
  [[nodiscard]] bool has_begun() const { return has_begun_; }
  [[nodiscard]] bool is_broken() const { return is_broken_; }

private:
  void shake_hands();
  void read();
  void broken() { is_broken_ = true; }

  boost::beast::websocket::stream<boost::beast::tcp_stream> stream_;
  socket_wish wish_;
  std::function<void(std::string_view)> hear_;
  boost::beast::flat_buffer buffer_;
  bool has_begun_ = false;  ///< The first snapshot is here.
  bool is_broken_ = false;
  bool is_deaf_ = false;
  bool is_asking_ = false;
};

}  // namespace livemap
