#pragma once
/// Questions about rentals that operators and riders ask; see persistence/reader/questions.hpp.

#include <optional>

#include "persistence/base/connection.hpp"
#include "protocols/rentals/figures.hpp"
#include "protocols/rentals/questions.hpp"

namespace chautari {

[[nodiscard]] std::optional<rental_table> answer(database_connection& database,
                                                 const search_rentals& question);
[[nodiscard]] std::optional<rental_story> answer(database_connection& database,
                                                 const load_rental_story& question);

[[nodiscard]] std::optional<rental_explanation> answer(database_connection& database,
                                                       const load_explanation& question);
[[nodiscard]] std::optional<rental_stats> answer(database_connection& database,
                                                 const load_rental_stats& question);
/// Nothing: the cursor is none of ours.
[[nodiscard]] std::optional<rental_issue_page> answer(database_connection& database,
                                                      const list_rental_issues& question);
[[nodiscard]] std::optional<rental_figures> answer(database_connection& database,
                                                   const load_rental_figures& question);
[[nodiscard]] std::optional<rider_habits> answer(database_connection& database,
                                                 const count_rider_habits& question);

}  // namespace chautari
