/// What is owed is paid: after the end, or the late fee so far while the bank is still out.

#include "actors/rentals/rental_actor.hpp"
#include "actors/rentals/settlement_records.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/answers.hpp"

namespace chautari {

caf::result<rental_answer> rental_state::settle_dues(const pay_due& wish) {
  return obey(wish, [this](const pay_due& order, answer_promise promise) {
    const auto what = payable_at(facts, order.quoted_at.value_or(everybody().now()));
    if (!what) return refused(promise, what.error());
    if (order.amount && *order.amount != what->amount)
      return refused(promise, refuse(rental_refusal::payment_amount_mismatch,
                                     R"({"due":")" + to_text(what->amount) + "\"}"));
    if (const auto why = refuse_payment(order.pay, everybody().gateways))
      return refused(promise, refuse(*why));
    if (order.pay.mode == payment_mode::direct) return ask_for_due(order, what->amount, promise);
    hold_payment(
        what->amount, order.pay,
        [this, order, amount = what->amount, promise](caf::error& why) {
          if (reason_of<rental_refusal>(why) != rental_refusal::insufficient_balance)
            return refused(promise, std::move(why));
          if (!order.pay.payment_method.empty()) return ask_for_due(order, amount, promise);
          refused(promise, refuse(rental_refusal::payment_method_required, context_of(why)));
        },
        [this, order, what = *what, promise](const payment_split& paid) {
          store_payment(order, pay(facts, what, paid), promise);
        });
  });
}

/// Nothing is held meanwhile, and what is owed is judged again when the money is there.
void rental_state::ask_for_due(const pay_due& wish, money amount, answer_promise promise) {
  open_order question{wish.from.id, wish.from.body_hash, facts.rider, intent_purpose::due_payment, {}};
  question.order.rental = facts.id;
  question.order.pay = wish.pay;
  question.order.price = amount;
  question.order.quoted_at = everybody().now();
  self->request(everybody().payments, caf::infinite, std::move(question))
      .await(
          [this, promise](const order_opened& opened) {
            tell_place(opened.answer);
            answered(promise, opened.answer);
          },
          [this, promise](caf::error& why) { refused(promise, std::move(why)); });
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
