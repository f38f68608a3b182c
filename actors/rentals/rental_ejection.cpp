/// What a rental makes of the outcomes its kiosk tells it. Every outcome is answered only after what follows
/// from it is stored; a refusal means: tell me again later.

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
caf::result<outcome_noted> rental_state::note_outcome(const ejection_outcome& outcome) {
  auto promise = self->make_response_promise<outcome_noted>();
  if (facts.revision == 0) {
    // Woken only to hear this: nobody has rented under this id lately.
    remember_then_note(outcome, promise);
    return promise;
  }
  const bool is_stale = command && !outcome.command.id.is_nil() && !(outcome.command.id == command->id);
  if (is_swapping(facts) && !is_stale) {
    note_swap_outcome(outcome, promise);
    return promise;
  }
  if (facts.status != rental_status::pending_popup || is_stale) {
    note_late(outcome, promise);
    return promise;
  }
  switch (outcome.result) {
    case ejection_result::confirmed:
      confirm(outcome, promise);
      break;
    case ejection_result::uncertain:
      doubt(outcome, promise);
      break;
    case ejection_result::refuted:
    case ejection_result::dark:
      cancel(outcome, promise);
      break;
    case ejection_result::not_moved:
      if (!facts.cancel_requested && follow_up(facts, outcome) == ejection_follow_up::try_another_bank)
        try_another_bank(outcome, promise);
      else
        cancel(outcome, promise);
      break;
  }
  return promise;
}

// -- late news
// ------------------------------------------------------------------------------------------

void rental_state::remember_then_note(const ejection_outcome& outcome, noted_promise promise) {
  self->request(everybody().reader, caf::infinite, load_rental{setup.id, {}})
      .await(
          [this, outcome, promise](const rental_lookup& found) mutable {
            if (!found.rental) {
              promise.deliver(outcome_noted{false});
              return leave();
            }
            if (is_open(found.rental->status)) {
              // Its own actor is being born: ask again.
              promise.deliver(refuse(rental_refusal::request_in_progress));
              return leave();
            }
            facts = *found.rental;
            note_late(outcome, promise);
          },
          [this, promise](caf::error& why) mutable {
            promise.deliver(std::move(why));
            leave();
          });
}

void rental_state::note_late(const ejection_outcome& outcome, noted_promise promise) {
  // What is told twice of a bank that did come out, and was brought back at once, is none.
  const bool is_its_own = facts.started_at && outcome.bank == facts.bank_serial;
  const bool is_incident =
      facts.status == rental_status::cancelled && !is_its_own && outcome.result == ejection_result::confirmed;
  if (!is_incident) return store_late(outcome, promise);
  ++facts.revision;
  self->request(everybody().journal, caf::infinite, incident_record(context(), facts, outcome))
      .await(
          [this, outcome, promise](const stored&) mutable {
            log_event(everybody().log, log_level::error, "ejection-after-refutation",
                      "a bank came out after its rental had been given up; nobody is charged",
                      {{"rental", facts.id.text()}, {"bank", outcome.bank.text()}});
            self->send(everybody().stations, bank_escaped{facts.station, outcome.bank, facts.id, outcome.at});
            promise.deliver(outcome_noted{false});
            leave();
          },
          [this, promise](caf::error& why) mutable {
            --facts.revision;
            promise.deliver(std::move(why));
            leave();
          });
}

/// The rental is decided already; the command's own end is stored all the same, so that nobody looks for it.
void rental_state::store_late(const ejection_outcome& outcome, noted_promise promise) {
  const bool is_final = !outcome.command.id.is_nil() && outcome.command.state != command_state::queued &&
                        outcome.command.state != command_state::sent;
  const auto finish = [this] {
    if (!is_open(facts.status)) leave();
  };
  if (!is_final) {
    promise.deliver(outcome_noted{false});
    return finish();
  }
  self->request(everybody().journal, caf::infinite, late_record(context(), outcome))
      .await(
          [promise, finish](const stored&) mutable {
            promise.deliver(outcome_noted{false});
            finish();
          },
          [promise, finish](caf::error& why) mutable {
            promise.deliver(std::move(why));
            finish();
          });
}

// -- out
// ------------------------------------------------------------------------------------------

void rental_state::confirm(const ejection_outcome& outcome, noted_promise promise) {
  if (outcome.bank == bank.serial) return confirm_with(bank, outcome, promise);
  // What the kiosk knew of another bank may be old by now if somebody else claimed it then.
  const bool is_free = outcome.other_bank && outcome.other_bank->rental.is_nil();
  if (is_free) return confirm_with(*outcome.other_bank, outcome, promise);
  self->request(everybody().reader, caf::infinite, load_bank{outcome.bank})
      .await(
          [this, outcome, promise](const bank_lookup& found) mutable {
            if (found.bank) return confirm_with(*found.bank, outcome, promise);
            confirm_stranger(outcome, promise);
          },
          [this, promise](caf::error& why) mutable { refuse_outcome(why, promise); });
}

void rental_state::refuse_outcome(const caf::error& why, noted_promise promise) const {
  complain("outcome-waits", why);
  promise.deliver(why);
}

