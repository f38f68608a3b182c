#pragma once
/// Access tokens: JWS compact (RFC 7515) with Ed25519 (RFC 8037), and the keys that sign and verify them.
///
/// Written on OpenSSL's EVP because the JOSE libraries of Debian 12 (cjose, jose, libjwt 1.10, cpp-jwt, POCO)
/// sign with RSA, ECDSA or HMAC only. There is one algorithm and it is never taken from the token, so a token
/// cannot choose how it is checked.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

/// What a token says. On the wire: iss, aud, sub, sid, jti, typ "access", role, tv, iat, nbf, exp (whole
/// seconds).
struct access_claims {
  std::string issuer;
  std::string audience;  ///< "app", "admin", "partner"
  user_id subject;
  session_id session;
  token_id id;
  std::string role;  ///< "user", "admin", "partner"
  std::int32_t token_version = 1;
  timestamp issued_at;
  timestamp not_before;
  timestamp expires_at;
};

enum class token_refusal : std::uint8_t {
  malformed = 1,  ///< Not three base64url parts of JSON objects with the claims above, or too long.
  unsupported,    ///< Another algorithm or type, or extensions that must be understood.
  unknown_key,    ///< No live key has this kid.
  bad_signature,
  wrong_issuer,
  wrong_audience,
  not_yet_valid,
  expired,
};
std::string to_string(token_refusal why);

/// The live keys. Immutable once loaded, so any thread may use it.
class key_ring {
public:
  /// Every *.pem of the directory (PKCS #8, Ed25519). The one whose name sorts last is the newest: it signs;
  /// all verify. Nothing without at least one key, with a foreign file among them or with more than
  /// limits::signing_keys_max; `why` then says so in a sentence.
  [[nodiscard]] static std::shared_ptr<const key_ring> load(const std::filesystem::path& directory,
                                                            std::string& why);
  /// Adds a new key, readable by its owner alone, named by the time; false with a sentence in `why`. Makes
  /// the directory if it is missing. Rotation: generate, restart, and remove the old file a token life later.
  [[nodiscard]] static bool generate(const std::filesystem::path& directory, timestamp now, std::string& why);

  [[nodiscard]] std::string sign(const access_claims& claims) const;

  /// Never throws, whatever the bytes. Times are compared without leeway: the clock that signed is ours.
  [[nodiscard]] std::variant<access_claims, token_refusal> verify(std::string_view token,
                                                                  std::string_view issuer,
                                                                  std::string_view audience,
                                                                  timestamp now) const;

  /// RFC 7638 thumbprints, the signing key's first.
  [[nodiscard]] std::vector<std::string> key_ids() const;

private:
  struct key;
  std::vector<std::shared_ptr<const key>> keys_;  ///< Newest first.
};

}  // namespace chautari
