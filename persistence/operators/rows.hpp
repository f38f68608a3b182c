#pragma once
/// Operators and their sessions as rows, both ways.

#include "persistence/base/json_row.hpp"
#include "persistence/journal/batch_rows.hpp"

namespace chautari {

void add_image(batch_rows& rows, const operator_image& person);
void add_image(batch_rows& rows, const operator_session_image& session);

[[nodiscard]] operator_image read_operator(const json_row& row);
[[nodiscard]] operator_session_image read_operator_session(const json_row& row);

}  // namespace chautari
