#pragma once
/// Stored answers, outgoing messages and the audit log as rows, both ways.

#include "persistence/base/json_row.hpp"
#include "persistence/journal/batch_rows.hpp"

namespace chautari {

void add_image(batch_rows& rows, const stored_answer& answer);
void add_line(batch_rows& rows, const outbox_message& message);
/// Numbered within the batch; the statement makes places in the chain of it.
void add_line(batch_rows& rows, const audit_entry& entry);

[[nodiscard]] audit_entry read_audit_entry(const json_row& row);
[[nodiscard]] stored_answer read_answer(const json_row& row);

}  // namespace chautari
