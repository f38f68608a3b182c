#pragma once
/// Networks to start from: a small one for demonstrations, a large one for measurements.

#include <cstdint>
#include <string>

#include "persistence/settings.hpp"

namespace chautari {

/// 30 stations in six cities, their banks, packages, late-fee terms, one discount, one franchise and one
/// vendor. The same seed gives the same network; a second call changes nothing. Answers a problem for people,
/// or nothing.
[[nodiscard]] std::string seed_demo(const database_settings& database, std::uint64_t seed);

struct seed_size {
  std::int32_t stations = 0;
  std::int32_t slots = 8;  ///< Of each station; half of them hold a bank.
  std::int32_t open_rentals = 0;
};

/// Into an empty, migrated database. Serials are "SCALE-<n>", imeis 870000000000000 + n.
[[nodiscard]] std::string seed_scale(const database_settings& database, seed_size size);

}  // namespace chautari
