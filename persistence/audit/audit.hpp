#pragma once
/// The books and the banks, checked against each other.

#include <string>
#include <vector>

#include "persistence/settings.hpp"

namespace chautari {

/// Findings in words, at most twenty of each kind; empty if the network is consistent. Meant for a quiet
/// moment: a rental in mid-air is no finding, but a half-told story (its records refused) is.
/// A database that cannot be reached is a finding.
[[nodiscard]] std::vector<std::string> audit(const database_settings& database);

}  // namespace chautari
