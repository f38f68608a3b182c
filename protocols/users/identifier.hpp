#pragma once
/// The addresses people sign in with, in the one form that every key, look-up and unique index uses.
///
/// Nepali mobile numbers follow the three-line rule in parse_identifier and not libphonenumber: Debian 12's
/// libphonenumber-dev depends on Boost 1.74 and cannot be installed beside the Boost 1.81 this server uses.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chautari {

enum class identifier_kind : std::uint8_t { email, phone };

/// Normalised: an e-mail address in lower case with its domain in punycode, or E.164 "+977XXXXXXXXXX".
struct identifier {
  identifier_kind kind = identifier_kind::email;
  std::string text;

  friend bool operator==(const identifier&, const identifier&) = default;
};

struct identifier_rules {
  bool allows_96 = false;  ///< Numbers that begin with 96 besides 97 and 98.
};

/// Nothing if it is neither. E-mail: blanks around it cut off, at most 254 bytes, the part before @ plain
/// ASCII (we cannot deliver to others), the domain by IDNA 2008 (UTS 46, non-transitional) with at least one
/// dot. Phone: blanks, hyphens, dots and brackets dropped, then ten digits 97/98, bare or after 977 or +977.
[[nodiscard]] std::optional<identifier> parse_identifier(std::string_view typed,
                                                         const identifier_rules& rules = {});

/// For answers and logs: "s***@example.com", "+97798******21".
[[nodiscard]] std::string masked(const identifier& whose);
/// The same for text that is normalised already.
[[nodiscard]] std::string masked_identifier(std::string_view normalised);
/// Of text that is normalised already.
[[nodiscard]] constexpr identifier_kind kind_of(std::string_view normalised) {
  return normalised.find('@') == std::string_view::npos ? identifier_kind::phone : identifier_kind::email;
}

/// 3 to 30 of A-Z a-z 0-9 _ . and not shaped like an address: neither all digits and dots, nor with an @.
[[nodiscard]] bool is_username(std::string_view text);

}  // namespace chautari
