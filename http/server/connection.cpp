#include "http/server/connection.hpp"

#include <algorithm>
#include <boost/asio/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <iterator>

#include "http/server/text.hpp"
#include "http/websocket/session.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

constexpr std::size_t read_bytes = 8 * 1024;

http_method verb_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get:
      return http_method::get;
    case beast::http::verb::head:
      return http_method::head;
    case beast::http::verb::post:
      return http_method::post;
    case beast::http::verb::put:
      return http_method::put;
    case beast::http::verb::patch:
      return http_method::patch;
    case beast::http::verb::delete_:
      return http_method::remove;
    case beast::http::verb::options:
      return http_method::options;
    default:
      return http_method::other;
  }
}

std::string_view view(boost::core::string_view text) { return {text.data(), text.size()}; }

/// RFC 9112, 6.1 and 6.3: with any other coding, or before HTTP/1.1, somebody between us and the client may
/// see the body end elsewhere than we do, and take its rest for a request.
bool has_a_clear_end(const beast::http::request_header<>& request) {
  const auto codings = request.equal_range(beast::http::field::transfer_encoding);
  if (codings.first == codings.second) return true;
  return std::next(codings.first) == codings.second && request.version() == 11 &&
         same_ignoring_case(view(codings.first->value()), "chunked");
}

}  // namespace

connection::connection(io_lane& home, tcp_socket socket, bool is_surplus)
    : home_{home}, socket_{std::move(socket)}, is_surplus_{is_surplus} {
  error_code ignored;
  const auto peer = socket_.remote_endpoint(ignored).address();
  peer_ = peer.is_v6() && peer.to_v6().is_v4_mapped()
              ? asio::ip::make_address_v4(asio::ip::v4_mapped, peer.to_v6()).to_string()
              : peer.to_string();
  exchange_.host_ = this;
  home_.welcome(*this);
  ++home_.connections;
}

connection::~connection() {
  --home_.connections;
  home_.farewell(*this);
}

void connection::start() {
  error_code failed;
  socket_.non_blocking(true, failed);
  if (!failed) socket_.set_option(asio::ip::tcp::no_delay{true}, failed);
  if (failed) return close();
  deadline_ = home_.now() + (is_surplus_ ? limits::linger_max : home_.setup.options.request_within);
  wait_readable();
}

void connection::run() {
  if (is_running_) return;
  is_running_ = true;
  while (stage_ == stage::idle || stage_ == stage::receiving || stage_ == stage::answering) {
    const bool must_write = stage_ == stage::answering || closes_after_ || !tail_view_.empty() ||
                            out_.size() >= limits::pipelined_bytes_max;
    if (is_writing_ || (must_write && !flush())) break;
    if (closes_after_) {
      linger();
      break;
    }
    if (stage_ == stage::answering) break;  // send() goes on from here.
    if (parse_some()) continue;
    if (flush() && (stage_ == stage::idle || stage_ == stage::receiving)) wait_readable();
    break;
  }
  is_running_ = false;
}

bool connection::parse_some() {
  if (in_.size() == 0) return false;
  if (stage_ == stage::idle) {
    stage_ = stage::receiving;
    began_at_ = home_.now();
    deadline_ = began_at_ + (is_surplus_ ? limits::linger_max : home_.setup.options.request_within);
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(home_.setup.options.header_bytes_max));
    parser_->body_limit(boost::none);  // Judged by the row, once it is known.
    is_head_judged_ = false;
    refusal_.reset();
    exchange_.begin(++serial_);
  }
  error_code why;
  in_.consume(parser_->put(in_.data(), why));
  if (why == beast::http::error::need_more) {
    // Between chunks the parser waits for the end of a line, however far it is.
    if (!is_head_judged_ || in_.size() <= home_.setup.options.header_bytes_max) return false;
    why = beast::http::error::header_limit;
  }
  if (why) return on_parse_error(why), true;
  if (!is_head_judged_ && parser_->is_header_done()) {
    is_head_judged_ = true;
    on_header();
  }
  if (stage_ == stage::receiving && parser_->is_done()) on_request();
  return true;
}

