#include "protocols/users/secrets.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <limits>

#include "protocols/base/check.hpp"

namespace chautari {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t token_random_bytes = 32;
constexpr std::size_t token_tail_bytes = 8;
constexpr std::size_t session_bytes = 16;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string to_hex(const unsigned char* bytes, std::size_t size) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * size);
  for (std::size_t at = 0; at < size; ++at) {
    out += digits[bytes[at] >> 4];
    out += digits[bytes[at] & 15];
  }
  return out;
}

std::array<unsigned char, SHA256_DIGEST_LENGTH> hmac(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> out{};
  unsigned int size = 0;
  CHECK(key.size() <= std::numeric_limits<int>::max());
  CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(bytes), bytes.size(),
             out.data(), &size) != nullptr);
  CHECK(size == out.size());
  return out;
}

std::string tail_of(std::string_view random_bytes, std::string_view pepper, std::string_view identifier) {
  const auto full = hmac(pepper, std::string{random_bytes} + std::string{identifier});
  return {reinterpret_cast<const char*>(full.data()), token_tail_bytes};
}

}  // namespace

std::string to_base64url(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (held += 8; held >= 6; held -= 6)
      out += alphabet[(bits >> (held - 6)) & 63U];
  }
  if (held > 0) out += alphabet[(bits << (6 - held)) & 63U];
  return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
  if (text.size() % 4 == 1) return {};
  std::string out;
  out.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const auto value = alphabet.find(c);
    if (value == std::string_view::npos) return {};
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>((bits >> held) & 0xFFU);
  }
  if ((bits & ((1U << held) - 1U)) != 0) return {};
  return out;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> out{};
  SHA256(bytes_of(bytes), bytes.size(), out.data());
  return to_hex(out.data(), out.size());
}

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) {
  const auto out = hmac(key, bytes);
  return to_hex(out.data(), out.size());
}

bool is_same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string draw_bytes(const random_source& random, std::size_t size) {
  std::string out;
  out.reserve(size);
  while (out.size() < size) {
    auto word = random();
    for (int byte = 0; byte < 8 && out.size() < size; ++byte, word >>= 8)
      out += static_cast<char>(word & 0xFFU);
  }
  return out;
}

std::string draw_code(const random_source& random) {
  constexpr std::uint64_t codes = 1'000'000;
  // The last, incomplete million of the 64-bit range would favour small codes: drawn again.
  constexpr std::uint64_t fair_below = std::numeric_limits<std::uint64_t>::max() / codes * codes;
  auto number = random();
  while (number >= fair_below)
    number = random();
  auto text = std::to_string(number % codes);
  return std::string(6 - text.size(), '0') + text;
}

std::string hash_of_code(std::string_view pepper, std::string_view identifier, std::string_view purpose,
                         std::string_view code) {
  // None of the parts can contain '|': addresses are normalised, purposes are ours, codes are digits.
  return hmac_sha256_hex(pepper,
                         std::string{identifier} + '|' + std::string{purpose} + '|' + std::string{code});
}

std::string draw_referral_code(const random_source& random) {
  static constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  static_assert(letters.size() == 32);
  std::string code = "REF";
  auto bits = random();
  for (int at = 0; at < 6; ++at, bits >>= 5)
    code += letters[bits & 31U];
  return code;
}

std::string draw_verification_token(const random_source& random, std::string_view pepper,
                                    std::string_view identifier) {
  const auto drawn = draw_bytes(random, token_random_bytes);
  return to_base64url(drawn + tail_of(drawn, pepper, identifier));
}

token_fit fit_of_verification_token(std::string_view token, std::string_view pepper,
                                    std::string_view identifier) {
  if (token.size() > 64) return token_fit::malformed;
  const auto bytes = from_base64url(token);
  if (!bytes || bytes->size() != token_random_bytes + token_tail_bytes) return token_fit::malformed;
  const std::string_view drawn = std::string_view{*bytes}.substr(0, token_random_bytes);
  const bool fits =
      is_same_secret(std::string_view{*bytes}.substr(token_random_bytes), tail_of(drawn, pepper, identifier));
  return fits ? token_fit::fits : token_fit::of_another;
}

std::string draw_refresh_token(const random_source& random, session_id session) {
  const std::string id{session.value.begin(), session.value.end()};
  return to_base64url(id + draw_bytes(random, token_random_bytes));
}

std::optional<session_id> session_of_refresh_token(std::string_view token) {
  if (token.size() != (session_bytes + token_random_bytes) / 3 * 4) return {};
  const auto bytes = from_base64url(token);
  if (!bytes) return {};
  session_id session;
  std::copy_n(bytes->begin(), session_bytes, session.value.begin());
  return session;
}

}  // namespace chautari
