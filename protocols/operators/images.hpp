#pragma once
/// Operators (the people of the admin realm) and their sessions, as stored.

#include <cstdint>
#include <optional>
#include <string>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"
#include "protocols/operators/permissions.hpp"

namespace chautari {

struct operator_image {
  operator_id id;
  std::string email;  ///< Normalised. Unique.
  std::string name;
  operator_role role = operator_role::moderator;
  bool is_active = true;
  std::string password_hash;        ///< argon2id in its encoded form, "$argon2id$v=19$m=...".
  std::string totp_secret;          ///< Base32 (RFC 4648), 160 bits; never leaves after its first showing.
  std::int64_t totp_last_step = 0;  ///< RFC 6238 time step used last: none counts twice.
  std::int32_t failures = 0;        ///< Failed logins in a row.
  std::optional<timestamp> locked_until;
  std::int32_t lock_minutes = 0;  ///< Length of the last lock, doubled by the next.
  std::optional<operator_id> created_by;
  timestamp created_at;
  std::optional<timestamp> last_login_at;
};

struct operator_session_image {
  session_id id;
  operator_id owner;
  timestamp created_at;
  timestamp last_used_at;
  timestamp expires_at;        ///< 12 h after the login: refreshing does not prolong it.
  timestamp authenticated_at;  ///< Last time a password and a code were shown.
  std::string ip;
  std::string user_agent;
  std::string refresh_hash;   ///< SHA-256 of the refresh token that is live, hex.
  std::string previous_hash;  ///< Of the one before it: seen again within 30 s it is a lost reply, later
                              ///< it ends the session. Empty if none.
  timestamp rotated_at;
  std::optional<timestamp> revoked_at;
  std::string revoke_reason;
};

}  // namespace chautari
