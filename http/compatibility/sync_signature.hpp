#pragma once
/// How a bridge signs what it posts (stations_rentals_devices 5.1).

#include <string>
#include <string_view>

#include "protocols/base/time.hpp"

namespace chautari {

/// X-Timestamp may be so far from our clock.
inline constexpr seconds sync_clock_tolerance{300};

/// Base64 of HMAC-SHA256(secret, the body's bytes followed by the text of X-Timestamp).
[[nodiscard]] std::string sync_signature(std::string_view secret, std::string_view body,
                                         std::string_view timestamp_text);
/// In a time that does not tell how much of it was right.
[[nodiscard]] bool is_signed(std::string_view secret, std::string_view body, std::string_view timestamp_text,
                             std::string_view signature);
/// Unix seconds within the tolerance of `now`.
[[nodiscard]] bool is_timely(std::string_view timestamp_text, timestamp now);

}  // namespace chautari
