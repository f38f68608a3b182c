#include "protocols/rentals/images.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<rental_status, 6> rental_status_words{{
    {rental_status::pending, "PENDING"},
    {rental_status::pending_popup, "PENDING_POPUP"},
    {rental_status::active, "ACTIVE"},
    {rental_status::overdue, "OVERDUE"},
    {rental_status::completed, "COMPLETED"},
    {rental_status::cancelled, "CANCELLED"},
}};

constexpr word_table<closure_reason, 7> closure_reason_words{{
    {closure_reason::none, "NONE"},
    {closure_reason::returned, "RETURNED"},
    {closure_reason::lost, "LOST"},
    {closure_reason::forced, "FORCED"},
    {closure_reason::eject_failed, "EJECT_FAILED"},
    {closure_reason::user, "USER"},
    {closure_reason::admin, "ADMIN"},
}};

constexpr word_table<payment_mode, 4> payment_mode_words{{
    {payment_mode::wallet, "wallet"},
    {payment_mode::points, "points"},
    {payment_mode::wallet_points, "wallet_points"},
    {payment_mode::direct, "direct"},
}};

constexpr word_table<charge_kind, 6> charge_kind_words{{
    {charge_kind::base, "BASE"},
    {charge_kind::extension, "EXTENSION"},
    {charge_kind::late_fee, "LATE_FEE"},
    {charge_kind::cancel_fee, "CANCEL_FEE"},
    {charge_kind::lost_penalty, "LOST_PENALTY"},
    {charge_kind::adjustment, "ADJUSTMENT"},
}};

constexpr word_table<swap_reason, 4> swap_reason_words{{
    {swap_reason::low_battery, "LOW_BATTERY"},
    {swap_reason::defective, "DEFECTIVE"},
    {swap_reason::wrong_cable, "WRONG_CABLE"},
    {swap_reason::other, "OTHER"},
}};

constexpr word_table<rental_issue_type, 4> rental_issue_type_words{{
    {rental_issue_type::power_bank_damaged, "POWER_BANK_DAMAGED"},
    {rental_issue_type::power_bank_lost, "POWER_BANK_LOST"},
    {rental_issue_type::charging_issue, "CHARGING_ISSUE"},
    {rental_issue_type::return_issue, "RETURN_ISSUE"},
}};

}  // namespace

std::string to_string(rental_status value) { return word_of(rental_status_words, value); }
std::optional<rental_status> parse_rental_status(std::string_view text) {
  return value_of_word(rental_status_words, text);
}
std::string to_string(closure_reason value) { return word_of(closure_reason_words, value); }
std::optional<closure_reason> parse_closure_reason(std::string_view text) {
  return value_of_word(closure_reason_words, text);
}
std::string to_string(payment_mode value) { return word_of(payment_mode_words, value); }
std::optional<payment_mode> parse_payment_mode(std::string_view text) {
  return value_of_word(payment_mode_words, text);
}
std::string to_string(swap_reason value) { return word_of(swap_reason_words, value); }
std::optional<swap_reason> parse_swap_reason(std::string_view text) {
  return value_of_word(swap_reason_words, text);
}
std::string to_string(rental_issue_type value) { return word_of(rental_issue_type_words, value); }
std::optional<rental_issue_type> parse_rental_issue_type(std::string_view text) {
  return value_of_word(rental_issue_type_words, text);
}
std::string to_string(charge_kind value) { return word_of(charge_kind_words, value); }
std::optional<charge_kind> parse_charge_kind(std::string_view text) {
  return value_of_word(charge_kind_words, text);
}

}  // namespace chautari
