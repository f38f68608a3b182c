#include "protocols/pricing/late_fee.hpp"

#include <algorithm>

#include "protocols/base/check.hpp"

namespace chautari {
namespace {

/// Almost two years; keeps every product far inside 64 bits.
constexpr std::int64_t overdue_minutes_max = 1'000'000;
constexpr std::int64_t minutes_per_hour = 60;
constexpr std::int64_t minutes_per_day = 24 * minutes_per_hour;
constexpr std::int64_t hundredths = 100;

/// MULTIPLIER, FLAT_RATE and COMPOUND are one fraction over one denominator, so that their sum is rounded
/// once.
money uncapped_fee(const rental_package& package, const late_fee_terms& terms, std::int64_t counted) {
  const bool by_rate = terms.kind != late_fee_kind::flat_rate;
  const bool by_hour = terms.kind != late_fee_kind::multiplier;
  const std::int64_t duration = package.duration_minutes;
  // price * multiplier / (100 * duration) + flat / 60, per counted minute.
  const std::int64_t rate_part =
      by_rate ? package.price.paisa * terms.multiplier_hundredths * minutes_per_hour : 0;
  const std::int64_t flat_part = by_hour ? terms.flat_per_hour.paisa * hundredths * duration : 0;
  return scaled(money{rate_part + flat_part}, counted, hundredths * duration * minutes_per_hour);
}

}  // namespace

discounted_price discounted(money price, std::int32_t percent) {
  CHECK(percent >= 0 && percent <= 100);
  const money discount = scaled(price, percent, 100);
  return {discount, price - discount};
}

discounted_price discounted_hundredths(money price, std::int32_t percent_hundredths) {
  CHECK(percent_hundredths >= 0 && percent_hundredths <= 10'000);
  const money discount = scaled(price, percent_hundredths, 10'000);
  return {discount, price - discount};
}

std::int64_t whole_minutes(timestamp from, timestamp until) {
  if (until <= from) return 0;
  return std::chrono::floor<minutes>(until - from).count();
}

money late_fee_for(const rental_package& package, const late_fee_terms& terms, std::int64_t overdue_minutes) {
  CHECK(package.duration_minutes > 0);
  const std::int64_t overdue = std::clamp<std::int64_t>(overdue_minutes, 0, overdue_minutes_max);
  const std::int64_t counted = std::max<std::int64_t>(0, overdue - terms.grace_minutes);
  const money fee = uncapped_fee(package, terms, counted);
  if (!terms.daily_cap) return fee;
  const std::int64_t days = std::max<std::int64_t>(1, (counted + minutes_per_day - 1) / minutes_per_day);
  return std::min(fee, money{terms.daily_cap->paisa * days});
}

money late_fee_at(const rental_package& package, const late_fee_terms& terms, timestamp due_at,
                  timestamp ended_at) {
  return late_fee_for(package, terms, whole_minutes(due_at, ended_at));
}

money postpaid_base(const rental_package& package, std::int64_t used_minutes, std::int64_t allotted_minutes) {
  CHECK(package.duration_minutes > 0);
  const std::int64_t billed = std::clamp<std::int64_t>(used_minutes, 0, allotted_minutes);
  return scaled(package.price, billed, package.duration_minutes);
}

money cancellation_fee(const rental_package& package, const late_fee_terms& terms, std::int64_t used_minutes,
                       std::int64_t free_minutes, money paid) {
  return std::min(late_fee_for(package, terms, used_minutes - free_minutes), paid);
}

money vat_of(money gross, std::int32_t vat_percent) { return scaled(gross, vat_percent, 100); }

}  // namespace chautari
