#pragma once
/// The CENSUS: a door that serves nobody. It hears what the network announces to its doors and keeps the
/// figures of stations and open rentals.

#include <caf/all.hpp>
#include <memory>
#include <unordered_map>
#include <vector>

#include "config/metrics.hpp"
#include "protocols/operations/doors.hpp"

namespace chautari {

struct census_state {
  static constexpr const char* name = "census";

  std::shared_ptr<metrics> told;
  std::unordered_map<station_id, station_status> stations;
  std::unordered_map<rental_id, rental_status> rentals;  ///< Open ones.

  void note(const station_view& station);
  void note(rental_id rental, rental_status status);
};

/// `open_rentals` were open before anything was announced.
door_actor::behavior_type census(door_actor::stateful_pointer<census_state> self,
                                 std::shared_ptr<metrics> told, std::vector<rental_image> open_rentals);

}  // namespace chautari
