#include "protocols/payments/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<payment_refusal, 8> refusal_words{{
    {payment_refusal::intent_not_found, "intent_not_found"},
    {payment_refusal::invalid_intent_status, "invalid_intent_status"},
    {payment_refusal::invalid_payment_method, "invalid_payment_method"},
    {payment_refusal::amount_too_low, "amount_too_low"},
    {payment_refusal::amount_too_high, "amount_too_high"},
    {payment_refusal::payment_already_used, "payment_already_used"},
    {payment_refusal::too_many_intents, "too_many_payment_intents"},
    {payment_refusal::idempotency_key_reused, "idempotency_key_reused"},
}};

}  // namespace

std::string to_string(payment_refusal why) { return word_of(refusal_words, why); }

}  // namespace chautari
