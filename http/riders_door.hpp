#pragma once
/// Everything riders can ask for, gathered: the rows of the API and what each lane must hear.

#include <memory>

#include "http/accounts/accounts_door.hpp"
#include "http/payments/payments_door.hpp"
#include "http/pricing/pricing_door.hpp"
#include "http/rentals/rentals_door.hpp"
#include "http/stations/station_care.hpp"
#include "protocols/operations/network.hpp"

namespace chautari {

struct riders_door_setup {
  std::size_t lanes = 1;  ///< I/O threads of the door.
  network everybody;
  std::shared_ptr<const price_list> prices;
  rate_rule start_limit{
      .name = "rental-start", .burst = 3, .per = milliseconds{60'000}, .by = rate_key::user};
  bool has_demo_credit = false;
};

/// Made before the `door` and kept until after it.
class riders_door {
public:
  explicit riders_door(riders_door_setup setup);
  riders_door(const riders_door&) = delete;
  riders_door& operator=(const riders_door&) = delete;

  [[nodiscard]] endpoints rows() const;
  /// The stations as each lane knows them.
  [[nodiscard]] const stations_door& stations() const { return stations_; }
  /// Once per lane, before it starts.
  void set_up(lane_parts& parts);

private:
  riders_door_setup setup_;
  stations_door stations_;
  station_care care_;
  rentals_door rentals_;
  accounts_door accounts_;
  payments_door payments_;
  pricing_door pricing_;
};

}  // namespace chautari