void rental_state::confirm_stranger(const ejection_outcome& outcome, noted_promise promise) {
  bank_image stranger;
  stranger.id = everybody().ids.make<bank_id>();
  stranger.serial = outcome.bank;
  stranger.status = bank_status::quarantined;
  confirm_with(stranger, outcome, promise);
}

void rental_state::confirm_with(const bank_image& found, const ejection_outcome& outcome,
                                noted_promise promise) {
  if (!found.rental.is_nil() && !(found.rental == facts.id)) {
    ask_other_rental(found, outcome);
    promise.deliver(refuse(rental_refusal::request_in_progress));
    return;
  }
  const bank_image out = bank_out(found, facts.id);
  auto next = confirm_ejection(facts, out, outcome.at);
  if (!next) {
    promise.deliver(next.error());
    return;
  }
  next->publishes = publishes_after(facts, outcome);
  std::optional<bank_image> planned;
  if (out.id != bank.id) planned = bank_freed(bank);
  store_confirmed(*next, out, planned, outcome, promise);
}

void rental_state::store_confirmed(const rental_image& next, const bank_image& out,
                                   const std::optional<bank_image>& planned, const ejection_outcome& outcome,
                                   noted_promise promise) {
  self->request(everybody().journal, caf::infinite, confirmed_record(context(), next, out, planned, outcome))
      .await(
          [this, next, out, promise](const stored&) mutable {
            become_active(next, out);
            promise.deliver(outcome_noted{true});
          },
          [this, next, out, planned, outcome, promise](caf::error& why) mutable {
            if (planned && is_seat_taken(why, *planned))
              return store_confirmed(next, out, unseated(*planned), outcome, promise);
            refuse_outcome(why, promise);
          });
}

void rental_state::become_active(const rental_image& next, const bank_image& out) {
  const bank_sn reserved = bank.serial;
  facts = next;
  bank = out;
  begin_with(evidence_kind::ejected, *facts.started_at);
  self->send(everybody().rentals, rental_registered{facts.id, facts.rider, out.serial,
                                                    out.serial == reserved ? bank_sn{} : reserved});
  self->send(everybody().stations, bank_left{facts.station, facts.id, out.serial, reserved});
  settle_discount(discount_use_state::confirmed);
  tell_place(start_outcome(facts, 201, everybody().now()));
  set_clock();
  announce("rental.status");
  tell_feed("rental.started", feed_severity::info, facts.station);
  if (asker.pending()) asker.deliver(start_answer{facts, 0, {}});
}

void rental_state::ask_other_rental(const bank_image& claimed, const ejection_outcome& outcome) {
  log_event(everybody().log, log_level::warning, "bank-of-another-rental",
            "the cabinet gave a bank that another rental claims",
            {{"rental", facts.id.text()}, {"bank", claimed.serial.text()}, {"other", claimed.rental.text()}});
  if (claimed.status == bank_status::reserved) {
    self->send(everybody().rentals, bank_taken{claimed.serial, facts.id});
    return;
  }
  // It was believed to be out: it must have come back here unseen before it left again.
  bank_seen unseen;
  unseen.bank = claimed.serial;
  unseen.station = facts.station;
  unseen.station_serial = facts.station_serial;
  unseen.station_name = facts.station_name;
  unseen.cabinet = facts.cabinet;
  unseen.received_at = everybody().now();
  unseen.returned_at = outcome.at;
  // Nobody waits for the answer.
  if (claimed.status == bank_status::lost)
    caf::anon_send(everybody().rentals, lost_bank_found{claimed.rental, unseen});
  else
    caf::anon_send(everybody().rentals, unseen);
}

// -- another one
// ------------------------------------------------------------------------------------------

void rental_state::give_way(const bank_taken& taken) {
  if (facts.status != rental_status::pending_popup || facts.revision == 0 || taken.bank != bank.serial)
    return;
  // The same as a cabinet that says "nothing moved", but nothing was published.
  ejection_outcome outcome;
  outcome.rental = facts.id;
  if (command) outcome.command = *command;
  outcome.command.state = command_state::failed;
  outcome.result = ejection_result::not_moved;
  outcome.rule = bank_gone_rule;
  outcome.publishes = 0;
  // Nobody waits for an answer.
  if (facts.cancel_requested)
    cancel(outcome, {});
  else
    try_another_bank(outcome, {});
}

void rental_state::try_another_bank(const ejection_outcome& outcome, noted_promise promise) {
  // The old bank stays reserved until the new one is, so the station cannot offer it again.
  self->request(everybody().stations, caf::infinite, reserve_bank{facts.station_serial, facts.id, {}, false})
      .await([this, outcome,
              promise](const bank_reservation& next) mutable { exchange(next, outcome, promise); },
             [this, outcome, promise](const caf::error&) mutable { cancel(outcome, promise); });
}

