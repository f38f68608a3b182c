/// An operator's end of an open rental (3.12): the same settlement as any other, and who ordered it.

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

caf::result<force_answer> rental_state::force(const force_complete& wish) {
  return if_known<force_answer>(wish, {}, [this, &wish]() -> caf::result<force_answer> {
    const timestamp now = everybody().now();
    if (auto why = refuse_force(facts, wish, now)) {
      leave_if_over();
      return *why;
    }
    auto promise = self->make_response_promise<force_answer>();
    if (facts.status == rental_status::pending_popup) {
      force_unejected(wish, promise);
      return promise;
    }
    auto ending = ending_by_force(facts, wish, now);
    auto entry = audit_by(wish.by, everybody().ids.make<audit_id>(), now, "rental.force_complete", "rental",
                          facts.id.text());
    rental_image after = charge_use(facts, ending);
    after.status = *next_status(facts.status, ending.step);
    after.closure = ending.closure;
    describe_force(entry, facts, bank, after, wish);
    ending.also.emplace_back(std::move(entry));
    end_use(std::move(ending), [this, promise](const caf::error& why) mutable {
      if (why) {
        promise.deliver(why);
        return;
      }
      promise.deliver(force_answer{facts});
    });
    return promise;
  });
}

/// No bank came out as far as anybody knows, and nobody wants to wait: everything paid goes back. If it does
/// come out later that is an incident for a person.
void rental_state::force_unejected(const force_complete& wish,
                                   caf::typed_response_promise<force_answer> promise) {
  ejection_outcome outcome;
  outcome.rental = facts.id;
  outcome.result = ejection_result::dark;
  outcome.rule = "3.12";
  outcome.publishes = 0;
  auto next = cancel_unejected(facts, everybody().now());
  if (!next) {
    promise.deliver(next.error());
    return;
  }
  next->closure = closure_reason::admin;
  bank_image left = unseated(bank_freed(bank));
  left.status = wish.bank.value_or(bank_status::missing);
  auto audited = audit_by(wish.by, everybody().ids.make<audit_id>(), everybody().now(),
                          "rental.force_complete", "rental", facts.id.text());
  describe_force(audited, facts, bank, *next, wish);
  // A hold of nothing keeps the account awake until the refund is in its memory.
  hold_funds nothing;
  nothing.rider = facts.rider;
  nothing.rental = facts.id;
  nothing.as_far_as_possible = true;
  auto entry = cancelled_record(context(), *next, left, outcome);
  entry.add(std::move(audited));
  const auto fail = [this, promise](caf::error& why) mutable {
    free_hold({}, false);
    promise.deliver(std::move(why));
  };
  self->request(everybody().accounts, caf::infinite, nothing)
      .await(
          [this, entry, next = *next, outcome, promise, fail](const funds_held&) {
            self->request(everybody().journal, caf::infinite, entry)
                .await(
                    [this, next, outcome, promise](const stored&) mutable {
                      free_hold(facts.paid, true, -facts.life.held);
                      facts = next;
                      promise.deliver(force_answer{facts});
                      end_cancelled(outcome);
                    },
                    fail);
          },
          fail);
}

}  // namespace chautari
