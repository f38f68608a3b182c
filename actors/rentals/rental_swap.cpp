/// A bank exchanged for another (3.7): an intent before the return. The new bank is kept for three minutes;
/// if the old one comes back meanwhile the new one is ejected, and only when it is out the rental has it. The
/// old bank stays promised to the rental until then, so that nobody rents it while its end is open.

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

// -- the wish
// ------------------------------------------------------------------------------------------

caf::result<rental_answer> rental_state::swap(const swap_rental& wish) {
  return obey(wish, [this](const swap_rental& known_wish, answer_promise promise) {
    if (const auto why = refuse_swap(facts, setup.prices->terms, everybody().now()))
      return refused(promise, refuse(*why));
    self->request(everybody().reader, caf::infinite,
                  count_rider_habits{facts.rider, start_of_day(everybody().now())})
        .await(
            [this, known_wish, promise](const rider_habits& today) {
              if (today.swaps >= setup.prices->terms.swaps_per_day_max)
                return refused(promise, refuse(rental_refusal::swap_limit_exceeded));
              ask_for_swap(known_wish, promise);
            },
            [this, promise](caf::error& why) { refused(promise, std::move(why)); });
  });
}

void rental_state::ask_for_swap(const swap_rental& wish, answer_promise promise) {
  self->request(everybody().stations, caf::infinite,
                reserve_bank{facts.station_serial, facts.id, wish.wanted, false})
      .await(
          [this, wish, promise](const bank_reservation& kept) { store_swap_wish(wish, kept.bank, promise); },
          [this, promise](caf::error& why) { refused(promise, std::move(why)); });
}

void rental_state::store_swap_wish(const swap_rental& wish, const bank_image& reserved,
                                   answer_promise promise) {
  const timestamp until = everybody().now() + setup.prices->terms.swap_pending_for;
  const rental_image next = swap_wished(facts, wish, reserved, until);
  const auto answer = answer_of(wish.from, "POST /api/rentals/{id}/swap", swap_wished_json(next), 202);
  record entry = fresh_record(context());
  add_state(entry, next, {"swap-requested", "3.7", entry.at},
            {{"bank", reserved.serial.text()},
             {"slot", reserved.slot},
             {"reason", to_string(wish.reason)},
             {"until", to_rfc3339(until)}});
  entry.add(reserved);
  entry.add(answer);
  self->request(everybody().journal, caf::infinite, std::move(entry))
      .await(
          [this, next, answer, promise](const stored&) {
            facts = next;
            tell_place(answer);
            set_clock();
            announce("rental.swap");
            answered(promise, answer);
          },
          [this, reserved, promise](caf::error& why) {
            self->send(everybody().stations, release_bank{facts.station, facts.id, reserved.serial});
            refused(promise, std::move(why));
          });
}

void rental_state::give_up_swap_wish() {
  const bank_sn kept = facts.life.swap->bank_serial;
  look_for_bank(kept, [this, kept](const std::optional<bank_image>& here) {
    rental_image next = facts;
    next.life.swap.reset();
    ++next.revision;
    record entry = fresh_record(context());
    add_state(entry, next, {"swap-expired", "3.7", facts.life.swap->until}, {{"bank", kept.text()}});
    if (here) entry.add(bank_freed(*here));
    self->request(everybody().journal, caf::infinite, std::move(entry))
        .await(
            [this, next, kept](const stored&) {
              facts = next;
              self->send(everybody().stations, release_bank{facts.station, facts.id, kept});
              set_clock();
              announce("rental.swap");
            },
            [this](const caf::error&) { arm(clock_timer, everybody().now() + limits::rental_store_retry); });
  });
}

void rental_state::look_for_bank(bank_sn serial, std::function<void(const std::optional<bank_image>&)> then) {
  self->request(everybody().stations, caf::infinite, look_at_bank{facts.station, serial})
      .await([then](const seated_bank& found) { then(found.bank); },
             // No such station any more: then the bank is nowhere, until somebody shows it.
             [then](const caf::error&) { then({}); });
}

// -- the old bank is back
// ------------------------------------------------------------------------------------------

void rental_state::eject_for_swap(const bank_seen& seen, const evidence_reading& reading,
                                  seen_promise promise) {
  look_for_bank(facts.life.swap->bank_serial,
                [this, seen, reading, promise](const std::optional<bank_image>& fresh) mutable {
                  // Somebody else got it meanwhile: then this is a return like any other.
                  const bool is_kept = fresh && fresh->rental == facts.id && fresh->slot > 0;
                  if (!is_kept) return close(seen, reading, true, promise);
                  rental_image next = facts;
                  next.life.swap->returned_at = reading.ended_at;
                  next.life.swap->slot = fresh->slot;
                  next.life.claim.reset();
                  ++next.revision;
                  bank_image left = bank;
                  if (left.status == bank_status::rented) left.status = bank_status::reserved;
                  left.station = seen.station;
                  left.slot = seen.slot;
                  if (seen.battery >= 0) left.battery = seen.battery;
                  store_swap_ejection(seen, next, *fresh, left, promise);
                });
}

