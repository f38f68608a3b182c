/// What a rider can take back, and when (3.5).

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

caf::result<rental_answer> rental_state::cancel_by_rider(const cancel_rental&) {
  return refuse(rental_refusal::invalid_rental_status);
}

}  // namespace chautari
