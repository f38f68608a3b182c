/// What a rental makes of everything that is heard of its bank. It decides by reading all it knows
/// (evidence.hpp), never by the last message alone.

#include <algorithm>

#include "actors/rentals/rental_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

const char* word_of(sighting_kind kind) {
  switch (kind) {
    case sighting_kind::return_report:
      return "0x40";
    case sighting_kind::self_test:
      return "0x28";
    case sighting_kind::claim:
      return "http";
    case sighting_kind::snapshot:
    case sighting_kind::absence:
      break;
  }
  return "0x10";
}

bool is_passing(const evidence& one) {
  return one.kind == evidence_kind::claim || one.kind == evidence_kind::absence;
}

}  // namespace

void rental_state::keep(evidence one) {
  if (std::find(heard.begin(), heard.end(), one) != heard.end()) return;
  if (heard.size() >= limits::rental_evidence_max) {
    const auto oldest = std::find_if(heard.begin(), heard.end(), is_passing);
    heard.erase(oldest == heard.end() ? heard.begin() : oldest);
  }
  heard.push_back(std::move(one));
}

void rental_state::begin_with(evidence_kind kind, timestamp at) {
  heard.clear();
  evidence one;
  one.kind = kind;
  one.bank = facts.bank_serial;
  one.rental = facts.id;
  one.station = facts.station;
  one.heard_at = everybody().now();
  one.at = at;
  keep(std::move(one));
}

caf::result<bank_seen_answer> rental_state::see_bank(const bank_seen& seen) {
  if (facts.revision == 0) return bank_seen_answer{};
  if (!is_open(facts.status)) return bank_seen_answer{sighting_answer::already_closed, {}};
  const bool is_next = is_swapping(facts) && seen.bank == facts.life.swap->bank_serial;
  if (is_next) return bank_seen_answer{sighting_answer::not_out, {}};
  if (seen.bank != facts.bank_serial) return bank_seen_answer{};
  if (is_swapping(facts)) return bank_seen_answer{sighting_answer::too_early, {}};
  keep(evidence_of(seen));
  const auto reading = read_evidence(facts, heard);
  const bool speaks_of_claim = seen.kind == sighting_kind::claim || seen.kind == sighting_kind::absence;
  const bool is_frozen_anew = reading.status == rental_status::active &&
                              (reading.claim ? reading.claim->heard_at : timestamp{}) !=
                                  (facts.life.claim ? facts.life.claim->claimed_at : timestamp{});
  if (reading.status == rental_status::pending_popup) {
    std::erase(heard,
               evidence_of(seen));  // The ejection procedure decides; a later sighting will tell it again.
    return bank_seen_answer{sighting_answer::not_out, {}};
  }
  if (reading.status == rental_status::active && !is_frozen_anew) {
    if (!speaks_of_claim) return bank_seen_answer{sighting_answer::too_early, {}};
    return bank_seen_answer{reading.claim ? sighting_answer::claimed : sighting_answer::not_rented, {}};
  }
  auto promise = self->make_response_promise<bank_seen_answer>();
  if (reading.status == rental_status::active)
    store_claim(reading, promise);
  else if (facts.status == rental_status::pending_popup)
    confirm_by_sighting(seen, reading, promise);
  else
    take_back(seen, reading, promise);
  return promise;
}

/// Another cabinet shows the bank: it left (4.8-8). What its kiosk tells afterwards finds the rental closed
/// and changes nothing.
void rental_state::confirm_by_sighting(const bank_seen& seen, const evidence_reading& reading,
                                       seen_promise promise) {
  const auto outcome = departure_of(facts, command, *reading.started_at);
  const bank_image out = bank_out(bank, facts.id);
  auto next = confirm_ejection(facts, out, outcome.at);
  if (!next) {
    promise.deliver(next.error());
    return;
  }
  next->publishes = publishes_after(facts, outcome);
  self->request(everybody().journal, caf::infinite, confirmed_record(context(), *next, out, {}, outcome))
      .await(
          [this, seen, reading, next = *next, out, promise](const stored&) mutable {
            become_active(next, out);
            close(seen, reading, false, promise);
          },
          [this, promise](caf::error& why) mutable {
            complain("return-waits", why);
            promise.deliver(std::move(why));
          });
}

