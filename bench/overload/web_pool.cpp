#include "bench/overload/web_pool.hpp"

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <charconv>

namespace overload {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// The number after `name`, which begins with a line break and ends with ": "; -1 if it is not there.
std::int64_t number_after(std::string_view head, std::string_view name) {
  const auto at = head.find(name);
  if (at == std::string_view::npos) return -1;
  std::int64_t number = -1;
  std::from_chars(head.data() + at + name.size(), head.data() + head.size(), number);
  return number;
}

}  // namespace

std::string request_text(std::string_view verb, std::string_view path, std::string_view token,
                         std::string_view body, std::string_view key) {
  std::string text;
  text.reserve(256 + token.size() + body.size());
  text.append(verb).append(" ").append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  if (!token.empty()) text.append("Authorization: Bearer ").append(token).append("\r\n");
  if (!key.empty()) text.append("Idempotency-Key: ").append(key).append("\r\n");
  if (!body.empty()) {
    text.append("Content-Type: application/json\r\nContent-Length: ")
        .append(std::to_string(body.size()))
        .append("\r\n");
  }
  return text.append("\r\n").append(body);
}

/// One connection; opened with its first request, and again after it broke.
class web_pool::line {
public:
  line(asio::io_context& loop, std::uint16_t port, web_pool& home)
      : socket_{loop}, server_{asio::ip::address_v4::loopback(), port}, home_{home} {}

  void carry(web_wish wish) {
    wish_ = std::move(wish);
    if (socket_.is_open()) return send();
    socket_.async_connect(server_, [this](const error_code& failed) {
      if (failed) return end({});
      error_code ignored;
      socket_.set_option(tcp::no_delay{true}, ignored);
      send();
    });
  }

private:
  void send() {
    asio::async_write(socket_, asio::buffer(wish_.text),
                      [this](const error_code& failed, std::size_t) { failed ? end({}) : read(); });
  }

  void read() {
    socket_.async_read_some(asio::buffer(bytes_), [this](const error_code& failed, std::size_t count) {
      if (failed) return end({});
      in_.append(bytes_.data(), count);
      take();
    });
  }

  void take() {
    const auto head_end = in_.find("\r\n\r\n");
    if (head_end == std::string::npos) return read();
    const std::string_view head{in_.data(), head_end + 2};
    const auto length = number_after(head, "\r\nContent-Length: ");
    const auto whole = head_end + 4 + static_cast<std::size_t>(length < 0 ? 0 : length);
    if (in_.size() < whole) return read();
    web_answer answer{.has_retry_after = number_after(head, "\r\nRetry-After: ") > 0,
                      .body = std::string_view{in_}.substr(head_end + 4)};
    std::from_chars(head.data() + 9, head.data() + 12, answer.status);
    end(answer);
  }

  void end(const web_answer& answer) {
    if (answer.status == 0) {
      error_code ignored;
      socket_.close(ignored);
    }
    const auto heard = std::move(wish_.heard);
    heard(answer);
    in_.clear();
    if (home_.queue_.empty()) {
      home_.free_.push_back(this);
      return;
    }
    auto next = std::move(home_.queue_.front());
    home_.queue_.pop_front();
    carry(std::move(next));
  }

  tcp::socket socket_;
  tcp::endpoint server_;
  web_pool& home_;
  web_wish wish_;
  std::string in_;
  std::array<char, 16 * 1024> bytes_{};
};

web_pool::web_pool(asio::io_context& loop, std::uint16_t port, std::size_t connections) {
  for (std::size_t i = 0; i < connections; ++i) {
    lines_.push_back(std::make_unique<line>(loop, port, *this));
    free_.push_back(lines_.back().get());
  }
}

web_pool::~web_pool() = default;

void web_pool::ask(web_wish wish) {
  if (free_.empty()) return queue_.push_back(std::move(wish));
  auto* taken = free_.back();
  free_.pop_back();
  taken->carry(std::move(wish));
}

}  // namespace overload
