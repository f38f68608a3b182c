#include "http/websocket/session.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "http/server/response.hpp"
#include "http/websocket/feed.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr std::string_view protocol_name = "chautari.v1";
constexpr std::string_view token_prefix = "bearer.";

// Of the protocol "chautari.v1"; the private range of RFC 6455, 7.4.2.
constexpr std::uint16_t close_bad_frames = 4400;
constexpr std::uint16_t close_unauthenticated = 4401;
constexpr std::uint16_t close_slow = 4408;
constexpr std::uint16_t close_too_many = 4429;
constexpr std::uint16_t close_going_away = 1001;
constexpr std::uint16_t close_internal_error = 1011;  // RFC 6455, 7.4.1.

}  // namespace

socket_offer read_offer(std::string_view protocols) {
  socket_offer offer;
  if (protocols.empty()) return offer;
  while (!protocols.empty()) {
    const auto comma = std::min(protocols.find(','), protocols.size());
    auto name = protocols.substr(0, comma);
    protocols.remove_prefix(std::min(comma + 1, protocols.size()));
    while (name.starts_with(' '))
      name.remove_prefix(1);
    while (name.ends_with(' '))
      name.remove_suffix(1);
    if (name == protocol_name) offer.names_protocol = true;
    if (name.starts_with(token_prefix)) offer.token = name.substr(token_prefix.size());
  }
  offer.is_acceptable = offer.names_protocol;
  return offer;
}

/// One WebSocket: upgrade, token, frames, heartbeat, close. What is sent is decided by its feed.
class session final : public lane_guest, public std::enable_shared_from_this<session> {
public:
  session(io_lane& home, tcp_socket&& socket, upgrade_request&& request, socket_arrival arrival)
      : home_{home},
        stream_{std::in_place, std::move(socket)},
        request_{std::move(request)},
        at_{arrival.at},
        client_ip_{std::move(arrival.client_ip)},
        offer_{std::move(arrival.offer)},
        feed_{home.topics_of(arrival.at.role), [this] { write(); }} {
    home_.welcome(*this);
    ++home_.websockets;
  }

  ~session() override {
    --home_.websockets;
    home_.farewell(*this);
  }

  void start() {
    stream_->read_message_max(limits::socket_frame_bytes_max);
    stream_->auto_fragment(false);
    stream_->set_option(websocket::stream_base::decorator(
        [confirm = offer_.names_protocol](websocket::response_type& answer) {
          if (confirm)
            answer.set(beast::http::field::sec_websocket_protocol,
                       beast::string_view{protocol_name.data(), protocol_name.size()});
          answer.erase(beast::http::field::server);
        }));
    stream_->control_callback([this](websocket::frame_type, beast::string_view) { missed_pings_ = 0; });
    deadline_ = home_.now() + monotonic{limits::socket_auth_within};
    stream_->async_accept(request_,
                          [self = shared_from_this()](const error_code& why) { self->on_accepted(why); });
  }

  // ---- lane_guest
  void on_tick(monotonic now) override;
  void on_drain() override { close(close_going_away, "going_away"); }
  void on_stop() override { finish(); }
  void on_revoked(session_id revoked) override {
    if (stage_ == stage::open && feed_.owner().session == revoked)
      close(close_unauthenticated, "token_revoked");
  }
  void on_revoked(user_id revoked) override {
    if (stage_ == stage::open && feed_.owner().user == revoked) close(close_unauthenticated, "token_revoked");
  }
  void on_revoked(operator_id changed) override;
  [[nodiscard]] std::shared_ptr<void> hold() override { return shared_from_this(); }

private:
  enum class stage : std::uint8_t { upgrading, greeting, open, closing, closed };

  void on_accepted(const error_code& why);
  void identify(const std::string& token);
  [[nodiscard]] standing_result standing_of(const caller& who) const;
  [[nodiscard]] bool is_counted(const caller& who);
  void read();
  void on_read(const error_code& why);
  void take_frame();
  void obey(const client_frame& frame);
  void complain();
  void write();
  void beat(monotonic now);
  void close(std::uint16_t code, const std::string& reason);
  void finish();