void connection::on_header() {
  const auto& request = parser_->get();
  request_head head;
  head.verb = verb_of(request.method());
  head.target = view(request.target());
  head.has_body = !parser_->is_done();
  if (const auto length = parser_->content_length()) head.content_length = *length;
  home_.gate.greet(exchange_, head, peer_);
  if (!has_a_clear_end(request)) return refuse({.status = 400, .code = "bad_request"}, true);
  if (is_surplus_) {
    refusal_ = failure{.status = 503, .code = "service_unavailable", .retry_after = seconds{1}};
  } else if (wanted_socket() == nullptr) {
    refusal_ = home_.gate.judge(exchange_, head);
  }
  if (parser_->is_done()) return;
  const auto body_max = doorkeeper::body_bytes_max(exchange_);
  const bool is_expecting = header("Expect").has_value();
  if (head.content_length.value_or(0) > body_max) {
    return refuse(refusal_.value_or(failure{.status = 413, .code = "payload_too_large"}), true);
  }
  if (refusal_ && is_expecting) return refuse(*refusal_, true);
  parser_->body_limit(body_max);
  parser_->eager(true);
  if (is_expecting) out_ += "HTTP/1.1 100 Continue\r\n\r\n";
}

void connection::on_request() {
  if (const auto* wanted = wanted_socket(); wanted != nullptr && !refusal_) return upgrade(*wanted);
  stage_ = stage::answering;
  if (refusal_) return refuse(std::move(*refusal_), is_surplus_);
  if (exchange_.verb_ == http_method::options) return exchange_.finish(home_.gate.preflight(exchange_));
  if (auto why = doorkeeper::take_body(exchange_, parser_->get().body()))
    return exchange_.fail(std::move(*why));
  const auto own = exchange_.row_->deadline;
  deadline_ = home_.now() + (own.count() > 0 ? own : home_.setup.options.answer_within);
  pass_ = home_.load.enter(*exchange_.row_->work);
  exchange_.guarded([this] { exchange_.row_->handle(exchange_); });
}

void connection::refuse(failure why, bool must_close) {
  if (!is_head_judged_) home_.gate.greet(exchange_, {}, peer_);  // So that the answer has a request id.
  stage_ = stage::answering;
  closes_after_ = closes_after_ || must_close;
  exchange_.fail(std::move(why));
}

void connection::on_parse_error(const error_code& why) {
  using beast::http::error;
  failure told{.status = 400, .code = "bad_request"};
  if (why == error::header_limit || why == error::buffer_overflow)
    told = {.status = 431, .code = "header_too_large"};
  if (why == error::body_limit) told = {.status = 413, .code = "payload_too_large"};
  if (told.status == 431 && !is_head_judged_) {
    // Beast counts the request line as header: an endless line without a break is the address, not the
    // fields.
    const auto unread = std::string_view{static_cast<const char*>(in_.data().data()), in_.size()};
    if (unread.find('\n') == std::string_view::npos) told = {.status = 414, .code = "uri_too_long"};
  }
  refuse(std::move(told), true);
}

const websocket_path* connection::wanted_socket() const {
  const auto& paths = home_.setup.options.websockets;
  if (paths.empty() || !parser_->is_header_done()) return nullptr;
  const auto& request = parser_->get();
  if (request.method() != beast::http::verb::get) return nullptr;
  const auto named = std::ranges::find(paths, view(request.target()), &websocket_path::path);
  return named != paths.end() && beast::websocket::is_upgrade(request) ? &*named : nullptr;
}

void connection::upgrade(const websocket_path& at) {
  stage_ = stage::answering;
  const auto& options = home_.setup.options;
  if (home_.is_draining() ||
      home_.websockets >= std::max<std::size_t>(1, options.websockets_max / options.io_threads)) {
    return refuse({.status = 503, .code = "service_unavailable", .retry_after = seconds{1}}, false);
  }
  if (const auto origin = header("Origin"); origin && !home_.gate.is_allowed_origin(*origin) &&
                                            !is_same_origin(*origin, header("Host").value_or(""))) {
    return refuse({.status = 403, .code = "forbidden"}, false);
  }
  auto offer = read_offer(header("Sec-WebSocket-Protocol").value_or(""));
  if (!offer.is_acceptable || in_.size() > 0 || !flush())
    return refuse({.status = 400, .code = "bad_request"}, true);
  exchange_.abandon();
  stage_ = stage::closed;
  report(101);
  start_session(home_, std::move(socket_), parser_->release(),
                {.at = at, .client_ip = exchange_.client_ip_, .offer = std::move(offer)});
}

