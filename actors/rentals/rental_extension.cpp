/// More time for a rental that runs (3.6).

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

caf::result<rental_answer> rental_state::extend(const extend_rental&) {
  return refuse(rental_refusal::invalid_rental_status);
}

}  // namespace chautari
