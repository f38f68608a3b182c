#include "http/operations/refusals.hpp"

namespace chautari {

refusal_text text_of(payment_refusal why) {
  switch (why) {
    case payment_refusal::intent_not_found:
      return {404, "There is no such payment.", "यस्तो भुक्तानी छैन।"};
    case payment_refusal::invalid_intent_status:
      return {409, "The payment's state does not allow this.", "भुक्तानीको अवस्थाले यो गर्न दिँदैन।"};
    case payment_refusal::invalid_payment_method:
      return {404, "There is no such payment method.", "यस्तो भुक्तानी माध्यम छैन।"};
    case payment_refusal::amount_too_low:
      return {400, "This amount is too small for the payment method.", "यो माध्यमका लागि रकम थोरै भयो।"};
    case payment_refusal::amount_too_high:
      return {400, "This amount is too large for the payment method.", "यो माध्यमका लागि रकम धेरै भयो।"};
    case payment_refusal::payment_already_used:
      return {409, "This receipt has paid something else already.", "यो रसिद पहिले नै प्रयोग भइसकेको छ।"};
    case payment_refusal::too_many_intents:
      return {429, "Pay or cancel what you have begun first.",
              "पहिले सुरु गरेको भुक्तानी तिर्नुहोस् "
              "वा रद्द गर्नुहोस्।",
              60};
    case payment_refusal::idempotency_key_reused:
      return {409, "This Idempotency-Key was used with another request.",
              "यो Idempotency-Key अर्को अनुरोधमा प्रयोग भइसकेको छ।"};
  }
  return {500, "Something went wrong on our side.", "हाम्रो तर्फबाट त्रुटि भयो।"};
}

}  // namespace chautari
