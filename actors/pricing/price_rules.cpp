#include "actors/pricing/price_rules.hpp"

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

}  // namespace chautari