void rental_state::exchange(const bank_reservation& reserved, const ejection_outcome& outcome,
                            noted_promise promise) {
  if (reserved.bank.serial == bank.serial) return cancel(outcome, promise);
  auto next = exchange_bank(facts, reserved.bank, outcome.publishes);
  if (!next) {
    promise.deliver(next.error());
    return;
  }
  const std::int32_t attempt = command ? command->attempt + 1 : 2;
  const auto fresh = ejection_of(*next, everybody().ids.make<command_id>(), attempt, everybody().now());
  std::optional<command_image> old;
  if (!outcome.command.id.is_nil()) old = outcome.command;
  auto entry =
      exchanged_record(context(), *next, bank_freed(bank), reserved.bank, old, fresh, outcome.report);
  self->request(everybody().journal, caf::infinite, std::move(entry))
      .await(
          [this, next = *next, fresh, reserved, promise,
           is_in_doubt = is_bank_in_doubt(outcome)](const stored&) mutable {
            const bank_sn left = bank.serial;
            facts = std::move(next);
            bank = reserved.bank;
            command = fresh;
            self->send(everybody().rentals, rental_registered{facts.id, facts.rider, bank.serial, left});
            self->send(everybody().stations, release_bank{facts.station, facts.id, left, false, is_in_doubt});
            eject();
            promise.deliver(outcome_noted{true});
          },
          [this, reserved, promise](caf::error& why) mutable {
            self->send(everybody().stations,
                       release_bank{facts.station, facts.id, reserved.bank.serial, false});
            refuse_outcome(why, promise);
          });
}

// -- unclear, or nothing
// ------------------------------------------------------------------------------------------

void rental_state::doubt(const ejection_outcome& outcome, noted_promise promise) {
  auto next = doubt_ejection(facts);
  if (facts.ejection_uncertain || !next) {
    promise.deliver(outcome_noted{false});
    return;
  }
  self->request(everybody().journal, caf::infinite, doubted_record(context(), *next, outcome))
      .await(
          [this, next = *next, promise](const stored&) mutable {
            facts = std::move(next);
            announce("rental.status");
            tell_feed("rental.uncertain", feed_severity::warning, facts.station);
            promise.deliver(outcome_noted{true});
          },
          [this, promise](caf::error& why) mutable { refuse_outcome(why, promise); });
}

void rental_state::cancel(const ejection_outcome& outcome, noted_promise promise) {
  // A hold of nothing keeps the account awake until the refund is in its memory.
  hold_funds nothing;
  nothing.rider = facts.rider;
  nothing.rental = facts.id;
  nothing.as_far_as_possible = true;
  self->request(everybody().accounts, caf::infinite, nothing)
      .await([this, outcome, promise](const funds_held&) mutable { ask_for_seat(outcome, promise); },
             [this, promise](caf::error& why) mutable { refuse_outcome(why, promise); });
}

/// Only the station knows where the bank is now: somebody may have pushed another one into its slot.
void rental_state::ask_for_seat(const ejection_outcome& outcome, noted_promise promise) {
  const auto cancel_at = [this, outcome, promise](const std::optional<bank_image>& here) {
    store_cancel(outcome, bank_after_cancel(seated_as(bank, here), outcome.result), promise);
  };
  self->request(everybody().stations, caf::infinite, look_at_bank{facts.station, bank.serial})
      .await([cancel_at](const seated_bank& found) { cancel_at(found.bank); },
             // No such station any more: then the bank is nowhere, until somebody shows it.
             [cancel_at](const caf::error&) { cancel_at({}); });
}

void rental_state::store_cancel(const ejection_outcome& outcome, const bank_image& left,
                                noted_promise promise) {
  auto next = cancel_unejected(facts, everybody().now());
  if (!next) {
    free_hold({}, false);
    promise.deliver(next.error());
    return;
  }
  next->publishes = publishes_after(facts, outcome);
  if (facts.cancel_requested) next->closure = closure_reason::user;
  self->request(everybody().journal, caf::infinite, cancelled_record(context(), *next, left, outcome))
      .await(
          [this, next = *next, outcome, promise](const stored&) mutable {
            free_hold(facts.paid, true, -facts.life.held);
            facts = std::move(next);
            promise.deliver(outcome_noted{true});
            end_cancelled(outcome);
          },
          [this, outcome, left, promise](caf::error& why) mutable {
            if (is_seat_taken(why, left)) return store_cancel(outcome, unseated(left), promise);
            free_hold({}, false);
            refuse_outcome(why, promise);
          });
}

void rental_state::end_cancelled(const ejection_outcome& outcome) {
  settle_discount(discount_use_state::released);
  tell_place(start_outcome(facts, 409, everybody().now()));
  if (outcome.result == ejection_result::dark)
    self->send(everybody().stations, bank_left{facts.station, facts.id, bank.serial, bank.serial, false});
  else
    self->send(everybody().stations,
               release_bank{facts.station, facts.id, bank.serial, outcome.result == ejection_result::refuted,
                            is_bank_in_doubt(outcome)});
  announce("rental.status");
  tell_feed("rental.eject_failed", feed_severity::warning, facts.station);
  if (asker.pending())
    asker.deliver(refuse(rental_refusal::ejection_failed, R"({"rental_id":")" + facts.id.text() + "\"}"));
  leave();
}

}  // namespace chautari