  io_lane& home_;
  std::optional<websocket::stream<tcp_socket, false>> stream_;  ///< Until a tick after it was closed.
  upgrade_request request_;
  const websocket_path& at_;
  std::string client_ip_;
  socket_offer offer_;
  feed feed_;
  std::string counted_as_;  ///< Where the tally has it; empty if nowhere.
  beast::flat_buffer in_;
  std::string out_;
  stage stage_ = stage::upgrading;
  bool is_reading_ = false;
  bool is_writing_ = false;
  bool is_pinging_ = false;
  bool closes_when_told_ = false;  ///< The last complaint is on its way.
  int bad_frames_ = 0;
  int missed_pings_ = 0;
  int close_code_ = 1006;  ///< RFC 6455, 7.1.5: no close frame was seen.
  monotonic deadline_{0};  ///< Of the token, later of the closing handshake.
  monotonic wrote_at_{0};
  monotonic pinged_at_{0};
};

void start_session(io_lane& home, tcp_socket&& socket, upgrade_request&& request, socket_arrival arrival) {
  std::make_shared<session>(home, std::move(socket), std::move(request), std::move(arrival))->start();
}

void session::on_accepted(const error_code& why) {
  if (why || stage_ != stage::upgrading) return finish();
  request_ = {};
  stage_ = stage::greeting;
  pinged_at_ = home_.now();
  if (offer_.token) identify(*std::exchange(offer_.token, std::nullopt));
  read();
}

void session::identify(const std::string& token) {
  auto verdict = home_.callers.identify(token, home_.setup.options.now());
  if (const auto* why = std::get_if<auth_failure>(&verdict)) return close(close_unauthenticated, why->code);
  auto& who = std::get<caller>(verdict);
  if (who.role != at_.role) return close(close_unauthenticated, "forbidden");
  if (who.role == caller_role::admin) {
    const auto standing = standing_of(who);
    if (const auto* why = std::get_if<auth_failure>(&standing))
      return close(close_unauthenticated, why->code);
    who.standing = std::get<operator_standing>(standing);
  }
  if (stage_ == stage::open) {  // A fresh token for a socket that lives longer than tokens do.
    const auto& owner = feed_.owner();
    if (who.key() != owner.key()) return close(close_unauthenticated, "forbidden");
    // The news of another role is on its way: its topics were opened for the one before.
    if (who.standing.role != owner.standing.role) return close(close_unauthenticated, "token_revoked");
    return feed_.belong_to(who);
  }
  if (!is_counted(who)) return close(close_too_many, "too_many_sockets");
  feed_.belong_to(who);
  stage_ = stage::open;
  feed_.say(welcome_frame(home_.setup.options.now(), limits::socket_heartbeat));
}

standing_result session::standing_of(const caller& who) const {
  const auto& asked = home_.setup.options.standing;
  return asked ? asked(who, client_ip_) : standing_result{auth_failure{403, "forbidden"}};
}

bool session::is_counted(const caller& who) {
  if (at_.sockets_per_caller_max == 0) return true;
  auto key = who.key();
  if (!home_.setup.sockets->enter(key, at_.sockets_per_caller_max)) return false;
  counted_as_ = std::move(key);
  return true;
}

void session::on_revoked(operator_id changed) {
  const auto& owner = feed_.owner();
  if (stage_ != stage::open || owner.role != caller_role::admin || !(owner.as_operator == changed)) return;
  const auto standing = standing_of(owner);
  const auto* now = std::get_if<operator_standing>(&standing);
  // Another role sees other topics: the page comes again and is told what it may.
  if (now == nullptr || now->role != owner.standing.role) close(close_unauthenticated, "token_revoked");
}

void session::read() {
  if (is_reading_ || stage_ == stage::closed || stage_ == stage::upgrading || !feed_.has_room()) return;
  is_reading_ = true;
  stream_->async_read(in_, [self = shared_from_this()](const error_code& why, std::size_t) {
    self->is_reading_ = false;
    self->on_read(why);
  });
}

void session::on_read(const error_code& why) {
  if (why == websocket::error::closed && stage_ < stage::closing) close_code_ = stream_->reason().code;
  if (why || stage_ == stage::closed) return finish();
  home_.setup.probe->websocket_frame(true);
  missed_pings_ = 0;
  if (stage_ == stage::closing || closes_when_told_) {
    in_.consume(in_.size());
    return read();
  }
  try {
    take_frame();
  } catch (const std::exception& failure) {  // One client's frame ends one socket, never the thread.
    home_.setup.probe->handler_failed("websocket", failure.what(), {});
    close(close_internal_error, "internal_error");
  }
  read();
}

