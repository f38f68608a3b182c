#include "protocols/payments/intent.hpp"

#include <algorithm>

#include "protocols/base/id_source.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<intent_purpose, 3> purpose_words{{
    {intent_purpose::wallet_topup, "WALLET_TOPUP"},
    {intent_purpose::rental_payment, "RENTAL_PAYMENT"},
    {intent_purpose::due_payment, "DUE_PAYMENT"},
}};

constexpr word_table<intent_status, 8> status_words{{
    {intent_status::created, "CREATED"},
    {intent_status::pending, "PENDING"},
    {intent_status::completed, "COMPLETED"},
    {intent_status::failed, "FAILED"},
    {intent_status::cancelled, "CANCELLED"},
    {intent_status::expired, "EXPIRED"},
    {intent_status::review, "REVIEW"},
    {intent_status::refunded, "REFUNDED"},
}};

constexpr word_table<order_status, 5> order_words{{
    {order_status::none, "NONE"},
    {order_status::pending, "PENDING"},
    {order_status::processing, "PROCESSING"},
    {order_status::success, "SUCCESS"},
    {order_status::failed, "FAILED"},
}};

}  // namespace

payment_gateway counter_gateway() {
  return {gateway_id{make_named_uuid({}, "payment-method:counter")},
          "counter",
          "Pay at the counter",
          "counter",
          "Show this at a counter of ours and pay there, in cash or by QR.",
          {limits::credit_paisa_min},
          {limits::credit_paisa_max}};
}

const payment_gateway* find_gateway(const payment_gateways& all, std::string_view id) {
  const auto wanted = gateway_id::parse(id);
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return wanted && one.id == *wanted; });
  return found == all.end() ? nullptr : &*found;
}

std::string to_string(intent_purpose value) { return word_of(purpose_words, value); }
std::string to_string(intent_status value) { return word_of(status_words, value); }
std::string to_string(order_status value) { return word_of(order_words, value); }
std::optional<intent_purpose> parse_intent_purpose(std::string_view text) {
  return value_of_word(purpose_words, text);
}
std::optional<intent_status> parse_intent_status(std::string_view text) {
  return value_of_word(status_words, text);
}
std::optional<order_status> parse_order_status(std::string_view text) {
  return value_of_word(order_words, text);
}

command_id resume_command(intent_id intent) { return command_id{make_named_uuid(intent.value, "resume")}; }

}  // namespace chautari
