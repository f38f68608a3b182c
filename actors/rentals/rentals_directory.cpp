#include "actors/rentals/rentals_directory.hpp"

#include "protocols/base/refusal.hpp"

namespace chautari {

living_rental_actor rentals_state::give_birth(rental_id id) {
  auto child = self->spawn(rental, rental_setup{everybody, prices, id});
  by_id.emplace(id, child);
  return child;
}

const living_rental_actor* rentals_state::find(rental_id id) const {
  const auto found = by_id.find(id);
  return found == by_id.end() ? nullptr : &found->second;
}

const living_rental_actor* rentals_state::find_by_bank(bank_sn bank) const {
  const auto found = by_bank.find(bank);
  return found == by_bank.end() ? nullptr : find(found->second);
}

caf::result<start_answer> rentals_state::start(const start_rental& wish) {
  if (!everybody || !prices) return caf::skip;
  if (by_id.size() >= setup.open_max) return refuse(rental_refusal::too_many_rentals);
  return self->delegate(give_birth(everybody->ids.make<rental_id>()), wish);
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
  // News of a rental that is over: it is woken from the database to judge them, then it goes again.
  return self->delegate(give_birth(outcome.rental), outcome);
}

caf::result<bank_seen_answer> rentals_state::pass_on(const bank_seen& seen) {
  if (const auto* known = find_by_bank(seen.bank)) return self->delegate(*known, seen);
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
  self->send(known->second, farewell_atom::value);
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
    self->send(give_birth(image.id), adopt_rental{image, with});
    note({image.id, image.rider, image.bank_serial, {}});
  }
}

rentals_directory_actor::behavior_type rentals_directory(
    rentals_directory_actor::stateful_pointer<rentals_state> self, rentals_setup setup) {
  rentals_state& my = self->state;
  my.self = self;
  my.setup = setup;
  self->set_error_handler([](caf::error&) {});  // A refusal nobody waits for must not end the directory.
  return {
      [&my](const start_rental& wish) { return my.start(wish); },
      [&my](const look_at_rental& wish) { return my.look(wish); },
      [&my](const find_open_rental& wish) { return my.find_open(wish); },
      [&my](const ejection_outcome& outcome) { return my.pass_on(outcome); },
      [&my](const bank_seen& seen) { return my.pass_on(seen); },
      [&my](const bank_taken& taken) { my.pass_on(taken); },
      [](const timer_fired&) {},
      [&my](const rental_registered& news) { my.note(news); },
      [&my](const rental_unregistered& news) { my.forget(news); },
      [&my](const meet_network& meeting) {
        my.everybody = std::make_shared<const network>(meeting.everybody);
      },
      [&my](const adopt_prices& news) { my.prices = std::make_shared<const adopt_prices>(news); },
      [&my](const adopt_rentals& recovered) -> caf::result<void> {
        if (!my.everybody || !my.prices) return caf::skip;
        my.adopt(recovered);
        return caf::unit;
      },
  };
}

}  // namespace chautari
