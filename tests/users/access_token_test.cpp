#include "protocols/users/access_token.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>

#include "protocols/base/limits.hpp"
#include "protocols/users/secrets.hpp"
#include "protocols/users/signing_key.hpp"
#include "tests/users/identity_world.hpp"

namespace chautari {
namespace {

constexpr timestamp now = from_ms(1'767'225'600'000);

/// Put together here so that no file of ours looks like one that holds a key.
std::string pem_of(const std::string& base64_lines) {
  const std::string label = "PRIVATE KEY-----\n";
  return "-----BEGIN " + label + base64_lines + "-----END " + label;
}

access_claims claims_now() {
  access_claims claims;
  claims.issuer = "chautari";
  claims.audience = "app";
  claims.subject = *user_id::parse("0197a000-0000-7000-8000-000000000001");
  claims.session = *session_id::parse("0197a000-0000-7000-8000-000000000002");
  claims.id = *token_id::parse("0197a000-0000-7000-8000-000000000003");
  claims.role = "user";
  claims.token_version = 3;
  claims.issued_at = now;
  claims.not_before = now;
  claims.expires_at = now + minutes{15};
  return claims;
}

/// "" if the token is good.
std::string verdict(const key_ring& keys, std::string_view token, timestamp at = now,
                    std::string_view audience = "app", std::string_view issuer = "chautari") {
  const auto checked = keys.verify(token, issuer, audience, at);
  const auto* why = std::get_if<token_refusal>(&checked);
  return why == nullptr ? "" : to_string(*why);
}

/// A token of any header and payload, rightly signed by `key` over what it says.
std::string forge(const signing_key& key, const std::string& header, const std::string& payload) {
  const auto text = to_base64url(header) + '.' + to_base64url(payload);
  return text + '.' + to_base64url(key.sign(text));
}

struct known_key {
  testing::temporary_folder folder;
  signing_key pair = signing_key::draw();
  std::shared_ptr<const key_ring> keys;
  std::string good;
  std::string payload;

  known_key() {
    std::ofstream{folder.path / "1.pem"} << pair.to_pem();
    std::string why;
    keys = key_ring::load(folder.path, why);
    EXPECT_TRUE(keys) << why;
    good = keys->sign(claims_now());
    payload = *from_base64url(good.substr(good.find('.') + 1, good.rfind('.') - good.find('.') - 1));
  }
  [[nodiscard]] std::string header(const std::string& more = "") const {
    return R"({"alg":"EdDSA","typ":"JWT","kid":")" + pair.thumbprint() + "\"" + more + "}";
  }
  /// The good payload with one member changed (or, with null, removed).
  [[nodiscard]] std::string with(std::string_view name, boost::json::value value) const {
    auto object = boost::json::parse(payload).as_object();
    if (value.is_null())
      object.erase(name);
    else
      object[name] = std::move(value);
    return forge(pair, header(), boost::json::serialize(object));
  }
};

TEST(access_token, what_was_signed_is_read_again) {
  const known_key k;
  const auto checked = k.keys->verify(k.good, "chautari", "app", now);
  const auto* claims = std::get_if<access_claims>(&checked);
  ASSERT_NE(claims, nullptr);
  EXPECT_EQ(claims->subject, claims_now().subject);
  EXPECT_EQ(claims->session, claims_now().session);
  EXPECT_EQ(claims->id, claims_now().id);
  EXPECT_EQ(claims->role, "user");
  EXPECT_EQ(claims->token_version, 3);
  EXPECT_EQ(claims->expires_at, now + minutes{15});
}

TEST(access_token, the_key_id_and_signature_agree_with_rfc_8037) {
  // Appendix A.1 to A.4: the private key of the examples as PKCS #8.
  const auto key =
      signing_key::from_pem(pem_of("MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"));
  ASSERT_FALSE(key.is_empty());
  EXPECT_EQ(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  EXPECT_EQ(to_base64url(key.sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc")),
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
}

TEST(access_token, a_token_cannot_choose_how_it_is_checked) {
  const known_key k;
  const auto kid = k.pair.thumbprint();
  const auto unsigned_token = to_base64url(R"({"alg":"none","typ":"JWT","kid":")" + kid + "\"}") + '.' +
                              to_base64url(k.payload) + '.';
  EXPECT_EQ(verdict(*k.keys, unsigned_token), "unsupported");

  // HS256 with the public key as the secret, the classical confusion.
  const auto text =
      to_base64url(R"({"alg":"HS256","typ":"JWT","kid":")" + kid + "\"}") + '.' + to_base64url(k.payload);
  const auto tag = hmac_sha256_hex(k.pair.public_bytes(), text);
  EXPECT_EQ(verdict(*k.keys, text + '.' + to_base64url(tag)), "unsupported");

  for (const auto* alg : {"\"eddsa\"", "\"RS256\"", "\"\"", "null", "[\"EdDSA\"]", "1"}) {
    const auto odd =
        forge(k.pair, std::string{R"({"alg":)"} + alg + R"(,"typ":"JWT","kid":")" + kid + "\"}", k.payload);
    EXPECT_EQ(verdict(*k.keys, odd), "unsupported") << alg;
  }
  EXPECT_EQ(verdict(*k.keys, forge(k.pair, k.header(R"(,"crit":["exp"])"), k.payload)), "unsupported");
  EXPECT_EQ(verdict(*k.keys, forge(k.pair, R"({"alg":"EdDSA","kid":")" + kid + "\"}", k.payload)),
            "unsupported");
}

