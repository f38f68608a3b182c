#pragma once
/// What is said to sign in as an operator, to stay signed in, and to keep the operators. Images in answers
/// carry no secret: no password hash, no TOTP secret, no fingerprint of a refresh token.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"
#include "protocols/operations/audit.hpp"
#include "protocols/operators/images.hpp"

namespace chautari {

/// The caller's side while nobody knows yet who calls.
struct operator_marks {
  std::string ip;
  std::string user_agent;
  std::string request_id;
};

/// All as typed. Refused with `invalid_credentials` for whatever reason: unknown address, wrong password,
/// wrong or used code, inactive, locked.
struct log_in_operator {
  std::string email;
  std::string password;
  std::string totp;  ///< Six digits.
  operator_marks marks;
};
/// For the log-in and each refresh.
struct operator_signed_in {
  operator_image who;
  operator_session_image session;
  std::string access;     ///< Ed25519, audience "admin".
  std::string refresh;    ///< The new one; the one before it counts 30 s longer.
  seconds expires_in{0};  ///< Of the access token.
};

/// `refresh_token_reused` ends the session; `invalid_refresh_token` changes nothing.
struct refresh_operator {
  std::string token;  ///< The refresh token itself.
  operator_marks marks;
};

/// Ends the caller's session. Answered even if it had ended before.
struct log_out_operator {
  operator_stamp stamp;
};

/// A password and a code once more, for what is sensitive. Failures count as those of the log-in.
struct reauthenticate_operator {
  operator_stamp stamp;
  std::string password;
  std::string totp;
};
struct operator_reauthenticated {
  operator_session_image session;
};

/// With `admins.manage` and a session that authenticated within limits::sensitive_within.
struct create_operator {
  operator_stamp stamp;
  std::string email;  ///< As typed.
  std::string name;
  operator_role role = operator_role::moderator;
  std::string password;
};
/// Fields that are set are changed. Of oneself, password, name and code without `admins.manage`; role and
/// activity never. Whose password, code or activity is changed loses every session but the caller's own.
struct change_operator {
  operator_stamp stamp;
  operator_id id;
  std::optional<std::string> name;
  std::optional<operator_role> role;
  std::optional<std::string> new_password;
  std::optional<bool> is_active;
  bool reset_totp = false;
  std::string reason;
};
/// A new TOTP secret is told this once.
struct operator_kept {
  operator_image who;
  std::string totp_secret;  ///< Base32; empty unless it is new.
  std::string otpauth_url;  ///< For a QR code; empty unless the secret is new.
};

struct list_operators {};
struct operator_list {
  std::vector<operator_image> operators;  ///< Oldest first, inactive ones too.
};
struct look_at_operator {
  operator_id id;
};

/// Live sessions, newest first.
struct list_operator_sessions {
  operator_id owner;
};
struct operator_session_list {
  std::vector<operator_session_image> sessions;
};
/// One's own; with `admins.manage` and limits::sensitive_within anybody's; else `session_not_found`.
struct revoke_operator_session {
  operator_stamp stamp;
  session_id session;
  std::string reason;
};

enum class operator_refusal : std::uint8_t {
  invalid_credentials = 1,
  invalid_refresh_token,  ///< Never ours, over, or its session has ended.
  refresh_token_reused,   ///< Ours, but used before: somebody has a copy. The session has ended.
  session_over,           ///< The caller's session has ended since the request was let in.
  permission_denied,
  reauthentication_required,
  operator_not_found,
  session_not_found,
  email_taken,
  invalid_email,
  unfit_password,  ///< Not limits::operator_password_chars_min..max characters, or the address itself.
  own_role,        ///< Nobody changes their own role,
  own_activity,    ///< nor puts themselves to rest.
  last_super_admin,
  too_many_operators,
  service_unavailable,  ///< The database or the password worker is busy or away; nothing has changed.
};
std::string to_string(operator_refusal why);

/// To the PASSWORDS: work of some 50 ms each.
struct hash_password {
  std::string password;
};
struct password_hashed {
  std::string encoded;
};
struct check_password {
  std::string encoded;  ///< Empty: there is none, but the work is done all the same.
  std::string password;
};
struct password_checked {
  bool fits = false;
};

}  // namespace chautari
