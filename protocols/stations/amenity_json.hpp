#pragma once
/// The amenities of a station as riders see them: a JSON array of {id, name, icon, description,
/// is_available}.

#include <string>
#include <vector>

#include "protocols/stations/issues.hpp"

namespace chautari {

[[nodiscard]] std::string to_amenity_json(const std::vector<amenity_image>& amenities);

/// The array after each amenity in it that is among `known` took its name from there; one that is marked as
/// deleted is left out. Text that is no such array comes back as it is.
[[nodiscard]] std::string refresh_amenities(const std::string& json, const std::vector<amenity_image>& known);

}  // namespace chautari