void rental_state::store_swap_ejection(const bank_seen& seen, const rental_image& next,
                                       const bank_image& fresh, const bank_image& left,
                                       seen_promise promise) {
  command_image order =
      ejection_of(next, everybody().ids.make<command_id>(), next.publishes + 1, everybody().now());
  order.bank = fresh.serial;
  order.slot = fresh.slot;
  record entry = fresh_record(context());
  add_state(entry, next, {"bank-returned-for-swap", "3.7", *next.life.swap->returned_at},
            {{"returned", left.serial.text()}, {"slot", left.slot}, {"next", fresh.serial.text()}});
  entry.add(left);
  entry.add(order);
  if (seen.report) {
    cabinet_report report = *seen.report;
    report.dedupe_key =
        return_key(seen.cabinet, report.frame_type, seen.bank, seen.slot, next.bank_ejections);
    entry.add(std::move(report));
  }
  self->request(everybody().journal, caf::infinite, std::move(entry))
      .await(
          [this, seen, next, left, order, promise](const stored&) mutable {
            facts = next;
            bank = left;
            command = order;
            set_clock();
            self->send(everybody().stations, seat_bank{left.station, left, seen.received_at});
            self->send(everybody().rentals, rental_registered{facts.id, facts.rider, order.bank, {}});
            self->send(everybody().kiosks, eject_bank{order, publishes_max});
            announce("rental.swap");
            promise.deliver(bank_seen_answer{sighting_answer::exchanged, left});
          },
          [this, promise](caf::error& why) mutable {
            complain("return-waits", why);
            promise.deliver(std::move(why));
          });
}

// -- the new bank is out, or not
// ------------------------------------------------------------------------------------------

void rental_state::note_swap_outcome(const ejection_outcome& outcome, noted_promise promise) {
  switch (outcome.result) {
    case ejection_result::uncertain:
      // No clock runs; the next snapshot decides, or a day without one.
      promise.deliver(outcome_noted{false});
      return;
    case ejection_result::refuted:
    case ejection_result::not_moved:
    case ejection_result::dark:
      return end_failed_swap(outcome, promise);
    case ejection_result::confirmed:
      break;
  }
  self->request(everybody().reader, caf::infinite, load_bank{outcome.bank})
      .await(
          [this, outcome, promise](const bank_lookup& found) mutable {
            if (found.bank) return swap_to(*found.bank, outcome, promise);
            bank_image stranger;
            stranger.id = everybody().ids.make<bank_id>();
            stranger.serial = outcome.bank;
            stranger.status = bank_status::quarantined;
            swap_to(stranger, outcome, promise);
          },
          [this, promise](caf::error& why) mutable { refuse_outcome(why, promise); });
}

void rental_state::swap_to(const bank_image& found, const ejection_outcome& outcome, noted_promise promise) {
  if (!found.rental.is_nil() && !(found.rental == facts.id)) {
    ask_other_rental(found, outcome);
    promise.deliver(refuse(rental_refusal::request_in_progress));
    return;
  }
  swap_parts parts{outcome, bank_out(found, facts.id), {}, {}};
  if (parts.out.serial == bank.serial) return keep_old_bank(parts.out, outcome, promise);
  look_for_bank(bank.serial, [this, parts, promise](const std::optional<bank_image>& here) mutable {
    parts.left = bank_freed(seated_as(bank, here));
    const bank_sn planned = facts.life.swap->bank_serial;
    if (parts.out.serial == planned) return store_swapped(parts, promise);
    // The cabinet gave another one than was kept.
    look_for_bank(planned, [this, parts, promise](const std::optional<bank_image>& stayed) mutable {
      if (stayed) parts.planned = bank_freed(*stayed);
      store_swapped(parts, promise);
    });
  });
}

