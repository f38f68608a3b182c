#pragma once
/// Ed25519 key pairs in PEM files (PKCS #8), through OpenSSL.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/time.hpp"

namespace chautari {

/// One key pair. Immutable; may be used by several threads at once.
class signing_key {
public:
  /// Nothing inside (`is_empty`) if the text is not the PEM of an Ed25519 private key.
  [[nodiscard]] static signing_key from_pem(const std::string& pem);
  [[nodiscard]] static signing_key draw();

  [[nodiscard]] bool is_empty() const { return pair_ == nullptr; }
  [[nodiscard]] std::string to_pem() const;
  /// 64 raw bytes.
  [[nodiscard]] std::string sign(std::string_view text) const;
  [[nodiscard]] bool has_signed(std::string_view text, std::string_view signature) const;
  /// 32 raw bytes.
  [[nodiscard]] std::string public_bytes() const;
  /// RFC 7638 over the key as JWK (RFC 8037, appendix A.3).
  [[nodiscard]] std::string thumbprint() const;

private:
  std::shared_ptr<void> pair_;  ///< An EVP_PKEY.
};

/// All *.pem of the directory, the name that sorts last first. Empty with a sentence in `why` if there is
/// none, one cannot be read, or there are more than `keys_max`.
[[nodiscard]] std::vector<signing_key> load_signing_keys(const std::filesystem::path& directory,
                                                         std::size_t keys_max, std::string& why);

/// Draws a key and writes "<milliseconds>.pem" with mode 0600; never overwrites.
[[nodiscard]] bool generate_signing_key(const std::filesystem::path& directory, timestamp now,
                                        std::string& why);

}  // namespace chautari
