#include "http/rentals/rental_commands.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/explanation.hpp"

namespace chautari {
namespace {

void explain(exchange& in, const rentals_door& door) {
  const auto id = rental_of_path(in);
  if (!id) return;
  in.ask<rental_explanation>(
      door.reader, load_explanation{*id},
      [](exchange& out, const rental_explanation& found) {
        const bool is_own = found.story.found && found.story.found->rental.rider == out.user();
        if (!is_own) return answer_refusal(out, refuse(rental_refusal::rental_not_found));
        const auto reader = out.speaks() == language::ne ? story_reader::nepali : story_reader::english;
        out.answer(rider_explanation_json(found, out.now(), reader));
      },
      answer_refusal);
}

}  // namespace

endpoint explain_rental_row(const rentals_door& door) {
  return {.path = "/api/rentals/{id}/explanation",
          .who = access::user_access,
          .summary = "What happened to the rental and why it costs what it costs, in sentences",
          .handle = [&door](exchange& in) { explain(in, door); }};
}

}  // namespace chautari
