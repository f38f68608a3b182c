#pragma once
/// Questions about the log of who did what.

#include <caf/all.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/operations/audit.hpp"

namespace chautari {

/// Rows of the audit log, newest first; empty fields filter nothing.
struct list_audit_log {
  std::string actor_id;
  std::string action;  ///< Whole: "operator.login".
  std::string entity;
  std::string entity_id;
  std::optional<timestamp> from;
  std::optional<timestamp> until;  ///< Exclusive.
  std::string cursor;
  std::int32_t limit = 20;
};
struct audit_log_row {
  std::int64_t seq = 0;  ///< Its place in the chain, from 1 without gaps.
  audit_entry entry;
  std::string hash;  ///< SHA-256, hex.
};
struct audit_log_page {
  std::vector<audit_log_row> rows;
  std::string next_cursor;  ///< Empty at the end.
};

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_audit_log)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::audit_log_page)
