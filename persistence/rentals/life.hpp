#pragma once
/// What only some rentals have, as one JSON document that leaves out what there is none of.

#include <string>

#include "persistence/base/json_row.hpp"
#include "protocols/rentals/images.hpp"

namespace chautari {

/// Empty if the rental has nothing of it.
[[nodiscard]] std::string life_as_json(const rental_life& life);
[[nodiscard]] rental_life read_life(const json_row& row);

}  // namespace chautari
