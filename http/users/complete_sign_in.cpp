#include <boost/algorithm/string/case_conv.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "http/server/desk.hpp"
#include "http/users/users_door.hpp"

namespace chautari {
namespace {

/// The old names of this row take one outcome only.
std::optional<sign_in_purpose> purpose_named_by(std::string_view path) {
  if (path.ends_with("/auth/login")) return sign_in_purpose::log_in;
  if (path.ends_with("/auth/register")) return sign_in_purpose::register_user;
  return {};
}

void answer(exchange& in, const signed_in& done) {
  const std::string_view sentence = done.is_new_user ? "Welcome to the network." : "Welcome back.";
  const boost::json::object data{{"message", sentence},
                                 {"user", boost::json::parse(user_json(done.user))},
                                 {"tokens", boost::json::object{{"access", done.access},
                                                                {"refresh", done.refresh},
                                                                {"expires_in", done.expires_in.count()}}},
                                 {"is_new_user", done.is_new_user}};
  in.answer(done.is_new_user ? 201 : 200, boost::json::serialize(data), sentence);
}

void handle(exchange& in, const users_door& door) {
  field_reader fields{in};
  complete_sign_in wish;
  wish.identifier = read_identifier(fields, door.numbers);
  wish.verification_token = fields.text("verification_token", {.shortest = 1, .longest = 128});
  wish.username = fields.optional_text("username", {.shortest = 3, .longest = 30}).value_or("");
  if (!wish.username.empty() && !is_username(wish.username)) fields.note("username", "malformed");
  wish.referral_code = fields.optional_text("referral_code", {.shortest = 0, .longest = 10}).value_or("");
  boost::algorithm::to_upper(wish.referral_code, std::locale::classic());
  // What the device tells about itself is taken since the app sends it; nothing depends on it yet.
  if (const auto* device = fields.raw("device");
      device != nullptr && !device->is_object() && !device->is_null())
    fields.note("device", "wrong_type");
  if (!fields.complete(in)) return;
  wish.insists = purpose_named_by(in.path());
  wish.client = marks_of(in);
  in.ask<signed_in>(door.sign_ins, std::move(wish), answer, answer_identity_refusal);
}

}  // namespace

endpoint complete_sign_in_row(const users_door& door) {
  return {
      .verb = http_method::post,
      .path = "/api/auth/complete",
      .who = access::public_access,
      .summary = "Log in or register with a verified address",
      .handle = [&door](exchange& in) { handle(in, door); },
      .aliases = {"/api/auth/login", "/api/auth/register"},
      .body = body_kind::json,
      .rates = {{.name = "sign-in-complete-hour", .burst = door.rates.completes_per_hour, .per = hours{1}}}};
}

}  // namespace chautari
