#pragma once
/// Questions about issues, amenities and the fleet; see persistence/reader/questions.hpp.

#include <optional>

#include "persistence/base/connection.hpp"
#include "protocols/stations/questions.hpp"

namespace chautari {

[[nodiscard]] std::optional<row_count> answer(database_connection& database,
                                              const count_open_rentals_at& question);
[[nodiscard]] std::optional<row_count> answer(database_connection& database,
                                              const count_amenity_uses& question);
[[nodiscard]] std::optional<issue_lookup> answer(database_connection& database, const load_issue& question);
[[nodiscard]] std::optional<issue_lookup> answer(database_connection& database,
                                                 const find_open_report& question);
/// Nothing: the cursor is none of ours. The same below.
[[nodiscard]] std::optional<issue_page> answer(database_connection& database, const list_issues& question);
[[nodiscard]] std::optional<bank_rentals> answer(database_connection& database,
                                                 const list_bank_rentals& question);
[[nodiscard]] std::optional<bank_page> answer(database_connection& database, const list_banks& question);
[[nodiscard]] std::optional<bank_story> answer(database_connection& database, const show_bank& question);
[[nodiscard]] std::optional<fleet_figures> answer(database_connection& database,
                                                  const look_at_fleet& question);

}  // namespace chautari
