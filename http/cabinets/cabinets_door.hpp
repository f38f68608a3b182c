#pragma once
/// The door of the cabinets: what they ask over HTTP on both families of paths, old and new, in their own
/// envelope. Their sign holds no secret: a wrong one is refused, a right one proves nothing.

#include <cstdint>
#include <string>

#include "http/server/endpoint.hpp"
#include "protocols/kiosks/interface.hpp"
#include "protocols/kiosks/registry.hpp"

namespace chautari {

struct cabinet_door_settings {
  std::string broker_host;             ///< Of the broker as cabinets reach it.
  std::uint16_t broker_port = 0;       ///< The same.
  std::int64_t area_code = 357;        ///< Of our banks; a cabinet with another one refuses them.
  std::int64_t connects_per_hour = 6;  ///< Of one address; those of one cabinet: limits.
};

struct cabinets_door {
  cabinet_registry_actor registry;
  kiosks_actor kiosks;
  cabinet_door_settings values;
};

/// `door` must outlive the rows.
[[nodiscard]] endpoints cabinet_endpoints(const cabinets_door& door);

// One file each.
[[nodiscard]] endpoints connect_rows(const cabinets_door& door);
/// Uploads and returns: stored before they are answered.
[[nodiscard]] endpoints report_rows(const cabinets_door& door);
/// Configuration, adverts, firmware.
[[nodiscard]] endpoints errand_rows(const cabinets_door& door);

}  // namespace chautari
