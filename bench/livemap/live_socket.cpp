#include "bench/livemap/live_socket.hpp"

#include <boost/asio/connect.hpp>

namespace livemap {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

/// So that a client which does not read is felt by the server and not swallowed by the kernel.
constexpr int receive_buffer_bytes = 8 * 1024;

}  // namespace

void live_socket::open() {
  auto& socket = beast::get_lowest_layer(stream_).socket();
  const asio::ip::tcp::endpoint server{asio::ip::address_v4::loopback(), wish_.port};
  error_code failed;
  socket.open(server.protocol(), failed);
  socket.set_option(asio::socket_base::receive_buffer_size{receive_buffer_bytes}, failed);
  socket.async_connect(server, [self = shared_from_this()](const error_code& why) {
    if (why) return self->broken();
    self->shake_hands();
  });
}

void live_socket::shake_hands() {
  stream_.set_option(beast::websocket::stream_base::decorator(
      [token = wish_.token](beast::websocket::request_type& request) {
        request.set(beast::http::field::sec_websocket_protocol, "chautari.v1, bearer." + token);
      }));
  stream_.async_handshake("127.0.0.1", wish_.path, [self = shared_from_this()](const error_code& why) {
    if (why) return self->broken();
    self->stream_.text(true);
    self->stream_.async_write(asio::buffer(self->wish_.subscribe),
                              [self](const error_code& unsent, std::size_t) {
                                if (unsent) return self->broken();
                                self->read();
                              });
  });
}

void live_socket::ask_for(std::string subscribe) {
  if (is_asking_ || is_broken_) return;
  wish_.subscribe = std::move(subscribe);
  is_asking_ = true;
  stream_.async_write(asio::buffer(wish_.subscribe),
                      [self = shared_from_this()](const error_code& why, std::size_t) {
                        self->is_asking_ = false;
                        if (why) self->broken();
                      });
}

void live_socket::read() {
  stream_.async_read(buffer_, [self = shared_from_this()](const error_code& why, std::size_t) {
    if (why) return self->broken();
    const std::string_view frame{static_cast<const char*>(self->buffer_.data().data()), self->buffer_.size()};
    if (frame.starts_with(R"({"type":"snapshot")")) self->has_begun_ = true;
    self->hear_(frame);
    self->buffer_.consume(self->buffer_.size());
    if (!self->is_deaf_) self->read();
  });
}

}  // namespace livemap
