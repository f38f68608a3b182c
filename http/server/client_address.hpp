#pragma once
/// Who is really calling, when proxies stand between.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chautari {

/// IPv6, or IPv4 in its mapped form (::ffff:a.b.c.d).
using address_bytes = std::array<std::uint8_t, 16>;
[[nodiscard]] std::optional<address_bytes> parse_address(std::string_view text);

/// Addresses and CIDR blocks of our own proxies.
class trusted_peers {
public:
  /// Nothing if an entry is neither an address nor a block.
  [[nodiscard]] static std::optional<trusted_peers> parse(const std::vector<std::string>& entries);

  [[nodiscard]] bool contains(std::string_view address) const;
  [[nodiscard]] bool empty() const { return blocks_.empty(); }

  /// The right-most hop of X-Forwarded-For that is not one of us; the peer itself if the peer is not trusted,
  /// the header is missing, or a hop on the way is no address.
  [[nodiscard]] std::string client_of(std::string_view peer, std::string_view forwarded_for) const;

private:
  struct block {
    address_bytes prefix;
    int bits;
  };
  std::vector<block> blocks_;
};

/// What a rate is counted by: the address, for IPv6 its /64, because one household owns that many.
[[nodiscard]] std::string rate_key_of(std::string_view address);

}  // namespace chautari
