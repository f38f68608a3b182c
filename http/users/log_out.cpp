#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "http/server/desk.hpp"
#include "http/users/users_door.hpp"
#include "protocols/users/secrets.hpp"

namespace chautari {
namespace {

void answer(exchange& in, const logged_out& done) {
  constexpr std::string_view sentence = "You are signed out.";
  in.answer(200,
            boost::json::serialize(boost::json::object{{"message", sentence},
                                                       {"logged_out_at", to_rfc3339(done.at)},
                                                       {"token_revoked", done.token_revoked},
                                                       {"revocation_reason", to_string(done.reason)}}),
            sentence);
}

void handle(exchange& in, const users_door& door) {
  log_out wish;
  wish.session = in.caller()->session;
  wish.user = in.user();
  wish.client = marks_of(in);
  if (!in.json().is_null()) {
    field_reader fields{in};
    auto token = fields.optional_text("refresh_token", {.shortest = 0, .longest = 1024});
    const auto other_name = fields.optional_text("refresh", {.shortest = 0, .longest = 1024});
    wish.all_devices = fields.optional_flag("all_devices").value_or(false);
    if (!fields.complete(in)) return;
    if (!token) token = other_name;
    wish.has_token = token && !token->empty();
    if (wish.has_token) {
      wish.token_session = session_of_refresh_token(*token).value_or(session_id{});
      wish.token_hash = sha256_hex(*token);
    }
  }
  in.ask<logged_out>(door.sessions, std::move(wish), answer, answer_identity_refusal);
}

}  // namespace

endpoint log_out_row(const users_door& door) {
  return {.verb = http_method::post,
          .path = "/api/auth/logout",
          .who = access::user_access,
          .summary = "End the caller's session, or with all_devices every session of the caller's",
          .handle = [&door](exchange& in) { handle(in, door); },
          .body = body_kind::json_optional};
}

}  // namespace chautari
