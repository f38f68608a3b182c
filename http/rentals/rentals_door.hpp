#pragma once
/// The riders' rentals: start, active, one, history; and the topic `rental`.

#include "http/server/door.hpp"
#include "http/server/endpoint.hpp"
#include "http/stations/stations_door.hpp"
#include "protocols/journal/reader.hpp"
#include "protocols/rentals/interface.hpp"

namespace chautari {

struct rentals_door {
  rentals_actor rentals;
  reader_actor reader;
  const stations_door& stations;  ///< For the places' names.
  rate_rule start_limit{
      .name = "rental-start", .burst = 3, .per = milliseconds{60'000}, .by = rate_key::user};
};

/// `door` must outlive the rows.
[[nodiscard]] endpoints rental_endpoints(const rentals_door& door);

[[nodiscard]] endpoint start_rental_row(const rentals_door& door);
[[nodiscard]] endpoint show_active_rental_row(const rentals_door& door);
[[nodiscard]] endpoint show_rental_row(const rentals_door& door);
[[nodiscard]] endpoint list_rentals_row(const rentals_door& door);

/// The topic `rental` of this lane: its snapshot and what the rentals announce.
void serve_rental_topic(lane_parts& parts, const rentals_door& door, const clock_source& now);

/// Where a rental began and ended, in words; empty where this door does not know the station.
struct rental_places;
[[nodiscard]] rental_places places_of(const station_table& stations, const rental_image& rental);

/// Ids of a caller's command: the same caller, route and key always make the same id.
[[nodiscard]] command_id command_of(user_id caller, std::string_view route, std::string_view key);
/// A number that differs when the body differs.
[[nodiscard]] std::uint64_t hash_of_body(std::string_view body);

}  // namespace chautari
