#include "protocols/users/identifier.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>

namespace chautari {
namespace {

std::string read(std::string_view typed, identifier_rules rules = {}) {
  const auto parsed = parse_identifier(typed, rules);
  return parsed ? parsed->text : "";
}

TEST(identifier, one_number_has_one_form_however_it_is_typed) {
  for (const auto* typed : {"9812345678", "9779812345678", "+9779812345678", " 98123-45678 ",
                            "+977 981 234 5678", "(981) 234-5678", "981.234.5678", "+977-98123 45678"})
    EXPECT_EQ(read(typed), "+9779812345678") << typed;
  EXPECT_EQ(read("9712345678"), "+9779712345678");
}

TEST(identifier, what_is_no_nepali_mobile_number_is_refused) {
  for (const auto* typed :
       {"", " ", "981234567", "98123456789", "9912345678", "0812345678", "+9812345678", "+9719812345678",
        "++9779812345678", "9812345678x", "98123/45678", "9812345678;", "977981234567", "00977981234567",
        "\u096f812345678", "98 12 34 56 78 +", "4412345678"})
    EXPECT_EQ(read(typed), "") << typed;
}

TEST(identifier, numbers_with_96_count_when_configured) {
  EXPECT_EQ(read("9612345678"), "");
  EXPECT_EQ(read("9612345678", {.allows_96 = true}), "+9779612345678");
}

TEST(identifier, an_address_is_trimmed_and_lowered_and_its_domain_is_punycode) {
  constexpr std::array<std::pair<const char*, const char*>, 7> cases{{
      {"Sita@Example.COM", "sita@example.com"},
      {"  sita@example.com\t", "sita@example.com"},
      {"a.b+c_d@sub.example.co", "a.b+c_d@sub.example.co"},
      {"x@B\u00dcCHER.example", "x@xn--bcher-kva.example"},
      {"x@b\u00fccher.example", "x@xn--bcher-kva.example"},
      {"x@xn--BCHER-kva.example", "x@xn--bcher-kva.example"},
      {"x@\u0928\u0947\u092a\u093e\u0932.com", "x@xn--l2bey1c2b.com"},
  }};
  for (const auto& [typed, wanted] : cases)
    EXPECT_EQ(read(typed), wanted) << typed;
}

TEST(identifier, what_is_no_address_is_refused) {
  const std::array<std::string, 21> cases{"@",
                                          "a@",
                                          "@example.com",
                                          "a@b",
                                          "a@@example.com",
                                          "a@b@example.com",
                                          "a b@example.com",
                                          ".a@example.com",
                                          "a.@example.com",
                                          "a..b@example.com",
                                          "a@-example.com",
                                          "a@example-.com",
                                          "a@example..com",
                                          "a@.example.com",
                                          "a@127.0.0.1",
                                          "\"a\"@example.com",
                                          "s\u00efta@example.com",
                                          std::string("a@exa\0mple.com", 14),
                                          "a@exam_ple.com",
                                          "a@exam\uff20ple.com",
                                          "a@exam ple.com"};
  for (const auto& typed : cases)
    EXPECT_EQ(read(typed), "") << typed;
}

TEST(identifier, lengths_are_bounded) {
  EXPECT_EQ(read(std::string(64, 'a') + "@example.com"), std::string(64, 'a') + "@example.com");
  EXPECT_EQ(read(std::string(65, 'a') + "@example.com"), "");
  EXPECT_EQ(read("a@" + std::string(63, 'b') + ".com"), "a@" + std::string(63, 'b') + ".com");
  EXPECT_EQ(read("a@" + std::string(64, 'b') + ".com"), "");
  EXPECT_EQ(read(std::string(100'000, '9')), "");
  EXPECT_EQ(read("a@" + std::string(100'000, 'b') + ".com"), "");
}

TEST(identifier, a_mask_shows_too_little_to_use) {
  EXPECT_EQ(masked(*parse_identifier("sita@example.com")), "s***@example.com");
  EXPECT_EQ(masked(*parse_identifier("9812345621")), "+97798******21");
  EXPECT_EQ(masked_identifier(""), "***");
}

TEST(identifier, a_username_cannot_look_like_somebodys_address) {
  for (const auto* good : {"abc", "Sita_Rai", "s.1", "a12345678901234567890123456789"})
    EXPECT_TRUE(is_username(good)) << good;
  for (const auto* bad : {"", "ab", "a123456789012345678901234567890", "9812345678", "977.981_234",
                          "sita@x.com", "si ta", "si-ta", "s\u0940ta", "_._"})
    EXPECT_FALSE(is_username(bad)) << bad;
}

}  // namespace
}  // namespace chautari
