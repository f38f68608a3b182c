/// The money has come, says an operator: into the rider's wallet, exactly once. Intent, journal and audit
/// line are one record, which the rider's account stores, because it alone moves what is in a wallet.

#include "actors/accounts/ledger_postings.hpp"
#include "actors/payments/payments_actor.hpp"
#include "actors/stations/office_rules.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/operations/feed.hpp"

namespace chautari {
namespace {

difference difference_of(const payment_intent& before, const payment_intent& after) {
  difference what;
  what.note("status", to_string(before.status), to_string(after.status));
  what.note("paid", to_text(before.paid), to_text(after.paid));
  what.note("reference", before.provider_ref, after.provider_ref);
  return what;
}

/// The one thing that was not checked before is whether this payment has paid something else.
caf::error told_of_guard(caf::error why) {
  const bool is_used = reason_of<account_refusal>(why) == account_refusal::already_credited ||
                       reason_of<journal_refusal>(why) == journal_refusal::conflict;
  return is_used ? refuse(payment_refusal::payment_already_used) : std::move(why);
}

}  // namespace

caf::typed_response_promise<intent_answer> payments_state::confirm(const confirm_payment& wish) {
  auto promise = self->make_response_promise<intent_answer>();
  const when_failed fail = [promise](caf::error why) mutable {
    promise.deliver(told_of_guard(std::move(why)));
  };
  const auto judge = [=, this](const payment_intent& intent) mutable {
    if (!intent.provider_ref.empty()) {
      auto again = paid_again(intent, wish);
      if (!again) return fail(std::move(again.error()));
      promise.deliver(std::move(*again));
      return;
    }
    list_intents same_receipt;
    same_receipt.reference = wish.reference;
    same_receipt.limit = 1;
    // A slip of the hand is no alarm, as it would be if only the database refused it.
    self->request(world->reader, caf::infinite, std::move(same_receipt))
        .await(
            [=, this](const intent_page& found) {
              if (!found.intents.empty()) return fail(refuse(payment_refusal::payment_already_used));
              store_payment(intent, wish, promise, fail);
            },
            [fail](caf::error& why) { fail(std::move(why)); });
  };
  with_intent(wish.intent, {}, judge, fail);
  return promise;
}

void payments_state::store_payment(const payment_intent& intent, const confirm_payment& wish,
                                   answer_promise promise, const when_failed& fail) {
  const auto next = paid(intent, wish, world->now());
  auto entry = audited(*world, wish.by, "payment.confirm", "payment_intent", intent.id.text(),
                       difference_of(intent, next));
  entry.add(next);
  const auto done = [=, this]() mutable {
    tell_operators(
        self, *world, "operator.action", feed_severity::info, {},
        {{"action", "payment.confirm"}, {"intent", next.id.text()}, {"status", to_string(next.status)}});
    promise.deliver(intent_answer{next});
    go_on(next.id);
  };
  if (next.status == intent_status::completed) return credit(std::move(entry), next, false, done, fail);
  const posting to{world->ids.make<ledger_journal_id>(), next.rider, {}, world->now()};
  entry.add(suspense_journal(to, suspense_step::taken, next.provider, next.provider_ref, next.paid));
  store(std::move(entry), next, done, fail);
}

caf::typed_response_promise<intent_answer> payments_state::decide(const decide_review& wish) {
  auto promise = self->make_response_promise<intent_answer>();
  const when_failed fail = [promise](caf::error why) mutable { promise.deliver(std::move(why)); };
  const auto judge = [=, this](const payment_intent& intent) mutable {
    const auto next = decided(intent, wish.is_credited, world->now());
    if (!next) return fail(next.error());
    auto entry = audited(*world, wish.by, wish.is_credited ? "payment.credit" : "payment.give_back",
                         "payment_intent", intent.id.text(), difference_of(intent, *next), wish.reason);
    entry.add(*next);
    const auto done = [promise, settled = *next]() mutable { promise.deliver(intent_answer{settled}); };
    if (wish.is_credited) return credit(std::move(entry), *next, true, done, fail);
    const posting to{world->ids.make<ledger_journal_id>(), next->rider, {}, world->now()};
    entry.add(
        suspense_journal(to, suspense_step::given_back, next->provider, next->provider_ref, next->paid));
    store(std::move(entry), *next, done, fail);
  };
  with_intent(wish.intent, {}, judge, fail);
  return promise;
}

}  // namespace chautari