TEST(access_token, a_key_that_is_not_ours_does_not_count) {
  const known_key k;
  const auto stranger = signing_key::draw();
  EXPECT_EQ(verdict(*k.keys, forge(stranger, k.header(), k.payload)), "bad_signature");
  const auto own_kid = R"({"alg":"EdDSA","typ":"JWT","kid":")" + stranger.thumbprint() + "\"}";
  EXPECT_EQ(verdict(*k.keys, forge(stranger, own_kid, k.payload)), "unknown_key");
  EXPECT_EQ(verdict(*k.keys, forge(k.pair, R"({"alg":"EdDSA","typ":"JWT"})", k.payload)), "unknown_key");
  // A key that comes with the token is not even looked at.
  const auto with_jwk = R"({"alg":"EdDSA","typ":"JWT","kid":"x","jwk":{"kty":"OKP","crv":"Ed25519","x":")" +
                        to_base64url(stranger.public_bytes()) + "\"}}";
  EXPECT_EQ(verdict(*k.keys, forge(stranger, with_jwk, k.payload)), "unknown_key");
}

TEST(access_token, one_changed_bit_is_noticed_wherever_it_is) {
  const known_key k;
  for (std::size_t at = 0; at < k.good.size(); ++at) {
    auto changed = k.good;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_NE(verdict(*k.keys, changed), "") << at;
  }
}

TEST(access_token, every_piece_of_a_token_is_refused_in_peace) {
  const known_key k;
  for (std::size_t size = 0; size < k.good.size(); ++size)
    EXPECT_NE(verdict(*k.keys, std::string_view{k.good}.substr(0, size)), "") << size;
  EXPECT_EQ(verdict(*k.keys, k.good + ".x"), "malformed");
  EXPECT_EQ(verdict(*k.keys, k.good + "\n"), "malformed");
  EXPECT_EQ(verdict(*k.keys, " " + k.good), "malformed");
  EXPECT_EQ(verdict(*k.keys, ".."), "malformed");
  EXPECT_EQ(verdict(*k.keys, std::string(1'000'000, '.')), "malformed");
  EXPECT_EQ(verdict(*k.keys, std::string(limits::access_token_bytes_max + 1, 'A')), "malformed");
  EXPECT_EQ(verdict(*k.keys, forge(k.pair, std::string(400, '['), k.payload)), "malformed");
  EXPECT_EQ(verdict(*k.keys, forge(k.pair, "\"EdDSA\"", k.payload)), "malformed");
  EXPECT_EQ(verdict(*k.keys, forge(k.pair, k.header(), "[]")), "malformed");
  EXPECT_EQ(verdict(*k.keys, forge(k.pair, k.header(), std::string("\xff\x00", 2))), "malformed");
}

TEST(access_token, times_count_to_the_second) {
  const known_key k;
  EXPECT_EQ(verdict(*k.keys, k.good, now - seconds{1}), "not_yet_valid");
  EXPECT_EQ(verdict(*k.keys, k.good, now + minutes{15} - milliseconds{1}), "");
  EXPECT_EQ(verdict(*k.keys, k.good, now + minutes{15}), "expired");
}

