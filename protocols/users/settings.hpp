#pragma once
/// The figures of sign-in. Defaults are the network's; config/ reads them from the configuration.

#include <cstdint>
#include <string>

#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"
#include "protocols/users/identifier.hpp"

namespace chautari {

struct identity_settings {
  std::string issuer = "chautari";
  std::string audience = "app";
  std::string pepper;    ///< Secret; at least 32 bytes, or the start is refused.
  std::string app_hash;  ///< Of the Android app, for its SMS retriever; empty leaves it out.
  identifier_rules numbers;

  // -- codes
  seconds code_life{300};
  std::int32_t code_attempts_max = 5;
  std::int32_t code_kills_max = 3;  ///< Codes killed by misses within an hour that lock the identifier.
  minutes first_lock{15};           ///< Doubled by each lock that follows within a day, up to last_lock.
  minutes last_lock{24 * 60};
  seconds verification_life{600};
  // -- per identifier; those per address are rate rules of the endpoints
  seconds code_request_gap{60};
  std::int32_t code_requests_per_hour = 5;
  std::int32_t code_requests_per_day = 10;  ///< At most limits::code_requests_kept_max.
  std::int32_t completes_per_hour = 10;
  // -- tokens
  seconds access_life{15 * 60};
  hours refresh_life{30 * 24};   ///< From the last refresh.
  hours session_life{180 * 24};  ///< From the sign-in, whatever happens.
  seconds refresh_grace{30};     ///< A used refresh token counts so long, for answers that were lost.
  std::int32_t refreshes_per_hour = 30;
  // -- registration
  point_count signup_points = 50;
  hours referral_life{30 * 24};  ///< Within it the invited rider must complete a rental.
  // -- delivery
  std::int64_t sms_per_day = 100'000;  ///< Of the whole network, by the business day.
};

/// One sentence for each figure that makes no sense; empty if all is well.
[[nodiscard]] std::string check(const identity_settings& settings);

}  // namespace chautari
