#pragma once
/// Payment intents as rows, both ways.

#include "persistence/base/json_row.hpp"
#include "persistence/journal/batch_rows.hpp"

namespace chautari {

void add_image(batch_rows& rows, const payment_intent& intent);
[[nodiscard]] payment_intent read_intent(const json_row& row);

}  // namespace chautari
