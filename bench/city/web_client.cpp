#include "bench/city/web_client.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/json/parse.hpp>
#include <chrono>

namespace city {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds answer_within{15};

const boost::json::value& null_value() {
  static const boost::json::value null;
  return null;
}

tcp::endpoint address_of(const options& setup) {
  return {asio::ip::make_address(setup.http_host), setup.http_port};
}

}  // namespace

std::string web_answer::code() const {
  const auto* object = body.if_object();
  const auto* error = object != nullptr ? object->if_contains("error") : nullptr;
  if (error == nullptr || !error->is_object()) return {};
  const auto* code = error->get_object().if_contains("code");
  return code != nullptr && code->is_string() ? std::string{code->get_string()} : std::string{};
}

bool web_answer::is_unknown() const {
  // Whoever was heard before is told what came of it: these are decisions, if only for now.
  const auto why = code();
  if (why == "station_offline" || why == "device_unreachable" || why == "station_busy") return false;
  return status == 0 || status == 401 || status == 429 || status == 503 || status == 504 ||
         why == "request_in_progress";
}

const boost::json::value& web_answer::data() const {
  const auto* object = body.if_object();
  const auto* data = object != nullptr ? object->if_contains("data") : nullptr;
  return data != nullptr ? *data : null_value();
}

web_client::web_client(asio::io_context& loop, const options& setup, std::string address)
    : loop_(loop), setup_(setup), address_(std::move(address)) {}

task<bool> web_client::connect() {
  stream_ = std::make_unique<boost::beast::tcp_stream>(loop_);
  buffer_.clear();
  stream_->expires_after(answer_within);
  const auto [error] = co_await stream_->async_connect(address_of(setup_), quietly);
  if (error) {
    stream_.reset();
    co_return false;
  }
  stream_->socket().set_option(tcp::no_delay{true});
  co_return true;
}

task<web_answer> web_client::send(web_request request) {
  bool was_stale = stream_ != nullptr;
  if (stream_ == nullptr) {
    const bool is_connected = co_await connect();
    if (!is_connected) co_return web_answer{};
  }
  auto answer = co_await send_on_open(request, was_stale);
  // Only a connection that died without a byte of an answer, and before this request, is tried again unseen.
  if (answer.status == 0 && was_stale) {
    const bool is_connected = co_await connect();
    if (is_connected) answer = co_await send_on_open(request, was_stale);
  }
  co_return answer;
}

task<web_answer> web_client::send_on_open(const web_request& request, bool& was_stale) {
  http::request<http::string_body> out{request.verb, request.path, 11};
  out.set(http::field::host, setup_.http_host);
  out.set("X-Forwarded-For", address_);
  if (!token_.empty()) out.set(http::field::authorization, "Bearer " + token_);
  if (!request.idempotency_key.empty()) out.set("Idempotency-Key", request.idempotency_key);
  if (!request.body.empty()) {
    out.set(http::field::content_type, "application/json");
    out.body() = request.body;
  }
  out.prepare_payload();
  stream_->expires_after(answer_within);
  http::response<http::string_body> in;
  const auto [unsent, sent_bytes] = co_await http::async_write(*stream_, out, quietly);
  boost::system::error_code failed = unsent;
  if (!failed) {
    const auto [unread, read_bytes] = co_await http::async_read(*stream_, buffer_, in, quietly);
    failed = unread;
    if (unread != http::error::end_of_stream) was_stale = false;
  }
  if (failed) {
    stream_.reset();
    co_return web_answer{};
  }
  was_stale = false;
  web_answer answer{.status = static_cast<int>(in.result_int()),
                    .was_replayed = in.count("Idempotency-Replayed") > 0,
                    .body = {}};
  boost::system::error_code malformed;
  answer.body = boost::json::parse(in.body(), malformed);
  if (!in.keep_alive()) stream_.reset();
  co_return answer;
}

live_feed::live_feed(asio::io_context& loop, const options& setup) : loop_(loop), setup_(setup) {}

task<bool> live_feed::open(std::string token, std::string topics_json) {
  buffer_.clear();
  auto candidate = std::make_unique<socket>(loop_);
  auto& lowest = boost::beast::get_lowest_layer(*candidate);
  lowest.expires_after(answer_within);
  const auto [unconnected] = co_await lowest.async_connect(address_of(setup_), quietly);
  if (unconnected) co_return false;
  lowest.socket().set_option(tcp::no_delay{true});
  lowest.expires_never();
  candidate->set_option(
      boost::beast::websocket::stream_base::timeout::suggested(boost::beast::role_type::client));
  candidate->set_option(
      boost::beast::websocket::stream_base::decorator([&](boost::beast::websocket::request_type& out) {
        out.set(http::field::sec_websocket_protocol, "chautari.v1, bearer." + token);
      }));
  const auto [refused] = co_await candidate->async_handshake(setup_.http_host, "/ws", quietly);
  if (refused) co_return false;
  candidate->text(true);
  const std::string wish = R"({"type":"subscribe","id":1,"topics":)" + topics_json + "}";
  const auto [unsent, bytes] = co_await candidate->async_write(asio::buffer(wish), quietly);
  if (unsent) co_return false;
  socket_ = std::move(candidate);
  co_return true;
}

task<boost::json::value> live_feed::next(std::chrono::milliseconds patience) {
  if (socket_ == nullptr) co_return boost::json::value{};
  boost::beast::get_lowest_layer(*socket_).expires_after(patience);
  const auto [broken, bytes] = co_await socket_->async_read(buffer_, quietly);
  if (broken) {
    socket_.reset();
    co_return boost::json::value{};
  }
  const std::string text = boost::beast::buffers_to_string(buffer_.data());
  buffer_.consume(buffer_.size());
  boost::system::error_code malformed;
  co_return boost::json::parse(text, malformed);
}

task<void> rest(std::chrono::milliseconds duration) {
  if (duration.count() <= 0) co_return;
  asio::steady_timer timer{co_await asio::this_coro::executor, duration};
  const auto [stopped] = co_await timer.async_wait(quietly);
  static_cast<void>(stopped);
}

}  // namespace city
