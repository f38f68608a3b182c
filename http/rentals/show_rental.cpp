#include "http/operations/refusals.hpp"
#include "http/rentals/rentals_door.hpp"
#include "http/server/desk.hpp"
#include "protocols/base/refusal.hpp"
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

void fail_not_found(exchange& in) { answer_refusal(in, refuse(rental_refusal::rental_not_found)); }

/// A closed rental sleeps in the database.
void show_stored(exchange& in, const rentals_door& door, rental_id id) {
  in.ask<rental_lookup>(
      door.reader, load_rental{id, in.user()},
      [&door](exchange& out, const rental_lookup& found) {
        if (!found.rental) return fail_not_found(out);
        answer_detail(out, door, *found.rental);
      },
      answer_refusal);
}

void show(exchange& in, const rentals_door& door) {
  const auto id = rental_id::parse(in.path_text("id"));
  if (!id) return fail_not_found(in);
  in.ask<rental_image>(
      door.rentals, look_at_rental{*id, in.user()},
      [&door](exchange& out, const rental_image& rental) { answer_detail(out, door, rental); },
      [&door, id = *id](exchange& out, const caf::error&) { show_stored(out, door, id); });
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
