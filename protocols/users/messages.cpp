#include "protocols/users/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<identity_refusal, 16> identity_refusal_words{{
    {identity_refusal::rate_limit_exceeded, "rate_limit_exceeded"},
    {identity_refusal::otp_delivery_unavailable, "otp_delivery_unavailable"},
    {identity_refusal::otp_expired, "otp_expired"},
    {identity_refusal::invalid_otp, "invalid_otp"},
    {identity_refusal::otp_locked, "otp_locked"},
    {identity_refusal::verification_token_expired, "verification_token_expired"},
    {identity_refusal::identifier_mismatch, "identifier_mismatch"},
    {identity_refusal::username_required, "username_required"},
    {identity_refusal::username_taken, "username_taken"},
    {identity_refusal::user_already_exists, "user_already_exists"},
    {identity_refusal::user_not_found, "user_not_found"},
    {identity_refusal::account_banned, "account_banned"},
    {identity_refusal::account_deactivated, "account_deactivated"},
    {identity_refusal::invalid_refresh_token, "invalid_refresh_token"},
    {identity_refusal::refresh_token_reused, "refresh_token_reused"},
    {identity_refusal::service_unavailable, "service_unavailable"},
}};

constexpr word_table<log_out_reason, 4> log_out_reason_words{{
    {log_out_reason::valid_blacklisted, "valid_blacklisted"},
    {log_out_reason::token_missing, "token_missing"},
    {log_out_reason::token_mismatch, "token_mismatch"},
    {log_out_reason::already_invalid, "already_invalid"},
}};

}  // namespace

std::string to_string(code_purpose) { return "AUTH"; }
std::string to_string(sign_in_purpose purpose) {
  return purpose == sign_in_purpose::log_in ? "LOGIN" : "REGISTER";
}
std::string to_string(log_out_reason reason) { return word_of(log_out_reason_words, reason); }
std::string to_string(identity_refusal why) { return word_of(identity_refusal_words, why); }

}  // namespace chautari
