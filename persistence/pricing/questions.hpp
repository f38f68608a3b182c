#pragma once
/// Questions about prices and what became of them; see persistence/reader/questions.hpp.

#include <optional>

#include "persistence/base/connection.hpp"
#include "protocols/pricing/messages.hpp"
#include "protocols/pricing/revenue_report.hpp"
#include "protocols/stations/questions.hpp"

namespace chautari {

/// Of late-fee terms nothing is counted: a rental keeps a copy of them and forgets whose.
[[nodiscard]] std::optional<price_uses> answer(database_connection& database,
                                               const count_price_uses& question);

[[nodiscard]] std::optional<row_count> answer(database_connection& database,
                                              const count_free_ejections& question);
/// Nothing: the cursor is none of ours.
[[nodiscard]] std::optional<revenue_page> answer(database_connection& database, const list_revenue& question);

}  // namespace chautari
