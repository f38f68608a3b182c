/// What a rider can take back, and when (3.5): nothing while a motor may be turning, and nothing while the
/// bank is out. The wish is remembered: if no bank comes out, none is tried again.

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

caf::result<rental_answer> rental_state::cancel_by_rider(const cancel_rental& wish) {
  return obey(wish, [this](const cancel_rental& known_wish, answer_promise promise) {
    if (is_out(facts.status)) return refused(promise, refuse(rental_refusal::powerbank_not_returned));
    if (facts.status != rental_status::pending_popup)
      return refused(promise, refuse(rental_refusal::invalid_rental_status));
    const auto in_progress = refuse(rental_refusal::ejection_in_progress);
    if (facts.cancel_requested) return refused(promise, in_progress);
    rental_image next = facts;
    next.cancel_requested = true;
    ++next.revision;
    record entry = fresh_record(context());
    add_state(entry, next, {"cancel-requested", "3.5-1", entry.at}, {{"reason", known_wish.reason}});
    self->request(everybody().journal, caf::infinite, std::move(entry))
        .await(
            [this, next, promise, in_progress](const stored&) {
              facts = next;
              refused(promise, in_progress);
            },
            [this, promise](caf::error& why) { refused(promise, std::move(why)); });
  });
}

}  // namespace chautari
