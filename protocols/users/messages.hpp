#pragma once
/// What is said to sign in, to stay signed in and to leave.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"
#include "protocols/users/images.hpp"

namespace chautari {

/// What a code was asked for. One so far; step-ups (contact, deletion, withdrawal) will be further ones.
enum class code_purpose : std::uint8_t { auth };
std::string to_string(code_purpose purpose);

/// What a verified code leads to, known by the address alone.
enum class sign_in_purpose : std::uint8_t { log_in, register_user };
std::string to_string(sign_in_purpose purpose);

/// The caller's side, as far as the server sees it.
struct client_marks {
  std::string ip;
  std::string user_agent;
  std::string
      fingerprint;  ///< SHA-256 of the user agent: the client that verified must be the one that completes.
  std::string request_id{};
};

/// Send a code. The answer never tells whether somebody owns the address.
struct request_code {
  std::string identifier;  ///< Normalised.
  code_purpose purpose = code_purpose::auth;
  bool wants_app_hash = false;  ///< An Android app that reads the SMS by itself.
};
struct code_requested {
  std::string identifier;  ///< Masked.
  seconds expires_in{0};
  seconds resend_after{0};
};

/// Is this the code? Each miss is stored before it is answered.
struct verify_code {
  std::string identifier;
  code_purpose purpose = code_purpose::auth;
  std::string code;  ///< Six digits.
  client_marks client;
};
struct code_verified {
  std::string verification_token;
  sign_in_purpose purpose = sign_in_purpose::log_in;
  std::string identifier;  ///< Masked.
  seconds expires_in{0};
};

/// Register or log in with a verified address. The token is consumed with what it makes.
struct complete_sign_in {
  std::string identifier;
  std::string verification_token;
  std::string username;                    ///< Empty if not given.
  std::string referral_code;               ///< Empty if not given.
  std::optional<sign_in_purpose> insists;  ///< The caller takes only this outcome.
  client_marks client;
};
struct signed_in {
  user_image user;
  std::string access;
  std::string refresh;
  seconds expires_in{0};  ///< Of the access token.
  bool is_new_user = false;
};

/// A new pair for an old refresh token. The token itself does not travel: only its hash does.
struct refresh_session {
  session_id session;      ///< As the token claims.
  std::string token_hash;  ///< SHA-256, hex.
  client_marks client;
};

enum class log_out_reason : std::uint8_t {
  valid_blacklisted,
  token_missing,
  token_mismatch,
  already_invalid
};
std::string to_string(log_out_reason reason);

/// End the caller's session, or all sessions of the caller's.
struct log_out {
  session_id session;  ///< Of the access token.
  user_id user;
  bool has_token = false;    ///< A refresh token came along.
  session_id token_session;  ///< The session it claims; nil if it is none.
  std::string token_hash;
  bool all_devices = false;
  client_marks client{};
};
struct logged_out {
  timestamp at;
  bool token_revoked = false;
  log_out_reason reason = log_out_reason::token_missing;
};

/// End one session, whoever asks; ending it twice is ending it once.
struct end_session {
  session_id session;
  std::string reason;
};

/// Each is its own wire code; see http/users for the status.
enum class identity_refusal : std::uint8_t {
  rate_limit_exceeded = 1,  ///< context: retry_after_seconds
  otp_delivery_unavailable,
  otp_expired,
  invalid_otp,  ///< context: attempts_left
  otp_locked,   ///< context: retry_after_seconds
  verification_token_expired,
  identifier_mismatch,
  username_required,
  username_taken,
  user_already_exists,
  user_not_found,
  account_banned,
  account_deactivated,
  invalid_refresh_token,
  refresh_token_reused,
  service_unavailable,  ///< The journal or the reader cannot be reached; nothing happened.
};
std::string to_string(identity_refusal why);

}  // namespace chautari
