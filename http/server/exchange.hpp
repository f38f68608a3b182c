#pragma once
/// One request and its one answer, as a handler sees them. Lives on one I/O thread and is never shared.
///
/// A handler reads, then either answers at once or asks an actor (`ask`, defined in http/server/desk.hpp) and
/// answers in the continuation. Exactly one answer counts: the deadline answers 504 by itself, and whatever
/// comes later is ignored.

#include <array>
#include <boost/json/value.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/server/response.hpp"
#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"
#include "protocols/operations/audit.hpp"
#include "protocols/operators/permissions.hpp"

namespace chautari {

class desk;
struct endpoint;

enum class http_method : std::uint8_t { get, head, post, put, patch, remove, options, other };
[[nodiscard]] std::string_view to_text(http_method verb);

enum class caller_role : std::uint8_t { user, partner, admin };

/// What an operator is right now, whatever the token said when it was made.
struct operator_standing {
  operator_role role = operator_role::finance;
  timestamp authenticated_at{};  ///< When a password and a code were shown last in this session.
};

/// Who speaks, as the access token says. The token was valid when the request arrived.
struct caller {
  user_id user{};
  session_id session{};
  caller_role role = caller_role::user;
  timestamp expires_at{};               ///< Of the token.
  std::optional<language> speaks = {};  ///< The user's setting, if the token carries one.
  operator_id as_operator{};            ///< Whose token it is, if the role is admin; `user` is nil then.
  operator_standing standing{};         ///< As of this request; of operators only.

