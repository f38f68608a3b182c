#pragma once
/// The operators' identity at a door: signing in, oneself, the operators, their sessions, the audit log.

#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/operators/operator_gate.hpp"
#include "http/server/endpoint.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/journal/reader.hpp"
#include "protocols/operators/interface.hpp"

namespace chautari {

/// Characters are the actor's to count; this keeps out what cannot fit.
inline constexpr std::size_t operator_password_bytes_max = 4 * limits::operator_password_chars_max;

/// Requests of one address; what is tried against one operator is the actor's to judge.
struct operator_rates {
  std::int64_t logins_per_hour = 20;
  std::int64_t refreshes_per_hour = 600;  ///< An office behind one address, each tab six an hour.
};

struct operators_door {
  operators_actor operators;
  reader_actor reader;
  std::shared_ptr<const operator_gate> gate;
  std::vector<std::string>
      allowed_origins;  ///< Of browsers, as the door's; the page's own is always allowed.
  operator_rates rates;
};

/// Everything of /api/admin that is about operators. `door` must outlive the rows.
[[nodiscard]] endpoints operator_endpoints(const operators_door& door);

// One file each; `operator_endpoints` gathers them.
[[nodiscard]] endpoints operator_sign_in_rows(const operators_door& door);
[[nodiscard]] endpoints operator_self_rows(const operators_door& door);
[[nodiscard]] endpoints operator_profile_rows(const operators_door& door);
[[nodiscard]] endpoints operator_session_rows(const operators_door& door);

[[nodiscard]] endpoint list_audit_row(const operators_door& door);

[[nodiscard]] operator_marks operator_marks_of(const exchange& in);

/// {id, email, name, role, is_active, created_at, last_login_at}
[[nodiscard]] boost::json::object operator_json(const operator_image& who);
/// {operator, totp: {secret, otpauth_url} or null}
void answer_operator_kept(exchange& in, int status, const operator_kept& kept);

/// Answers with the refusal. Others than the operators' go to answer_refusal.
void answer_operator_refusal(exchange& in, const caf::error& why);

}  // namespace chautari