void connection::on_tick(monotonic now) {
  if (stage_ == stage::closed) return;
  if (is_writing_ && now >= write_deadline_) return close();
  if (now < deadline_) return;
  if (stage_ == stage::answering) return exchange_.expire();
  if (is_writing_) return;
  if (stage_ != stage::receiving) return close();
  refuse({.status = 408, .code = "request_timeout"}, true);
}

void connection::on_drain() {
  if (stage_ == stage::idle && !is_writing_ && in_.size() == 0) close();
}

std::optional<std::string_view> connection::header(std::string_view name) const {
  if (!parser_) return {};
  const auto& fields = parser_->get();
  const auto found = fields.find(boost::core::string_view{name.data(), name.size()});
  if (found == fields.end()) return {};
  return view(found->value());
}

std::string connection::header_lines(std::string_view name) const {
  std::string all;
  if (!parser_) return all;
  const auto lines = parser_->get().equal_range(boost::core::string_view{name.data(), name.size()});
  for (auto line = lines.first; line != lines.second; ++line) {
    if (!all.empty()) all += ", ";
    all += view(line->value());
  }
  return all;
}

std::string_view connection::route() const {
  return exchange_.row_ != nullptr ? std::string_view{exchange_.row_->path} : "unmatched";
}

void connection::handler_failed(std::string_view what) {
  home_.setup.probe->handler_failed(route(), what, exchange_.request_id_);
}

void connection::wait_readable() {
  if (is_reading_ || stage_ == stage::closed) return;
  is_reading_ = true;
  // Waiting first and reading then costs one system call a request less than an asynchronous read, which
  // tries at once.
  socket_.async_wait(tcp_socket::wait_read, [self = shared_from_this()](const error_code& why) {
    self->is_reading_ = false;
    self->on_readable(why);
  });
}

void connection::on_readable(const error_code& why) {
  if (why || stage_ == stage::closed) return close();
  error_code failed;
  const auto count = socket_.read_some(in_.prepare(read_bytes), failed);
  if (failed == asio::error::would_block || failed == asio::error::try_again) return wait_readable();
  if (failed) return close();
  in_.commit(count);
  if (stage_ != stage::lingering) return run();
  in_.consume(count);
  (lingered_ += count) > limits::linger_bytes_max ? close() : wait_readable();
}

bool connection::flush() {
  if (is_writing_) return false;
  const std::size_t whole = out_.size() + tail_view_.size();
  while (written_ < whole) {
    const auto head = std::min(written_, out_.size());
    const std::array<asio::const_buffer, 2> rest{
        asio::const_buffer{out_.data() + head, out_.size() - head},
        asio::const_buffer{tail_view_.data() + (written_ - head), tail_view_.size() - (written_ - head)}};
    error_code failed;
    written_ += tail_view_.empty() ? socket_.write_some(rest[0], failed) : socket_.write_some(rest, failed);
    if (failed == asio::error::would_block || failed == asio::error::try_again) return wait_writable(), false;
    if (failed) return close(), false;
  }
  finish_writing();
  return true;
}

void connection::finish_writing() {
  out_.clear();
  if (out_.capacity() > 2 * limits::pipelined_bytes_max) out_.shrink_to_fit();
  tail_ = {};
  shared_tail_.reset();
  tail_view_ = {};
  written_ = 0;
}

void connection::wait_writable() {
  is_writing_ = true;
  write_deadline_ = home_.now() + home_.setup.options.write_within;
  socket_.async_wait(tcp_socket::wait_write, [self = shared_from_this()](const error_code& why) {
    self->is_writing_ = false;
    if (why || self->stage_ == stage::closed) return self->close();
    if (self->flush()) self->run();
  });
}

void connection::linger() {
  // Closing with unread bytes resets the connection and may take our last answer with it, so the client
  // closes first.
  stage_ = stage::lingering;
  deadline_ = home_.now() + limits::linger_max;
  in_.consume(in_.size());
  error_code failed;
  socket_.shutdown(tcp_socket::shutdown_send, failed);
  if (failed) return close();
  wait_readable();
}

void connection::close() {
  if (stage_ == stage::closed) return;
  stage_ = stage::closed;
  exchange_.abandon();
  pass_.reset();
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace chautari
