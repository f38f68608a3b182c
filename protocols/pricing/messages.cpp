#include "protocols/pricing/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<price_refusal, 10> price_refusal_words{{
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
}};

}  // namespace

std::string to_string(price_refusal why) { return word_of(price_refusal_words, why); }

}  // namespace chautari
