/// What the kiosk learned and others must store: one fact at a time, in order, kept until it is on disk.
#include <algorithm>

#include "actors/kiosks/kiosk_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

/// A fact the database's guards refuse so often waits for a person; snapshots will tell it again anyway.
constexpr int refused_tries_max = 8;
/// A fact that is refused so often for a reason of its own lets the others go first.
constexpr int tries_in_front = 4;
constexpr seconds check_after_return{2};
constexpr seconds check_after_early_sighting{15};

/// The database is away: nobody else would fare better.
bool is_everybodys_trouble(const caf::error& why) {
  const auto journal = reason_of<journal_refusal>(why);
  const auto reader = reason_of<reader_refusal>(why);
  return (journal && *journal != journal_refusal::conflict) ||
         (reader && *reader != reader_refusal::not_found);
}

}  // namespace

void kiosk_state::enqueue(kiosk_fact fact) {
  auto& facts = busy().facts;
  if (auto* newer = std::get_if<snapshot_fact>(&fact)) {
    // Only the newest picture counts; what an outage hid stays as early as it was. A picture of a cabinet
    // that settles says nothing about places, so it does not replace one that does.
    for (auto at = facts.begin() + (business->is_working && !facts.empty() ? 1 : 0); at != facts.end();) {
      const auto* older = std::get_if<snapshot_fact>(&at->fact);
      if (older == nullptr || (newer->snapshot.settling && !older->snapshot.settling)) {
        ++at;
        continue;
      }
      if (older->returned_at < older->snapshot.received_at)
        newer->returned_at = std::min(newer->returned_at, older->returned_at);
      if (!older->snapshot.settling) newer->before = older->before;
      at = facts.erase(at);
    }
  } else if (facts.size() >= limits::kiosk_facts_waiting_max) {
    needs_snapshot = true;
    log_event(world->log, log_level::error, "facts-overflow", "A cabinet tells more than can be stored",
              {{"imei", cabinet.value}});
    return;
  }
  facts.push_back({std::move(fact)});
  work();
}

void kiosk_state::work() {
  if (!business || business->is_working || business->facts.empty()) return;
  if (world->now() < business->work_again_at) return;
  business->is_working = true;
  const auto fact = business->facts.front().fact;
  std::visit([this](const auto& one) { work_on(one); }, fact);
}

void kiosk_state::work_on(const snapshot_fact& fact) {
  self->request(world->stations, caf::infinite, fact.snapshot)
      .then([this, fact](const snapshot_applied& applied) { reveal(fact, applied.strangers); },
            [this](caf::error& why) { fact_failed(why); });
}

/// The banks a snapshot shows that the station knows nothing of: each is a sighting of its own, next in line.
void kiosk_state::reveal(const snapshot_fact& fact, const std::vector<observed_slot>& strangers) {
  auto& facts = business->facts;
  std::vector<waiting_fact> sightings;
  for (const auto& slot : strangers) {
    bank_seen seen{slot.bank,
                   station,
                   station_serial,
                   station_name,
                   cabinet,
                   slot.number,
                   slot.battery,
                   sighting_kind::snapshot,
                   fact.snapshot.received_at,
                   fact.returned_at,
                   false,
                   {},
                   fact.before.absent_at(slot.bank, slot.number, port_one_offset)};
    sightings.push_back({sighting_fact{std::move(seen), slot}});
  }
  facts.insert(facts.begin() + 1, sightings.begin(), sightings.end());
  fact_done();
}

void kiosk_state::work_on(const sighting_fact& fact) {
  const bool is_place_proved =
      fact.seen.kind != sighting_kind::claim && fact.seen.kind != sighting_kind::absence;
  if (!is_place_proved) return ask_rental(fact);
  prepare_slot place{station, fact.slot.number, fact.seen.bank, fact.seen.received_at,
                     fact.seen.has_switch_fault};
  self->request(world->stations, caf::infinite, place)
      .then([this, fact] { ask_rental(fact); }, [this](caf::error& why) { fact_failed(why); });
}

void kiosk_state::ask_rental(const sighting_fact& fact) {
  self->request(world->rentals, caf::infinite, fact.seen)
      .then([this, fact](const bank_seen_answer& answer) { after_answer(fact, answer); },
            [this](caf::error& why) { fact_failed(why); });
}

void kiosk_state::after_answer(const sighting_fact& fact, const bank_seen_answer& answer) {
  const auto kind = fact.seen.kind;
  if (kind == sighting_kind::claim || kind == sighting_kind::absence) return after_claim(fact, answer.answer);
  const bool is_report_stored =
      answer.answer == sighting_answer::closed || answer.answer == sighting_answer::exchanged;
  if (is_report_stored) forget_claim(fact.seen.bank);
  if (!is_report_stored && fact.seen.report) store_quietly(*fact.seen.report);
  switch (answer.answer) {
    case sighting_answer::closed:
      if (kind != sighting_kind::snapshot) check_after(check_after_return);
      return fact_done();
    case sighting_answer::too_early:
    case sighting_answer::not_out:
    case sighting_answer::claimed:
    case sighting_answer::exchanged:
      check_after(check_after_early_sighting);
      return fact_done();
    case sighting_answer::not_rented:
    case sighting_answer::already_closed:
      break;
  }
  self->request(world->stations, caf::infinite, adopt_bank{station, fact.slot, fact.seen.received_at})
      .then(
          [this, fact](const bank_adopted& adopted) {
            if (!adopted.lost_by.is_nil()) return tell_found(fact, adopted.lost_by);
            fact_done();
          },
          [this](caf::error& why) { fact_failed(why); });
}

void kiosk_state::tell_found(const sighting_fact& fact, rental_id lost_by) {
  self->request(world->rentals, caf::infinite, lost_bank_found{lost_by, fact.seen})
      .then(
          [this](const bank_seen_answer&) {
            check_after(check_after_return);
            fact_done();
          },
          [this](caf::error& why) { fact_failed(why); });
}

void kiosk_state::work_on(const bank_escaped& fact) {
  note("ejection-incident",
       "{\"bank\":\"" + fact.bank.text() + "\",\"rental\":\"" + fact.rental.text() + "\"}", log_level::error);
  self->request(world->stations, caf::infinite, fact)
      .then([this] { fact_done(); }, [this](caf::error& why) { fact_failed(why); });
}

void kiosk_state::fact_done() {
  auto& work_list = *business;
  work_list.facts.erase(work_list.facts.begin());
  work_list.is_working = false;
  work_list.work_again_at = {};
  work();
  rest();
  arm();
}

void kiosk_state::fact_failed(const caf::error& why) {
  auto& work_list = *business;
  const bool is_refused = reason_of<journal_refusal>(why) == journal_refusal::conflict;
  const bool is_hopeless = reason_of<station_refusal>(why) == station_refusal::station_not_found ||
                           reason_of<rental_refusal>(why) == rental_refusal::rental_not_found;
  auto& facts = work_list.facts;
  const int tries = ++facts.front().tries;
  log_event(world->log, log_level::warning, "fact-waits", "What a cabinet said could not be stored yet",
            {{"imei", cabinet.value}, {"tries", std::to_string(tries)}});
  if (is_hopeless || (is_refused && tries >= refused_tries_max)) return fact_done();
  work_list.is_working = false;
  work_list.work_again_at = world->now() + kiosk_back_off(tries - 1);
  if (!is_everybodys_trouble(why) && tries % tries_in_front == 0 && facts.size() > 1) {
    std::rotate(facts.begin(), facts.begin() + 1, facts.end());
    work_list.work_again_at = world->now() + kiosk_back_off(0);
  }
  arm();
}

}  // namespace chautari
