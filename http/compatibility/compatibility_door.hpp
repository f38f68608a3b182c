#pragma once
/// The older system's inner doors, for the bridges that still speak them: reports of cabinets, and the list
/// of adverts of one cabinet.

#include <string>

#include "http/server/endpoint.hpp"
#include "protocols/kiosks/sync.hpp"

namespace chautari {

struct compatibility_settings {
  bool is_enabled = false;  ///< Off: the rows are not there.
  std::string secret;       ///< Shared with the bridge.
};

struct compatibility_door {
  sync_clerk_actor clerk;
  compatibility_settings settings;
};

/// POST /api/internal/stations/data if it is enabled, else nothing. `door` must outlive the rows.
[[nodiscard]] endpoints compatibility_endpoints(const compatibility_door& door);

}  // namespace chautari
