#include "config/census.hpp"

#include <utility>

namespace chautari {

void census_state::note(const station_view& station) {
  const auto status = station.status();
  const auto [known, is_new] = stations.try_emplace(station.facts.id, status);
  told->station_moved(is_new ? std::nullopt : std::optional{known->second}, status);
  known->second = status;
}

void census_state::note(rental_id rental, rental_status status) {
  const auto known = rentals.find(rental);
  const auto before = known == rentals.end() ? std::nullopt : std::optional{known->second};
  told->rental_moved(before, status);
  if (is_open(status)) {
    rentals[rental] = status;
  } else if (known != rentals.end()) {
    rentals.erase(known);
  }
}

door_actor::behavior_type census(door_actor::stateful_pointer<census_state> self,
                                 std::shared_ptr<metrics> told, std::vector<rental_image> open_rentals) {
  self->state.told = std::move(told);
  for (const auto& rental : open_rentals)
    self->state.note(rental.id, rental.status);
  return {[self](const station_view& station) { self->state.note(station); },
          [self](const rental_event& event) {
            self->state.note(event.rental, event.image.status);
            self->state.told->rental_event(event.name);
          },
          [](const wallet_event&) {},
          [](const session_revoked&) {},
          [](const stations_announced&) {},
          [](const operator_event&) {},
          [](const command_news&) {},
          [](const operator_changed&) {},
          [](const prices_announced&) {}};
}

}  // namespace chautari