  /// One key for each person, of whichever realm.
  [[nodiscard]] std::string key() const {
    return role == caller_role::admin ? as_operator.text() : user.text();
  }
};

/// Where finished exchanges go: the connection.
class exchange_host {
public:
  virtual ~exchange_host() = default;
  virtual void send(reply answer) = 0;
  virtual desk& desk_of_lane() = 0;
  /// Which I/O thread this is, 0..io_threads-1: handlers find their lane's own data by it.
  [[nodiscard]] virtual std::size_t lane() const { return 0; }
  [[nodiscard]] virtual timestamp now() const = 0;
  [[nodiscard]] virtual std::optional<std::string_view> header(std::string_view name) const = 0;
  /// All lines of a list-valued header as one (RFC 9110, 5.3); empty if there is none.
  [[nodiscard]] virtual std::string header_lines(std::string_view name) const = 0;
  virtual void handler_failed(std::string_view what) = 0;
  /// Keeps the connection alive while something outside waits for this exchange.
  [[nodiscard]] virtual std::shared_ptr<void> keep_alive() = 0;
};

class exchange {
public:
  // ---- what was asked
  [[nodiscard]] http_method verb() const { return verb_; }
  /// The path without query, as sent.
  [[nodiscard]] std::string_view path() const { return path_; }
  /// The decoded text of "{name}" in the row's path; the name must be there.
  [[nodiscard]] std::string_view path_text(std::string_view name) const;
  /// The decoded value of a query parameter; repeated or malformed ones were answered with 400 already.
  [[nodiscard]] std::optional<std::string_view> query(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& query_fields() const {
    return query_;
  }
  /// A request header, case-insensitive; the first if repeated.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
  /// The parsed body of a row with a JSON body; null for an absent optional one.
  [[nodiscard]] const boost::json::value& json() const { return json_; }
  [[nodiscard]] std::string_view body() const { return body_; }

  // ---- who asked
  /// Set on every row that is not public; on a public one if a valid token was sent.
  [[nodiscard]] const std::optional<struct caller>& caller() const { return caller_; }
  /// The caller's user; only on rows that are not public.
  [[nodiscard]] user_id user() const;
  /// The operator's role right now; only on the operators' rows.
  [[nodiscard]] operator_role role() const;
  /// How much of what this row wants the operator has: `full`, or `limited` where the handler must look
  /// closer. Only on the operators' rows.
  [[nodiscard]] grant granted() const;
  /// Who does this and from where, for the audit log; only on the operators' rows.
  [[nodiscard]] struct operator_stamp operator_stamp() const;
  /// The address behind trusted proxies, as text without port.
  [[nodiscard]] std::string_view client_ip() const { return client_ip_; }
  /// The user's setting, then Accept-Language, then English.
  [[nodiscard]] language speaks() const;
  /// The caller's if valid, else made here; on every answer as X-Request-Id.
  [[nodiscard]] std::string_view request_id() const { return request_id_; }
  /// 1..255 visible ASCII characters, if sent; a malformed one was answered with 400 already.
  [[nodiscard]] std::optional<std::string_view> idempotency_key() const { return idempotency_key_; }
  [[nodiscard]] timestamp now() const { return host_->now(); }
  [[nodiscard]] std::size_t lane() const { return host_->lane(); }

  // ---- the answer: one of these, once
  /// 2xx with the success envelope; `data_json` is JSON text, empty means null.
  void answer(int status, std::string_view data_json, std::string_view message = "OK");
  void answer(std::string_view data_json) { answer(200, data_json); }
  void answer_created(std::string_view data_json, std::string_view message = "Created");
  /// 200 or 304 with ETag over the envelope.
  void answer_cached(std::string_view data_json, std::string_view cache_control,
                     std::string_view message = "OK");
  /// 200 or 304 of a body rendered beforehand (the whole envelope included).
  void reply_rendered(rendered_ptr body);
  /// Any bytes. `content_type` must be a literal.
  void reply_raw(int status, std::string_view content_type, std::string body);
  void fail(failure why);
  void fail(int status, std::string_view code, std::string_view message = {},
            std::vector<field_problem> details = {}, std::string context_json = {});
  /// 503 with Retry-After.
  void overloaded(seconds retry_after = seconds{1});
  /// Adds a header to the answer to come.
  void put_header(std::string_view name, std::string_view value) {
    append_header(extra_headers_, name, value);
  }
  /// What a 504 of this exchange will carry as context.command_id: lets the caller find the outcome later.
  void set_command(command_id id) { command_ = id; }

  // ---- asking the living system
  /// Sends `message` to the actor and keeps this exchange open. `on_view(exchange&, const View&)`; for `View
  /// = void` `on_view(exchange&)`. `on_error(exchange&, const caf::error&)`. Neither runs after the deadline
  /// or if the client left. No free slot: answers 503 and calls nothing. Include http/server/desk.hpp where
  /// this is used.
  template <class View, class Handle, class Message, class OnView, class OnError>
  void ask(const Handle& actor, Message message, OnView on_view, OnError on_error);

  /// A callable that answers later from this same I/O thread by other means than an actor; `run(exchange&)`
  /// is skipped if the exchange has ended in between. Drop it before the door goes.
  [[nodiscard]] std::function<void(const std::function<void(exchange&)>&)> later();

  [[nodiscard]] bool is_answered() const { return answered_; }

private:
  friend class connection;
  friend class doorkeeper;

  void finish(reply answer);
  /// Runs a continuation: no exception leaves it, and one that neither answers nor asks is a 500.
  void resume(const std::function<void()>& continuation);
  void guarded(const std::function<void()>& work);
  /// The deadline has passed: 504.
  void expire();
  /// The client has left: nothing will be sent any more.
  void abandon();
  /// Notes an ask under way; zero means that no slot was free.
  void waits_for(std::uint64_t ticket);
  [[nodiscard]] bool is_current(std::uint64_t serial) const { return !answered_ && serial == serial_; }
  void begin(std::uint64_t serial);

  exchange_host* host_ = nullptr;
  const endpoint* row_ = nullptr;
  std::uint64_t serial_ = 0;  ///< Rises with each request of the connection.
  bool answered_ = true;
  int waiting_ = 0;  ///< Asks that have not come back.
  http_method verb_ = http_method::get;
  std::string_view path_;
  std::vector<std::pair<std::string_view, std::string>> parameters_;
  std::vector<std::pair<std::string, std::string>> query_;
  std::string_view body_;
  boost::json::value json_;
  std::optional<struct caller> caller_;
  std::string client_ip_;
  std::string request_id_;
  std::optional<std::string_view> idempotency_key_;
  std::string_view shed_as_;  ///< What it would have been, if it is refused for overload.
  std::optional<command_id> command_;
  std::string extra_headers_;
  std::vector<std::uint64_t> tickets_;  ///< Slots of the desk that wait for this exchange.
};

}  // namespace chautari
