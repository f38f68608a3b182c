#include "protocols/users/secrets.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <random>
#include <set>
#include <vector>

namespace chautari {
namespace {

random_source from(std::vector<std::uint64_t> words) {
  return [words = std::move(words), at = std::size_t{0}]() mutable { return words[at++ % words.size()]; };
}

random_source seeded(std::uint64_t seed) {
  return [engine = std::mt19937_64{seed}]() mutable { return engine(); };
}

TEST(secrets, hashes_agree_with_published_vectors) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, test case 2.
  EXPECT_EQ(hmac_sha256_hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(secrets, base64url_reads_what_it_wrote_and_nothing_else) {
  for (const std::string bytes : {"", "f", "fo", "foo", "foob", "\xff\xfe\xfd"})
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
  EXPECT_EQ(to_base64url("\xfb\xff"), "-_8");
  for (const auto* bad : {"A", "AAAAA", "Zg==", "Zm 8", "Zm+8", "Zm/8", "Zh", "Zm9\n"})
    EXPECT_FALSE(from_base64url(bad)) << bad;
}

TEST(secrets, a_code_keeps_its_leading_zeros_and_reaches_both_ends) {
  EXPECT_EQ(draw_code(from({7})), "000007");
  EXPECT_EQ(draw_code(from({0})), "000000");
  EXPECT_EQ(draw_code(from({999'999})), "999999");
}

TEST(secrets, a_draw_that_would_favour_small_codes_is_thrown_away) {
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(draw_code(from({most, most / 1'000'000 * 1'000'000, 42})), "000042");
  EXPECT_EQ(draw_code(from({most / 1'000'000 * 1'000'000 - 1})), "999999");
}

TEST(secrets, codes_are_spread_evenly) {
  const auto random = seeded(1);
  std::array<int, 10> first{};
  std::array<int, 10> last{};
  for (int drawn = 0; drawn < 20'000; ++drawn) {
    const auto code = draw_code(random);
    ASSERT_EQ(code.size(), 6U);
    ++first[static_cast<std::size_t>(code.front() - '0')];
    ++last[static_cast<std::size_t>(code.back() - '0')];
  }
  for (std::size_t digit = 0; digit < 10; ++digit) {
    EXPECT_NEAR(first[digit], 2'000, 250) << digit;
    EXPECT_NEAR(last[digit], 2'000, 250) << digit;
  }
}

TEST(secrets, the_hash_of_a_code_depends_on_everything) {
  const std::set<std::string> hashes{hash_of_code("pepper", "+9779812345678", "AUTH", "123456"),
                                     hash_of_code("other", "+9779812345678", "AUTH", "123456"),
                                     hash_of_code("pepper", "+9779812345679", "AUTH", "123456"),
                                     hash_of_code("pepper", "+9779812345678", "AUT", "123456"),
                                     hash_of_code("pepper", "+9779812345678", "AUTH", "123457")};
  EXPECT_EQ(hashes.size(), 5U);
}

TEST(secrets, a_verification_token_fits_its_address_only) {
  const auto token = draw_verification_token(seeded(2), "pepper", "a@example.com");
  EXPECT_EQ(fit_of_verification_token(token, "pepper", "a@example.com"), token_fit::fits);
  EXPECT_EQ(fit_of_verification_token(token, "pepper", "b@example.com"), token_fit::of_another);
  EXPECT_EQ(fit_of_verification_token(token, "other", "a@example.com"), token_fit::of_another);
  EXPECT_EQ(fit_of_verification_token(token.substr(1), "pepper", "a@example.com"), token_fit::malformed);
  EXPECT_EQ(fit_of_verification_token("", "pepper", "a@example.com"), token_fit::malformed);
  EXPECT_EQ(fit_of_verification_token(std::string(100'000, 'A'), "pepper", "a@example.com"),
            token_fit::malformed);
}

TEST(secrets, a_refresh_token_names_its_session) {
  const id_source ids{[] { return from_ms(1'767'225'600'000); }, seeded(3)};
  const auto session = ids.make<session_id>();
  const auto token = draw_refresh_token(ids.random, session);
  EXPECT_EQ(token.size(), 64U);
  EXPECT_EQ(session_of_refresh_token(token), session);
  EXPECT_NE(draw_refresh_token(ids.random, session), token);
  for (const auto& bad :
       {std::string{}, token.substr(1), token + "A", "!" + token.substr(1), std::string(4096, 'A')})
    EXPECT_FALSE(session_of_refresh_token(bad)) << bad;
}

TEST(secrets, a_referral_code_has_no_letter_that_is_read_wrong) {
  const auto random = seeded(4);
  for (int drawn = 0; drawn < 1'000; ++drawn) {
    const auto code = draw_referral_code(random);
    ASSERT_EQ(code.size(), 9U);
    EXPECT_TRUE(code.starts_with("REF"));
    EXPECT_EQ(code.find_first_of("01IO", 3), std::string::npos) << code;
  }
}

}  // namespace
}  // namespace chautari
