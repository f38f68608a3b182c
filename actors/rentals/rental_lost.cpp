/// A bank that never came back, and one that did after all (3.11).

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

caf::result<bank_seen_answer> rental_state::find_again(const lost_bank_found&) {
  return refuse(rental_refusal::invalid_rental_status);
}

}  // namespace chautari
