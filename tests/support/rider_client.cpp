#include "tests/support/rider_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <optional>
#include <stdexcept>

namespace chautari::testing {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::seconds patience{10};

/// Runs one asynchronous step to its end.
template <class Step>
void finish(asio::io_context& loop, Step step) {
  std::optional<error_code> outcome;
  step([&outcome](const error_code& why, auto&&...) { outcome = why; });
  loop.restart();
  loop.run_for(patience);
  if (!outcome) throw std::runtime_error("the door said nothing in ten seconds");
  if (*outcome) throw boost::system::system_error(*outcome);
}

tcp::endpoint door_at(std::uint16_t port) { return {asio::ip::address_v4::loopback(), port}; }

}  // namespace

// ---- answers

std::string http_answer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string{} : found->second;
}

boost::json::value http_answer::json() const { return boost::json::parse(body); }

boost::json::value http_answer::at(std::string_view pointer) const {
  const auto whole = json();
  error_code nothing_there;
  const auto* found = whole.find_pointer({pointer.data(), pointer.size()}, nothing_there);
  return found == nullptr ? boost::json::value{} : *found;
}

std::string http_answer::code() const {
  const auto found = at("/error/code");
  return found.is_string() ? std::string{found.get_string()} : std::string{};
}

std::vector<std::string> http_answer::problems() const {
  std::vector<std::string> listed;
  const auto details = at("/error/details");
  if (!details.is_array()) return listed;
  for (const auto& each : details.get_array()) {
    listed.push_back(std::string{each.at("field").as_string()} + ":" +
                     std::string{each.at("code").as_string()});
  }
  return listed;
}

// ---- HTTP

struct rider_client::parts {
  asio::io_context loop;
  tcp::socket socket{loop};
  beast::flat_buffer buffer;
};

rider_client::rider_client(std::uint16_t port, std::string token)
    : parts_{std::make_unique<parts>()}, token_{std::move(token)} {
  parts_->socket.connect(door_at(port));
}

rider_client::~rider_client() = default;

http_answer rider_client::ask(std::string_view verb, std::string_view target, std::string_view body,
                              const header_list& headers) {
  http::request<http::string_body> request;
  request.method_string({verb.data(), verb.size()});
  request.target({target.data(), target.size()});
  request.set(http::field::host, "localhost");
  if (!token_.empty()) request.set(http::field::authorization, "Bearer " + token_);
  for (const auto& [name, value] : headers)
    request.set(name, value);
  if (!body.empty()) {
    request.set(http::field::content_type, "application/json");
    request.body() = body;
  }
  if (!body.empty() || verb == "POST") request.prepare_payload();

  auto& socket = parts_->socket;
  finish(parts_->loop, [&](auto done) { http::async_write(socket, request, done); });
  http::response_parser<http::string_body> parser;
  parser.body_limit(64 * 1024 * 1024);
  parser.skip(verb == "HEAD");
  finish(parts_->loop, [&](auto done) { http::async_read(socket, parts_->buffer, parser, done); });

  auto answer = parser.release();
  http_answer told{.status = static_cast<int>(answer.result_int()), .headers = {}, .body = {}};
  for (const auto& field : answer) {
    std::string name{field.name_string()};
    for (char& c : name)
      c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    auto& value = told.headers[name];
    if (!value.empty()) value += ", ";
    value += std::string{field.value()};
  }
  told.body = std::move(answer.body());
  return told;
}

// ---- WebSocket

struct rider_socket::parts {
  asio::io_context loop;
  beast::websocket::stream<tcp::socket> stream{loop};
  beast::flat_buffer buffer;
};

rider_socket::rider_socket(std::uint16_t port, std::string_view token, std::string_view path)
    : parts_{std::make_unique<parts>()} {
  auto& stream = parts_->stream;
  stream.next_layer().connect(door_at(port));
  stream.set_option(beast::websocket::stream_base::decorator(
      [offer = "chautari.v1, bearer." + std::string{token}](beast::websocket::request_type& request) {
        request.set(http::field::sec_websocket_protocol, offer);
      }));
  finish(parts_->loop, [&](auto done) {
    stream.async_handshake("localhost", {path.data(), path.size()}, done);
  });
  if (const auto frame = next(); frame.at("type") != "welcome")
    throw std::runtime_error("not welcome: " + boost::json::serialize(frame));
}

rider_socket::~rider_socket() = default;

void rider_socket::say(std::string_view frame) {
  parts_->stream.text(true);
  finish(parts_->loop,
         [&](auto done) { parts_->stream.async_write(asio::buffer(frame.data(), frame.size()), done); });
}

boost::json::value rider_socket::next() {
  finish(parts_->loop, [&](auto done) { parts_->stream.async_read(parts_->buffer, done); });
  const auto text = beast::buffers_to_string(parts_->buffer.data());
  parts_->buffer.consume(parts_->buffer.size());
  return boost::json::parse(text);
}

int rider_socket::close_code() {
  try {
    for (;;)
      next();
  } catch (const boost::system::system_error& ended) {
    if (ended.code() != beast::websocket::error::closed) throw;
    return parts_->stream.reason().code;
  }
}

boost::json::value rider_socket::subscribe(std::string_view topic) {
  say(R"({"type":"subscribe","id":1,"topics":[")" + std::string{topic} + R"("]})");
  return next();
}

}  // namespace chautari::testing
