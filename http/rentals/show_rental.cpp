#include "http/rentals/rental_commands.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {
namespace {

void answer_detail(exchange& in, const rentals_door& door, const rental_image& rental) {
  in.answer(rental_detail_json(rental, in.now(), places_of(door.stations.table(in), rental)));
}

void show_active(exchange& in, const rentals_door& door) {
  in.ask<open_rental_answer>(
      door.rentals, find_open_rental{in.user()},
      [&door](exchange& out, const open_rental_answer& found) {
        if (!found.rental) return out.answer("null");
        answer_detail(out, door, *found.rental);
      },
      answer_refusal);
}

void show(exchange& in, const rentals_door& door) {
  const auto id = rental_of_path(in);
  if (!id) return;
  with_rental(in, door, *id,
              [&door](exchange& out, const rental_image& rental) { answer_detail(out, door, rental); });
}

}  // namespace

endpoint show_active_rental_row(const rentals_door& door) {
  return {.path = "/api/rentals/active",
          .who = access::user_access,
          .summary = "The rider's open rental, or null",
          .handle = [&door](exchange& in) { show_active(in, door); }};
}

endpoint show_rental_row(const rentals_door& door) {
  return {.path = "/api/rentals/{id}",
          .who = access::user_access,
          .summary = "One of the rider's rentals",
          .handle = [&door](exchange& in) { show(in, door); }};
}

}  // namespace chautari