void session::take_frame() {
  const std::string_view text{static_cast<const char*>(in_.data().data()), in_.size()};
  const auto frame = stream_->got_text() ? parse_client_frame(text) : std::nullopt;
  in_.consume(in_.size());
  if (!frame) {
    complain();
  } else if (frame->verb == client_verb::auth) {
    identify(frame->token);
  } else if (stage_ == stage::greeting) {
    close(close_unauthenticated, "unauthenticated");
  } else {
    obey(*frame);
  }
}

void session::obey(const client_frame& frame) {
  switch (frame.verb) {
    case client_verb::subscribe:
      return feed_.subscribe(frame);
    case client_verb::unsubscribe:
      return feed_.unsubscribe(frame);
    case client_verb::resume:
      return feed_.resume(frame);
    case client_verb::auth:
      return;
  }
}

void session::complain() {
  if (stage_ == stage::greeting) return close(close_unauthenticated, "unauthenticated");
  closes_when_told_ = ++bad_frames_ >= limits::socket_bad_frames_max;
  feed_.say(error_frame("bad_frame", "This is no frame of chautari.v1."));
}

void session::write() {
  if (is_writing_ || stage_ != stage::open) return;
  auto next = feed_.next_frame();
  if (!next) {
    if (closes_when_told_) close(close_bad_frames, "bad_frames");
    return;
  }
  out_ = std::move(*next);
  is_writing_ = true;
  wrote_at_ = home_.now();
  home_.setup.probe->websocket_frame(false);
  stream_->text(true);
  stream_->async_write(asio::buffer(out_), [self = shared_from_this()](const error_code& why, std::size_t) {
    self->is_writing_ = false;
    if (why) return self->stage_ == stage::closing ? void() : self->finish();
    self->write();
    self->read();  // There may be room for the client's next frame again.
  });
}

void session::on_tick(monotonic now) {
  // Beast 1.81: a close that waits for the end of a read, and that read, which met a broken frame and waits
  // for the end of the close, wait for ever, and both keep us alive. With the stream they are gone.
  if (stage_ == stage::closed) return stream_.reset();
  if (stage_ == stage::upgrading || stage_ == stage::closing) return now >= deadline_ ? finish() : void();
  if (stage_ == stage::greeting) {
    return now >= deadline_ ? close(close_unauthenticated, "unauthenticated") : void();
  }
  if (feed_.owner().expires_at <= home_.setup.options.now())
    return close(close_unauthenticated, "token_expired");
  if (is_writing_ && now - wrote_at_ >= monotonic{limits::socket_write_within})
    return close(close_slow, "too_slow");
  if (now - pinged_at_ >= monotonic{limits::socket_heartbeat}) beat(now);
  feed_.tidy();
}

void session::beat(monotonic now) {
  pinged_at_ = now;
  if (missed_pings_ >= 2) return finish();  // Nobody is there to be told.
  ++missed_pings_;
  if (std::exchange(is_pinging_, true)) return;
  stream_->async_ping({}, [self = shared_from_this()](const error_code&) { self->is_pinging_ = false; });
}

void session::close(std::uint16_t code, const std::string& reason) {
  if (stage_ == stage::closing || stage_ == stage::closed) return;
  if (stage_ == stage::upgrading) return finish();
  stage_ = stage::closing;
  close_code_ = code;
  deadline_ = home_.now() + monotonic{limits::linger_max};
  feed_.leave();
  // Waits for a frame that is being written; on_tick ends it if the client does not play along.
  stream_->async_close(websocket::close_reason{static_cast<websocket::close_code>(code), reason.c_str()},
                       [self = shared_from_this()](const error_code&) { self->finish(); });
}

void session::finish() {
  if (stage_ == stage::closed) return;
  stage_ = stage::closed;
  feed_.leave();
  if (!counted_as_.empty()) home_.setup.sockets->leave(counted_as_);
  home_.setup.probe->websocket_closed(close_code_);
  error_code ignored;
  stream_->next_layer().close(ignored);
}

}  // namespace chautari
