#pragma once
/// Codes, opaque tokens and their fingerprints. Nothing here keeps a secret; what is stored is always a hash.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/id_source.hpp"
#include "protocols/base/ids.hpp"

namespace chautari {

/// RFC 4648, 5, without padding.
[[nodiscard]] std::string to_base64url(std::string_view bytes);
/// Strict: no padding, no blanks, no stray bits at the end. Nothing if malformed.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

/// Lower-case hex, 64 characters.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);
/// Lower-case hex, 64 characters.
[[nodiscard]] std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);
/// Takes the same time wherever the first difference is (not for different sizes).
[[nodiscard]] bool is_same_secret(std::string_view a, std::string_view b);

/// `size` bytes of the source, whole.
[[nodiscard]] std::string draw_bytes(const random_source& random, std::size_t size);

/// Six digits, uniform over 000000..999999.
[[nodiscard]] std::string draw_code(const random_source& random);
/// What is stored of a code: HMAC-SHA256(pepper, identifier | purpose | code), hex.
[[nodiscard]] std::string hash_of_code(std::string_view pepper, std::string_view identifier,
                                       std::string_view purpose, std::string_view code);

/// "REF" and six characters of 32 without 0, O, 1, I.
[[nodiscard]] std::string draw_referral_code(const random_source& random);

/// base64url(32 random bytes | 8 bytes of HMAC(pepper, those bytes | identifier)). The tail tells a token of
/// somebody else from an old or invented one without a look into storage.
[[nodiscard]] std::string draw_verification_token(const random_source& random, std::string_view pepper,
                                                  std::string_view identifier);
enum class token_fit : std::uint8_t { malformed, of_another, fits };
[[nodiscard]] token_fit fit_of_verification_token(std::string_view token, std::string_view pepper,
                                                  std::string_view identifier);

/// An opaque refresh token: base64url(session_id 16 bytes | 32 random bytes), 64 characters.
[[nodiscard]] std::string draw_refresh_token(const random_source& random, session_id session);
/// The session a refresh token claims; nothing if it is none.
[[nodiscard]] std::optional<session_id> session_of_refresh_token(std::string_view token);

}  // namespace chautari
