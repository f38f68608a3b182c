#include "protocols/pricing/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<price_refusal, 17> price_refusal_words{{
    {price_refusal::package_not_found, "package_not_found"},
    {price_refusal::package_in_use, "package_in_use"},
    {price_refusal::configuration_not_found, "configuration_not_found"},
    {price_refusal::cannot_delete_active_config, "cannot_delete_active_config"},
    {price_refusal::discount_not_found, "discount_not_found"},
    {price_refusal::discount_exists, "discount_exists"},
    {price_refusal::discount_exhausted, "discount_exhausted"},
    {price_refusal::station_not_found, "station_not_found"},
    {price_refusal::validation_error, "validation_error"},
    {price_refusal::too_many_prices, "too_many_prices"},
    {price_refusal::partner_not_found, "partner_not_found"},
    {price_refusal::partner_in_use, "partner_in_use"},
    {price_refusal::partner_not_active, "partner_not_active"},
    {price_refusal::user_already_partner, "user_already_partner"},
    {price_refusal::user_not_found, "user_not_found"},
    {price_refusal::invalid_partner_terms, "invalid_partner_terms"},
    {price_refusal::assignment_not_found, "assignment_not_found"},
}};

}  // namespace

std::string to_string(price_refusal why) { return word_of(price_refusal_words, why); }

}  // namespace chautari
