/// Signing in, staying signed in and leaving. The page keeps its refresh token in a cookie that scripts
/// cannot read and that is sent to one path alone; other clients keep it themselves.

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "http/operators/operators_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "http/server/text.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

constexpr std::string_view refresh_path = "/api/admin/refresh";
constexpr std::string_view cookie_name = "chautari_refresh";

void put_cookie(exchange& out, std::string_view token, seconds life) {
  std::string cookie{cookie_name};
  cookie.append("=").append(token).append("; Path=").append(refresh_path);
  cookie += "; HttpOnly; Secure; SameSite=Strict; Max-Age=" + std::to_string(life.count());
  out.put_header("Set-Cookie", cookie);
}

void forget_cookie(exchange& out) { put_cookie(out, "", seconds{0}); }

/// True, and 403 is answered, if operators must not come from where this request comes from.
bool is_barred(exchange& in, const operators_door& door) {
  if (door.gate->admits(in.client_ip())) return false;
  in.fail(403, "ip_not_allowed");
  return true;
}

/// A cookie is sent by the browser whoever wrote the page: only our own page's requests count.
bool is_own_page(const exchange& in, const operators_door& door) {
  const auto origin = in.header("Origin");
  if (!origin) return false;
  if (is_same_origin(*origin, in.header("Host").value_or(""))) return true;
  return std::ranges::find(door.allowed_origins, *origin) != door.allowed_origins.end();
}

void answer_signed_in(exchange& out, const operator_signed_in& done, bool keeps_in_cookie) {
  boost::json::object data{{"access", done.access},
                           {"expires_in", done.expires_in.count()},
                           {"token_type", "Bearer"},
                           {"operator", operator_json(done.who)}};
  if (keeps_in_cookie) {
    put_cookie(out, done.refresh, std::chrono::ceil<seconds>(done.session.expires_at - out.now()));
  } else {
    data["refresh"] = done.refresh;
  }
  out.answer(boost::json::serialize(data));
}

void log_in(exchange& in, const operators_door& door) {
  if (is_barred(in, door)) return;
  field_reader fields{in};
  log_in_operator wish;
  wish.email = fields.text("email", {.shortest = 1, .longest = limits::identifier_bytes_max});
  wish.password = fields.text("password", {.shortest = 1, .longest = operator_password_bytes_max});
  wish.totp = fields.text("totp", {.shortest = 1, .longest = 16});
  const bool keeps_in_cookie = fields.optional_flag("keep_in_cookie").value_or(false);
  if (!fields.complete(in)) return;
  wish.marks = operator_marks_of(in);
  in.ask<operator_signed_in>(
      door.operators, std::move(wish),
      [keeps_in_cookie](exchange& out, const operator_signed_in& done) {
        answer_signed_in(out, done, keeps_in_cookie);
      },
      answer_operator_refusal);
}

void refresh(exchange& in, const operators_door& door) {
  if (is_barred(in, door)) return;
  refresh_operator wish;
  if (!in.json().is_null()) {
    field_reader fields{in};
    wish.token = fields.optional_text("refresh", {.shortest = 1, .longest = 1024}).value_or("");
    if (!fields.complete(in)) return;
  }
  const bool is_by_cookie = wish.token.empty();
  if (is_by_cookie) {
    const auto kept = cookie_in(in.header("Cookie").value_or(""), cookie_name);
    if (!kept || kept->empty())
      return answer_operator_refusal(in, refuse(operator_refusal::invalid_refresh_token));
    if (!is_own_page(in, door)) return in.fail(403, "forbidden");
    wish.token = *kept;
  }
  wish.marks = operator_marks_of(in);
  in.ask<operator_signed_in>(
      door.operators, std::move(wish),
      [is_by_cookie](exchange& out, const operator_signed_in& done) {
        answer_signed_in(out, done, is_by_cookie);
      },
      [is_by_cookie](exchange& out, const caf::error& why) {
        const auto reason = reason_of<operator_refusal>(why);
        if (is_by_cookie && reason && *reason != operator_refusal::service_unavailable) forget_cookie(out);
        answer_operator_refusal(out, why);
      });
}

void log_out(exchange& in, const operators_door& door) {
  in.ask<void>(
      door.operators, log_out_operator{in.operator_stamp()},
      [](exchange& out) {
        forget_cookie(out);
        out.answer(200, "", "You are signed out.");
      },
      answer_operator_refusal);
}

void reauthenticate(exchange& in, const operators_door& door) {
  field_reader fields{in};
  reauthenticate_operator wish;
  wish.password = fields.text("password", {.shortest = 1, .longest = operator_password_bytes_max});
  wish.totp = fields.text("totp", {.shortest = 1, .longest = 16});
  if (!fields.complete(in)) return;
  wish.stamp = in.operator_stamp();
  in.ask<operator_reauthenticated>(
      door.operators, std::move(wish),
      [](exchange& out, const operator_reauthenticated& done) {
        out.answer(boost::json::serialize(
            boost::json::object{{"authenticated_at", to_rfc3339(done.session.authenticated_at)}}));
      },
      answer_operator_refusal);
}

}  // namespace

endpoints operator_sign_in_rows(const operators_door& door) {
  endpoints rows;
  rows.push_back(
      {.verb = http_method::post,
       .path = "/api/admin/login",
       .summary = "Sign in as an operator: e-mail address, password, one-time code",
       .handle = [&door](exchange& in) { log_in(in, door); },
       .body = body_kind::json,
       .rates = {{.name = "operator-login", .burst = door.rates.logins_per_hour, .per = hours{1}}}});
  rows.push_back(
      {.verb = http_method::post,
       .path = std::string{refresh_path},
       .summary = "Trade an operator's refresh token, from the body or the page's cookie, for a new pair",
       .handle = [&door](exchange& in) { refresh(in, door); },
       .body = body_kind::json_optional,
       .rates = {{.name = "operator-refresh", .burst = door.rates.refreshes_per_hour, .per = hours{1}}}});
  rows.push_back({.verb = http_method::post,
                  .path = "/api/admin/logout",
                  .who = access::admin_access,
                  .summary = "End the operator's session",
                  .handle = [&door](exchange& in) { log_out(in, door); },
                  .body = body_kind::json_optional,
                  .wants = {{permission::self, need::write}}});
  rows.push_back({.verb = http_method::post,
                  .path = "/api/admin/reauthenticate",
                  .who = access::admin_access,
                  .summary = "Show password and code once more, for what is sensitive",
                  .handle = [&door](exchange& in) { reauthenticate(in, door); },
                  .body = body_kind::json,
                  .rates = {{.name = "operator-reauthenticate",
                             .burst = door.rates.logins_per_hour,
                             .per = hours{1},
                             .by = rate_key::user}},
                  .wants = {{permission::self, need::write}}});
  return rows;
}

}  // namespace chautari
