#pragma once
/// Passwords (argon2id), one-time codes (TOTP) and refresh tokens of operators. What is stored of a password
/// and a token is a hash; the TOTP secret must be kept, because codes are computed from it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/id_source.hpp"
#include "protocols/base/ids.hpp"
#include "protocols/operators/settings.hpp"

namespace chautari {

// -- passwords; RFC 9106 by libargon2. Hashing and checking block for the cost, some 50 ms.

/// "$argon2id$v=19$m=...,t=...,p=...$salt$hash" with 16 random bytes of salt and 32 of hash.
[[nodiscard]] std::string hash_of_password(std::string_view password, const password_cost& cost,
                                           const random_source& random);
/// Costs what the hash says. False too if `encoded` is no such text.
[[nodiscard]] bool is_password(std::string_view password, const std::string& encoded);
/// A password for somebody who is given one: 20 characters of 32, 100 bits.
[[nodiscard]] std::string draw_password(const random_source& random);
/// True if the length is within the limits (characters of UTF-8) and it is not the address itself.
[[nodiscard]] bool is_fit_password(std::string_view password, std::string_view email);

// -- one-time codes; RFC 6238 with SHA-1, six digits and steps of 30 s, which every authenticator app knows,
//    by liboath.

/// 160 bits (RFC 4226, 4, R6) in Base32 (RFC 4648) without padding, 32 characters.
[[nodiscard]] std::string draw_totp_secret(const random_source& random);
/// The time step whose code this is: the current one, or one to either side for clocks that differ. Nothing
/// if it is none of theirs.
[[nodiscard]] std::optional<std::int64_t> step_of_totp(const std::string& secret, const std::string& code,
                                                       timestamp now);
/// The code of now.
[[nodiscard]] std::string totp_at(const std::string& secret, timestamp now);
/// "otpauth://totp/chautari:...", the form that authenticator apps read from a QR code
/// (github.com/google/google-authenticator/wiki/Key-Uri-Format).
[[nodiscard]] std::string otpauth_url(std::string_view issuer, std::string_view email,
                                      std::string_view secret);

// -- refresh tokens

/// base64url(session 16 bytes | 32 random bytes), then 16 hex digits of HMAC(pepper, those bytes): 80
/// characters. The tail tells a token that was ours, however old, from an invented one: only the former, seen
/// again, is a copy that somebody took.
[[nodiscard]] std::string draw_operator_token(const random_source& random, std::string_view pepper,
                                              session_id session);
/// Whose session it was drawn for; nothing if it was not drawn here.
[[nodiscard]] std::optional<session_id> session_of_operator_token(std::string_view token,
                                                                  std::string_view pepper);

}  // namespace chautari
