#pragma once
/// Stored answers and outgoing messages as rows, both ways.

#include "persistence/base/json_row.hpp"
#include "persistence/journal/batch_rows.hpp"

namespace chautari {

void add_image(batch_rows& rows, const stored_answer& answer);
void add_line(batch_rows& rows, const outbox_message& message);

[[nodiscard]] stored_answer read_answer(const json_row& row);

}  // namespace chautari
