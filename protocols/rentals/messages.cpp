#include "protocols/rentals/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<rental_refusal, 18> rental_refusal_words{{
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
    {rental_refusal::ejection_failed, "ejection_failed"},
    {rental_refusal::idempotency_key_reused, "idempotency_key_reused"},
    {rental_refusal::request_in_progress, "request_in_progress"},
    {rental_refusal::invalid_rental_status, "invalid_rental_status"},
    {rental_refusal::too_many_rentals, "too_many_rentals"},
}};

constexpr word_table<ejection_result, 5> ejection_result_words{{
    {ejection_result::confirmed, "confirmed"},
    {ejection_result::refuted, "refuted"},
    {ejection_result::not_moved, "not_moved"},
    {ejection_result::uncertain, "uncertain"},
    {ejection_result::dark, "dark"},
}};

}  // namespace

std::string to_string(rental_refusal value) { return word_of(rental_refusal_words, value); }
std::optional<rental_refusal> parse_rental_refusal(std::string_view text) {
  return value_of_word(rental_refusal_words, text);
}
std::string to_string(ejection_result value) { return word_of(ejection_result_words, value); }

}  // namespace chautari
