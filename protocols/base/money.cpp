#include "protocols/base/money.hpp"

#include "protocols/base/check.hpp"

namespace chautari {
namespace {
constexpr std::int64_t paisa_max = 1'000'000'000'000'000;
}

std::string to_text(money amount) {
  const bool negative = amount.paisa < 0;
  const auto magnitude = static_cast<std::uint64_t>(negative ? -amount.paisa : amount.paisa);
  std::string text = negative ? "-" : "";
  text += std::to_string(magnitude / 100);
  text += '.';
  text += static_cast<char>('0' + magnitude % 100 / 10);
  text += static_cast<char>('0' + magnitude % 10);
  return text;
}

std::optional<money> parse_money(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const auto dot = text.find('.');
  const auto whole = text.substr(0, dot);
  const auto decimals = dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1);
  if (whole.empty() || whole.size() > 14 || decimals.size() > 2) return {};
  if (dot != std::string_view::npos && decimals.empty()) return {};
  std::int64_t paisa = 0;
  for (const char c : whole) {
    if (c < '0' || c > '9') return {};
    paisa = paisa * 10 + (c - '0');
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const char c = i < decimals.size() ? decimals[i] : '0';
    if (c < '0' || c > '9') return {};
    paisa = paisa * 10 + (c - '0');
  }
  if (paisa > paisa_max) return {};
  return money{negative ? -paisa : paisa};
}

money scaled(money amount, std::int64_t numerator, std::int64_t denominator) {
  CHECK(denominator > 0 && numerator >= 0 && amount.paisa >= 0);
  const __int128 product = static_cast<__int128>(amount.paisa) * numerator;
  return {static_cast<std::int64_t>((2 * product + denominator) / (2 * static_cast<__int128>(denominator)))};
}

}  // namespace chautari
