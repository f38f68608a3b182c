#pragma once
/// The CENSUS: a door that serves nobody. It hears what the network announces to its doors and keeps the
/// figures of stations and open rentals.

#include <caf/all.hpp>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "config/metrics.hpp"
#include "protocols/operations/doors.hpp"

namespace chautari {

/// What is remembered of an open rental.
struct counted_rental {
  rental_status status = rental_status::pending;
  std::optional<timestamp> active_since;  ///< While it is ACTIVE: when the bank came out.
};

struct census_state {
  static constexpr const char* name = "census";

  std::shared_ptr<metrics> told;
  std::unordered_map<station_id, station_status> stations;
  std::unordered_map<rental_id, counted_rental> rentals;  ///< Open ones.
  /// Of all that are ACTIVE. A rental's own clock makes it OVERDUE; one whose clock has stopped is found by
  /// its age (stations_rentals_devices 3.11, anomalies), which needs no clock here.
  std::multiset<timestamp> active_since;

  void note(const station_view& station);
  void note(const rental_image& rental);
  void note_age(counted_rental& rental, std::optional<timestamp> since);
};

/// `open_rentals` were open before anything was announced.
door_actor::behavior_type census(door_actor::stateful_pointer<census_state> self,
                                 std::shared_ptr<metrics> told, std::vector<rental_image> open_rentals);

}  // namespace chautari