void rental_state::store_swapped(const swap_parts& parts, noted_promise promise) {
  const bank_sn planned = facts.life.swap->bank_serial;
  const timestamp at = parts.outcome.at;
  const auto done = swap_bank(facts, parts.left, parts.out, at);
  record entry = fresh_record(context());
  auto data = outcome_facts(parts.outcome);
  data["returned"] = parts.left.serial.text();
  add_state(entry, done.rental, {"bank-swapped", "3.7", at}, data);
  entry.add(parts.left);
  entry.add(parts.out);
  if (parts.planned) entry.add(*parts.planned);
  entry.add(done.row);
  add_evidence(entry, parts.outcome);
  self->request(everybody().journal, caf::infinite, std::move(entry))
      .await(
          [this, done, parts, planned, at, promise](const stored&) mutable {
            facts = done.rental;
            bank = parts.out;
            begin_with(evidence_kind::ejected, at);
            set_clock();
            self->send(everybody().rentals,
                       rental_registered{facts.id, facts.rider, bank.serial, parts.left.serial});
            self->send(everybody().stations, bank_left{facts.station, facts.id, bank.serial, planned});
            self->send(everybody().stations, release_bank{facts.station, facts.id, parts.left.serial});
            announce("rental.swap");
            tell_feed("rental.swapped", feed_severity::info, facts.station);
            promise.deliver(outcome_noted{true});
          },
          [this, parts, promise](caf::error& why) mutable {
            if (!is_seat_taken(why, parts.left)) return refuse_outcome(why, promise);
            swap_parts homeless = parts;
            homeless.left = unseated(parts.left);
            store_swapped(homeless, promise);
          });
}

/// The cabinet gave the old bank out again: nothing is swapped, the rental goes on with it.
void rental_state::keep_old_bank(const bank_image& out, const ejection_outcome& outcome,
                                 noted_promise promise) {
  const bank_sn kept = facts.life.swap->bank_serial;
  look_for_bank(kept, [this, out, outcome, kept, promise](const std::optional<bank_image>& stayed) mutable {
    rental_image next = facts;
    next.life.swap.reset();
    next.bank_ejections = out.ejections;
    ++next.revision;
    record entry = fresh_record(context());
    auto data = outcome_facts(outcome);
    data["kept"] = kept.text();
    add_state(entry, next, {"swap-failed", "3.7", outcome.at}, data);
    entry.add(out);
    if (stayed) entry.add(bank_freed(*stayed));
    add_evidence(entry, outcome);
    self->request(everybody().journal, caf::infinite, std::move(entry))
        .await(
            [this, next, out, kept, at = outcome.at, promise](const stored&) mutable {
              facts = next;
              bank = out;
              begin_with(evidence_kind::ejected, at);
              set_clock();
              self->send(everybody().rentals, rental_registered{facts.id, facts.rider, bank.serial, kept});
              self->send(everybody().stations, bank_left{facts.station, facts.id, bank.serial, kept});
              announce("rental.swap");
              promise.deliver(outcome_noted{true});
            },
            [this, promise](caf::error& why) mutable { refuse_outcome(why, promise); });
  });
}

/// The old bank is back and no new one came: as if it had been a quick return, whatever the day's limit says.
void rental_state::end_failed_swap(const ejection_outcome& outcome, noted_promise promise) {
  const pending_swap wish = *facts.life.swap;
  look_for_bank(bank.serial, [this, outcome, wish, promise](const std::optional<bank_image>& here) {
    look_for_bank(wish.bank_serial, [this, outcome, wish, promise,
                                     here](const std::optional<bank_image>& fresh) mutable {
      use_ending ending;
      make_quick(ending);
      ending.ended_at = *wish.returned_at;
      ending.data = outcome_facts(outcome);
      ending.rule = "3.7";
      ending.seen_at = everybody().now();
      ending.cabinet = facts.cabinet;
      ending.station = facts.station;
      ending.station_serial = facts.station_serial;
      ending.station_name = facts.station_name;
      if (here) ending.slot = here->slot;
      if (bank.status == bank_status::reserved)
        ending.bank_becomes = ending.slot > 0 ? bank_status::available : bank_status::missing;
      ending.battery = bank.battery;
      if (fresh) ending.also.emplace_back(bank_after_cancel(*fresh, outcome.result));
      if (!outcome.command.id.is_nil()) ending.also.emplace_back(outcome.command);
      if (outcome.report) ending.also.emplace_back(*outcome.report);
      settle_use(ending, [this, outcome, wish, promise](const caf::error& why) mutable {
        if (why) return refuse_outcome(why, promise);
        const bool is_gone = outcome.result == ejection_result::dark;
        const bool is_at_fault = outcome.result == ejection_result::refuted;
        if (is_gone)
          self->send(everybody().stations,
                     bank_left{facts.station, facts.id, wish.bank_serial, wish.bank_serial, false});
        else
          self->send(everybody().stations, release_bank{facts.station, facts.id, wish.bank_serial,
                                                        is_at_fault, is_bank_in_doubt(outcome)});
        promise.deliver(outcome_noted{true});
      });
    });
  });
}

}  // namespace chautari
