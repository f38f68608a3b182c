#pragma once
/// The last guard before a line is written: what must never be in a log is blotted out by its shape.

#include <string>
#include <string_view>

namespace chautari {

inline constexpr std::string_view redacted_text = "[redacted]";

/// Blots out e-mail addresses, Nepali mobile numbers (10 digits from 96, 97 or 98, with or without 977),
/// tokens of three base64url parts and whatever follows "Bearer ". IMEIs, UUIDs and amounts stay.
[[nodiscard]] std::string redact(std::string text);

/// True for names whose value is a secret whatever it looks like: token, otp, password, pepper, ...
[[nodiscard]] bool is_secret_name(std::string_view name);

}  // namespace chautari
