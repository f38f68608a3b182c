#pragma once
/// Operators' questions about rentals; see persistence/reader/questions.hpp.

#include <optional>

#include "persistence/base/connection.hpp"
#include "protocols/rentals/questions.hpp"

namespace chautari {

[[nodiscard]] std::optional<rental_table> answer(database_connection& database,
                                                 const search_rentals& question);
[[nodiscard]] std::optional<rental_story> answer(database_connection& database,
                                                 const load_rental_story& question);

}  // namespace chautari
