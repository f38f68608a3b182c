#include "protocols/operators/secrets.hpp"

#include <gtest/gtest.h>

#include <random>

namespace chautari::testing {
namespace {

constexpr password_cost cheap{8, 1, 1};
/// Base32 of "12345678901234567890", the key of RFC 6238's test vectors for SHA-1.
const std::string rfc_secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

random_source seeded(std::uint64_t seed = 1) {
  return [engine = std::make_shared<std::mt19937_64>(seed)] { return (*engine)(); };
}
timestamp at(std::int64_t second) { return timestamp{seconds{second}}; }

TEST(operator_passwords, only_the_password_itself_fits_and_no_two_hashes_are_alike) {
  const auto random = seeded();
  const auto encoded = hash_of_password("correct horse battery", cheap, random);
  EXPECT_TRUE(encoded.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << encoded;
  EXPECT_TRUE(is_password("correct horse battery", encoded));
  EXPECT_FALSE(is_password("correct horse batterz", encoded));
  EXPECT_FALSE(is_password("", encoded));
  EXPECT_NE(encoded, hash_of_password("correct horse battery", cheap, random));
}

TEST(operator_passwords, what_is_no_hash_fits_nobody) {
  for (const char* text : {"", "x", "$argon2id$", "$argon2i$v=19$m=8,t=1,p=1$MDEyMzQ1Njc$MDEyMzQ1Njc"})
    EXPECT_FALSE(is_password("", text)) << text;
}

TEST(operator_passwords, length_counts_characters_and_the_address_itself_is_none) {
  EXPECT_FALSE(is_fit_password("elevenchars", "a@b.np"));
  EXPECT_TRUE(is_fit_password("twelve chars", "a@b.np"));
  EXPECT_TRUE(is_fit_password("नमस्ते नेपाल", "a@b.np")) << "twelve characters of more bytes";
  EXPECT_FALSE(is_fit_password("नमस्ते", "a@b.np")) << "six characters of eighteen bytes";
  EXPECT_TRUE(is_fit_password(std::string(128, 'x'), "a@b.np"));
  EXPECT_FALSE(is_fit_password(std::string(129, 'x'), "a@b.np"));
  EXPECT_FALSE(is_fit_password("admin@example.com", "admin@example.com"));
  EXPECT_TRUE(is_fit_password(draw_password(seeded()), "a@b.np"));
}

TEST(operator_codes, are_those_of_rfc_6238) {
  // Appendix B, the last six of the eight digits.
  EXPECT_EQ(totp_at(rfc_secret, at(59)), "287082");
  EXPECT_EQ(totp_at(rfc_secret, at(1111111109)), "081804");
  EXPECT_EQ(totp_at(rfc_secret, at(1234567890)), "005924");
  EXPECT_EQ(totp_at(rfc_secret, at(20000000000)), "353130");
}

TEST(operator_codes, count_one_step_to_either_side_and_tell_which) {
  const auto code = totp_at(rfc_secret, at(1234567890));
  EXPECT_EQ(step_of_totp(rfc_secret, code, at(1234567890)), 1234567890 / 30);
  EXPECT_EQ(step_of_totp(rfc_secret, code, at(1234567890 + 30)), 1234567890 / 30);
  EXPECT_EQ(step_of_totp(rfc_secret, code, at(1234567890 - 30)), 1234567890 / 30);
  EXPECT_FALSE(step_of_totp(rfc_secret, code, at(1234567890 + 60)));
  EXPECT_FALSE(step_of_totp(rfc_secret, code, at(1234567890 - 60)));
  for (const char* typed : {"", "00592", "0059240", "abcdef", "00592 "})
    EXPECT_FALSE(step_of_totp(rfc_secret, typed, at(1234567890))) << typed;
  EXPECT_FALSE(step_of_totp("no base32!", code, at(1234567890)));
}

TEST(operator_codes, a_drawn_secret_has_160_bits_and_its_url_is_what_apps_read) {
  const auto secret = draw_totp_secret(seeded());
  EXPECT_EQ(secret.size(), 32U);
  EXPECT_EQ(secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos);
  EXPECT_EQ(otpauth_url("chautari", "a+b@example.com", "ABC"),
            "otpauth://totp/chautari:a%2Bb%40example.com?secret=ABC&issuer=chautari&algorithm=SHA1&digits=6&"
            "period=30");
}

TEST(operator_tokens, name_their_session_only_if_they_were_drawn_here) {
  const auto random = seeded();
  const session_id session{make_uuid_v7(at(1), 1, 2)};
  const auto token = draw_operator_token(random, "pepper", session);
  EXPECT_EQ(token.size(), 80U);
  EXPECT_EQ(session_of_operator_token(token, "pepper"), session);
  EXPECT_FALSE(session_of_operator_token(token, "another pepper"));
  for (std::size_t place = 0; place < token.size(); ++place) {
    auto forged = token;
    forged[place] = forged[place] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(session_of_operator_token(forged, "pepper")) << place;
  }
  EXPECT_FALSE(session_of_operator_token("", "pepper"));
  EXPECT_FALSE(session_of_operator_token(token + "0", "pepper"));
}

}  // namespace
}  // namespace chautari::testing
