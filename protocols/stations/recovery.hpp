#pragma once
/// How the stations come back to life: their directory gets the stored facts in chunks, before any door
/// opens.

#include <caf/all.hpp>
#include <vector>

#include "protocols/journal/recovery.hpp"
#include "protocols/operations/network.hpp"

namespace chautari {

/// After `meet_network`. Answered when the chunk's stations live and have been announced.
struct adopt_stations {
  std::vector<recovered_station> stations;
  bool is_last = true;  ///< Then the doors are told that the list is complete.
};

/// After `meet_network`: the amenities as stored.
struct adopt_amenities {
  std::vector<amenity_image> amenities;
};

/// The STATION DIRECTORY with its whole interface; riders' and cabinets' actors know it as `stations_actor`,
/// operators' as `stations_office_actor`.
using station_directory_actor =
    stations_actor::extend_with<stations_office_actor>::extend<caf::replies_to<meet_network>::with<void>,
                                                               caf::replies_to<adopt_stations>::with<void>>;

/// AMENITIES and ISSUES with their whole interfaces.
using amenity_list_actor = amenities_actor::extend<caf::replies_to<meet_network>::with<void>,
                                                   caf::replies_to<adopt_amenities>::with<void>>;
using issue_desk_actor = issues_actor::extend<caf::replies_to<meet_network>::with<void>>;

/// Cuts what was read at start into chunks. A reservation that no open rental remembers loses its rental, so
/// that its station frees the bank with the next snapshot.
[[nodiscard]] std::vector<adopt_stations> stations_to_adopt(const network_image& network,
                                                            std::size_t chunk = 1000);

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::adopt_stations)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::adopt_amenities)
