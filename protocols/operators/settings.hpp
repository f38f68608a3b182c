#pragma once
/// The figures of the admin realm. Defaults are the network's; config/ reads them from the configuration.

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/time.hpp"

namespace chautari {

/// What a password costs who guesses it. The first of the equal choices for argon2id in OWASP's Password
/// Storage Cheat Sheet: 46 MiB, one pass, one lane (48 ms here); the one with most memory, because guessing
/// machines are short of that.
struct password_cost {
  std::uint32_t memory_kib = 47'104;
  std::uint32_t passes = 1;
  std::uint32_t lanes = 1;
};

struct operator_settings {
  std::string issuer = "chautari";
  std::string audience = "admin";
  std::string pepper;  ///< Secret, of the one-time codes: tells refresh tokens that were ours from invented.

  seconds access_life{10 * 60};
  hours session_life{12};     ///< From the log-in: refreshing does not prolong it.
  seconds refresh_grace{30};  ///< A used refresh token counts so long, for answers that were lost.
  std::int32_t failures_max = 5;
  minutes first_lock{15};  ///< Doubled by each lock that follows within a day, up to last_lock.
  minutes last_lock{24 * 60};
  /// Addresses and CIDR blocks operators may come from; empty: from everywhere. The doors look.
  std::vector<std::string> allowed_networks;
  password_cost cost;
};

/// One sentence a line for each figure that makes no sense; empty if all is well.
[[nodiscard]] std::string check(const operator_settings& settings);

}  // namespace chautari
