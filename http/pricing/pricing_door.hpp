#pragma once
/// GET /api/payments/packages and GET /api/rentals/packages. Prices are read at start and handed out whole.

#include <memory>

#include "http/server/endpoint.hpp"
#include "http/stations/stations_door.hpp"
#include "protocols/pricing/package.hpp"

namespace chautari {

[[nodiscard]] endpoints pricing_endpoints(std::shared_ptr<const price_list> prices,
                                          const stations_door& stations);

}  // namespace chautari
