/// Oneself: who one is, what one may, and one's own name, password and code.

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "http/operators/operators_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

/// {"stations.write":"full", ...}: every key, "none" included.
boost::json::object permissions_of(operator_role role) {
  boost::json::object all;
  for (std::size_t at = 0; at < permissions; ++at) {
    const auto what = static_cast<permission>(at);
    all[to_text(what)] = to_text(grant_of(role, what));
  }
  return all;
}

void answer_me(exchange& out, const operator_image& who, const operator_session_list& known) {
  boost::json::value session;
  const auto current = std::ranges::find(known.sessions, out.caller()->session, &operator_session_image::id);
  if (current != known.sessions.end()) {
    session = {{"id", current->id.text()},
               {"created_at", to_rfc3339(current->created_at)},
               {"authenticated_at", to_rfc3339(current->authenticated_at)},
               {"expires_at", to_rfc3339(current->expires_at)}};
  }
  out.answer(boost::json::serialize(boost::json::object{{"operator", operator_json(who)},
                                                        {"permissions", permissions_of(out.role())},
                                                        {"session", std::move(session)}}));
}

void show_me(exchange& in, const operators_door& door) {
  in.ask<operator_image>(
      door.operators, look_at_operator{in.caller()->as_operator},
      [&door](exchange& out, const operator_image& who) {
        out.ask<operator_session_list>(
            door.operators, list_operator_sessions{who.id},
            [who](exchange& last, const operator_session_list& known) { answer_me(last, who, known); },
            answer_operator_refusal);
      },
      answer_operator_refusal);
}

void change_me(exchange& in, const operators_door& door) {
  field_reader fields{in};
  change_operator wish;
  wish.name = fields.optional_text("name", {.shortest = 1, .longest = limits::operator_name_bytes_max});
  wish.new_password =
      fields.optional_text("new_password", {.shortest = 1, .longest = operator_password_bytes_max});
  wish.reset_totp = fields.optional_flag("reset_totp").value_or(false);
  if (!fields.complete(in)) return;
  wish.stamp = in.operator_stamp();
  wish.id = wish.stamp.who;
  in.ask<operator_kept>(
      door.operators, std::move(wish),
      [](exchange& out, const operator_kept& kept) { answer_operator_kept(out, 200, kept); },
      answer_operator_refusal);
}

rendered_ptr matrix_of_roles() {
  boost::json::array roles;
  for (std::size_t at = 0; at < operator_roles; ++at) {
    const auto role = static_cast<operator_role>(at);
    roles.push_back({{"role", to_string(role)}, {"permissions", permissions_of(role)}});
  }
  return render(success_envelope("OK", boost::json::serialize(boost::json::object{{"roles", roles}})),
                "private, max-age=300");
}

}  // namespace

endpoints operator_self_rows(const operators_door& door) {
  endpoints rows;
  rows.push_back({.path = "/api/admin/me",
                  .who = access::admin_access,
                  .summary = "The operator who asks, what they may do, and their session",
                  .handle = [&door](exchange& in) { show_me(in, door); },
                  .wants = {{permission::self, need::read}}});
  rows.push_back({.verb = http_method::patch,
                  .path = "/api/admin/me",
                  .who = access::admin_access,
                  .summary = "Change one's own name, password or one-time codes",
                  .handle = [&door](exchange& in) { change_me(in, door); },
                  .body = body_kind::json,
                  .wants = {{permission::self, need::write}},
                  .is_sensitive = true});
  rows.push_back({.path = "/api/admin/roles",
                  .who = access::admin_access,
                  .summary = "What each role may do",
                  .handle = [matrix = matrix_of_roles()](exchange& in) { in.reply_rendered(matrix); },
                  .wants = {{permission::self, need::read}}});
  return rows;
}

}  // namespace chautari
