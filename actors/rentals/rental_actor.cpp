#include "actors/rentals/rental_actor.hpp"

#include "actors/lean_behavior.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/operations/feed.hpp"

namespace chautari {
namespace {

/// After a restart: every cabinet that is there has shown its banks by then. What came back while we were
/// away is no loss.
constexpr minutes cabinets_speak_within{30};

}  // namespace

// -- the rest
// ------------------------------------------------------------------------------------------

void rental_state::adopt(const adopt_rental& stored) {
  facts = stored.rental;
  bank = stored.bank;
  if (const auto& claim = facts.life.claim) {
    heard.push_back(claim_of(facts, *claim));
    // Its kiosk has forgotten it, and may be born after us.
    arm(claim_timer, everybody().now() + limits::rental_store_retry);
  }
  lost_not_before = everybody().now() + cabinets_speak_within;
  set_clock();
}

caf::result<rental_image> rental_state::look(const look_at_rental& wish) const {
  const bool is_owners = wish.rider.is_nil() || wish.rider == facts.rider;
  if (facts.revision == 0 || !is_owners) return refuse(rental_refusal::rental_not_found);
  return facts;
}

caf::result<open_rental_answer> rental_state::look_if_open() const {
  if (facts.revision == 0 || !is_open(facts.status)) return open_rental_answer{};
  return open_rental_answer{facts};
}

record_context rental_state::context() const {
  return {everybody().ids, setup.prices->terms, everybody().now()};
}

void rental_state::eject() {
  begin_with(evidence_kind::ordered, command->created_at);
  self->send(everybody().kiosks, eject_bank{*command, publishes_max - facts.publishes});
}

void rental_state::announce(const char* name) const {
  const rental_event event{facts.rider, facts.id, name, everybody().now(), facts};
  for (const auto& door : everybody().announce_to)
    self->send(door, event);
}

void rental_state::tell_feed(const char* kind, feed_severity severity, station_id place) const {
  const auto slot = facts.return_slot > 0 ? facts.return_slot : facts.slot;
  tell_operators(self, everybody(), kind, severity, place,
                 {{"rental_code", facts.code}, {"bank_sn", bank.serial.text()}, {"slot", slot}});
}

void rental_state::complain(const char* event, const caf::error& why) const {
  log_event(everybody().log, log_level::warning, event, "what happened to a rental could not be stored yet",
            {{"rental", setup.id.text()},
             {"refused_by", caf::to_string(why.category())},
             {"code", std::to_string(why.code())}});
}

void rental_state::tell_place(std::optional<stored_answer> answer) const {
  self->send(everybody().accounts,
             rental_place{facts.rider, facts.id, facts.status, is_open(facts.status),
                          is_open(facts.status) ? money{} : facts.due, std::move(answer)});
}

void rental_state::free_hold(payment_split refunded, bool captured, money held_change) const {
  self->send(everybody().accounts,
             funds_moved{facts.rider, setup.id, captured, refunded, 0, false, held_change});
}

void rental_state::leave() {
  if (std::exchange(is_leaving, true)) return;
  self->send(everybody().rentals, rental_unregistered{setup.id, facts.rider, bank.serial});
}

living_rental_actor::behavior_type rental(living_rental_actor::stateful_pointer<rental_state> self,
                                          rental_setup setup) {
  rental_state& my = self->state;
  my.self = self;
  my.setup = std::move(setup);
  // News nobody waits for may be refused (an account that cannot be read now): CAF would end us for it.
  // Whoever refused reads the outcome from the database when it wakes.
  self->set_error_handler([&my](caf::error& why) { my.complain("news-refused", why); });
  return lean_behavior<living_rental_actor>(my, [](rental_state& living) {
    return std::tuple{[&living](const start_rental& wish) { return living.start(wish); },
                      [&living](const look_at_rental& wish) { return living.look(wish); },
                      [&living](const find_open_rental&) { return living.look_if_open(); },
                      [&living](const ejection_outcome& outcome) { return living.note_outcome(outcome); },
                      [&living](const bank_seen& seen) { return living.see_bank(seen); },
                      [&living](const bank_taken& taken) { living.give_way(taken); },
                      [&living](const extend_rental& wish) { return living.extend(wish); },
                      [&living](const cancel_rental& wish) { return living.cancel_by_rider(wish); },
                      [&living](const swap_rental& wish) { return living.swap(wish); },
                      [&living](const pay_due& wish) { return living.settle_dues(wish); },
                      [&living](const note_location& news) { return living.note_place(news); },
                      [&living](const force_complete& wish) { return living.force(wish); },
                      [&living](const lost_bank_found& found) { return living.find_again(found); },
                      [&living](const timer_fired& timer) { living.wake(timer); },
                      [&living](const adopt_rental& stored) { living.adopt(stored); },
                      [&living](const renewed_prices& news) { living.setup.prices = news.prices; },
                      [&living](farewell_atom) { living.self->quit(); }};
  });
}

}  // namespace chautari
