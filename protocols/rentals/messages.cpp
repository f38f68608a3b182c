#include "protocols/rentals/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<rental_refusal, 36> rental_refusal_words{{
    {rental_refusal::rental_not_found, "rental_not_found"},
    {rental_refusal::rental_prerequisites_not_met, "rental_prerequisites_not_met"},
    {rental_refusal::active_rental_exists, "active_rental_exists"},
    {rental_refusal::overdue_rental_exists, "overdue_rental_exists"},
    {rental_refusal::unpaid_rental_exists, "unpaid_rental_exists"},
    {rental_refusal::package_not_found, "package_not_found"},
    {rental_refusal::invalid_package_payment_model, "invalid_package_payment_model"},
    {rental_refusal::payment_mode_not_supported, "payment_mode_not_supported"},
    {rental_refusal::invalid_payment_mode, "invalid_payment_mode"},
    {rental_refusal::invalid_wallet_points_split, "invalid_wallet_points_split"},
    {rental_refusal::split_total_mismatch, "split_total_mismatch"},
    {rental_refusal::insufficient_balance, "insufficient_balance"},
    {rental_refusal::payment_method_required, "payment_method_required"},
    {rental_refusal::payment_required, "payment_required"},
    {rental_refusal::ejection_failed, "ejection_failed"},
    {rental_refusal::idempotency_key_reused, "idempotency_key_reused"},
    {rental_refusal::request_in_progress, "request_in_progress"},
    {rental_refusal::invalid_rental_status, "invalid_rental_status"},
    {rental_refusal::too_many_rentals, "too_many_rentals"},
    {rental_refusal::rental_overdue, "rental_overdue"},
    {rental_refusal::max_extensions_reached, "max_extensions_reached"},
    {rental_refusal::insufficient_postpaid_balance, "insufficient_postpaid_balance"},
    {rental_refusal::invalid_payment_method, "invalid_payment_method"},
    {rental_refusal::payment_amount_mismatch, "payment_amount_mismatch"},
    {rental_refusal::rental_not_started, "rental_not_started"},
    {rental_refusal::dues_already_paid, "dues_already_paid"},
    {rental_refusal::no_due_amount, "no_due_amount"},
    {rental_refusal::ejection_in_progress, "ejection_in_progress"},
    {rental_refusal::powerbank_not_returned, "powerbank_not_returned"},
    {rental_refusal::swap_window_expired, "swap_window_expired"},
    {rental_refusal::swap_limit_exceeded, "swap_limit_exceeded"},
    {rental_refusal::swap_already_pending, "swap_already_pending"},
    {rental_refusal::rental_already_completed, "rental_already_completed"},
    {rental_refusal::location_too_often, "rate_limit_exceeded"},
    {rental_refusal::rental_issue_not_found, "rental_issue_not_found"},
    {rental_refusal::invalid_status, "invalid_status"},
}};

constexpr word_table<ejection_result, 5> ejection_result_words{{
    {ejection_result::confirmed, "confirmed"},
    {ejection_result::refuted, "refuted"},
    {ejection_result::not_moved, "not_moved"},
    {ejection_result::uncertain, "uncertain"},
    {ejection_result::dark, "dark"},
}};

constexpr word_table<forced_resolution, 3> forced_resolution_words{{
    {forced_resolution::returned, "RETURNED"},
    {forced_resolution::lost, "LOST"},
    {forced_resolution::cancelled, "CANCELLED"},
}};

}  // namespace

std::string to_string(rental_refusal value) { return word_of(rental_refusal_words, value); }
std::optional<rental_refusal> parse_rental_refusal(std::string_view text) {
  return value_of_word(rental_refusal_words, text);
}
std::string to_string(forced_resolution value) { return word_of(forced_resolution_words, value); }
std::optional<forced_resolution> parse_forced_resolution(std::string_view text) {
  return value_of_word(forced_resolution_words, text);
}
std::string to_string(ejection_result value) { return word_of(ejection_result_words, value); }

}  // namespace chautari
