#pragma once
/// What the rows of the five price tables are made of, field by field: one descriptor gives the reading of a
/// request, the limits, what is shown, and what the audit log compares (stations_rentals_devices 3.15). A new
/// field is a new line in catalogue.cpp.

#include <algorithm>
#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/pricing/messages.hpp"

namespace chautari {

/// Where the rows of a table live, and what is said if one is not there.
template <class Row>
struct price_rows;
template <>
struct price_rows<rental_package> {
  static constexpr auto table = price_table::packages;
  static constexpr auto not_found = price_refusal::package_not_found;
  static auto& in(auto& list) { return list.packages; }
};
template <>
struct price_rows<late_fee_configuration> {
  static constexpr auto table = price_table::late_fees;
  static constexpr auto not_found = price_refusal::configuration_not_found;
  static auto& in(auto& list) { return list.late_fees; }
};
template <>
struct price_rows<station_discount> {
  static constexpr auto table = price_table::discounts;
  static constexpr auto not_found = price_refusal::discount_not_found;
  static auto& in(auto& list) { return list.discounts; }
};
template <>
struct price_rows<business_partner> {
  static constexpr auto table = price_table::partners;
  static constexpr auto not_found = price_refusal::partner_not_found;
  static auto& in(auto& list) { return list.partners; }
};
template <>
struct price_rows<station_partner> {
  static constexpr auto table = price_table::station_partners;
  static constexpr auto not_found = price_refusal::assignment_not_found;
  static auto& in(auto& list) { return list.station_partners; }
};

/// The row of this id; null if there is none.
[[nodiscard]] auto* find_price(auto& rows, const auto& id) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id; });
  return found == rows.end() ? nullptr : &*found;
}

enum class field_use : std::uint8_t {
  required,  ///< A new row must name it.
  optional,
  fixed,  ///< Required, and the same for ever.
  ours,   ///< Shown; no request may name it.
};

/// Characters of a text, the range of a number; amounts in paisa, factors in hundredths.
struct field_limits {
  std::int64_t least = 0;
  std::int64_t most = 0;
};

template <class Row>
struct price_field {
  std::string_view name;
  field_use use = field_use::optional;
  field_limits limits;
  bool may_be_null = false;  ///< null means "none"; elsewhere it is as if the field were not there.
  /// Puts the value into the row, or says by its code why it is none; the code is empty if all is well.
  std::string_view (*take)(Row& row, const boost::json::value& given, field_limits limits) = nullptr;
  boost::json::value (*show)(const Row& row) = nullptr;
};

/// What is wrong with a field: `required`, `out_of_range`, `unknown_field`, ... as everywhere in the API.
struct price_problem {
  std::string field;
  std::string code;
  friend bool operator==(const price_problem&, const price_problem&) = default;
};
using price_problems = std::vector<price_problem>;
/// The context of `validation_error`: {"errors":{field:[code]}}
[[nodiscard]] std::string context_of(const price_problems& problems);
[[nodiscard]] price_problems problems_of_context(std::string_view context);

/// Of a new row the required fields must be there; a change keeps whatever it does not name.
enum class price_reading : std::uint8_t { create, change };

/// Rows: rental_package, late_fee_configuration, station_discount, business_partner, station_partner.
/// Everything that is wrong is told at once; the row is worth nothing then. Rules that look at several fields
/// are judged on the whole row, whatever a change names.
template <class Row>
[[nodiscard]] price_problems read_price(Row& row, const boost::json::object& fields, price_reading how);

/// The row as operators see it: "50.00" for money, "12.50" for factors and percentages, RFC 3339 for times.
template <class Row>
[[nodiscard]] boost::json::object show_price(const Row& row);

extern template price_problems read_price(rental_package&, const boost::json::object&, price_reading);
extern template price_problems read_price(late_fee_configuration&, const boost::json::object&, price_reading);
extern template price_problems read_price(station_discount&, const boost::json::object&, price_reading);
extern template price_problems read_price(business_partner&, const boost::json::object&, price_reading);
extern template price_problems read_price(station_partner&, const boost::json::object&, price_reading);
extern template boost::json::object show_price(const rental_package&);
extern template boost::json::object show_price(const late_fee_configuration&);
extern template boost::json::object show_price(const station_discount&);
extern template boost::json::object show_price(const business_partner&);
extern template boost::json::object show_price(const station_partner&);

}  // namespace chautari
