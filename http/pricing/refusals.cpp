#include "http/operations/refusals.hpp"
#include "http/pricing/price_office.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/pricing/catalogue.hpp"

namespace chautari {
namespace {

refusal_text text_of(price_refusal why) {
  switch (why) {
    case price_refusal::package_not_found:
      return {404, "There is no such package.", "यस्तो प्याकेज छैन।"};
    case price_refusal::package_in_use:
      return {409, "This package has been rented or has a discount. Deactivate it instead.",
              "यो प्याकेज प्रयोग भइसकेको छ वा यसमा छुट छ। बरु निष्क्रिय गर्नुहोस्।"};
    case price_refusal::configuration_not_found:
      return {404, "There is no such late fee configuration.", "यस्तो ढिलाइ शुल्क छैन।"};
    case price_refusal::cannot_delete_active_config:
      return {409, "This configuration is active. Activate another one first.",
              "यो शुल्क अहिले लागू छ। पहिले अर्को लागू गर्नुहोस्।"};
    case price_refusal::discount_not_found:
      return {404, "There is no such discount.", "यस्तो छुट छैन।"};
    case price_refusal::discount_exists:
      return {409, "This station has a discount on this package already.",
              "यो स्टेसनमा यो प्याकेजको छुट पहिले नै छ।"};
    case price_refusal::discount_exhausted:
      return {409, "No uses of this discount are left.", "यो छुट सकियो।"};
    case price_refusal::station_not_found:
      return {404, "There is no such station.", "यस्तो स्टेसन छैन।"};
    case price_refusal::validation_error:
      return {400, "Some fields are not valid.", "केही विवरण मिलेन।"};
    case price_refusal::too_many_prices:
      return {409, "There are too many of them already.", "यस्ता धेरै भइसके।"};
    case price_refusal::partner_not_found:
      return {404, "There is no such partner.", "यस्तो साझेदार छैन।"};
    case price_refusal::partner_in_use:
      return {409, "This partner has or had a station. Make it inactive instead.",
              "यो साझेदारसँग स्टेसन छ वा थियो। बरु निष्क्रिय गर्नुहोस्।"};
    case price_refusal::partner_not_active:
      return {409, "This partner is not active.", "यो साझेदार सक्रिय छैन।"};
    case price_refusal::user_already_partner:
      return {409, "This user is a partner already.", "यो प्रयोगकर्ता पहिले नै साझेदार हो।"};
    case price_refusal::user_not_found:
      return {404, "There is no such user.", "यस्तो प्रयोगकर्ता छैन।"};
    case price_refusal::invalid_partner_terms:
      return {422, "These terms do not fit this kind of partner.", "यी सर्त यस्तो साझेदारका लागि होइनन्।"};
    case price_refusal::assignment_not_found:
      return {404, "No station was given to a partner under this id.", "यस्तो बाँडफाँड छैन।"};
  }
  return {500, "Something went wrong on our side.", "हाम्रो तर्फ केही समस्या भयो।"};
}

}  // namespace

void answer_price_refusal(exchange& in, const caf::error& why) {
  const auto reason = reason_of<price_refusal>(why);
  if (!reason) return answer_refusal(in, why);
  if (*reason != price_refusal::validation_error) return fail_with(in, text_of(*reason), to_string(*reason));
  std::vector<field_problem> details;
  for (auto& [field, code] : problems_of_context(context_of(why)))
    details.push_back({std::move(field), std::move(code), {}});
  in.fail(400, "validation_error", {}, std::move(details));
}

}  // namespace chautari
