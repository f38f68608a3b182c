#pragma once
/// Commands to cabinets and what they said, as rows, both ways.

#include "persistence/base/json_row.hpp"
#include "persistence/journal/batch_rows.hpp"

namespace chautari {

void add_image(batch_rows& rows, const command_image& command);
void add_image(batch_rows& rows, const broker_account_image& account);
void add_image(batch_rows& rows, const stranger_image& stranger);
void add_line(batch_rows& rows, const cabinet_report& report);
void add_line(batch_rows& rows, const cabinet_log_entry& entry);

[[nodiscard]] cabinet_log_entry read_cabinet_log(const json_row& row);
[[nodiscard]] broker_account_image read_account(const json_row& row);
[[nodiscard]] stranger_image read_stranger(const json_row& row);
[[nodiscard]] cabinet_report read_report(const json_row& row);
[[nodiscard]] command_image read_command(const json_row& row);

}  // namespace chautari
