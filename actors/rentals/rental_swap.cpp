/// A bank exchanged for another: an intent before the return (3.7).

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

caf::result<rental_answer> rental_state::swap(const swap_rental&) {
  return refuse(rental_refusal::invalid_rental_status);
}

}  // namespace chautari
