#pragma once
/// The audit log's chain, walked from its first row.

#include <cstdint>
#include <string>

#include "persistence/settings.hpp"

namespace chautari {

struct audit_log_report {
  std::int64_t rows = 0;
  std::string finding;  ///< The first row that was changed, taken out or moved, in words; empty if none was.
  std::string problem;  ///< Why the log could not be read to its end; empty if it was.
};

/// Reads the whole log in one snapshot; blocks for as long as that takes.
[[nodiscard]] audit_log_report verify_audit_log(const database_settings& database);

}  // namespace chautari
