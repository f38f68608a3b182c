#pragma once
/// What the audit log keeps of the operators' realm: who did what to whom, never a password, code or token.

#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/id_source.hpp"
#include "protocols/operators/messages.hpp"

namespace chautari {

/// "operator.login"
[[nodiscard]] audit_entry audit_of_log_in(const operator_image& who, const operator_session_image& session,
                                          const operator_marks& marks, const id_source& ids);

/// Somebody tried: "operator.login_failed", "operator.reauthentication_failed", "operator.refresh_reused".
/// They need not be who they said, so the server answers for the entry. `who` is nothing if nobody has that
/// address.
[[nodiscard]] audit_entry audit_of_failure(std::string action, const operator_image* who,
                                           std::string_view email, std::string_view why,
                                           const operator_marks& marks, const id_source& ids);

/// "operator.create"
[[nodiscard]] audit_entry audit_of_creation(const operator_image& made, const operator_stamp& by,
                                            const id_source& ids);

/// "operator.activate", "operator.deactivate", "operator.role", "operator.password", "operator.totp",
/// "operator.update": the weightiest names the entry, all of them are in it. Nothing
/// if nothing changes.
[[nodiscard]] std::optional<audit_entry> audit_of_change(const operator_image& before,
                                                         const operator_image& after,
                                                         const change_operator& wish, const id_source& ids);

/// "operator.token_refresh", "operator.logout", "operator.reauthenticate", "operator.session_revoked"
[[nodiscard]] audit_entry audit_of_session(std::string action, const operator_session_image& session,
                                           const operator_stamp& by, std::string reason,
                                           const id_source& ids);

}  // namespace chautari
