#pragma once
/// The five price tables as one: where their rows live, what they are called, and what one row has to do
/// with the others. Pure; the fields themselves are in protocols/pricing/catalogue.

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "protocols/base/limits.hpp"
#include "protocols/pricing/catalogue.hpp"
#include "protocols/pricing/messages.hpp"

namespace chautari {

/// By duration, by name, newest first; and the terms that new rentals get.
void put_in_order(price_list& list);

template <class Row>
struct rows_of;

template <>
struct rows_of<rental_package> : price_rows<rental_package> {
  static constexpr std::string_view word = "package";
  static constexpr std::size_t most = limits::packages_max;
  static void set_active(rental_package& row, bool is_active, timestamp) { row.is_active = is_active; }
  static std::optional<price_refusal> refuse(const price_list&, const rental_package&) { return {}; }
  /// A discount of it must go first.
  static std::optional<price_refusal> refuse_removal(const price_list& list, const rental_package& row);
};

template <>
struct rows_of<late_fee_configuration> : price_rows<late_fee_configuration> {
  static constexpr std::string_view word = "late_fee";
  static constexpr std::size_t most = limits::late_fees_max;
  static void set_active(late_fee_configuration& row, bool is_active, timestamp) {
    row.is_active = is_active;
  }
  static std::optional<price_refusal> refuse(const price_list&, const late_fee_configuration&) { return {}; }
  static std::optional<price_refusal> refuse_removal(const price_list&, const late_fee_configuration& row);
};

template <>
struct rows_of<station_discount> : price_rows<station_discount> {
  static constexpr std::string_view word = "discount";
  static constexpr std::size_t most = limits::discounts_max;
  static void set_active(station_discount& row, bool is_active, timestamp) {
    row.status = is_active ? discount_status::active : discount_status::inactive;
  }
  /// Of a package that exists, and the only one of its pair.
  static std::optional<price_refusal> refuse(const price_list& list, const station_discount& row);
  static std::optional<price_refusal> refuse_removal(const price_list&, const station_discount&) {
    return {};
  }
};

template <>
struct rows_of<business_partner> : price_rows<business_partner> {
  static constexpr std::string_view word = "partner";
  static constexpr std::size_t most = limits::partners_max;
  static void set_active(business_partner& row, bool is_active, timestamp) {
    row.status = is_active ? partner_status::active : partner_status::inactive;
  }
  /// The only one of its rider account.
  static std::optional<price_refusal> refuse(const price_list& list, const business_partner& row);
  /// One that has or had a station stays: what was shared with it stays too.
  static std::optional<price_refusal> refuse_removal(const price_list& list, const business_partner& row);
};

template <>
struct rows_of<station_partner> : price_rows<station_partner> {
  static constexpr std::string_view word = "station_partner";
  static constexpr std::size_t most = limits::station_partners_max;
  /// Ends; a row that has ended says so for ever.
  static void set_active(station_partner& row, bool, timestamp now) {
    if (row.is_open()) row.valid_until = std::max(now, row.valid_from);
  }
  /// Of an ACTIVE partner, on terms that a partner of its kind can have.
  static std::optional<price_refusal> refuse(const price_list& list, const station_partner& row);
  static std::optional<price_refusal> refuse_removal(const price_list&, const station_partner&) { return {}; }
};

/// "FR-001": one more than the highest of its kind.
[[nodiscard]] std::string next_partner_code(const price_list& list, const business_partner& row);

/// The row as it is now, instead of the one it was; the list is in order afterwards.
template <class Row>
void take(price_list& list, const Row& row) {
  auto& rows = rows_of<Row>::in(list);
  if (auto* known = find_price(rows, row.id))
    *known = row;
  else
    rows.push_back(row);
  put_in_order(list);
}
template <class Row>
void drop(price_list& list, const Row& row) {
  std::erase_if(rows_of<Row>::in(list), [&](const auto& one) { return one.id == row.id; });
  put_in_order(list);
}

/// Rows that stop being the one in force because `row` is. Packages and discounts know no such thing.
template <class Row>
[[nodiscard]] std::vector<Row> displaced_by(const price_list&, const Row&) {
  return {};
}
[[nodiscard]] std::vector<late_fee_configuration> displaced_by(const price_list& list,
                                                               const late_fee_configuration& row);
/// Whoever owned or ran the station until now.
[[nodiscard]] std::vector<station_partner> displaced_by(const price_list& list, const station_partner& row);

}  // namespace chautari
