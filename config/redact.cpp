#include "config/redact.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace chautari {
namespace {

constexpr std::array<std::string_view, 9> secret_names{
    "token", "otp", "password", "secret", "pepper", "bearer", "cookie", "credential", "authorization"};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_token_part(char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '_'; }
constexpr bool is_mail_part(char c) { return is_token_part(c) || c == '.' || c == '+' || c == '%'; }

template <class Belongs>
std::size_t run_end(std::string_view text, std::size_t at, Belongs belongs) {
  while (at < text.size() && belongs(text[at]))
    ++at;
  return at;
}

/// Where a token that begins at `at` ends; `at` itself if there is none.
std::size_t token_end(std::string_view text, std::size_t at) {
  constexpr std::string_view bearer = "Bearer ";
  if (text.substr(at).starts_with(bearer)) {
    return run_end(text, at + bearer.size(), [](char c) { return c != ' ' && c != '"' && c != ','; });
  }
  // A JWT's first part is the base64url of a JSON object: it begins with "eyJ".
  if (!text.substr(at).starts_with("eyJ") || (at > 0 && is_token_part(text[at - 1]))) return at;
  auto end = run_end(text, at, is_token_part);
  for (int dots = 0; dots < 2; ++dots) {
    if (end >= text.size() || text[end] != '.') return at;
    end = run_end(text, end + 1, is_token_part);
  }
  return end;
}

std::size_t phone_end(std::string_view text, std::size_t at) {
  if (!is_digit(text[at]) || (at > 0 && (is_token_part(text[at - 1]) || text[at - 1] == '.'))) return at;
  const auto end = run_end(text, at, is_digit);
  if (end < text.size() && (is_letter(text[end]) || text[end] == '_')) return at;
  auto digits = text.substr(at, end - at);
  if (digits.size() == 13 && digits.starts_with("977")) digits.remove_prefix(3);
  const bool is_mobile = digits.size() == 10 && digits[0] == '9' && digits[1] >= '6' && digits[1] <= '8';
  return is_mobile ? end : at;
}

std::size_t mail_end(std::string_view text, std::size_t at) {
  if (at > 0 && is_mail_part(text[at - 1])) return at;
  const auto name_end = run_end(text, at, is_mail_part);
  if (name_end == at || name_end >= text.size() || text[name_end] != '@') return at;
  const auto end = run_end(text, name_end + 1, is_mail_part);
  return end > name_end + 1 ? end : at;
}

}  // namespace

std::string redact(std::string text) {
  std::string clean;
  std::size_t kept = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::max({token_end(text, at), phone_end(text, at), mail_end(text, at)});
    if (end == at) {
      ++at;
      continue;
    }
    clean.append(text, kept, at - kept).append(redacted_text);
    at = kept = end;
  }
  if (kept == 0) return text;
  return clean.append(text, kept);
}

bool is_secret_name(std::string_view name) {
  std::string lower{name};
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return std::any_of(secret_names.begin(), secret_names.end(),
                     [&](std::string_view secret) { return lower.find(secret) != std::string::npos; });
}

}  // namespace chautari
