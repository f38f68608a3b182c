#include "protocols/base/time.hpp"

#include <array>
#include <cctype>
#include <cstdio>

namespace chautari {
namespace {

using std::chrono::days;
using std::chrono::floor;

/// Reads exactly `digits` decimal digits at `at`; -1 if they are not all digits.
int read_digits(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// Reads an optional ".123456789"; moves `at` behind it. Nothing if there is a dot without digits or too
/// many.
std::optional<int> read_fraction_ms(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '.') return 0;
  ++at;
  int ms = 0;
  std::size_t digits = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
    if (digits < 3) ms = ms * 10 + (text[at] - '0');
    ++digits;
    ++at;
  }
  if (digits == 0 || digits > 9) return {};
  for (std::size_t i = digits; i < 3; ++i)
    ms *= 10;
  return ms;
}

/// Reads "Z" or "+hh:mm" to the end of the text, as minutes east of UTC.
std::optional<int> read_offset_minutes(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  if ((text[at] == 'Z' || text[at] == 'z') && at + 1 == text.size()) return 0;
  if (text[at] != '+' && text[at] != '-') return {};
  if (at + 6 != text.size() || text[at + 3] != ':') return {};
  const int hour = read_digits(text, at + 1, 2);
  const int minute = read_digits(text, at + 4, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return {};
  return (text[at] == '-' ? -1 : 1) * (hour * 60 + minute);
}

}  // namespace

std::string to_rfc3339(timestamp at) {
  const auto day = floor<days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{at - day};
  std::array<char, 40> out{};
  const int size = std::snprintf(
      out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return {out.data(), static_cast<std::size_t>(size)};
}

std::optional<timestamp> parse_rfc3339(std::string_view text) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':') return {};
  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return {};
  const int year = read_digits(text, 0, 4);
  const int month = read_digits(text, 5, 2);
  const int day = read_digits(text, 8, 2);
  const int hour = read_digits(text, 11, 2);
  const int minute = read_digits(text, 14, 2);
  const int second = read_digits(text, 17, 2);
  if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return {};
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return {};
  std::size_t at = 19;
  const auto fraction = read_fraction_ms(text, at);
  if (!fraction) return {};
  const auto offset = read_offset_minutes(text, at);
  if (!offset) return {};
  return timestamp{std::chrono::sys_days{date}.time_since_epoch() + hours{hour} + minutes{minute} +
                   seconds{second} + milliseconds{*fraction} - minutes{*offset}};
}

std::int64_t business_day(timestamp at) { return floor<days>(at + nepal_offset).time_since_epoch().count(); }

std::string business_date_text(timestamp at) { return to_rfc3339(at + nepal_offset).substr(0, 10); }

int minute_of_day(timestamp at) {
  const auto local = at + nepal_offset;
  return static_cast<int>(floor<minutes>(local - floor<days>(local)).count());
}

}  // namespace chautari
