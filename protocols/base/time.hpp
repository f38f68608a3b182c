#pragma once
/// Points in time and their text. One type everywhere: milliseconds since 1970 in UTC.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace chautari {

using milliseconds = std::chrono::milliseconds;
using seconds = std::chrono::seconds;
using minutes = std::chrono::minutes;
using hours = std::chrono::hours;
using timestamp = std::chrono::sys_time<milliseconds>;

/// Where "now" comes from. Real in the server, a hand-wound one in tests; never read the system's clock
/// elsewhere.
using clock_source = std::function<timestamp()>;

[[nodiscard]] constexpr std::int64_t to_ms(timestamp at) { return at.time_since_epoch().count(); }
[[nodiscard]] constexpr timestamp from_ms(std::int64_t ms) { return timestamp{milliseconds{ms}}; }

/// RFC 3339 in UTC with milliseconds, "2026-01-02T03:04:05.678Z".
[[nodiscard]] std::string to_rfc3339(timestamp at);
/// Reads RFC 3339 with any offset and up to nine fraction digits (cut to milliseconds); nothing if malformed.
[[nodiscard]] std::optional<timestamp> parse_rfc3339(std::string_view text);

/// Nepal keeps UTC+05:45 all year; business days and opening hours follow it.
inline constexpr minutes nepal_offset{5 * 60 + 45};
/// Days since 1970-01-01 in Asia/Kathmandu.
[[nodiscard]] std::int64_t business_day(timestamp at);
/// That day's name, "2026-01-31".
[[nodiscard]] std::string business_date_text(timestamp at);
/// Minutes since local midnight in Asia/Kathmandu, 0..1439.
[[nodiscard]] int minute_of_day(timestamp at);

}  // namespace chautari
