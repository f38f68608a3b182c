#pragma once
/// What the database says: the cabinets to begin with, and at the end whether everything is where it belongs.

#include <string>
#include <vector>

#include "bench/city/rider.hpp"

namespace city {

struct found_bodies {
  std::vector<cabinet_body> bodies;
  std::vector<bank> strays;  ///< Out with somebody of an earlier life.
};

/// Stations with the banks in them. Throws std::runtime_error if the database cannot be read.
[[nodiscard]] found_bodies read_bodies(const options& setup);

/// The database's own consistency: one sentence a finding.
[[nodiscard]] std::vector<std::string> audit_database(const options& setup);

/// The same, and each bank of the cabinets against its row.
[[nodiscard]] std::vector<std::string> compare_with_database(const options& setup, const city_map& map);

}  // namespace city
