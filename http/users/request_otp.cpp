#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "http/server/desk.hpp"
#include "http/users/users_door.hpp"

namespace chautari {
namespace {

enum class phone_system : std::uint8_t { android, ios };

void answer(exchange& in, const code_requested& sent) {
  constexpr std::string_view sentence = "If the address is right, a code is on its way.";
  in.answer(200,
            boost::json::serialize(boost::json::object{
                {"message", sentence},
                {"identifier", sent.identifier},
                {"expires_in_minutes", std::chrono::duration_cast<minutes>(sent.expires_in).count()},
                {"resend_after_seconds", sent.resend_after.count()}}),
            sentence);
}

void handle(exchange& in, const users_door& door) {
  field_reader fields{in};
  const auto identifier = read_identifier(fields, door.numbers);
  const auto system = fields.optional_choice<phone_system>(
      "platform", {{"android", phone_system::android}, {"ios", phone_system::ios}});
  if (!fields.complete(in)) return;
  in.ask<code_requested>(door.sign_ins,
                         request_code{identifier, code_purpose::auth, system == phone_system::android},
                         answer, answer_identity_refusal);
}

}  // namespace

endpoint request_otp_row(const users_door& door) {
  return {.verb = http_method::post,
          .path = "/api/auth/otp/request",
          .who = access::public_access,
          .summary = "Send a one-time code to an e-mail address or Nepali mobile number",
          .handle = [&door](exchange& in) { handle(in, door); },
          .aliases = {"/api/auth/get-otp"},
          .body = body_kind::json,
          .rates = {
              {.name = "otp-request-minute", .burst = door.rates.code_requests_per_minute, .per = minutes{1}},
              {.name = "otp-request-hour", .burst = door.rates.code_requests_per_hour, .per = hours{1}}}};
}

}  // namespace chautari
