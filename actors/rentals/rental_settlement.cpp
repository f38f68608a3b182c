/// The end of a use, whoever ends it; and how a rental that has ended is woken.

#include "actors/rentals/rental_actor.hpp"
#include "actors/rentals/settlement_records.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/bill.hpp"

namespace chautari {

// -- waking
// ------------------------------------------------------------------------------------------

void rental_state::remember() {
  self->request(everybody().reader, caf::infinite, load_rental{setup.id, {}})
      .await(
          [this](const rental_lookup& found) {
            if (!found.rental)
              unknown_because = refuse(rental_refusal::rental_not_found);
            else if (is_open(found.rental->status))
              unknown_because = refuse(rental_refusal::request_in_progress);  // Its own actor is being born.
            else
              facts = *found.rental;
          },
          [this](caf::error& why) { unknown_because = std::move(why); });
}

void rental_state::leave_if_over() {
  if (!is_open(facts.status)) leave();
}

void rental_state::admit(const rental_command& from, answer_promise promise, std::function<void()> act) {
  self->request(everybody().accounts, caf::infinite, admit_command{from.rider, from.id, from.body_hash})
      .await(
          [this, promise, act](const admission& before) mutable {
            if (before.replayed_status == 0) return act();
            promise.deliver(rental_answer{before.replayed_status, before.replayed_data, true});
            leave_if_over();
          },
          [this, promise](caf::error& why) { refused(promise, std::move(why)); });
}

stored_answer rental_state::answer_of(const rental_command& from, const char* route, std::string data,
                                      int status) const {
  return {from.id, from.rider, route, from.body_hash, status, std::move(data), everybody().now()};
}

void rental_state::answered(answer_promise promise, const stored_answer& answer) {
  promise.deliver(rental_answer{answer.status, answer.data, false});
  leave_if_over();
}

void rental_state::refused(answer_promise promise, caf::error why) {
  promise.deliver(std::move(why));
  leave_if_over();
}

// -- settlement
// ------------------------------------------------------------------------------------------

void rental_state::settle_use(const use_ending& ending, const when_stored& done) {
  if (!next_status(facts.status, ending.step)) return done(refuse(rental_refusal::invalid_rental_status));
  const bool gives_back = bill_of(charge_use(facts, ending)).due() < money{};
  if (!gives_back || facts.life.payments == 0) return hold_for_ending(ending, facts.paid, done);
  // In which mix the later payments were made is not kept in memory.
  self->request(everybody().reader, caf::infinite, load_rental_story{setup.id})
      .await([this, ending,
              done](const rental_story& story) { hold_for_ending(ending, sum_of(story.payments), done); },
             [this, done](caf::error& why) {
               complain("return-waits", why);
               done(why);
             });
}

void rental_state::hold_for_ending(const use_ending& ending, const payment_split& paid_before,
                                   const when_stored& done) {
  hold_funds due;
  due.rider = facts.rider;
  due.rental = facts.id;
  due.amount = std::max(money{}, bill_of(charge_use(facts, ending)).due());
  due.as_far_as_possible = true;
  due.from_held = facts.life.held;
  self->request(everybody().accounts, caf::infinite, due)
      .await(
          [this, ending, paid_before, done](const funds_held& held) {
            auto end = settle(facts, bank, ending, held, paid_before, setup.prices->terms);
            if (end) return store_settlement(*end, ending, done);
            free_hold({}, false);
            done(end.error());
          },
          [this, done](caf::error& why) {
            complain("return-waits", why);
            done(why);
          });
}

void rental_state::store_settlement(const settlement& end, const use_ending& ending,
                                    const when_stored& done) {
  self->request(everybody().journal, caf::infinite, settled_record(context(), end, ending))
      .await(
          [this, end, ending, done](const stored&) {
            const money held = facts.life.held;
            facts = end.rental;
            bank = end.bank;
            done({});
            payment_split back = end.refunded;
            back.wallet_cash += end.unheld.wallet_cash;
            back.wallet_goodwill += end.unheld.wallet_goodwill;
            self->send(everybody().accounts, funds_moved{facts.rider, facts.id, true, back, end.points(),
                                                         end.points_for_punctuality > 0, -held});
            end_settled(ending);
          },
          [this, end, ending, done](caf::error& why) {
            complain("return-waits", why);
            if (is_seat_taken(why, end.bank)) {
              // The slot's last bank is not off the books yet. The rider shall not wait for that.
              settlement homeless = end;
              homeless.bank = unseated(end.bank);
              return store_settlement(homeless, ending, done);
            }
            free_hold({}, false);
            done(why);
          });
}

void rental_state::settle_discount(discount_use_state state) const {
  if (facts.life.discount.is_nil()) return;
  self->send(everybody().prices, discount_settled{facts.life.discount, facts.id, state});
}

void rental_state::end_settled(const use_ending& ending) {
  // Without a seat it is a stranger to its station, and the next snapshot brings it home.
  if (!bank.station.is_nil())
    self->send(everybody().stations, seat_bank{bank.station, bank, ending.seen_at});
  else if (!ending.cabinet.value.empty())
    self->send(everybody().kiosks, request_snapshot{ending.cabinet});
  if (ending.is_quick_return) settle_discount(discount_use_state::released);
  tell_place(ending.answer);
  announce(ending.event.c_str());
  tell_feed(ending.feed_kind.c_str(), ending.is_alarming ? feed_severity::alarm : feed_severity::info,
            ending.station);
  leave();
}

}  // namespace chautari
