#pragma once
/// What rentals cost, for riders: packages with the discounts of a station, and how an amount could be paid.
/// Each lane keeps the list of prices it was told last.

#include <functional>
#include <memory>
#include <vector>

#include "http/rentals/rentals_door.hpp"
#include "http/server/door.hpp"
#include "http/server/endpoint.hpp"
#include "protocols/accounts/interface.hpp"
#include "protocols/pricing/package.hpp"

namespace chautari {

using price_list_ptr = std::shared_ptr<const price_list>;

/// One of a door; outlives it.
class pricing_door {
public:
  pricing_door(std::size_t lanes, const price_list_ptr& prices, const rentals_door& rentals,
               accounts_actor accounts);

  /// Hears of new prices on this lane.
  void set_up(lane_parts& parts);

  [[nodiscard]] const price_list& prices(const exchange& in) const { return *prices_.at(in.lane()); }
  [[nodiscard]] const rentals_door& rentals() const { return rentals_; }
  [[nodiscard]] const accounts_actor& accounts() const { return accounts_; }

private:
  std::vector<price_list_ptr> prices_;
  const rentals_door& rentals_;
  accounts_actor accounts_;
};

/// GET /api/payments/packages, GET /api/rentals/packages, POST /api/payments/calculate-options. `door` must
/// outlive the rows.
[[nodiscard]] endpoints pricing_endpoints(const pricing_door& door);
[[nodiscard]] endpoint calculate_options_row(const pricing_door& door);

/// Runs `tell` with the discounts of a station (of one package, if one is named) that the caller would get
/// now: a rider's own uses are counted, everybody else sees the public offer. If they cannot be counted the
/// request fails; nobody is shown a price that is not charged.
void with_offers(exchange& in, const pricing_door& door, station_id station, std::optional<package_id> only,
                 std::function<void(exchange&, const std::vector<station_discount>&)> tell);

}  // namespace chautari
