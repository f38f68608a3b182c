/// An operator ends an open rental (3.12).

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

caf::result<force_answer> rental_state::force(const force_complete&) {
  return refuse(rental_refusal::invalid_rental_status);
}

}  // namespace chautari
