#pragma once
/// A price cut of one package at one station (users_money 4.2). One row per pair; uses are reserved with the
/// order, confirmed when the bank is out, released if it never came.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

enum class discount_status : std::uint8_t { active, inactive, expired };
std::string to_string(discount_status status);
std::optional<discount_status> parse_discount_status(std::string_view text);

struct station_discount {
  discount_id id;
  station_id station;
  package_id package;
  std::int32_t percent_hundredths = 0;         ///< 0..10000; 12.5 % is 1250.
  std::optional<std::int32_t> total_uses_max;  ///< At least 1; nothing: without limit.
  std::int32_t uses_per_user_max = 1;          ///< At least 1.
  timestamp valid_from;
  timestamp valid_until;  ///< Inclusive, after valid_from.
  discount_status status = discount_status::active;
  bool may_be_free = false;   ///< A final price of 0 is meant. Such a rental earns no points.
  std::int32_t used = 0;      ///< Rentals that reached ACTIVE with it.
  std::int32_t reserved = 0;  ///< Orders under way.
  std::string created_by;     ///< Operator's id.
  timestamp created_at;

  /// Active and within its days.
  [[nodiscard]] bool is_valid_at(timestamp now) const {
    return status == discount_status::active && valid_from <= now && now <= valid_until;
  }
  /// Of all riders together.
  [[nodiscard]] bool has_use_left() const { return !total_uses_max || used + reserved < *total_uses_max; }
};

enum class discount_use_state : std::uint8_t { reserved, confirmed, released };
std::string to_string(discount_use_state state);
std::optional<discount_use_state> parse_discount_use_state(std::string_view text);

/// One order's claim on a discount; (discount, rental) is unique. The discount's counters are the sums of
/// these rows, kept by the database with each change of one.
struct discount_use {
  discount_id discount;
  rental_id rental;
  user_id rider;
  discount_use_state state = discount_use_state::reserved;
  timestamp at;
};

}  // namespace chautari
