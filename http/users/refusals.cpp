#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "http/operations/refusals.hpp"
#include "http/users/users_door.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

refusal_text text_of(identity_refusal why) {
  switch (why) {
    case identity_refusal::rate_limit_exceeded:
      return {429, "Too many tries. Please wait a little.", "धेरै प्रयास भयो। केही बेर पर्खनुहोस्।", 60};
    case identity_refusal::otp_delivery_unavailable:
      return {503, "We cannot send codes right now. Please try again in a moment.",
              "अहिले कोड पठाउन सकिएन। केही बेरमा फेरि प्रयास गर्नुहोस्।", 30};
    case identity_refusal::otp_expired:
      return {400, "This code has expired. Please ask for a new one.",
              "यो कोडको समय सकियो। नयाँ कोड माग्नुहोस्।"};
    case identity_refusal::invalid_otp:
      return {400, "This is not the code we sent.", "यो हामीले पठाएको कोड होइन।"};
    case identity_refusal::otp_locked:
      return {429, "Too many wrong codes. Please wait before you try again.",
              "धेरै पटक गलत कोड दिइयो। पर्खेर फेरि प्रयास गर्नुहोस्।", 900};
    case identity_refusal::verification_token_expired:
      return {400, "Please verify your address again.", "कृपया ठेगाना फेरि प्रमाणित गर्नुहोस्।"};
    case identity_refusal::identifier_mismatch:
      return {400, "Another address was verified.", "अर्कै ठेगाना प्रमाणित गरिएको थियो।"};
    case identity_refusal::username_required:
      return {400, "Choose a username to register.", "दर्ता गर्न प्रयोगकर्ता नाम छान्नुहोस्।"};
    case identity_refusal::username_taken:
      return {409, "This username is taken.", "यो प्रयोगकर्ता नाम लिइसकिएको छ।"};
    case identity_refusal::user_already_exists:
      return {409, "This address has an account. Please log in.", "यो ठेगानामा खाता छ। लग इन गर्नुहोस्।"};
    case identity_refusal::user_not_found:
      return {404, "This address has no account. Please register.", "यो ठेगानामा खाता छैन। दर्ता गर्नुहोस्।"};
    case identity_refusal::account_banned:
      return {403, "This account is blocked.", "यो खाता रोकिएको छ।"};
    case identity_refusal::account_deactivated:
      return {403, "This account is closed.", "यो खाता बन्द छ।"};
    case identity_refusal::invalid_refresh_token:
      return {401, "Please sign in again.", "कृपया फेरि साइन इन गर्नुहोस्।"};
    case identity_refusal::refresh_token_reused:
      return {401, "This session was ended for safety. Please sign in again.",
              "सुरक्षाका लागि यो सत्र बन्द गरियो। फेरि साइन इन गर्नुहोस्।"};
    case identity_refusal::service_unavailable:
      return {503, "Nothing happened. Please try again soon.", "केही भएन। फेरि प्रयास गर्नुहोस्।", 5};
  }
  return {500, "Something went wrong on our side.", "हाम्रो तर्फ केही समस्या भयो।"};
}

/// The actor knows the wait better than the table does.
std::optional<seconds> wait_in(const std::string& context) {
  boost::json::error_code malformed;
  const auto value = boost::json::parse(context, malformed);
  if (malformed || !value.is_object()) return {};
  const auto* wait = value.get_object().if_contains("retry_after_seconds");
  if (wait == nullptr || !wait->is_int64()) return {};
  return seconds{wait->get_int64()};
}

}  // namespace

void answer_identity_refusal(exchange& in, const caf::error& why) {
  const auto reason = reason_of<identity_refusal>(why);
  if (!reason) return answer_refusal(in, why);
  const auto text = text_of(*reason);
  failure out{.status = text.status,
              .code = to_string(*reason),
              .message = std::string{in.speaks() == language::ne ? text.nepali : text.english},
              .context_json = context_of(why)};
  if (text.retry_after_seconds > 0)
    out.retry_after = wait_in(out.context_json).value_or(seconds{text.retry_after_seconds});
  in.fail(std::move(out));
}

}  // namespace chautari
