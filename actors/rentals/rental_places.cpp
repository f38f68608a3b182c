/// Where the rider's phone was.

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

caf::result<void> rental_state::note_place(const note_location&) {
  return refuse(rental_refusal::invalid_rental_status);
}

}  // namespace chautari
