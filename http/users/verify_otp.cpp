#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "http/server/desk.hpp"
#include "http/users/users_door.hpp"

namespace chautari {
namespace {

void answer(exchange& in, const code_verified& verified) {
  in.answer(200,
            boost::json::serialize(boost::json::object{
                {"verification_token", verified.verification_token},
                {"purpose", to_string(verified.purpose)},
                {"identifier", verified.identifier},
                {"expires_in_minutes", std::chrono::duration_cast<minutes>(verified.expires_in).count()}}),
            "The address is verified.");
}

void handle(exchange& in, const users_door& door) {
  field_reader fields{in};
  const auto identifier = read_identifier(fields, door.numbers);
  const auto code = fields.text("otp", {.shortest = 6, .longest = 6});
  if (!std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; }))
    fields.note("otp", "malformed");
  if (!fields.complete(in)) return;
  in.ask<code_verified>(door.sign_ins, verify_code{identifier, code_purpose::auth, code, marks_of(in)},
                        answer, answer_identity_refusal);
}

}  // namespace

endpoint verify_otp_row(const users_door& door) {
  return {.verb = http_method::post,
          .path = "/api/auth/otp/verify",
          .who = access::public_access,
          .summary = "Trade a one-time code for a verification token",
          .handle = [&door](exchange& in) { handle(in, door); },
          .aliases = {"/api/auth/verify-otp"},
          .body = body_kind::json,
          .rates = {{.name = "otp-verify-hour", .burst = door.rates.verifies_per_hour, .per = hours{1}}}};
}

}  // namespace chautari
