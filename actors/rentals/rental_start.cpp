/// The rental's birth: admission, reservation, hold, one record, and then the cabinet is asked.

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

/// What is known so far, and what must be undone if it comes to nothing.
struct rental_state::starting {
  start_rental wish;
  std::optional<rental_refusal> refusal;  ///< Of the checks 7 to 9; answered after those of the station.
  admission rider;
  bank_reservation reserved;
  std::optional<station_discount> discount;  ///< Claimed; released if it comes to nothing.
  partner_id free_for;                       ///< The vendor whose free ejection of the day it is.
  payment_split paid;
  std::optional<stored_answer> answer;  ///< That it must be paid from outside first.
  bool has_place = false;
  bool has_bank = false;
  bool has_funds = false;
};

caf::result<start_answer> rental_state::start(const start_rental& wish) {
  wished_at = everybody().now();
  asker = self->make_response_promise<start_answer>();
  auto birth = std::make_shared<starting>();
  birth->wish = wish;
  birth->refusal = refuse_wish(wish, setup.prices->prices, wished_at, everybody().gateways);
  self->request(everybody().accounts, caf::infinite,
                admit_rental{wish.rider, setup.id, wish.id, wish.body_hash})
      .await(
          [this, birth](admission& rider) {
            if (rider.replayed_status != 0) {
              asker.deliver(start_answer{{}, rider.replayed_status, std::move(rider.replayed_data)});
              return leave();
            }
            birth->has_place = true;
            birth->rider = std::move(rider);
            reserve(birth);
          },
          [this, birth](caf::error& why) { give_up(*birth, std::move(why)); });
  return asker;
}

void rental_state::reserve(const std::shared_ptr<starting>& birth) {
  const start_rental& wish = birth->wish;
  const reserve_bank question{wish.station, setup.id, wish.bank, birth->refusal.has_value()};
  self->request(everybody().stations, caf::infinite, question)
      .await(
          [this, birth](bank_reservation& reserved) {
            if (birth->refusal) return give_up(*birth, refuse(*birth->refusal));
            birth->has_bank = true;
            birth->reserved = std::move(reserved);
            ask_if_free(birth);
          },
          [this, birth](caf::error& why) { give_up(*birth, std::move(why)); });
}

/// A vendor has one ejection a day free at the station it runs (3.13). Of everybody else nothing is asked.
/// Its rider account has one place, so no two starts ask at once; the database's guard is the last word.
void rental_state::ask_if_free(const std::shared_ptr<starting>& birth) {
  const station_id station = birth->reserved.station;
  const auto* vendor = vendor_at(setup.prices->prices, station, birth->wish.rider);
  if (vendor == nullptr) return claim_discount_for(birth);
  self->request(everybody().reader, caf::infinite,
                count_free_ejections{vendor->id, station, business_day(everybody().now())})
      .await(
          [this, birth, id = vendor->id](const row_count& today) {
            if (today.rows > 0) return claim_discount_for(birth);
            birth->free_for = id;
            look_at_cabinet(birth);  // Nothing is to be held.
          },
          [this, birth](caf::error& why) { give_up(*birth, std::move(why)); });
}

/// A lookup that fails fails the start: nobody is charged the full price by accident.
void rental_state::claim_discount_for(const std::shared_ptr<starting>& birth) {
  const start_rental& wish = birth->wish;
  const station_id station = birth->reserved.station;
  if (discount_offered(setup.prices->prices, station, wish.package, everybody().now()) == nullptr)
    return hold(birth);
  self->request(everybody().prices, caf::infinite,
                claim_discount{station, wish.package, wish.rider, setup.id})
      .await(
          [this, birth](const discount_claim& claim) {
            birth->discount = claim.discount;
            hold(birth);
          },
          [this, birth](caf::error& why) { give_up(*birth, std::move(why)); });
}

void rental_state::hold(const std::shared_ptr<starting>& birth) {
  const start_rental& wish = birth->wish;
  const rental_package& package = *setup.prices->prices.find(wish.package);
  hold_funds question;
  question.rider = wish.rider;
  question.rental = setup.id;
  question.mode = wish.mode;
  question.is_postpaid_hold = package.model == payment_model::postpaid;
  question.amount = question.is_postpaid_hold ? setup.prices->terms.postpaid_hold
                                              : price_at_start(package, birth->discount);
  question.wallet_amount = wish.wallet_amount;
  question.points_to_use = wish.points_to_use;
  if (wish.quoted && *wish.quoted != question.amount)
    return give_up(*birth, refuse(rental_refusal::payment_amount_mismatch));
  const bool is_direct = wish.mode == payment_mode::direct;
  if (is_direct && !question.is_postpaid_hold) return ask_for_payment(birth, question);
  self->request(everybody().accounts, caf::infinite, question)
      .await(
          [this, birth](const funds_held& held) {
            birth->has_funds = true;
            birth->paid = held.split;
            look_at_cabinet(birth);
          },
          [this, birth, question](caf::error& why) {
            const auto reason = reason_of<rental_refusal>(why);
            const bool lacks_hold = reason == rental_refusal::insufficient_postpaid_balance;
            const bool is_short = lacks_hold || reason == rental_refusal::insufficient_balance;
            if (is_short && !birth->wish.payment_method.empty()) return ask_for_payment(birth, question);
            // Direct: what is missing would be topped up first.
            const bool wants_method = lacks_hold && birth->wish.mode == payment_mode::direct;
            give_up(*birth, wants_method ? refuse(rental_refusal::payment_method_required, context_of(why))
                                         : std::move(why));
          });
}

