#include "protocols/users/identifier.hpp"

#include <idn2.h>

#include <algorithm>
#include <memory>

#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back()))
    text.remove_suffix(1);
  return text;
}

std::string lowered(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  return out;
}

/// RFC 5321 dot-atom: what mailboxes look like in practice; quoted forms are refused.
bool is_mailbox(std::string_view text) {
  if (text.empty() || text.size() > limits::mailbox_bytes_max) return false;
  if (text.front() == '.' || text.back() == '.' || text.find("..") != std::string_view::npos) return false;
  static constexpr std::string_view signs = "!#$%&'*+-/=?^_`{|}~.";
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || is_letter(c) || signs.find(c) != std::string_view::npos;
  });
}

/// Punycode in lower case; empty if it is no domain.
std::string to_ascii_domain(std::string_view typed) {
  if (typed.empty() || typed.find('\0') != std::string_view::npos) return {};
  const std::string text{typed};
  char* made = nullptr;
  // Not IDN2_USE_STD3_ASCII_RULES: libidn2 2.3.3 then drops forbidden signs instead of refusing; is_domain
  // does.
  const int flags = IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT;
  if (idn2_to_ascii_8z(text.c_str(), &made, flags) != IDN2_OK) return {};
  const std::unique_ptr<char, void (*)(void*)> owner{made, idn2_free};
  return lowered(made);
}

/// Letters, digits and hyphens in labels of 1..63, at least two of them, the last one not a number.
bool is_domain(std::string_view text) {
  if (text.empty() || text.size() > 253 || text.find('.') == std::string_view::npos) return false;
  std::string_view label;
  while (true) {
    const auto dot = text.find('.');
    label = text.substr(0, dot);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!std::all_of(label.begin(), label.end(),
                     [](char c) { return is_digit(c) || is_letter(c) || c == '-'; }))
      return false;
    if (dot == std::string_view::npos) break;
    text.remove_prefix(dot + 1);
  }
  return !std::all_of(label.begin(), label.end(), is_digit);
}

std::optional<identifier> parse_email(std::string_view typed) {
  const auto at = typed.find('@');
  const auto mailbox = typed.substr(0, at);
  if (!is_mailbox(mailbox)) return {};
  const auto domain = to_ascii_domain(typed.substr(at + 1));
  if (!is_domain(domain)) return {};
  identifier made{identifier_kind::email, lowered(mailbox) + '@' + domain};
  if (made.text.size() > limits::identifier_bytes_max) return {};
  return made;
}

std::optional<identifier> parse_phone(std::string_view typed, const identifier_rules& rules) {
  const bool has_plus = !typed.empty() && typed.front() == '+';
  if (has_plus) typed.remove_prefix(1);
  std::string digits;
  for (const char c : typed) {
    if (is_digit(c))
      digits += c;
    else if (std::string_view{" -.()"}.find(c) == std::string_view::npos)
      return {};
  }
  if (digits.size() == 13 && digits.starts_with("977"))
    digits.erase(0, 3);
  else if (has_plus)
    return {};
  const bool is_mobile =
      digits.starts_with("97") || digits.starts_with("98") || (rules.allows_96 && digits.starts_with("96"));
  if (digits.size() != 10 || !is_mobile) return {};
  return identifier{identifier_kind::phone, "+977" + digits};
}

}  // namespace

std::optional<identifier> parse_identifier(std::string_view typed, const identifier_rules& rules) {
  typed = trimmed(typed);
  if (typed.empty() || typed.size() > limits::identifier_bytes_max) return {};
  if (typed.find('@') != std::string_view::npos) return parse_email(typed);
  return parse_phone(typed, rules);
}

std::string masked_identifier(std::string_view normalised) {
  const auto at = normalised.find('@');
  if (at != std::string_view::npos) {
    return std::string{normalised.substr(0, at == 0 ? 0 : 1)} + "***" + std::string{normalised.substr(at)};
  }
  if (normalised.size() < 8) return "***";
  return std::string{normalised.substr(0, 6)} + std::string(normalised.size() - 8, '*') +
         std::string{normalised.substr(normalised.size() - 2)};
}

std::string masked(const identifier& whose) { return masked_identifier(whose.text); }

bool is_username(std::string_view text) {
  if (text.size() < 3 || text.size() > 30) return false;
  const bool is_plain = std::all_of(
      text.begin(), text.end(), [](char c) { return is_digit(c) || is_letter(c) || c == '_' || c == '.'; });
  // A name of digits and separators reads like a telephone number and could be taken for somebody's.
  return is_plain && std::any_of(text.begin(), text.end(), is_letter);
}

}  // namespace chautari
