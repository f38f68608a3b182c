#pragma once
/// Money in integer paisa and loyalty points in whole points. Nothing here ever touches floating point.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chautari {

/// An amount in paisa (NPR x 100). Outside it is a decimal string with two digits, "50.00".
struct money {
  std::int64_t paisa = 0;

  friend auto operator<=>(const money&, const money&) = default;
  friend constexpr money operator+(money a, money b) { return {a.paisa + b.paisa}; }
  friend constexpr money operator-(money a, money b) { return {a.paisa - b.paisa}; }
  friend constexpr money operator-(money a) { return {-a.paisa}; }
  constexpr money& operator+=(money b) { return paisa += b.paisa, *this; }
  constexpr money& operator-=(money b) { return paisa -= b.paisa, *this; }
};

[[nodiscard]] std::string to_text(money amount);

/// Exact: an optional minus, digits, at most two decimals. "50", "50.5" and "50.00" are read; "1e3", "1,000",
/// " 5" are not. Amounts beyond 10^15 paisa are refused, so sums cannot overflow.
[[nodiscard]] std::optional<money> parse_money(std::string_view text);

/// round_half_up(amount * numerator / denominator), exact in 128 bits. denominator > 0; amount and numerator
/// >= 0.
[[nodiscard]] money scaled(money amount, std::int64_t numerator, std::int64_t denominator);

/// Loyalty points; their value in money is points * paisa_per_point (10 points = NPR 1).
using point_count = std::int64_t;
inline constexpr std::int64_t paisa_per_point = 10;
[[nodiscard]] constexpr money value_of(point_count count) { return {count * paisa_per_point}; }

}  // namespace chautari
