#pragma once
/// The signature of a cabinet's HTTP calls: `key=value` pairs in byte order, joined with '|', MD5, lower-case
/// hex. There is no secret in it: a wrong sign proves a broken caller, a right one proves nothing.

#include <span>
#include <string>
#include <string_view>

namespace chautari {

/// One signed query parameter; an absent value is empty text.
struct signed_parameter {
  std::string_view key;
  std::string_view value;
};

/// The text that is hashed.
[[nodiscard]] std::string sign_text(std::span<const signed_parameter> parameters);
/// 32 lower-case hex digits; empty if the crypto library refuses MD5, and then no sign matches.
[[nodiscard]] std::string cabinet_sign(std::span<const signed_parameter> parameters);
/// True if `sign` is exactly the signature of the parameters.
[[nodiscard]] bool sign_matches(std::span<const signed_parameter> parameters, std::string_view sign);

}  // namespace chautari
