#include "protocols/pricing/partner.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<partner_type, 2> partner_type_words{{
    {partner_type::franchise, "FRANCHISE"},
    {partner_type::vendor, "VENDOR"},
}};
constexpr word_table<vendor_type, 3> vendor_type_words{{
    {vendor_type::none, "NONE"},
    {vendor_type::revenue, "REVENUE"},
    {vendor_type::non_revenue, "NON_REVENUE"},
}};
constexpr word_table<partner_status, 4> partner_status_words{{
    {partner_status::pending, "PENDING"},
    {partner_status::active, "ACTIVE"},
    {partner_status::inactive, "INACTIVE"},
    {partner_status::suspended, "SUSPENDED"},
}};
constexpr word_table<station_role, 2> station_role_words{{
    {station_role::owner, "OWNER"},
    {station_role::station_operator, "OPERATOR"},
}};
constexpr word_table<revenue_model, 3> revenue_model_words{{
    {revenue_model::none, "NONE"},
    {revenue_model::percentage, "PERCENTAGE"},
    {revenue_model::fixed, "FIXED"},
}};

}  // namespace

std::string to_string(partner_type type) { return word_of(partner_type_words, type); }
std::string to_string(vendor_type type) { return word_of(vendor_type_words, type); }
std::string to_string(partner_status status) { return word_of(partner_status_words, status); }
std::string to_string(station_role role) { return word_of(station_role_words, role); }
std::string to_string(revenue_model model) { return word_of(revenue_model_words, model); }
std::optional<partner_type> parse_partner_type(std::string_view text) {
  return value_of_word(partner_type_words, text);
}
std::optional<vendor_type> parse_vendor_type(std::string_view text) {
  return value_of_word(vendor_type_words, text);
}
std::optional<partner_status> parse_partner_status(std::string_view text) {
  return value_of_word(partner_status_words, text);
}
std::optional<station_role> parse_station_role(std::string_view text) {
  return value_of_word(station_role_words, text);
}
std::optional<revenue_model> parse_revenue_model(std::string_view text) {
  return value_of_word(revenue_model_words, text);
}

}  // namespace chautari
