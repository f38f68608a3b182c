#pragma once
/// One rider's phone: a keep-alive HTTP connection, and beside it a WebSocket. Speaks only the public API.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "bench/city/options.hpp"

namespace city {

/// In coroutines g++ 12 miscompiles `co_await` inside conditions and around temporary aggregates: each one
/// here is a plain statement.
template <class T>
using task = boost::asio::awaitable<T>;

struct web_answer {
  int status = 0;  ///< 0: no answer; nobody knows whether the request was heard.
  bool was_replayed = false;
  boost::json::value body;

  [[nodiscard]] bool is_good() const { return status >= 200 && status < 300; }
  /// Nobody knows what became of the request, or nobody looked at it: ask again, with the same key.
  [[nodiscard]] bool is_unknown() const;
  /// `error.code`, or the empty text.
  [[nodiscard]] std::string code() const;
  /// `data`, null if there is none.
  [[nodiscard]] const boost::json::value& data() const;
};

/// A class with constructors on purpose: g++ 12 destroys an aggregate twice that is made inside a `co_await`
/// expression.
class web_request {
public:
  static web_request get(std::string path) {
    return web_request{boost::beast::http::verb::get, std::move(path), {}, {}};
  }
  /// `body` is JSON; an empty key is not sent.
  static web_request post(std::string path, std::string body, std::string idempotency_key = {}) {
    return web_request{boost::beast::http::verb::post, std::move(path), std::move(body),
                       std::move(idempotency_key)};
  }

  boost::beast::http::verb verb;
  std::string path;
  std::string body;
  std::string idempotency_key;

private:
  web_request(boost::beast::http::verb how, std::string where, std::string what, std::string key)
      : verb(how), path(std::move(where)), body(std::move(what)), idempotency_key(std::move(key)) {}
};

class web_client {
public:
  /// `address` is what the rider claims as his own behind the proxy, so that limits per address count riders
  /// apart.
  web_client(boost::asio::io_context& loop, const options& setup, std::string address);

  /// Sends once. A connection that the server has closed between two requests is opened again.
  task<web_answer> send(web_request request);
  void sign_in_as(std::string access_token) { token_ = std::move(access_token); }
  [[nodiscard]] const std::string& token() const { return token_; }

private:
  task<bool> connect();
  task<web_answer> send_on_open(const web_request& request, bool& was_stale);

  boost::asio::io_context& loop_;
  const options& setup_;
  std::string address_;
  std::string token_;
  std::unique_ptr<boost::beast::tcp_stream> stream_;
  boost::beast::flat_buffer buffer_;
};

/// The rider's live feed: `rental` and `wallet` topics.
class live_feed {
public:
  live_feed(boost::asio::io_context& loop, const options& setup);

  /// Opens, signs in and subscribes; false if that did not work.
  task<bool> open(std::string token, std::string topics_json);
  /// The next frame, or a null value when the socket broke or nothing came within `patience`.
  task<boost::json::value> next(std::chrono::milliseconds patience);
  [[nodiscard]] bool is_open() const { return socket_ != nullptr; }
  void close() { socket_.reset(); }

private:
  using socket = boost::beast::websocket::stream<boost::beast::tcp_stream>;

  boost::asio::io_context& loop_;
  const options& setup_;
  std::unique_ptr<socket> socket_;
  boost::beast::flat_buffer buffer_;
};

/// Waits; returns at once if `duration` is zero.
task<void> rest(std::chrono::milliseconds duration);

}  // namespace city
