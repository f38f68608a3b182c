#include "actors/pricing/price_rules.hpp"

#include <charconv>
#include <tuple>

namespace chautari {

void put_in_order(price_list& list) {
  std::sort(list.packages.begin(), list.packages.end(), [](const auto& a, const auto& b) {
    return std::tie(a.duration_minutes, a.name) < std::tie(b.duration_minutes, b.name);
  });
  std::sort(list.late_fees.begin(), list.late_fees.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  std::stable_sort(list.discounts.begin(), list.discounts.end(),
                   [](const auto& a, const auto& b) { return a.created_at > b.created_at; });
  std::sort(list.partners.begin(), list.partners.end(),
            [](const auto& a, const auto& b) { return a.code < b.code; });
  // By station, so that a start looks only at its own.
  std::sort(list.station_partners.begin(), list.station_partners.end(), [](const auto& a, const auto& b) {
    return std::tie(a.station.value, b.valid_from, b.id.value) <
           std::tie(b.station.value, a.valid_from, a.id.value);
  });
  list.active_late_fee.reset();
  for (const auto& one : list.late_fees)
    if (one.is_active) list.active_late_fee = one.terms;
}

std::optional<price_refusal> rows_of<rental_package>::refuse_removal(const price_list& list,
                                                                     const rental_package& row) {
  const bool has_discount = std::any_of(list.discounts.begin(), list.discounts.end(),
                                        [&](const auto& one) { return one.package == row.id; });
  return has_discount ? std::optional{price_refusal::package_in_use} : std::nullopt;
}

std::optional<price_refusal> rows_of<late_fee_configuration>::refuse_removal(
    const price_list&, const late_fee_configuration& row) {
  return row.is_active ? std::optional{price_refusal::cannot_delete_active_config} : std::nullopt;
}

std::optional<price_refusal> rows_of<station_discount>::refuse(const price_list& list,
                                                               const station_discount& row) {
  const bool is_there = std::any_of(list.packages.begin(), list.packages.end(),
                                    [&](const auto& one) { return one.id == row.package; });
  if (!is_there) return price_refusal::package_not_found;
  const bool is_taken = std::any_of(list.discounts.begin(), list.discounts.end(), [&](const auto& one) {
    return !(one.id == row.id) && one.station == row.station && one.package == row.package;
  });
  return is_taken ? std::optional{price_refusal::discount_exists} : std::nullopt;
}

std::vector<late_fee_configuration> displaced_by(const price_list& list, const late_fee_configuration& row) {
  std::vector<late_fee_configuration> displaced;
  for (const auto& one : list.late_fees) {
    if (!row.is_active || !one.is_active || one.id == row.id) continue;
    displaced.push_back(one);
    displaced.back().is_active = false;
  }
  return displaced;
}

// -- partners
// ------------------------------------------------------------------------------------------

std::optional<price_refusal> rows_of<business_partner>::refuse(const price_list& list,
                                                               const business_partner& row) {
  const bool is_taken = std::any_of(list.partners.begin(), list.partners.end(), [&](const auto& one) {
    return !(one.id == row.id) && one.user == row.user;
  });
  return is_taken ? std::optional{price_refusal::user_already_partner} : std::nullopt;
}

std::optional<price_refusal> rows_of<business_partner>::refuse_removal(const price_list& list,
                                                                       const business_partner& row) {
  const auto& all = list.station_partners;
  const bool is_used =
      std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.partner == row.id; });
  return is_used ? std::optional{price_refusal::partner_in_use} : std::nullopt;
}

std::optional<price_refusal> rows_of<station_partner>::refuse(const price_list& list,
                                                              const station_partner& row) {
  const auto* who = find_price(list.partners, row.partner);
  if (who == nullptr) return price_refusal::partner_not_found;
  if (!row.is_open()) return {};
  if (who->status != partner_status::active) return price_refusal::partner_not_active;
  const bool needs_terms = who->vendor == vendor_type::revenue;
  if (needs_terms == (row.model == revenue_model::none)) return price_refusal::invalid_partner_terms;
  return {};
}

std::string next_partner_code(const price_list& list, const business_partner& row) {
  const std::string prefix = row.type == partner_type::franchise      ? "FR-"
                             : row.vendor == vendor_type::non_revenue ? "VN-"
                                                                      : "VNREV-";
  std::int32_t last = 0;
  for (const auto& one : list.partners) {
    if (!one.code.starts_with(prefix)) continue;
    std::int32_t number = 0;
    std::from_chars(one.code.data() + prefix.size(), one.code.data() + one.code.size(), number);
    last = std::max(last, number);
  }
  auto digits = std::to_string(last + 1);
  digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
  return prefix + digits;
}

std::vector<station_partner> displaced_by(const price_list& list, const station_partner& row) {
  std::vector<station_partner> displaced;
  for (const auto& one : list.station_partners) {
    const bool is_before = one.is_open() && one.station == row.station && one.role == row.role;
    if (!row.is_open() || !is_before || one.id == row.id) continue;
    displaced.push_back(one);
    displaced.back().valid_until = row.valid_from;
  }
  return displaced;
}

}  // namespace chautari
