#include "protocols/operators/permissions.hpp"

namespace chautari {
namespace {

constexpr auto none = grant::none, read = grant::read, part = grant::limited, full = grant::full;

struct matrix_row {
  permission what;
  std::string_view key;
  std::array<grant, operator_roles> by_role;  ///< super_admin, admin, moderator, operator, finance
};

constexpr std::array<matrix_row, permissions> matrix{{
    {permission::self, "self", {full, full, full, full, full}},
    {permission::users, "users.write", {full, full, read, none, read}},
    {permission::wallet_adjust, "wallet.adjust", {full, none, none, none, full}},
    {permission::points_adjust, "points.adjust", {full, full, none, none, full}},
    {permission::kyc_review, "kyc.review", {full, full, full, none, none}},
    {permission::stations, "stations.write", {full, full, read, read, none}},
    {permission::station_commands, "stations.command", {full, full, none, part, none}},
    {permission::fleet, "fleet.write", {full, full, read, full, none}},
    {permission::rentals, "rentals.override", {full, full, read, read, read}},
    {permission::issues, "issues.manage", {full, full, full, full, none}},
    {permission::pricing, "pricing.write", {full, part, read, none, read}},
    {permission::finance, "finance.approve", {full, read, none, none, full}},
    {permission::content, "content.write", {full, full, full, none, none}},
    {permission::broadcasts, "notify.broadcast", {full, full, part, none, none}},
    {permission::ads, "ads.manage", {full, full, read, none, read}},
    {permission::partners, "partners.manage", {full, full, none, none, read}},
    {permission::payouts, "payouts.manage", {full, none, none, none, full}},
    {permission::analytics, "analytics.read", {full, full, full, part, full}},
    {permission::config, "config.write", {full, part, none, none, none}},
    {permission::audit, "audit.read", {full, read, none, none, read}},
    {permission::system, "system.read", {full, read, none, none, none}},
    {permission::admins, "admins.manage", {full, none, none, none, none}},
}};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < matrix.size(); ++i)
    if (static_cast<std::size_t>(matrix[i].what) != i) return false;
  return true;
}
static_assert(is_in_order());

constexpr std::array<std::string_view, operator_roles> role_names{"super_admin", "admin", "moderator",
                                                                  "operator", "finance"};

}  // namespace

std::string to_string(operator_role role) {
  return std::string{role_names.at(static_cast<std::size_t>(role))};
}

std::optional<operator_role> parse_operator_role(std::string_view text) {
  for (std::size_t i = 0; i < role_names.size(); ++i)
    if (role_names.at(i) == text) return static_cast<operator_role>(i);
  return {};
}

std::string_view to_text(permission what) { return matrix.at(static_cast<std::size_t>(what)).key; }

std::string_view to_text(grant level) {
  constexpr std::array<std::string_view, 4> names{"none", "read", "limited", "full"};
  return names.at(static_cast<std::size_t>(level));
}

grant grant_of(operator_role role, permission what) {
  return matrix.at(static_cast<std::size_t>(what)).by_role.at(static_cast<std::size_t>(role));
}

bool is_allowed(operator_role role, permission what, need wanted) {
  const auto has = grant_of(role, what);
  return wanted == need::read ? has != grant::none : has == grant::limited || has == grant::full;
}

}  // namespace chautari
