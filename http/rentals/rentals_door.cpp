#include "http/rentals/rentals_door.hpp"

#include <cstring>

#include "http/operations/refusals.hpp"
#include "http/server/desk.hpp"
#include "http/websocket/topic_hub.hpp"
#include "protocols/base/id_source.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {

command_id command_of(user_id caller, std::string_view route, std::string_view key) {
  std::string name{route};
  name += '\n';
  name += key;
  return command_id{make_named_uuid(caller.value, name)};
}

std::uint64_t hash_of_body(std::string_view body) {
  const auto digest = make_named_uuid({}, body);
  std::uint64_t hash = 0;
  std::memcpy(&hash, digest.data, sizeof hash);
  return hash >> 1;  // Fits a signed column.
}

rental_places places_of(const station_table& stations, const rental_image& rental) {
  rental_places places;
  if (const auto* station = stations.find(rental.station))
    places.station_location = station->view.facts.address;
  if (rental.return_station.is_nil()) return places;
  if (const auto* station = stations.find(rental.return_station)) {
    places.return_station_location = station->view.facts.address;
  }
  return places;
}

void serve_rental_topic(lane_parts& parts, const rentals_door& door, const clock_source& now) {
  topic_kind kind{.prefix = "rental", .is_per_user = true};
  kind.snapshot = [&desk = parts.announcements, &door, now](const caller& who, std::string_view,
                                                            const deliver_snapshot& deliver) {
    const auto ticket = desk.ask<open_rental_answer>(
        door.rentals, find_open_rental{who.user},
        [deliver, now](const open_rental_answer& found) {
          topic_snapshot state;
          if (found.rental) state.data_json = rental_detail_json(*found.rental, now());
          deliver({.state = std::move(state), .refusal = {}});
        },
        [deliver](const caf::error&) { deliver({.state = {}, .refusal = "service_unavailable"}); });
    if (ticket == 0) deliver({.state = {}, .refusal = "service_unavailable"});
  };
  parts.topics.add_kind(std::move(kind));
  parts.announcements.on<rental_event>([&topics = parts.topics, now](const rental_event& event) {
    topics.publish({.topic = "rental",
                    .user = event.rider,
                    .event = event.name,
                    .at = event.at,
                    .data_json = rental_detail_json(event.image, now())});
  });
}

endpoints rental_endpoints(const rentals_door& door) {
  return {start_rental_row(door),  show_active_rental_row(door),
          list_rentals_row(door),  rental_stats_row(door),
          show_rental_row(door),   explain_rental_row(door),
          extend_rental_row(door), swap_rental_row(door),
          cancel_rental_row(door), calculate_due_row(door),
          pay_due_row(door),       report_rental_issue_row(door),
          note_location_row(door)};
}

}  // namespace chautari
