#include "http/rentals/rental_commands.hpp"
#include "protocols/rentals/explanation.hpp"

namespace chautari {

endpoint calculate_due_row(const rentals_door& door) {
  return {.path = "/api/rentals/{id}/calculate-due",
          .who = access::user_access,
          .summary = "What the rental costs by now, what was paid and what is owed",
          .handle = [&door](exchange& in) {
            const auto id = rental_of_path(in);
            if (!id) return;
            with_rental(in, door, *id, [](exchange& out, const rental_image& rental) {
              out.answer(due_json(rental, out.now()));
            });
          }};
}

}  // namespace chautari