void rental_state::take_back(const bank_seen& seen, const evidence_reading& reading, seen_promise promise) {
  if (is_swap_return(facts, seen)) return eject_for_swap(seen, reading, promise);
  const auto& terms = setup.prices->terms;
  if (!is_quick_return(facts, seen, *reading.ended_at, terms)) return close(seen, reading, false, promise);
  self->request(everybody().reader, caf::infinite,
                count_rider_habits{facts.rider, start_of_day(everybody().now())})
      .await(
          [this, seen, reading, promise](const rider_habits& today) mutable {
            const bool is_free = today.quick_returns < setup.prices->terms.quick_returns_per_day_max;
            close(seen, reading, is_free, promise);
          },
          [this, promise](caf::error& why) mutable {
            complain("return-waits", why);
            promise.deliver(std::move(why));
          });
}

void rental_state::close(const bank_seen& seen, const evidence_reading& reading, bool is_quick,
                         seen_promise promise) {
  use_ending ending = return_of(facts, seen);
  ending.ended_at = *reading.ended_at;
  ending.data["told_by"] = word_of(seen.kind);
  ending.data["told_at"] = to_rfc3339(seen.received_at);
  if (facts.life.claim) ending.data["claimed_at"] = to_rfc3339(facts.life.claim->claimed_at);
  if (is_quick) make_quick(ending);
  end_use(std::move(ending), [this, promise](const caf::error& why) mutable {
    if (why) {
      promise.deliver(why);
      return;
    }
    promise.deliver(bank_seen_answer{sighting_answer::closed, bank});
  });
}

void rental_state::store_claim(const evidence_reading& reading, seen_promise promise) {
  rental_image next = facts;
  ++next.revision;
  record entry = fresh_record(context());
  if (const auto& claim = reading.claim) {
    next.life.claim =
        return_claim{claim->station, claim->cabinet, claim->slot, claim->battery, claim->heard_at, 0};
    add_state(entry, next, {"return-claimed", "3.9-2", claim->heard_at},
              {{"station", claim->station.text()}, {"slot", claim->slot}});
  } else {
    add_state(
        entry, next, {"claim-refuted", "3.9-2", entry.at},
        {{"claimed_at", to_rfc3339(facts.life.claim->claimed_at)}, {"snapshots", absences_against_claim}});
    next.life.claim.reset();
    std::get<rental_image>(entry.parts.front()).life.claim.reset();
  }
  self->request(everybody().journal, caf::infinite, std::move(entry))
      .await(
          [this, next, promise](const stored&) mutable {
            const auto place = (facts.life.claim ? facts.life.claim : next.life.claim)->station;
            facts = std::move(next);
            set_clock();
            announce("rental.status");
            if (facts.life.claim)
              tell_feed("rental.claimed", feed_severity::info, place);
            else
              tell_feed("rental.claim_refuted", feed_severity::alarm, place);
            promise.deliver(bank_seen_answer{
                facts.life.claim ? sighting_answer::claimed : sighting_answer::not_rented, {}});
          },
          [this, promise](caf::error& why) mutable {
            complain("claim-waits", why);
            // Nobody tells us again that a claim is too old but the clock.
            arm(clock_timer, everybody().now() + limits::rental_store_retry);
            promise.deliver(std::move(why));
          });
}

void rental_state::end_use(use_ending ending, const when_stored& done) {
  if (!facts.life.swap || is_swapping(facts)) return settle_use(ending, done);
  // The bank that was kept for a swap is nobody's any more.
  const bank_sn kept = facts.life.swap->bank_serial;
  look_for_bank(kept, [this, ending, done, kept](const std::optional<bank_image>& here) mutable {
    if (here) ending.also.emplace_back(bank_freed(*here));
    settle_use(ending, [this, done, kept](const caf::error& why) {
      if (!why) self->send(everybody().stations, release_bank{facts.station, facts.id, kept});
      done(why);
    });
  });
}

}  // namespace chautari
