#pragma once
/// Who of the operators may do what. One table, read by the doors on every request and shown to the page.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chautari {

enum class operator_role : std::uint8_t { super_admin, admin, moderator, station_operator, finance };
inline constexpr std::size_t operator_roles = 5;
/// "super_admin", "admin", "moderator", "operator", "finance"
[[nodiscard]] std::string to_string(operator_role role);
[[nodiscard]] std::optional<operator_role> parse_operator_role(std::string_view text);

/// What a route can ask for. `self` is everybody's: one's own profile and sessions.
enum class permission : std::uint8_t {
  self,
  users,
  wallet_adjust,
  points_adjust,
  kyc_review,
  stations,
  station_commands,
  fleet,
  rentals,
  issues,
  pricing,
  finance,
  content,
  broadcasts,
  ads,
  partners,
  payouts,
  analytics,
  config,
  audit,
  system,
  admins,
};
inline constexpr std::size_t permissions = 22;
/// The keys of the matrix: "stations.write", "stations.command", "fleet.write", "admins.manage", ...
[[nodiscard]] std::string_view to_text(permission what);

/// What a role has of a permission. `limited` may change things within bounds that the handler knows (an
/// eject only with a reason, a draft only).
enum class grant : std::uint8_t { none, read, limited, full };
[[nodiscard]] std::string_view to_text(grant level);

/// What a route wants: to look or to change.
enum class need : std::uint8_t { read, write };

[[nodiscard]] grant grant_of(operator_role role, permission what);
[[nodiscard]] bool is_allowed(operator_role role, permission what, need wanted);

}  // namespace chautari
