#include "protocols/users/access_token.hpp"

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <optional>

#include "protocols/base/limits.hpp"
#include "protocols/base/text.hpp"
#include "protocols/users/secrets.hpp"
#include "protocols/users/signing_key.hpp"

namespace chautari {
namespace {

constexpr word_table<token_refusal, 8> token_refusal_words{{
    {token_refusal::malformed, "malformed"},
    {token_refusal::unsupported, "unsupported"},
    {token_refusal::unknown_key, "unknown_key"},
    {token_refusal::bad_signature, "bad_signature"},
    {token_refusal::wrong_issuer, "wrong_issuer"},
    {token_refusal::wrong_audience, "wrong_audience"},
    {token_refusal::not_yet_valid, "not_yet_valid"},
    {token_refusal::expired, "expired"},
}};

constexpr std::int64_t seconds_max = 253'402'300'799;  // The last second of the year 9999.

struct token_parts {
  std::string header, payload, signature;
  std::string_view signed_text;
};

std::optional<token_parts> split(std::string_view token) {
  if (token.size() > limits::access_token_bytes_max) return {};
  const auto first = token.find('.');
  if (first == std::string_view::npos) return {};
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos) return {};
  auto header = from_base64url(token.substr(0, first));
  auto payload = from_base64url(token.substr(first + 1, second - first - 1));
  auto signature = from_base64url(token.substr(second + 1));  // A third dot is no base64url.
  if (!header || !payload || !signature) return {};
  return token_parts{std::move(*header), std::move(*payload), std::move(*signature), token.substr(0, second)};
}

std::optional<boost::json::object> parse_object(const std::string& text) {
  boost::json::parse_options strict;
  strict.max_depth = 4;
  boost::json::error_code failed;
  auto value = boost::json::parse(text, failed, {}, strict);
  if (failed || !value.is_object()) return {};
  return std::move(value.get_object());
}

std::optional<std::string> text_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  return std::string{value->get_string()};
}

std::optional<std::int64_t> number_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_int64()) return {};
  return value->get_int64();
}

std::optional<timestamp> time_at(const boost::json::object& object, std::string_view name) {
  const auto number = number_at(object, name);
  if (!number || *number < 0 || *number > seconds_max) return {};
  return timestamp{seconds{*number}};
}

template <class Id>
std::optional<Id> id_at(const boost::json::object& object, std::string_view name) {
  const auto text = text_at(object, name);
  if (!text) return {};
  return Id::parse(*text);
}

std::optional<access_claims> parse_claims(const boost::json::object& object) {
  auto issuer = text_at(object, "iss");
  auto audience = text_at(object, "aud");
  auto role = text_at(object, "role");
  const auto subject = id_at<user_id>(object, "sub");
  const auto session = id_at<session_id>(object, "sid");
  const auto id = id_at<token_id>(object, "jti");
  const auto version = number_at(object, "tv");
  const auto issued_at = time_at(object, "iat");
  const auto not_before = time_at(object, "nbf");
  const auto expires_at = time_at(object, "exp");
  if (!issuer || !audience || !role || !subject || !session || !id || !issued_at || !not_before ||
      !expires_at)
    return {};
  if (!version || *version < 0 || *version > 0x7FFFFFFF) return {};
  return access_claims{std::move(*issuer),
                       std::move(*audience),
                       *subject,
                       *session,
                       *id,
                       std::move(*role),
                       static_cast<std::int32_t>(*version),
                       *issued_at,
                       *not_before,
                       *expires_at};
}

std::int64_t whole_seconds(timestamp at) {
  return std::chrono::floor<seconds>(at).time_since_epoch().count();
}

}  // namespace

std::string to_string(token_refusal why) { return word_of(token_refusal_words, why); }

struct key_ring::key {
  signing_key pair;
  std::string id;
};

std::shared_ptr<const key_ring> key_ring::load(const std::filesystem::path& directory, std::string& why) {
  auto pairs = load_signing_keys(directory, limits::signing_keys_max, why);
  if (pairs.empty()) return nullptr;
  auto ring = std::make_shared<key_ring>();
  for (auto& pair : pairs) {
    auto id = pair.thumbprint();
    ring->keys_.push_back(std::make_shared<const key>(key{std::move(pair), std::move(id)}));
  }
  return ring;
}

bool key_ring::generate(const std::filesystem::path& directory, timestamp now, std::string& why) {
  return generate_signing_key(directory, now, why);
}

std::string key_ring::sign(const access_claims& claims) const {
  const auto& signer = *keys_.front();
  const boost::json::object header{{"alg", "EdDSA"}, {"typ", "JWT"}, {"kid", signer.id}};
  const boost::json::object payload{
      {"iss", claims.issuer},
      {"aud", claims.audience},
      {"sub", claims.subject.text()},
      {"sid", claims.session.text()},
      {"jti", claims.id.text()},
      {"typ", "access"},
      {"role", claims.role},
      {"tv", claims.token_version},
      {"iat", whole_seconds(claims.issued_at)},
      {"nbf", whole_seconds(claims.not_before)},
      {"exp", whole_seconds(claims.expires_at)},
  };
  std::string token = to_base64url(boost::json::serialize(header));
  token += '.';
  token += to_base64url(boost::json::serialize(payload));
  const auto signature = to_base64url(signer.pair.sign(token));
  return token + '.' + signature;
}

std::variant<access_claims, token_refusal> key_ring::verify(std::string_view token, std::string_view issuer,
                                                            std::string_view audience, timestamp now) const {
  const auto parts = split(token);
  if (!parts) return token_refusal::malformed;
  const auto header = parse_object(parts->header);
  if (!header) return token_refusal::malformed;
  const auto kid = text_at(*header, "kid");
  if (text_at(*header, "alg") != "EdDSA" || text_at(*header, "typ") != "JWT" || header->contains("crit"))
    return token_refusal::unsupported;
  const key* signer = nullptr;
  for (const auto& known : keys_) {
    if (kid == known->id) signer = known.get();
  }
  if (signer == nullptr) return token_refusal::unknown_key;
  if (!signer->pair.has_signed(parts->signed_text, parts->signature)) return token_refusal::bad_signature;

  const auto payload = parse_object(parts->payload);
  if (!payload) return token_refusal::malformed;
  if (text_at(*payload, "typ") != "access") return token_refusal::unsupported;
  auto claims = parse_claims(*payload);
  if (!claims) return token_refusal::malformed;
  if (claims->issuer != issuer) return token_refusal::wrong_issuer;
  if (claims->audience != audience) return token_refusal::wrong_audience;
  if (now < claims->not_before) return token_refusal::not_yet_valid;
  if (now >= claims->expires_at) return token_refusal::expired;
  return std::move(*claims);
}

std::vector<std::string> key_ring::key_ids() const {
  std::vector<std::string> ids;
  for (const auto& known : keys_)
    ids.push_back(known->id);
  return ids;
}

}  // namespace chautari
