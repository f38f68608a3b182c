#include "http/compatibility/sync_signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <array>
#include <charconv>
#include <limits>

#include "protocols/base/check.hpp"

namespace chautari {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string sync_signature(std::string_view secret, std::string_view body, std::string_view timestamp_text) {
  CHECK(secret.size() <= std::numeric_limits<int>::max());
  std::string bytes{body};
  bytes += timestamp_text;
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  unsigned int size = 0;
  CHECK(HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes_of(bytes), bytes.size(),
             digest.data(), &size) != nullptr);
  std::array<unsigned char, 4 * ((SHA256_DIGEST_LENGTH + 2) / 3) + 1> text{};
  const int length = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(size));
  return {text.begin(), text.begin() + length};
}

bool is_signed(std::string_view secret, std::string_view body, std::string_view timestamp_text,
               std::string_view signature) {
  const auto right = sync_signature(secret, body, timestamp_text);
  return signature.size() == right.size() && CRYPTO_memcmp(signature.data(), right.data(), right.size()) == 0;
}

bool is_timely(std::string_view timestamp_text, timestamp now) {
  std::int64_t said = 0;
  const auto* end = timestamp_text.data() + timestamp_text.size();
  const auto [stop, failed] = std::from_chars(timestamp_text.data(), end, said);
  if (failed != std::errc{} || stop != end) return false;
  const auto ours = to_ms(now) / 1000;
  const auto apart = sync_clock_tolerance.count();
  return said >= ours - apart && said <= ours + apart;
}

}  // namespace chautari
