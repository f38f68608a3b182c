/// What is owed is paid: after the end, or the late fee so far while the bank is still out.

#include "actors/rentals/rental_actor.hpp"
#include "actors/rentals/settlement_records.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/answers.hpp"

namespace chautari {

caf::result<rental_answer> rental_state::settle_dues(const pay_due& wish) {
  return obey(wish, [this](const pay_due& order, answer_promise promise) {
    const auto what = payable_at(facts, everybody().now());
    if (!what) return refused(promise, what.error());
    if (order.amount && *order.amount != what->amount)
      return refused(promise, refuse(rental_refusal::payment_amount_mismatch,
                                     R"({"due":")" + to_text(what->amount) + "\"}"));
    if (const auto why = refuse_payment(order.pay)) return refused(promise, refuse(*why));
    hold_payment(what->amount, order.pay, rental_refusal::payment_method_required, promise,
                 [this, order, what = *what, promise](const payment_split& paid) {
                   store_payment(order, pay(facts, what, paid), promise);
                 });
  });
}

void rental_state::store_payment(const pay_due& wish, const dues_paid& done, answer_promise promise) {
  const auto journal = everybody().ids.make<ledger_journal_id>();
  const auto answer =
      answer_of(wish.from, "POST /api/rentals/{id}/pay-due",
                dues_paid_json(done.rental, transaction_id{journal.value}, done.what.amount, done.paid));
  self->request(everybody().journal, caf::infinite, dues_paid_record(context(), done, journal, answer))
      .await(
          [this, done, answer, promise](const stored&) {
            facts = done.rental;
            free_hold({}, true);
            tell_place(answer);
            announce("rental.status");
            answered(promise, answer);
          },
          [this, promise](caf::error& why) {
            free_hold({}, false);
            refused(promise, std::move(why));
          });
}

}  // namespace chautari
