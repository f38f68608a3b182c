#include "http/operations/refusals.hpp"
#include "http/rentals/admin_rentals.hpp"
#include "http/server/desk.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/explanation.hpp"

namespace chautari {
namespace {

void fail_not_found(exchange& in) { answer_refusal(in, refuse(rental_refusal::rental_not_found)); }

void explain(exchange& in, const reader_actor& reader) {
  const auto id = rental_id::parse(in.path_text("id"));
  if (!id) return fail_not_found(in);
  in.ask<rental_explanation>(
      reader, load_explanation{*id},
      [](exchange& out, const rental_explanation& found) {
        if (!found.story.found) return fail_not_found(out);
        out.answer(rental_explanation_json(found, out.now()));
      },
      answer_refusal);
}

}  // namespace

endpoint admin_explain_rental_row(const reader_actor& reader) {
  return {.path = "/api/admin/rentals/{id}/explanation",
          .who = access::admin_access,
          .summary =
              "Why a rental is as it is: every fact with both its times, the rule behind each decision, "
              "every line of the ledger, what its cabinets were told and what they said",
          .handle = [reader](exchange& in) { explain(in, reader); },
          .wants = operator_need{permission::rentals, need::read}};
}

}  // namespace chautari
