#include "protocols/operators/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<operator_refusal, 16> operator_refusal_words{{
    {operator_refusal::invalid_credentials, "invalid_credentials"},
    {operator_refusal::invalid_refresh_token, "invalid_refresh_token"},
    {operator_refusal::refresh_token_reused, "refresh_token_reused"},
    {operator_refusal::session_over, "session_over"},
    {operator_refusal::permission_denied, "permission_denied"},
    {operator_refusal::reauthentication_required, "reauthentication_required"},
    {operator_refusal::operator_not_found, "operator_not_found"},
    {operator_refusal::session_not_found, "session_not_found"},
    {operator_refusal::email_taken, "email_taken"},
    {operator_refusal::invalid_email, "invalid_email"},
    {operator_refusal::unfit_password, "unfit_password"},
    {operator_refusal::own_role, "own_role"},
    {operator_refusal::own_activity, "own_activity"},
    {operator_refusal::last_super_admin, "last_super_admin"},
    {operator_refusal::too_many_operators, "too_many_operators"},
    {operator_refusal::service_unavailable, "service_unavailable"},
}};

}  // namespace

std::string to_string(operator_refusal why) { return word_of(operator_refusal_words, why); }

}  // namespace chautari