TEST(access_token, it_is_good_for_one_audience_of_one_issuer) {
  const known_key k;
  EXPECT_EQ(verdict(*k.keys, k.good, now, "admin"), "wrong_audience");
  EXPECT_EQ(verdict(*k.keys, k.good, now, "app", "somebody"), "wrong_issuer");
  EXPECT_EQ(verdict(*k.keys, k.with("aud", boost::json::array{"app", "admin"})), "malformed");
}

TEST(access_token, a_rightly_signed_token_of_another_shape_is_no_access_token) {
  const known_key k;
  EXPECT_EQ(verdict(*k.keys, k.with("typ", "refresh")), "unsupported");
  for (const auto* name : {"iss", "aud", "sub", "sid", "jti", "role", "tv", "iat", "nbf", "exp"})
    EXPECT_EQ(verdict(*k.keys, k.with(name, nullptr)), "malformed") << name;
  EXPECT_EQ(verdict(*k.keys, k.with("sub", "somebody")), "malformed");
  EXPECT_EQ(verdict(*k.keys, k.with("exp", "1767225600")), "malformed");
  EXPECT_EQ(verdict(*k.keys, k.with("exp", 1.8e9)), "malformed");
  EXPECT_EQ(verdict(*k.keys, k.with("exp", std::numeric_limits<std::int64_t>::max())), "malformed");
  EXPECT_EQ(verdict(*k.keys, k.with("iat", -1)), "malformed");
  EXPECT_EQ(verdict(*k.keys, k.with("tv", std::int64_t{1} << 40)), "malformed");
}

TEST(key_ring, the_newest_key_signs_and_the_old_one_still_verifies) {
  const testing::temporary_folder folder;
  std::string why;
  ASSERT_TRUE(key_ring::generate(folder.path / "keys", now, why)) << why;
  const auto before = key_ring::load(folder.path / "keys", why);
  ASSERT_TRUE(before);
  const auto old_token = before->sign(claims_now());
  ASSERT_TRUE(key_ring::generate(folder.path / "keys", now + hours{1}, why)) << why;
  const auto after = key_ring::load(folder.path / "keys", why);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->key_ids().size(), 2U);
  EXPECT_EQ(after->key_ids().back(), before->key_ids().front());
  EXPECT_EQ(verdict(*after, old_token), "");
  EXPECT_EQ(verdict(*before, after->sign(claims_now())), "unknown_key");
  EXPECT_EQ(verdict(*after, after->sign(claims_now())), "");
}

TEST(key_ring, a_key_is_its_owners_alone_and_never_overwritten) {
  const testing::temporary_folder folder;
  std::string why;
  ASSERT_TRUE(key_ring::generate(folder.path, now, why));
  const auto file = folder.path / (std::to_string(to_ms(now)) + ".pem");
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_FALSE(key_ring::generate(folder.path, now, why));
  EXPECT_NE(why.find("cannot be written"), std::string::npos) << why;
}

TEST(key_ring, there_is_no_start_without_good_keys) {
  const testing::temporary_folder folder;
  std::string why;
  EXPECT_FALSE(key_ring::load(folder.path, why));
  EXPECT_NE(why.find("holds 0 keys"), std::string::npos) << why;
  EXPECT_FALSE(key_ring::load(folder.path / "missing", why));

  std::ofstream{folder.path / "1.pem"} << pem_of("nonsense\n");
  EXPECT_FALSE(key_ring::load(folder.path, why));
  EXPECT_NE(why.find("not a readable Ed25519"), std::string::npos) << why;

  // A P-256 key is a good key, but not of ours.
  std::ofstream{folder.path / "1.pem"} << pem_of(
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2\n"
      "OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r\n"
      "1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G\n");
  EXPECT_FALSE(key_ring::load(folder.path, why));

  std::filesystem::remove(folder.path / "1.pem");
  for (int count = 0; count <= static_cast<int>(limits::signing_keys_max); ++count)
    ASSERT_TRUE(key_ring::generate(folder.path, now + seconds{count}, why)) << why;
  EXPECT_FALSE(key_ring::load(folder.path, why));
}

}  // namespace
}  // namespace chautari
