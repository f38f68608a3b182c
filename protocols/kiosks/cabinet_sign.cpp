#include "protocols/kiosks/cabinet_sign.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <vector>

namespace chautari {

std::string sign_text(std::span<const signed_parameter> parameters) {
  std::vector<std::string> pairs;
  pairs.reserve(parameters.size());
  for (const auto& [key, value] : parameters)
    pairs.push_back(std::string{key}.append("=").append(value));
  std::sort(pairs.begin(), pairs.end());  // char_traits<char> compares as unsigned bytes.
  std::string text;
  for (const std::string& pair : pairs) {
    if (!text.empty()) text += '|';
    text += pair;
  }
  return text;
}

std::string cabinet_sign(std::span<const signed_parameter> parameters) {
  const std::string text = sign_text(parameters);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned digest_bytes = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &digest_bytes, EVP_md5(), nullptr) != 1) return {};
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * std::size_t{digest_bytes});
  for (unsigned at = 0; at < digest_bytes; ++at) {
    hex += digits[digest[at] >> 4U];
    hex += digits[digest[at] & 0x0FU];
  }
  return hex;
}

bool sign_matches(std::span<const signed_parameter> parameters, std::string_view sign) {
  return !sign.empty() && cabinet_sign(parameters) == sign;
}

}  // namespace chautari
