#include "http/operations/refusals.hpp"
#include "http/operators/operators_door.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

refusal_text text_of(operator_refusal why) {
  switch (why) {
    case operator_refusal::invalid_credentials:
      return {401, "These are not the right credentials.", "यी विवरण मिलेनन्।"};
    case operator_refusal::invalid_refresh_token:
      return {401, "Please sign in again.", "कृपया फेरि साइन इन गर्नुहोस्।"};
    case operator_refusal::refresh_token_reused:
      return {401, "This session was ended for safety. Please sign in again.",
              "सुरक्षाका लागि यो सत्र बन्द गरियो। फेरि साइन इन गर्नुहोस्।"};
    case operator_refusal::session_over:
      return {401, "Your session ended. Sign in again.", "सत्र बन्द भयो। फेरि साइन इन गर्नुहोस्।"};
    case operator_refusal::permission_denied:
      return {403, "Your role does not allow this.", "तपाईंको भूमिकाले यो गर्न दिँदैन।"};
    case operator_refusal::reauthentication_required:
      return {403, "Show your password and code again first.", "पहिले फेरि पासवर्ड र कोड दिनुहोस्।"};
    case operator_refusal::operator_not_found:
      return {404, "There is no such operator.", "यस्तो सञ्चालक भेटिएन।"};
    case operator_refusal::session_not_found:
      return {404, "There is no such session.", "यस्तो सत्र भेटिएन।"};
    case operator_refusal::email_taken:
      return {409, "An operator with this address exists.", "यो ठेगानाको सञ्चालक पहिल्यै छ।"};
    case operator_refusal::invalid_email:
      return {400, "This is no e-mail address.", "यो इमेल ठेगाना होइन।"};
    case operator_refusal::unfit_password:
      return {400, "The password must have 12 to 128 characters and not be the address.",
              "पासवर्ड १२ देखि १२८ अक्षरको हुनुपर्छ र ठेगाना नै हुनु हुँदैन।"};
    case operator_refusal::own_role:
      return {409, "Nobody changes their own role.", "आफ्नै भूमिका बदल्न मिल्दैन।"};
    case operator_refusal::own_activity:
      return {409, "Nobody deactivates themselves.", "आफैंलाई निष्क्रिय गर्न मिल्दैन।"};
    case operator_refusal::last_super_admin:
      return {409, "The last super admin stays.", "अन्तिम सुपर एडमिन रहनैपर्छ।"};
    case operator_refusal::too_many_operators:
      return {422, "There are too many operators.", "सञ्चालक धेरै भए।"};
    case operator_refusal::service_unavailable:
      return {503, "Nothing happened. Please try again soon.", "केही भएन। फेरि प्रयास गर्नुहोस्।", 5};
  }
  return {500, "Something went wrong on our side.", "हाम्रो तर्फ केही समस्या भयो।"};
}

}  // namespace

void answer_operator_refusal(exchange& in, const caf::error& why) {
  const auto reason = reason_of<operator_refusal>(why);
  if (!reason) return answer_refusal(in, why);
  fail_with(in, text_of(*reason), to_string(*reason), context_of(why));
}

}  // namespace chautari
