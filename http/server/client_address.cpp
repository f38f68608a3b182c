#include "http/server/client_address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace chautari {

namespace {

constexpr int mapped_bits = 96;  // RFC 4291, 2.5.5.2: where the IPv4 address begins in its mapped form.

bool is_mapped(const address_bytes& address) {
  return std::all_of(address.begin(), address.begin() + 10, [](auto byte) { return byte == 0; }) &&
         address[10] == 0xFF && address[11] == 0xFF;
}

bool shares_prefix(const address_bytes& a, const address_bytes& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
  const int rest = bits % 8;
  return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t'))
    text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t'))
    text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<address_bytes> parse_address(std::string_view text) {
  const std::string terminated{text};
  address_bytes bytes{};
  if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1) return bytes;
  in_addr four{};
  if (inet_pton(AF_INET, terminated.c_str(), &four) != 1) return {};
  bytes[10] = bytes[11] = 0xFF;
  const auto* begin = reinterpret_cast<const std::uint8_t*>(&four);
  std::copy(begin, begin + 4, bytes.begin() + 12);
  return bytes;
}

std::optional<trusted_peers> trusted_peers::parse(const std::vector<std::string>& entries) {
  trusted_peers made;
  for (const std::string_view entry : entries) {
    const auto slash = entry.find('/');
    const auto address = parse_address(entry.substr(0, slash));
    if (!address) return {};
    int bits = 128;
    if (slash != std::string_view::npos) {
      const auto text = entry.substr(slash + 1);
      const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), bits);
      if (failed != std::errc{} || end != text.data() + text.size() || bits < 0) return {};
      if (is_mapped(*address)) bits += mapped_bits;
      if (bits > 128) return {};
    }
    made.blocks_.push_back({*address, bits});
  }
  return made;
}

bool trusted_peers::contains(std::string_view address) const {
  if (blocks_.empty()) return false;
  const auto bytes = parse_address(address);
  return bytes && std::ranges::any_of(blocks_, [&](const block& each) {
           return shares_prefix(*bytes, each.prefix, each.bits);
         });
}

std::string trusted_peers::client_of(std::string_view peer, std::string_view forwarded_for) const {
  std::string client{peer};
  while (contains(client) && !forwarded_for.empty()) {
    const auto comma = forwarded_for.rfind(',');
    const auto hop =
        trimmed(comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1));
    forwarded_for = comma == std::string_view::npos ? std::string_view{} : forwarded_for.substr(0, comma);
    if (!parse_address(hop)) break;
    client = hop;
  }
  return client;
}

std::string rate_key_of(std::string_view address) {
  const auto bytes = parse_address(address);
  if (!bytes || is_mapped(*bytes)) return std::string{address};
  return {bytes->begin(), bytes->begin() + 8};
}

}  // namespace chautari
