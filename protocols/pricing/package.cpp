#include "protocols/pricing/package.hpp"

#include <algorithm>

#include "protocols/base/text.hpp"
#include "protocols/pricing/late_fee.hpp"

namespace chautari {
namespace {

constexpr word_table<package_type, 4> package_type_words{{
    {package_type::hourly, "HOURLY"},
    {package_type::daily, "DAILY"},
    {package_type::weekly, "WEEKLY"},
    {package_type::monthly, "MONTHLY"},
}};
constexpr word_table<payment_model, 2> payment_model_words{{
    {payment_model::prepaid, "PREPAID"},
    {payment_model::postpaid, "POSTPAID"},
}};
constexpr word_table<late_fee_kind, 3> late_fee_kind_words{{
    {late_fee_kind::multiplier, "MULTIPLIER"},
    {late_fee_kind::flat_rate, "FLAT_RATE"},
    {late_fee_kind::compound, "COMPOUND"},
}};

constexpr word_table<discount_status, 3> discount_status_words{{
    {discount_status::active, "ACTIVE"},
    {discount_status::inactive, "INACTIVE"},
    {discount_status::expired, "EXPIRED"},
}};

constexpr word_table<discount_use_state, 3> discount_use_state_words{{
    {discount_use_state::reserved, "RESERVED"},
    {discount_use_state::confirmed, "CONFIRMED"},
    {discount_use_state::released, "RELEASED"},
}};

}  // namespace

std::string to_string(discount_status status) { return word_of(discount_status_words, status); }
std::optional<discount_status> parse_discount_status(std::string_view text) {
  return value_of_word(discount_status_words, text);
}
std::string to_string(discount_use_state state) { return word_of(discount_use_state_words, state); }
std::optional<discount_use_state> parse_discount_use_state(std::string_view text) {
  return value_of_word(discount_use_state_words, text);
}
std::string to_string(package_type type) { return word_of(package_type_words, type); }
std::string to_string(payment_model model) { return word_of(payment_model_words, model); }
std::string to_string(late_fee_kind kind) { return word_of(late_fee_kind_words, kind); }
std::optional<package_type> parse_package_type(std::string_view text) {
  return value_of_word(package_type_words, text);
}
std::optional<payment_model> parse_payment_model(std::string_view text) {
  return value_of_word(payment_model_words, text);
}
std::optional<late_fee_kind> parse_late_fee_kind(std::string_view text) {
  return value_of_word(late_fee_kind_words, text);
}

const rental_package* price_list::find(package_id id) const {
  const auto found =
      std::find_if(packages.begin(), packages.end(), [id](const auto& p) { return p.id == id; });
  return found == packages.end() || !found->is_active ? nullptr : &*found;
}

late_fee_terms price_list::terms_for(package_type type) const {
  if (!active_late_fee) return {};
  const auto& types = active_late_fee->applies_to;
  const bool applies = types.empty() || std::find(types.begin(), types.end(), type) != types.end();
  return applies ? *active_late_fee : late_fee_terms{};
}

const station_discount* price_list::discount_at(station_id station, package_id package, timestamp now) const {
  const auto found = std::find_if(discounts.begin(), discounts.end(), [&](const auto& one) {
    return one.station == station && one.package == package && one.is_valid_at(now);
  });
  if (found == discounts.end()) return nullptr;
  const auto* what = find(package);
  // A price of 0 is never the accident of a percentage: it is meant, or there is no discount.
  const bool is_given_away =
      what != nullptr && discounted_hundredths(what->price, found->percent_hundredths).actual == money{};
  return is_given_away && !found->may_be_free ? nullptr : &*found;
}

}  // namespace chautari
