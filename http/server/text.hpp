#pragma once
/// Small judgements about text that comes from outside.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace chautari {

/// UTF-8 as RFC 3629 wants it: no overlong form, no surrogate, nothing above U+10FFFF, and no NUL (PostgreSQL
/// takes none).
[[nodiscard]] bool is_clean_text(std::string_view text);

/// The beginning of `text` as clean text, for what is kept but never judged: at most `bytes_max` bytes, cut
/// between characters, '?' for each byte that belongs to none.
[[nodiscard]] std::string cleaned_text(std::string_view text, std::size_t bytes_max);

/// Decodes %XX (and '+' as space in queries) into clean text; nothing if malformed.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

/// 1..64 of [A-Za-z0-9._-].
[[nodiscard]] bool is_request_id(std::string_view text);

/// 1..255 visible ASCII characters.
[[nodiscard]] bool is_idempotency_key(std::string_view text);

/// The value of "Bearer <token>"; nothing for another scheme or an empty token.
[[nodiscard]] std::optional<std::string_view> bearer_token(std::string_view authorization);

/// True if the browser's page comes from this very host: "https://host:port" or "http://..." against the Host
/// header. An empty host is nobody's.
[[nodiscard]] bool is_same_origin(std::string_view origin, std::string_view host);

/// The value of a cookie in a Cookie header (RFC 6265, 4.2); the first if there are several.
[[nodiscard]] std::optional<std::string_view> cookie_in(std::string_view header, std::string_view name);

/// True for application/json and application/<anything>+json, whatever the parameters.
[[nodiscard]] bool is_json_type(std::string_view content_type);

/// ASCII, ignoring case.
[[nodiscard]] bool same_ignoring_case(std::string_view a, std::string_view b);

}  // namespace chautari
