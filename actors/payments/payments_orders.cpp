/// What was ordered goes on once its money is there. The claim PENDING -> PROCESSING is stored before
/// anything else, and the order's command has an id of the intent: a crash at any point, and any number of
/// tries, come to the outcome that this one command has. Whatever that is, the money is in the wallet.

#include "actors/payments/payments_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

constexpr auto too_late = "quote_expired";

}  // namespace

void payments_state::go_on(intent_id id) {
  const auto known = live_.find(id);
  if (known == live_.end() || !has_waiting_order(known->second) || going_on_.count(id) > 0) return;
  const payment_intent intent = known->second;
  if (intent.order_state == order_status::processing) return look_for_outcome(id);
  const auto next = is_quote_too_old(*intent.order, world->now())
                        ? settle_order(intent, intent.order_rental, too_late)
                        : claim_order(intent);
  store(
      fresh_record().add(next), next, [this, id] { go_on(id); },
      [this](const caf::error&) { retry_later(); });
}

/// An earlier try, perhaps of an earlier life of this server, may have come to its end already. Only then is
/// it too late for another one.
void payments_state::look_for_outcome(intent_id id) {
  going_on_.insert(id);
  self->request(world->reader, caf::infinite, find_stored_answer{resume_command(id)})
      .then(
          [this, id](const stored_answer_lookup& found) {
            const auto known = live_.find(id);
            if (known == live_.end()) {  // Read again meanwhile, and over.
              going_on_.erase(id);
              return;
            }
            const payment_intent intent = known->second;
            if (found.answer) return end_order(id, outcome_of(found.answer->status, found.answer->data));
            if (is_quote_too_old(*intent.order, world->now()))
              return end_order(id, {intent.order_rental, too_late});
            tell_rental(intent);
          },
          [this, id](const caf::error& why) { order_failed(id, why); });
}

void payments_state::tell_rental(const payment_intent& intent) {
  const payment_order& order = *intent.order;
  const auto id = intent.id;
  const auto failed = [this, id](const caf::error& why) { order_failed(id, why); };
  if (intent.purpose == intent_purpose::due_payment) {
    pay_due wish;
    wish.from = {resume_command(id), 0, intent.rider, order.rental};
    wish.pay = order.pay;
    wish.amount = order.price;
    wish.quoted_at = order.quoted_at;
    self->request(world->rentals, caf::infinite, std::move(wish))
        .then([this, id](const rental_answer& done) { end_order(id, outcome_of(done.status, done.data)); },
              failed);
    return;
  }
  start_rental wish;
  wish.id = resume_command(id);
  wish.rider = intent.rider;
  wish.station = order.station;
  wish.package = order.package;
  wish.bank = order.bank;
  wish.mode = order.pay.mode;
  wish.wallet_amount = order.pay.wallet_amount;
  wish.points_to_use = order.pay.points_to_use;
  wish.quoted = order.price;
  self->request(world->rentals, caf::infinite, std::move(wish))
      .then(
          [this, id](const start_answer& done) {
            if (done.replayed_status == 0) return end_order(id, {done.rental.id, {}});
            end_order(id, outcome_of(done.replayed_status, done.replayed_data));
          },
          failed);
}

void payments_state::end_order(intent_id id, const order_outcome& outcome) {
  going_on_.erase(id);
  const auto known = live_.find(id);
  if (known == live_.end()) return;
  const payment_intent intent = known->second;
  const auto rental = outcome.rental.is_nil() ? intent.order_rental : outcome.rental;
  const auto next = settle_order(intent, rental, outcome.code);
  // Not stored: the outcome is found again by the next try.
  store(
      fresh_record().add(next), next, [] {}, [this](const caf::error&) { retry_later(); });
}

void payments_state::order_failed(intent_id id, const caf::error& why) {
  auto word = final_word_of(why);
  if (!word.empty()) return end_order(id, {{}, std::move(word)});
  going_on_.erase(id);
  retry_later();
}

}  // namespace chautari