/// The bank was there, so it is worth paying for; it is not kept. When the money has come everything is
/// checked again.
void rental_state::ask_for_payment(const std::shared_ptr<starting>& birth, const hold_funds& price) {
  const start_rental& wish = birth->wish;
  open_order question{wish.id, wish.body_hash, wish.rider, intent_purpose::rental_payment, {}};
  question.is_postpaid_hold = price.is_postpaid_hold;
  question.order.station = wish.station;
  question.order.package = wish.package;
  question.order.bank = wish.bank;
  question.order.pay = {wish.mode, wish.payment_method, wish.wallet_amount, wish.points_to_use};
  question.order.price = price.amount;
  question.order.quoted_at = wished_at;
  self->request(everybody().payments, caf::infinite, std::move(question))
      .await(
          [this, birth](const order_opened& opened) {
            birth->answer = opened.answer;
            give_up(*birth, refuse(rental_refusal::payment_required, opened.intent));
          },
          [this, birth](caf::error& why) { give_up(*birth, std::move(why)); });
}

/// A cabinet that does nothing else is asked at once: its command is stored as SENT together with the rental,
/// which spares a commit of its own. Two that find it idle at the same time are no harm: the second is stored
/// again when it leaves, and if we die before, it is verified like any other and found not to have left.
/// While no command can reach it (our line to the broker is down) nothing is charged only to be given back.
void rental_state::look_at_cabinet(const std::shared_ptr<starting>& birth) {
  self->request(everybody().kiosks, caf::infinite, look_at_kiosk{birth->reserved.cabinet})
      .await(
          [this, birth](const kiosk_view& seen) {
            const bool was_there = seen.last_seen_at != timestamp{};
            if (was_there && !seen.is_online)
              return give_up(*birth, caf::make_error(station_refusal::device_unreachable));
            store_start(birth, seen.is_online && !seen.is_ejecting && seen.queued == 0);
          },
          [this, birth](const caf::error&) { store_start(birth, false); });
}

void rental_state::store_start(const std::shared_ptr<starting>& birth, bool is_cabinet_idle) {
  const id_source& ids = everybody().ids;
  opening born{setup.id,          ids.make_code(8),         ids.make<transaction_id>(),
               everybody().now(), setup.prices->terms.lost, birth->discount};
  born.free_for = birth->free_for;
  if (born.free_for.is_nil())  // Nothing is earned by a free one, so nobody shares in it.
    born.revenue = revenue_terms_at(setup.prices->prices, birth->reserved.station, setup.prices->terms);
  facts = open_rental(born, birth->wish, birth->rider, setup.prices->prices, birth->reserved, birth->paid);
  bank = birth->reserved.bank;
  command = ejection_of(facts, ids.make<command_id>(), 1, everybody().now());
  if (is_cabinet_idle) {
    command->state = command_state::sent;
    command->sent_at = command->created_at;
  }
  self->request(everybody().journal, caf::infinite, started_record(context(), facts, bank, *command))
      .await([this, birth](const stored&) { begin_ejection(birth); },
             [this, birth](caf::error& why) {
               facts = {};
               // In the database this bank is still another rental's, whose end is on its way there: the next
               // try will do.
               if (reason_of<journal_refusal>(why) == journal_refusal::conflict)
                 why = caf::make_error(station_refusal::station_busy);
               give_up(*birth, std::move(why));
             });
}

void rental_state::begin_ejection(const std::shared_ptr<starting>& birth) {
  // The directory knows the bank before the cabinet can speak of it: a message sent first arrives first.
  self->send(everybody().rentals, rental_registered{setup.id, facts.rider, facts.bank_serial, {}});
  if (birth->has_funds) free_hold({}, true, facts.life.held);
  tell_place(start_outcome(facts, 0, everybody().now()));
  eject();
  announce("rental.status");
  arm(answer_timer, wished_at + limits::start_answer_within);
}

void rental_state::give_up(const starting& birth, caf::error why) {
  const start_rental& wish = birth.wish;
  if (birth.has_bank)
    self->send(everybody().stations,
               release_bank{birth.reserved.station, setup.id, birth.reserved.bank.serial});
  if (birth.has_funds)
    self->send(everybody().accounts, funds_moved{wish.rider, setup.id, false, {}, 0, false});
  if (birth.discount)
    self->send(everybody().prices,
               discount_settled{birth.discount->id, setup.id, discount_use_state::released});
  if (birth.has_place) {
    rental_place place;
    place.rider = wish.rider;
    place.rental = setup.id;
    place.answer = birth.answer;
    self->send(everybody().accounts, place);
  }
  asker.deliver(std::move(why));
  leave();
}

}  // namespace chautari
