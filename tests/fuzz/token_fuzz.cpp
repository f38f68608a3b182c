/// Any bytes as an access token, against real keys. The first byte chooses:
///   '0'  the rest is the token
///   '1'  "header\npayload\nsignature" in clear: put together as a token, forged
///   '2'  "header\npayload": signed with the newest key, by itself: what is sound and what is not, decided
///   twice '3'  pairs of bytes, place and value, written over a good token
/// What must hold: only what one of the keys has signed is ever accepted, and then it says what it was signed
/// with; whoever may come with it is decided by issuer, audience and time, and none of them is the token's to
/// choose.

#include <openssl/evp.h>
#include <stdlib.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/check.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/users/access_token.hpp"
#include "protocols/users/secrets.hpp"
#include "protocols/users/signing_key.hpp"

namespace {

using namespace chautari;

constexpr timestamp noon = from_ms(1'767'225'600'000);
constexpr std::string_view issuer = "chautari";
constexpr std::array<std::string_view, 3> audiences{"app", "admin", "partner"};

/// PKCS #8 (RFC 8410, 7) of the key whose 32 bytes are all `byte`: the same in each run, so that a corpus may
/// hold tokens that are good.
std::string pem_of(char byte) {
  std::string der{"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20", 16};
  der.append(32, byte);
  std::array<unsigned char, 128> text{};
  EVP_EncodeBlock(text.data(), reinterpret_cast<const unsigned char*>(der.data()),
                  static_cast<int>(der.size()));
  return "-----BEGIN "
         "PRIVATE KEY-----\n" +
         std::string{reinterpret_cast<const char*>(text.data())} +
         "\n-----END "
         "PRIVATE KEY-----\n";
}

struct known_keys {
  std::vector<signing_key> pairs;  ///< Newest first.
  std::shared_ptr<const key_ring> ring;
  std::string good_token;

  known_keys() {
    std::string folder = (std::filesystem::temp_directory_path() / "chautari-fuzz-XXXXXX").string();
    CHECK(::mkdtemp(folder.data()) != nullptr);
    for (const char byte : {'b', 'a'}) {
      std::ofstream{folder + "/" + byte + ".pem"} << pem_of(byte);
      pairs.push_back(signing_key::from_pem(pem_of(byte)));
      CHECK(!pairs.back().is_empty());
    }
    std::string why;
    ring = key_ring::load(folder, why);
    std::filesystem::remove_all(folder);
    CHECK(ring != nullptr);
    access_claims claims;
    claims.issuer = issuer;
    claims.audience = "app";
    claims.role = "user";
    claims.issued_at = claims.not_before = noon - seconds{1};
    claims.expires_at = noon + hours{1};
    good_token = ring->sign(claims);
  }
};

/// The judgement anew, with other code: OpenSSL's base64 and its verification over the very bytes.
bool has_a_signature(const known_keys& keys, std::string_view token) {
  const auto last = token.rfind('.');
  if (last == std::string_view::npos || token.size() - last - 1 != 86) return false;  // 64 bytes.
  std::string coded{token.substr(last + 1)};
  for (char& c : coded)
    c = c == '-' ? '+' : c == '_' ? '/' : c;
  coded += "==";
  std::array<unsigned char, 66> signature{};
  const auto* text = reinterpret_cast<const unsigned char*>(coded.data());
  if (EVP_DecodeBlock(signature.data(), text, static_cast<int>(coded.size())) != 66) return false;
  for (const auto& pair : keys.pairs) {
    if (pair.has_signed(token.substr(0, last), {reinterpret_cast<const char*>(signature.data()), 64}))
      return true;
  }
  return false;
}

void check_claims(std::string_view token, const access_claims& claims, std::string_view audience) {
  CHECK(claims.issuer == issuer && claims.audience == audience);
  CHECK(claims.not_before <= noon && noon < claims.expires_at);
  const auto first = token.find('.');
  const auto second = token.find('.', first + 1);
  CHECK(token.find('.', second + 1) == std::string_view::npos);
  const auto payload = from_base64url(token.substr(first + 1, second - first - 1));
  CHECK(payload.has_value());
  const auto said = boost::json::parse(*payload);
  CHECK(said.at("iss").as_string() == claims.issuer && said.at("role").as_string() == claims.role);
  CHECK(said.at("typ").as_string() == "access" && said.at("tv").as_int64() == claims.token_version);
  CHECK(user_id::parse(std::string{said.at("sub").as_string()}) == claims.subject);
  CHECK(session_id::parse(std::string{said.at("sid").as_string()}) == claims.session);
}

/// True if it is accepted by any realm.
bool judge(const known_keys& keys, std::string_view token) {
  bool is_accepted = false;
  for (const auto audience : audiences) {
    const auto verdict = keys.ring->verify(token, issuer, audience, noon);
    if (const auto* claims = std::get_if<access_claims>(&verdict)) {
      CHECK(!is_accepted);  // A token is for one realm.
      is_accepted = true;
      CHECK(token.size() <= limits::access_token_bytes_max);
      CHECK(has_a_signature(keys, token));
      check_claims(token, *claims, audience);
    } else {
      CHECK(!to_string(std::get<token_refusal>(verdict)).empty());
    }
  }
  if (!is_accepted) return false;
  // Nobody else's issuer, and never at another time.
  const auto is_taken = [&](std::string_view by, timestamp at) {
    return std::any_of(audiences.begin(), audiences.end(), [&](std::string_view audience) {
      return std::holds_alternative<access_claims>(keys.ring->verify(token, by, audience, at));
    });
  };
  CHECK(!is_taken("another", noon) && !is_taken(issuer, from_ms(-1)));
  return true;
}

std::string_view take_line(std::string_view& text) {
  const auto line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

/// What the fuzzer wrote over the good token; accepted if nothing was changed and else never.
void judge_overwritten(const known_keys& keys, std::string_view edits) {
  auto token = keys.good_token;
  for (; edits.size() >= 3; edits.remove_prefix(3)) {
    const auto place = static_cast<std::uint8_t>(edits[0]) << 8U | static_cast<std::uint8_t>(edits[1]);
    token[static_cast<std::size_t>(place) % token.size()] = edits[2];
  }
  if (edits.size() == 1) token.resize(static_cast<std::uint8_t>(edits[0]));
  CHECK(judge(keys, token) == (token == keys.good_token));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const known_keys keys;
  if (size < 1) return 0;
  std::string_view text{reinterpret_cast<const char*>(data), size};
  const char mode = text.front();
  text.remove_prefix(1);
  if (mode == '0') judge(keys, text);
  if (mode == '3') judge_overwritten(keys, text);
  if (mode != '1' && mode != '2') return 0;
  auto token = to_base64url(take_line(text)) + '.';
  token += to_base64url(take_line(text));
  const auto signature = mode == '1' ? std::string{text} : keys.pairs.front().sign(token);
  token += '.' + to_base64url(signature);
  const bool is_accepted = judge(keys, token);
  CHECK(mode == '2' || !is_accepted || has_a_signature(keys, token));
  return 0;
}
