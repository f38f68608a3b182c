#include "protocols/operators/secrets.hpp"

#include <argon2.h>
#include <liboath/oath.h>

#include <algorithm>
#include <array>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <cstdlib>
#include <memory>

#include "protocols/base/check.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/users/secrets.hpp"

namespace chautari {
namespace {

constexpr std::size_t salt_bytes = 16, hash_bytes = 32;  // RFC 9106, 3.1 and 4
constexpr std::size_t encoded_bytes_max = 128;
constexpr std::size_t totp_secret_bytes = 20;
constexpr unsigned totp_step_s = 30, totp_digits = 6;
constexpr std::size_t totp_window = 1;
constexpr std::size_t session_bytes = 16, token_random_bytes = 32, token_tail_hex = 16;

/// What liboath allocates.
struct freed {
  void operator()(char* memory) const { std::free(memory); }
};
using oath_text = std::unique_ptr<char, freed>;

std::string from_base32(const std::string& text) {
  char* bytes = nullptr;
  std::size_t size = 0;
  if (oath_base32_decode(text.data(), text.size(), &bytes, &size) != OATH_OK) return {};
  const oath_text owner{bytes};
  return {bytes, size};
}

std::time_t unix_seconds(timestamp now) {
  return std::chrono::floor<seconds>(now).time_since_epoch().count();
}

std::string tail_of(std::string_view head, std::string_view pepper) {
  return hmac_sha256_hex(pepper, "operator refresh|" + std::string{head}).substr(0, token_tail_hex);
}

std::string escaped(std::string_view text) {
  return boost::urls::encode(text, boost::urls::unreserved_chars);
}

}  // namespace

std::string hash_of_password(std::string_view password, const password_cost& cost,
                             const random_source& random) {
  const auto salt = draw_bytes(random, salt_bytes);
  std::array<char, encoded_bytes_max> encoded{};
  CHECK(argon2id_hash_encoded(cost.passes, cost.memory_kib, cost.lanes, password.data(), password.size(),
                              salt.data(), salt.size(), hash_bytes, encoded.data(),
                              encoded.size()) == ARGON2_OK);
  return encoded.data();
}

bool is_password(std::string_view password, const std::string& encoded) {
  return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

std::string draw_password(const random_source& random) {
  static constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789-";
  static_assert(letters.size() == 32);
  std::string password;
  for (const char byte : draw_bytes(random, 20))
    password += letters[static_cast<unsigned char>(byte) & 31U];
  return password;
}

bool is_fit_password(std::string_view password, std::string_view email) {
  const auto characters =
      static_cast<std::size_t>(std::count_if(password.begin(), password.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
      }));
  return characters >= limits::operator_password_chars_min &&
         characters <= limits::operator_password_chars_max && password != email;
}

std::string draw_totp_secret(const random_source& random) {
  const auto bytes = draw_bytes(random, totp_secret_bytes);
  char* text = nullptr;
  CHECK(oath_base32_encode(bytes.data(), bytes.size(), &text, nullptr) == OATH_OK);
  const oath_text owner{text};
  return text;
}

std::optional<std::int64_t> step_of_totp(const std::string& secret, const std::string& code, timestamp now) {
  const auto key = from_base32(secret);
  if (key.empty() || code.size() != totp_digits) return {};
  std::uint64_t step = 0;
  const auto found = oath_totp_validate3(key.data(), key.size(), unix_seconds(now), totp_step_s, 0,
                                         totp_window, nullptr, &step, code.c_str());
  if (found < 0) return {};
  return static_cast<std::int64_t>(step);
}

std::string totp_at(const std::string& secret, timestamp now) {
  const auto key = from_base32(secret);
  std::array<char, totp_digits + 1> code{};
  CHECK(oath_totp_generate(key.data(), key.size(), unix_seconds(now), totp_step_s, 0, totp_digits,
                           code.data()) == OATH_OK);
  return code.data();
}

std::string otpauth_url(std::string_view issuer, std::string_view email, std::string_view secret) {
  return "otpauth://totp/" + escaped(issuer) + ':' + escaped(email) + "?secret=" + std::string{secret} +
         "&issuer=" + escaped(issuer) + "&algorithm=SHA1&digits=6&period=30";
}

std::string draw_operator_token(const random_source& random, std::string_view pepper, session_id session) {
  const std::string head =
      std::string{session.value.begin(), session.value.end()} + draw_bytes(random, token_random_bytes);
  return to_base64url(head) + tail_of(head, pepper);
}

std::optional<session_id> session_of_operator_token(std::string_view token, std::string_view pepper) {
  constexpr std::size_t head_chars = (session_bytes + token_random_bytes) / 3 * 4;
  if (token.size() != head_chars + token_tail_hex) return {};
  const auto head = from_base64url(token.substr(0, head_chars));
  if (!head || !is_same_secret(token.substr(head_chars), tail_of(*head, pepper))) return {};
  session_id session;
  std::copy_n(head->begin(), session_bytes, session.value.begin());
  return session;
}

}  // namespace chautari
