#pragma once
/// The formulas of prices: pure, exact until one half-up rounding to the paisa at the end
/// (stations_rentals_devices 3.10). Where users_money section 5 differs (started minutes of postpaid usage),
/// 3.10 wins.

#include <cstdint>

#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"
#include "protocols/pricing/package.hpp"

namespace chautari {

/// What may be changed about the settlement of rentals by configuration. Defaults as specified.
struct settlement_terms {
  std::int32_t vat_percent = 13;          ///< Of the gross amount.
  std::int32_t service_hundredths = 250;  ///< Of the gross amount, 2.50 %: what no partner shares in.
  point_count points_for_completing = 5;  ///< Only if something was charged and the bank was out long enough.
  point_count points_for_punctuality = 50;  ///< The same condition; limited per rider and day.
  std::int32_t punctuality_awards_per_day_max = 3;
  minutes shortest_use{5};     ///< Shorter is flagged, and earns no points.
  minutes reminder_lead{15};   ///< `rental.due_soon` comes so long before the due time.
  money postpaid_hold{50'00};  ///< POSTPAID_MINIMUM_BALANCE: needed, and held, to start a postpaid rental.
  std::int32_t extensions_max = 3;                 ///< MAX_RENTAL_EXTENSIONS
  minutes quick_return_window{5};                  ///< NO_CHARGE_RENTAL_CANCELLATION_TIME
  std::int32_t quick_return_battery_drop_max = 5;  ///< Percent points.
  std::int32_t quick_returns_per_day_max = 2;      ///< QUICK_RETURNS_PER_DAY, per rider.
  minutes swap_window{5};                          ///< SWAPPING_MAX_TIME, from the start of the rental.
  minutes swap_pending_for{3};                     ///< How long the old bank may take to come back.
  std::int32_t swaps_per_day_max = 3;              ///< Per rider.
  lost_terms lost;                                 ///< LOST_PENALTY, LOST_AFTER_HOURS
};

/// A price after a discount in percent: the discount is rounded, the rest is the price.
struct discounted_price {
  money discount;
  money actual;
  friend bool operator==(const discounted_price&, const discounted_price&) = default;
};
[[nodiscard]] discounted_price discounted(money price, std::int32_t percent);
/// The same in hundredths of a percent: 12.5 % is 1250.
[[nodiscard]] discounted_price discounted_hundredths(money price, std::int32_t percent_hundredths);

/// Whole minutes from `from` to `until`, started ones not counted; 0 if `until` is earlier.
[[nodiscard]] std::int64_t whole_minutes(timestamp from, timestamp until);

/// The late fee of `overdue` whole minutes. Uses the package's list price; at most 10^6 minutes are counted.
[[nodiscard]] money late_fee_for(const rental_package& package, const late_fee_terms& terms,
                                 std::int64_t overdue_minutes);
/// The late fee of a bank that came back, or would come back, at `ended_at`.
[[nodiscard]] money late_fee_at(const rental_package& package, const late_fee_terms& terms, timestamp due_at,
                                timestamp ended_at);

/// Postpaid usage: whole minutes, never beyond what was allotted; what is later is paid by the late fee.
[[nodiscard]] money postpaid_base(const rental_package& package, std::int64_t used_minutes,
                                  std::int64_t allotted_minutes);

/// The fee of a late cancellation: the late-fee formula on the minutes beyond the free window, never above
/// what was paid.
[[nodiscard]] money cancellation_fee(const rental_package& package, const late_fee_terms& terms,
                                     std::int64_t used_minutes, std::int64_t free_minutes, money paid);

/// What is still owed of a late fee of which a part was paid while the bank was still out.
[[nodiscard]] constexpr money late_fee_due(money total, money paid_before) {
  return total > paid_before ? total - paid_before : money{};
}

/// VAT taken of the gross amount; the rest is income.
[[nodiscard]] money vat_of(money gross, std::int32_t vat_percent);

}  // namespace chautari
