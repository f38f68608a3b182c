#pragma once
/// Everything operators can ask for, gathered: the rows of the API, their page, and what each lane must hear.

#include <memory>
#include <string>
#include <vector>

#include "http/cabinets/cabinets_office.hpp"
#include "http/kiosks/kiosks_door.hpp"
#include "http/livemap/livemap_door.hpp"
#include "http/operators/operators_door.hpp"
#include "http/operators/operators_page.hpp"
#include "http/payments/payments_door.hpp"
#include "http/pricing/price_office.hpp"
#include "http/rentals/admin_rentals.hpp"
#include "http/stations/station_care.hpp"
#include "protocols/operations/network.hpp"

namespace chautari {

struct admin_door_setup {
  std::size_t lanes = 1;  ///< I/O threads of the door.
  network everybody;
  operators_actor operators;
  livemap_actor livemap;
  const stations_door* stations = nullptr;  ///< The riders'; set up before this door on each lane.
  std::shared_ptr<const operator_gate> gate;
  operator_rates rates;
  std::vector<std::string> allowed_origins;  ///< As the door's.
  std::shared_ptr<const static_files> files;
  page_settings page;
  std::string version;
};

/// Made before the `door` and kept until after it.
class admin_door {
public:
  explicit admin_door(admin_door_setup setup);
  admin_door(const admin_door&) = delete;
  admin_door& operator=(const admin_door&) = delete;

  [[nodiscard]] endpoints rows() const;
  /// Once per lane, before it starts.
  void set_up(lane_parts& parts);

private:
  admin_door_setup setup_;
  operators_door operators_;
  livemap_door livemap_;
  kiosks_door kiosks_;
  station_care stations_;
  price_office prices_;
  cabinets_office cabinets_;
  admin_rentals rentals_;
  payments_door payments_;
};

}  // namespace chautari
