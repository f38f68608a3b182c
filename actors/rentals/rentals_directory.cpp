#include "actors/rentals/rentals_directory.hpp"

#include <algorithm>

#include "protocols/base/refusal.hpp"

namespace chautari {

rentals_state::~rentals_state() {
  for (const auto& [id, one] : by_id)
    caf::anon_send_exit(one.rental, caf::exit_reason::user_shutdown);
}

living_rental_actor rentals_state::give_birth(rental_id id, user_id rider) {
  auto child = self->spawn(rental, rental_setup{everybody, prices, id});
  self->monitor(child);
  by_id.emplace(id, living{child, rider});
  return child;
}

const living_rental_actor* rentals_state::find(rental_id id) const {
  const auto found = by_id.find(id);
  return found == by_id.end() ? nullptr : &found->second.rental;
}

const living_rental_actor* rentals_state::find_by_bank(bank_sn bank) const {
  const auto found = by_bank.find(bank);
  return found == by_bank.end() ? nullptr : find(found->second);
}

caf::result<start_answer> rentals_state::start(const start_rental& wish) {
  if (!everybody || !prices) return caf::skip;
  if (by_id.size() >= setup.open_max) return refuse(rental_refusal::too_many_rentals);
  return self->delegate(give_birth(everybody->ids.make<rental_id>(), wish.rider), wish);
}

caf::result<rental_image> rentals_state::look(const look_at_rental& wish) {
  if (const auto* known = find(wish.rental)) return self->delegate(*known, wish);
  return refuse(rental_refusal::rental_not_found);
}

caf::result<open_rental_answer> rentals_state::find_open(const find_open_rental& wish) {
  const auto found = by_rider.find(wish.rider);
  if (found == by_rider.end()) return open_rental_answer{};
  if (const auto* known = find(found->second)) return self->delegate(*known, wish);
  return open_rental_answer{};
}

caf::result<outcome_noted> rentals_state::pass_on(const ejection_outcome& outcome) {
  if (!everybody || !prices) return caf::skip;
  if (const auto* known = find(outcome.rental)) return self->delegate(*known, outcome);
  if (is_lost(outcome.rental)) return refuse(rental_refusal::request_in_progress);
  // News of a rental that is over: it is woken from the database to judge them, then it goes again.
  return self->delegate(give_birth(outcome.rental, {}), outcome);
}

caf::result<bank_seen_answer> rentals_state::pass_on(const bank_seen& seen) {
  if (const auto* known = find_by_bank(seen.bank)) return self->delegate(*known, seen);
  const auto claim = by_bank.find(seen.bank);
  if (claim != by_bank.end() && is_lost(claim->second)) return refuse(rental_refusal::request_in_progress);
  return bank_seen_answer{};
}

void rentals_state::pass_on(const bank_taken& taken) {
  const auto* known = find_by_bank(taken.bank);
  if (known != nullptr && known != find(taken.by)) self->send(*known, taken);
}

void rentals_state::note(const rental_registered& news) {
  by_rider[news.rider] = news.rental;
  if (!news.bank.is_nil()) by_bank[news.bank] = news.rental;
  const auto old = by_bank.find(news.previous_bank);
  if (old != by_bank.end() && old->second == news.rental) by_bank.erase(old);
}

void rentals_state::forget(const rental_unregistered& news) {
  const auto rider = by_rider.find(news.rider);
  if (rider != by_rider.end() && rider->second == news.rental) by_rider.erase(rider);
  const auto bank = by_bank.find(news.bank);
  if (bank != by_bank.end() && bank->second == news.rental) by_bank.erase(bank);
  const auto known = by_id.find(news.rental);
  if (known == by_id.end()) return;
  self->send(known->second.rental, farewell_atom::value);
  by_id.erase(known);
}

void rentals_state::adopt(const adopt_rentals& recovered) {
  std::unordered_map<rental_id, std::vector<bank_image>> banks;
  for (const auto& bank : recovered.banks)
    banks[bank.rental].push_back(bank);
  for (const auto& image : recovered.rentals) {
    bank_image with;
    with.id = image.bank;
    with.serial = image.bank_serial;
    with.ejections = image.bank_ejections;
    for (const auto& bank : banks[image.id]) {
      if (bank.id == image.bank) with = bank;
    }
    adopt(image, with);
  }
}

void rentals_state::adopt(const rental_image& image, const bank_image& bank) {
  self->send(give_birth(image.id, image.rider), adopt_rental{image, bank});
  note({image.id, image.rider, image.bank_serial, {}});
}

// -- the dead
// ------------------------------------------------------------------------------------------

void rentals_state::mourn(const caf::down_msg& down) {
  if (down.reason == caf::exit_reason::normal) return;
  const auto dead = std::find_if(by_id.begin(), by_id.end(),
                                 [&](const auto& one) { return one.second.rental.address() == down.source; });
  if (dead == by_id.end()) return;
  log_event(everybody->log, log_level::error, "rental-died", "The actor of a rental died",
            {{"rental", dead->first.text()}, {"code", std::to_string(down.reason.code())}});
  // What it was storing may still be on its way: it is looked up a moment later.
  lost.push_back({dead->first, dead->second.rider, everybody->now() + limits::rental_lookup_pause});
  by_id.erase(dead);
  look_for_lost();
}

void rentals_state::look_for_lost() {
  std::optional<timestamp> next;
  for (auto& one : lost) {
    if (one.is_looking) continue;
    if (one.look_at > everybody->now()) {
      next = next ? std::min(*next, one.look_at) : one.look_at;
      continue;
    }
    one.is_looking = true;
    const rental_id id = one.id;
    self->request(everybody->reader, caf::infinite, load_rental{id, {}})
        .then([this, id](const rental_lookup& stored) { found(id, stored); },
              [this, id](const caf::error&) { look_later(id); });
  }
  if (next)
    self->send(everybody->timers, arm_timer{caf::actor_cast<timed_actor>(self), 0, ++timer_revision, *next});
}

void rentals_state::found(rental_id id, const rental_lookup& stored) {
  if (!stored.rental || !is_open(stored.rental->status)) return let_go(id);
  self->request(everybody->reader, caf::infinite, load_bank{stored.rental->bank_serial})
      .then(
          [this, id, image = *stored.rental](const bank_lookup& with) {
            if (!with.bank) return look_later(id);  // Every open rental has one.
            std::erase_if(lost, [&](const auto& one) { return one.id == id; });
            // What was stored when it died, it could not tell its account.
            self->send(everybody->accounts, rental_place{image.rider, id, image.status, true, {}, {}});
            adopt(image, *with.bank);
          },
          [this, id](const caf::error&) { look_later(id); });
}

void rentals_state::look_later(rental_id id) {
  auto* one = find_lost(id);
  one->is_looking = false;
  one->look_at = everybody->now() + limits::rental_lookup_pause * (1 << std::min(one->tries++, 5));
  look_for_lost();
}

void rentals_state::let_go(rental_id id) {
  const user_id rider = find_lost(id)->rider;
  std::erase_if(lost, [&](const auto& one) { return one.id == id; });
  std::erase_if(by_rider, [&](const auto& one) { return one.second == id; });
  std::erase_if(by_bank, [&](const auto& one) { return one.second == id; });
  if (rider.is_nil()) return;
  self->send(everybody->accounts, funds_moved{rider, id, false, {}, 0, false});
  rental_place place;
  place.rider = rider;
  place.rental = id;
  place.status = rental_status::cancelled;
  self->send(everybody->accounts, place);
}

rentals_state::lost_rental* rentals_state::find_lost(rental_id id) {
  const auto one = std::find_if(lost.begin(), lost.end(), [&](const auto& who) { return who.id == id; });
  return one == lost.end() ? nullptr : &*one;
}

rentals_directory_actor::behavior_type rentals_directory(
    rentals_directory_actor::stateful_pointer<rentals_state> self, rentals_setup setup) {
  rentals_state& my = self->state;
  my.self = self;
  my.setup = setup;
  self->set_error_handler([](caf::error&) {});  // A refusal nobody waits for must not end the directory.
  self->set_down_handler([&my](const caf::down_msg& down) { my.mourn(down); });
  return {
      [&my](const start_rental& wish) { return my.start(wish); },
      [&my](const look_at_rental& wish) { return my.look(wish); },
      [&my](const find_open_rental& wish) { return my.find_open(wish); },
      [&my](const ejection_outcome& outcome) { return my.pass_on(outcome); },
      [&my](const bank_seen& seen) { return my.pass_on(seen); },
      [&my](const bank_taken& taken) { my.pass_on(taken); },
      [&my](const extend_rental& wish) { return my.pass_to<rental_answer>(wish.from.rental, wish); },
      [&my](const cancel_rental& wish) { return my.pass_to<rental_answer>(wish.from.rental, wish); },
      [&my](const swap_rental& wish) { return my.pass_to<rental_answer>(wish.from.rental, wish); },
      [&my](const pay_due& wish) { return my.pass_to<rental_answer>(wish.from.rental, wish); },
      [&my](const note_location& news) { return my.pass_to<void>(news.where.rental, news); },
      [&my](const force_complete& wish) { return my.pass_to<force_answer>(wish.rental, wish); },
      [&my](const lost_bank_found& found) { return my.pass_to<bank_seen_answer>(found.rental, found); },
      [&my](const timer_fired& timer) {
        if (timer.revision == my.timer_revision) my.look_for_lost();
      },
      [&my](const rental_registered& news) { my.note(news); },
      [&my](const rental_unregistered& news) { my.forget(news); },
      [&my](const meet_network& meeting) {
        my.everybody = std::make_shared<const network>(meeting.everybody);
      },
      [&my, self](const adopt_prices& news) {
        my.prices = std::make_shared<const adopt_prices>(news);
        for (const auto& [id, one] : my.by_id)
          self->send(one.rental, renewed_prices{my.prices});
      },
      [&my](const adopt_rentals& recovered) -> caf::result<void> {
        if (!my.everybody || !my.prices) return caf::skip;
        my.adopt(recovered);
        return caf::unit;
      },
  };
}

}  // namespace chautari
