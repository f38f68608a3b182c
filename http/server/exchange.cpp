#include "http/server/exchange.hpp"

#include <algorithm>
#include <exception>

#include "http/server/desk.hpp"
#include "http/server/endpoint.hpp"
#include "http/server/text.hpp"
#include "protocols/base/check.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

std::string_view to_text(http_method verb) {
  switch (verb) {
    case http_method::get:
      return "GET";
    case http_method::head:
      return "HEAD";
    case http_method::post:
      return "POST";
    case http_method::put:
      return "PUT";
    case http_method::patch:
      return "PATCH";
    case http_method::remove:
      return "DELETE";
    case http_method::options:
      return "OPTIONS";
    case http_method::other:
      break;
  }
  return "OTHER";
}

std::string_view to_text(access who) {
  switch (who) {
    case access::public_access:
      return "public";
    case access::user_access:
      return "user";
    case access::admin_access:
      return "admin";
  }
  return "nobody";
}

std::string_view exchange::path_text(std::string_view name) const {
  const auto found = std::ranges::find(parameters_, name, [](const auto& each) { return each.first; });
  CHECK(found != parameters_.end());
  return found->second;
}

std::optional<std::string_view> exchange::query(std::string_view name) const {
  const auto found = std::ranges::find(query_, name, [](const auto& each) { return each.first; });
  if (found == query_.end()) return {};
  return found->second;
}

std::optional<std::string_view> exchange::header(std::string_view name) const { return host_->header(name); }

language exchange::speaks() const {
  if (caller_ && caller_->speaks) return *caller_->speaks;
  return choose_language(header("Accept-Language").value_or(""));
}

user_id exchange::user() const {
  CHECK(caller_.has_value());
  return caller_->user;
}

operator_role exchange::role() const {
  CHECK(caller_.has_value() && caller_->role == caller_role::admin);
  return caller_->standing.role;
}

grant exchange::granted() const {
  CHECK(row_ != nullptr && row_->wants.has_value());
  return grant_of(role(), row_->wants->what);
}

operator_stamp exchange::operator_stamp() const {
  CHECK(caller_.has_value() && caller_->role == caller_role::admin);
  struct operator_stamp made;
  made.who = caller_->as_operator;
  made.session = caller_->session;
  made.ip = client_ip_;
  // Kept as text, which the database takes only clean.
  made.user_agent = cleaned_text(header("User-Agent").value_or(""), limits::user_agent_bytes_max);
  made.request_id = request_id_;
  return made;
}

void exchange::answer(int status, std::string_view data_json, std::string_view message) {
  reply out;
  out.status = status;
  out.body = success_envelope(message, data_json);
  finish(std::move(out));
}

void exchange::answer_created(std::string_view data_json, std::string_view message) {
  answer(201, data_json, message);
}

void exchange::answer_cached(std::string_view data_json, std::string_view cache_control,
                             std::string_view message) {
  auto body = std::make_shared<rendered>();
  body->content_type = "application/json";
  body->cache_control = cache_control;
  body->body = success_envelope(message, data_json);
  body->etag = etag_of(body->body);
  const auto known = header("If-None-Match");
  const bool is_known = known && etag_matches(*known, body->etag);
  if (!is_known && body->body.size() > limits::compress_above_bytes &&
      accepts_gzip(header("Accept-Encoding").value_or(""))) {
    body->gzip = compress_gzip(body->body);
  }
  reply_rendered(std::move(body));
}

void exchange::reply_rendered(rendered_ptr body) {
  reply out;
  out.shared = std::move(body);
  finish(std::move(out));
}

void exchange::reply_raw(int status, std::string_view content_type, std::string body) {
  reply out;
  out.status = status;
  out.content_type = content_type;
  out.body = std::move(body);
  finish(std::move(out));
}

void exchange::fail(failure why) {
  if (answered_) return;
  reply out;
  out.status = why.status;
  out.body = failure_envelope(why, speaks(), request_id_, host_->now());
  if (why.retry_after) append_header(out.headers, "Retry-After", std::to_string(why.retry_after->count()));
  if (why.status == 401) out.headers += "WWW-Authenticate: Bearer\r\n";
  finish(std::move(out));
}

void exchange::fail(int status, std::string_view code, std::string_view message,
                    std::vector<field_problem> details, std::string context_json) {
  fail({.status = status,
        .code = std::string{code},
        .message = std::string{message},
        .details = std::move(details),
        .context_json = std::move(context_json)});
}

void exchange::overloaded(seconds retry_after) {
  fail({.status = 503, .code = "service_unavailable", .retry_after = retry_after});
}

void exchange::expire() {
  failure why{.status = 504, .code = "outcome_unknown"};
  if (command_) {
    why.context_json = "{\"command_id\":";
    append_json_text(why.context_json, command_->text());
    why.context_json += '}';
  }
  fail(std::move(why));
}

std::function<void(const std::function<void(exchange&)>&)> exchange::later() {
  ++waiting_;
  return [this, kept = host_->keep_alive(), serial = serial_](const std::function<void(exchange&)>& run) {
    if (is_current(serial)) resume([&] { run(*this); });
  };
}

void exchange::resume(const std::function<void()>& continuation) {
  --waiting_;
  guarded(continuation);
}

void exchange::guarded(const std::function<void()>& work) {
  const auto serial = serial_;
  try {
    work();
    if (is_current(serial) && waiting_ <= 0) {
      host_->handler_failed("no answer");
      fail({});
    }
  } catch (const std::exception& why) {
    if (!is_current(serial)) return;
    host_->handler_failed(why.what());
    fail({});
  }
}

void exchange::waits_for(std::uint64_t ticket) {
  if (ticket == 0) return overloaded();
  ++waiting_;
  tickets_.push_back(ticket);
}

void exchange::finish(reply answer) {
  if (answered_) return;
  answered_ = true;
  for (const auto ticket : tickets_)
    host_->desk_of_lane().cancel(ticket);
  tickets_.clear();
  if (!extra_headers_.empty()) answer.headers.insert(0, extra_headers_);
  host_->send(std::move(answer));
}

void exchange::begin(std::uint64_t serial) {
  serial_ = serial;
  answered_ = false;
  waiting_ = 0;
  row_ = nullptr;
  parameters_.clear();
  query_.clear();
  body_ = {};
  json_ = nullptr;
  caller_.reset();
  idempotency_key_.reset();
  shed_as_ = {};
  command_.reset();
  extra_headers_.clear();
  tickets_.clear();
}

void exchange::abandon() {
  answered_ = true;
  for (const auto ticket : tickets_)
    host_->desk_of_lane().cancel(ticket);
  tickets_.clear();
}

}  // namespace chautari
