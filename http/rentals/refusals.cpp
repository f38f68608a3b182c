#include "http/operations/refusals.hpp"

namespace chautari {
namespace {

/// Of everything after the start.
refusal_text later_text_of(rental_refusal why) {
  switch (why) {
    case rental_refusal::rental_overdue:
      return {409, "An overdue rental cannot be extended. Please return the power bank.",
              "म्याद नाघेको भाडा थप्न मिल्दैन। कृपया पावर बैंक फिर्ता गर्नुहोस्।"};
    case rental_refusal::max_extensions_reached:
      return {409, "This rental cannot be extended any further.", "यो भाडा अब थप्न मिल्दैन।"};
    case rental_refusal::insufficient_postpaid_balance:
      return {402, "Your wallet does not hold the minimum for paying afterwards.",
              "पछि तिर्ने भाडाका लागि वालेटमा न्यूनतम रकम छैन।"};
    case rental_refusal::invalid_payment_method:
      return {404, "There is no such payment method.", "यस्तो भुक्तानी माध्यम छैन।"};
    case rental_refusal::payment_amount_mismatch:
      return {409, "What you owe has changed. Please look again.",
              "तिर्नुपर्ने रकम फेरिएको छ। "
              "फेरि हेर्नुहोस्।"};
    case rental_refusal::rental_not_started:
      return {409, "This rental has not begun.", "यो भाडा सुरु भएको छैन।"};
    case rental_refusal::dues_already_paid:
      return {409, "This is paid already.", "यो पहिले नै तिरिसकिएको छ।"};
    case rental_refusal::no_due_amount:
      return {409, "Nothing is owed.", "केही तिर्न बाँकी छैन।"};
    case rental_refusal::ejection_in_progress:
      return {409,
              "The station is still working. If no power bank comes out, this is cancelled and paid back.",
              "स्टेसनले काम गर्दै छ। पावर बैंक ननिस्के यो रद्द भई रकम फिर्ता हुन्छ।"};
    case rental_refusal::powerbank_not_returned:
      return {409, "Please put the power bank back first.", "कृपया पहिले पावर बैंक फिर्ता राख्नुहोस्।"};
    case rental_refusal::swap_window_expired:
      return {409, "It is too late to swap this power bank.", "यो पावर बैंक साट्ने समय सकियो।"};
    case rental_refusal::swap_limit_exceeded:
      return {409, "You have swapped as often as you can today.", "आज साट्न मिल्ने पटक पुगिसक्यो।"};
    case rental_refusal::swap_already_pending:
      return {409, "A swap is waiting already: put the old power bank back.",
              "साट्ने अनुरोध छँदै छ: पुरानो पावर बैंक फिर्ता राख्नुहोस्।"};
    case rental_refusal::rental_already_completed:
      return {409, "This rental has ended.", "यो भाडा सकिइसकेको छ।"};
    case rental_refusal::location_too_often:
      return {429, "Your place was noted a moment ago.", "तपाईंको स्थान भर्खरै टिपिएको छ।", 30};
    case rental_refusal::rental_issue_not_found:
      return {404, "There is no such report.", "यस्तो उजुरी छैन।"};
    case rental_refusal::invalid_status:
      return {400, "There is no such status.", "यस्तो अवस्था छैन।"};
    default:
      return {500, "Something went wrong on our side.", "हाम्रो तर्फबाट त्रुटि भयो।"};
  }
}

}  // namespace

refusal_text text_of(rental_refusal why) {
  switch (why) {
    case rental_refusal::rental_not_found:
      return {404, "There is no such rental.", "यस्तो भाडा छैन।"};
    case rental_refusal::rental_prerequisites_not_met:
      return {403, "Something is missing before you can rent.", "भाडामा लिनुअघि केही पूरा गर्न बाँकी छ।"};
    case rental_refusal::active_rental_exists:
      return {409, "You have a power bank already.", "तपाईंसँग पहिले नै पावर बैंक छ।"};
    case rental_refusal::overdue_rental_exists:
      return {409, "Your power bank is overdue. Please return it first.",
              "तपाईंको पावर बैंकको समय सकियो। पहिले फिर्ता गर्नुहोस्।"};
    case rental_refusal::unpaid_rental_exists:
      return {409, "An earlier rental is not paid yet.", "अघिल्लो भाडा तिर्न बाँकी छ।"};
    case rental_refusal::package_not_found:
      return {404, "There is no such package.", "यस्तो प्याकेज छैन।"};
    case rental_refusal::invalid_package_payment_model:
      return {409, "This package cannot be used here.", "यो प्याकेज यहाँ प्रयोग गर्न मिल्दैन।"};
    case rental_refusal::payment_mode_not_supported:
      return {400, "This way of paying does not fit the package.", "यो भुक्तानी तरिका प्याकेजसँग मिल्दैन।"};
    case rental_refusal::invalid_payment_mode:
      return {400, "There is no such way of paying.", "यस्तो भुक्तानी तरिका छैन।"};
    case rental_refusal::invalid_wallet_points_split:
      return {400, "Give both the wallet amount and the points, or neither.",
              "वालेट रकम र अंक दुवै दिनुहोस्, वा कुनै पनि नदिनुहोस्।"};
    case rental_refusal::split_total_mismatch:
      return {400, "Wallet amount and points do not add up to the price.",
              "वालेट रकम र अंक जोड्दा मूल्य बराबर भएन।"};
    case rental_refusal::insufficient_balance:
      return {402, "Your wallet and points do not cover the price.", "वालेट र अंकले मूल्य पुग्दैन।"};
    case rental_refusal::payment_method_required:
      return {402, "Choose how to pay for the top-up.", "रकम थप्ने तरिका छान्नुहोस्।"};
    case rental_refusal::payment_required:
      return {402, "Please pay what is missing; then it goes on by itself.",
              "कृपया अपुग रकम तिर्नुहोस्; त्यसपछि आफैं अघि बढ्छ।"};
    case rental_refusal::ejection_failed:
      return {409, "The power bank did not come out. Everything you paid is back.",
              "पावर बैंक निस्किएन। तिरेको सबै फिर्ता भयो।"};
    case rental_refusal::idempotency_key_reused:
      return {409, "This Idempotency-Key was used with another request.",
              "यो Idempotency-Key अर्को अनुरोधमा प्रयोग भइसकेको छ।"};
    case rental_refusal::request_in_progress:
      return {409, "This very request is still running.", "यही अनुरोध चलिरहेको छ।", 1};
    case rental_refusal::invalid_rental_status:
      return {409, "The rental's state does not allow this.", "भाडाको अवस्थाले यो गर्न दिँदैन।"};
    case rental_refusal::too_many_rentals:
      return {503, "Very many people are renting right now. Please try again in a moment.",
              "अहिले धेरै जना भाडामा लिँदै छन्। केही बेरमा फेरि प्रयास गर्नुहोस्।", 5};
    default:
      return later_text_of(why);
  }
}

}  // namespace chautari
