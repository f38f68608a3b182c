#include "http/operations/refusals.hpp"

namespace chautari {

refusal_text text_of(account_refusal why) {
  switch (why) {
    case account_refusal::account_not_found:
      return {401, "Please sign in again.", "कृपया फेरि साइन इन गर्नुहोस्।"};
    case account_refusal::account_banned:
      return {403, "This account is blocked.", "यो खाता रोकिएको छ।"};
    case account_refusal::account_deactivated:
      return {403, "This account is closed.", "यो खाता बन्द छ।"};
    case account_refusal::too_many_favourites:
      return {422, "Your list of favourites is full.", "तपाईंको मनपर्ने सूची भरियो।"};
    case account_refusal::amount_out_of_range:
      return {400, "This amount is not possible.", "यो रकम मिल्दैन।"};
    case account_refusal::already_credited:
      return {409, "This payment has been credited already.", "यो भुक्तानी पहिले नै जम्मा भइसकेको छ।"};
    case account_refusal::account_busy:
      return {503, "Please try again in a moment.", "केही बेरमा फेरि प्रयास गर्नुहोस्।", 1};
  }
  return {500, "Something went wrong on our side.", "हाम्रो तर्फबाट त्रुटि भयो।"};
}

}  // namespace chautari
