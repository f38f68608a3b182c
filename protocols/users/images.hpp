#pragma once
/// Riders and their sessions, as stored.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

enum class user_status : std::uint8_t { active, inactive, banned, deleted };
std::string to_string(user_status status);
std::optional<user_status> parse_user_status(std::string_view text);

struct user_image {
  user_id id;
  std::string username;  ///< Unique without regard to case.
  std::string email;     ///< Normalised; empty if none. Unique.
  std::string phone;     ///< E.164; empty if none. Unique.
  user_status status = user_status::active;
  std::string referral_code;  ///< Unique.
  std::string referred_by;    ///< Somebody's code, given at registration; empty if none.
  std::int32_t token_version = 1;
  timestamp created_at;
  timestamp last_login_at;
};

struct session_image {
  session_id id;
  user_id user;
  timestamp created_at;
  timestamp last_used_at;
  std::string ip;
  std::string user_agent;
  std::optional<timestamp> revoked_at;
  std::string revoke_reason;
};

/// One per session is live; a used one stays valid 30 s for lost replies, later use revokes the session.
struct refresh_token_image {
  token_id id;
  session_id session;
  std::string hash;  ///< SHA-256, hex.
  timestamp issued_at;
  timestamp expires_at;
  std::optional<timestamp> used_at;
};

/// The one live code of an identifier. No code at all: `hash` empty.
struct otp_image {
  std::string identifier;
  std::string purpose;
  std::string hash;  ///< HMAC-SHA256(pepper, identifier | purpose | code), hex.
  std::int32_t attempts = 0;
  timestamp expires_at;
  std::int32_t kills = 0;  ///< Codes killed by misses since `kills_since`.
  timestamp kills_since;
  std::optional<timestamp> locked_until;
  std::int32_t lock_minutes = 0;        ///< Length of the last lock, doubled by the next.
  std::vector<timestamp> requested_at;  ///< When codes were asked for, oldest first; at most 10, of 24 h.
};

struct verification_token_image {
  std::string hash;  ///< SHA-256 of the token, hex.
  std::string identifier;
  std::string purpose;      ///< AUTH
  std::string fingerprint;  ///< Of the client that verified the code.
  timestamp expires_at;
  bool consumed = false;
};

}  // namespace chautari
