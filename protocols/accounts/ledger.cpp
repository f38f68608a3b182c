#include "protocols/accounts/ledger.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<transaction_kind, 8> transaction_kind_words{{
    {transaction_kind::topup, "TOPUP"},
    {transaction_kind::rental, "RENTAL"},
    {transaction_kind::rental_due, "RENTAL_DUE"},
    {transaction_kind::refund, "REFUND"},
    {transaction_kind::adjustment, "ADJUSTMENT"},
    {transaction_kind::extension, "EXTENSION"},
    {transaction_kind::late_fee, "LATE_FEE"},
    {transaction_kind::fine, "FINE"},
}};

constexpr word_table<transaction_status, 4> transaction_status_words{{
    {transaction_status::pending, "PENDING"},
    {transaction_status::success, "SUCCESS"},
    {transaction_status::failed, "FAILED"},
    {transaction_status::refunded, "REFUNDED"},
}};

constexpr word_table<payment_method, 4> payment_method_words{{
    {payment_method::wallet, "WALLET"},
    {payment_method::points, "POINTS"},
    {payment_method::combination, "COMBINATION"},
    {payment_method::gateway, "GATEWAY"},
}};

}  // namespace

std::string to_string(transaction_kind value) { return word_of(transaction_kind_words, value); }
std::optional<transaction_kind> parse_transaction_kind(std::string_view text) {
  return value_of_word(transaction_kind_words, text);
}
std::string to_string(transaction_status value) { return word_of(transaction_status_words, value); }
std::optional<transaction_status> parse_transaction_status(std::string_view text) {
  return value_of_word(transaction_status_words, text);
}
std::string to_string(payment_method value) { return word_of(payment_method_words, value); }
std::optional<payment_method> parse_payment_method(std::string_view text) {
  return value_of_word(payment_method_words, text);
}

}  // namespace chautari
