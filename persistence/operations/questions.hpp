#pragma once
/// Questions about the log of who did what; see persistence/reader/questions.hpp.

#include <optional>

#include "persistence/base/connection.hpp"
#include "protocols/operations/questions.hpp"

namespace chautari {

/// Nothing: the cursor is none of ours.
[[nodiscard]] std::optional<audit_log_page> answer(database_connection& database,
                                                   const list_audit_log& question);

}  // namespace chautari
