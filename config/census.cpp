#include "config/census.hpp"

#include <utility>

namespace chautari {

void census_state::note(const station_view& station) {
  const auto status = station.status();
  const auto [known, is_new] = stations.try_emplace(station.facts.id, status);
  told->station_moved(is_new ? std::nullopt : std::optional{known->second}, status);
  known->second = status;
}

void census_state::note(const rental_image& rental) {
  const auto known = rentals.find(rental.id);
  const auto before = known == rentals.end() ? std::nullopt : std::optional{known->second.status};
  told->rental_moved(before, rental.status);
  if (is_open(rental.status)) {
    auto& counted = rentals[rental.id];
    counted.status = rental.status;
    note_age(counted, rental.status == rental_status::active ? rental.started_at : std::nullopt);
  } else if (known != rentals.end()) {
    note_age(known->second, {});
    rentals.erase(known);
  }
}

void census_state::note_age(counted_rental& rental, std::optional<timestamp> since) {
  if (rental.active_since == since) return;
  if (rental.active_since) active_since.erase(active_since.find(*rental.active_since));
  if (since) active_since.insert(*since);
  rental.active_since = since;
  told->oldest_active_rental(active_since.empty() ? std::nullopt : std::optional{*active_since.begin()});
}

door_actor::behavior_type census(door_actor::stateful_pointer<census_state> self,
                                 std::shared_ptr<metrics> told, std::vector<rental_image> open_rentals) {
  self->state.told = std::move(told);
  for (const auto& rental : open_rentals)
    self->state.note(rental);
  return {[self](const station_view& station) { self->state.note(station); },
          [self](const rental_event& event) {
            self->state.note(event.image);
            self->state.told->rental_event(event.name);
          },
          [](const wallet_event&) {},
          [](const session_revoked&) {},
          [](const stations_announced&) {},
          [](const operator_event&) {},
          [](const command_news&) {},
          [](const operator_changed&) {},
          [](const prices_announced&) {},
          [](const payment_event&) {}};
}

}  // namespace chautari
