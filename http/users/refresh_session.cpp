#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "http/server/desk.hpp"
#include "http/users/users_door.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/users/secrets.hpp"

namespace chautari {
namespace {

void answer(exchange& in, const signed_in& renewed) {
  in.answer(boost::json::serialize(boost::json::object{{"access", renewed.access},
                                                       {"refresh", renewed.refresh},
                                                       {"user", boost::json::parse(user_json(renewed.user))},
                                                       {"expires_in", renewed.expires_in.count()},
                                                       {"token_type", "Bearer"}}));
}

void handle(exchange& in, const users_door& door) {
  field_reader fields{in};
  const auto token = fields.text("refresh", {.shortest = 1, .longest = 1024});
  if (!fields.complete(in)) return;
  const auto session = session_of_refresh_token(token);
  if (!session) return answer_identity_refusal(in, refuse(identity_refusal::invalid_refresh_token));
  in.ask<signed_in>(door.sessions, refresh_session{*session, sha256_hex(token), marks_of(in)}, answer,
                    answer_identity_refusal);
}

}  // namespace

endpoint refresh_session_row(const users_door& door) {
  return {.verb = http_method::post,
          .path = "/api/auth/refresh",
          .who = access::public_access,
          .summary = "Trade a refresh token for a new pair; the old one counts 30 s more",
          .handle = [&door](exchange& in) { handle(in, door); },
          .body = body_kind::json,
          .rates = {{.name = "refresh-hour", .burst = door.rates.refreshes_per_hour, .per = hours{1}}}};
}

}  // namespace chautari
