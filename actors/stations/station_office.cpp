/// The second half of station_actor.hpp: what operators say to a station.
#include <algorithm>

#include "actors/stations/station_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

rental_id claim_of(command_id command) { return rental_id{command.value}; }

}  // namespace

void station_state::take_hardware(const hardware_told& word) {
  if (word.hardware.size() > limits::hardware_bytes_max) return;
  boost::system::error_code malformed;
  const auto told = boost::json::parse(word.hardware, malformed);
  if (!malformed && told.is_object()) hardware = word.hardware;
}

station_status station_state::status() const {
  if (facts.is_maintenance) return station_status::maintenance;
  return is_online ? station_status::online : station_status::offline;
}

void station_state::store(record entry, std::function<void()> done, std::function<void(caf::error&)> failed) {
  self->request(world->journal, caf::infinite, std::move(entry))
      .await([done = std::move(done)](const stored&) { done(); }, std::move(failed));
}

// -- facts
// ------------------------------------------------------------------------------------------

caf::typed_response_promise<station_inside> station_state::change(const change_station& wish) {
  auto promise = self->make_response_promise<station_inside>();
  auto next = changed(facts, wish.changes);
  const auto what = difference_of(facts, next);
  const bool is_swap = !(next.cabinet == facts.cabinet);
  const bool is_renumbered = next.port_one_offset != facts.port_one_offset;
  const auto is_promised = [](const bank_facts& bank) { return !bank.rental.is_nil(); };
  const auto is_in_a_slot_that_goes = [&](const bank_facts& bank) {
    const bool will_move =
        is_renumbered && bank.slot > facts.port_one_offset;  // The next picture says where.
    return bank.slot > next.total_slots && !will_move;
  };
  if (facts.is_deleted) {
    promise.deliver(caf::make_error(station_refusal::station_not_found));
  } else if (what.is_empty()) {
    promise.deliver(inside());
  } else if (std::any_of(stock.banks.begin(), stock.banks.end(), is_in_a_slot_that_goes)) {
    promise.deliver(caf::make_error(station_refusal::station_has_active_rentals));
  } else if ((is_swap || is_renumbered) && std::any_of(stock.banks.begin(), stock.banks.end(), is_promised)) {
    promise.deliver(caf::make_error(station_refusal::station_busy));  // An ejection is under way.
  } else {
    auto entry = audited(*world, wish.stamp, "station.change", "station", facts.id.text(), what);
    const auto slots = renumbered(stock.slots, facts, next);
    for (const auto& slot : slots) {
      if (slot.is_unsaved) entry.add(image_of(slot, facts.id));
    }
    const boost::json::object told{{"action", "station.change"}, {"station", next.serial.value}};
    put_facts(
        std::move(entry), std::move(next),
        [=, this]() mutable {
          stock.slots = slots;
          for (auto& slot : stock.slots)
            slot.is_unsaved = false;
          announce();
          announce_event(*world, "operator.action", feed_severity::info, facts.id, told);
          promise.deliver(inside());
        },
        [promise](caf::error& why) mutable {
          promise.deliver(told_of_guard(why, station_refusal::station_already_exists));
        });
  }
  return promise;
}

caf::typed_response_promise<station_inside> station_state::maintain(const set_maintenance& wish) {
  auto promise = self->make_response_promise<station_inside>();
  auto next = facts;
  next.is_maintenance = wish.is_maintenance;
  const auto what = difference_of(facts, next);
  if (facts.is_deleted) {
    promise.deliver(caf::make_error(station_refusal::station_not_found));
    return promise;
  }
  if (what.is_empty()) {
    promise.deliver(inside());
    return promise;
  }
  auto entry =
      audited(*world, wish.stamp, "station.maintenance", "station", facts.id.text(), what, wish.reason);
  const boost::json::object told{
      {"station", facts.serial.value}, {"is_maintenance", wish.is_maintenance}, {"reason", wish.reason}};
  const auto severity = wish.is_maintenance ? feed_severity::warning : feed_severity::info;
  put_facts(
      std::move(entry), std::move(next),
      [=, this]() mutable {
        announce_event(*world, "station.maintenance", severity, facts.id, told);
        promise.deliver(inside());
      },
      [promise](caf::error& why) mutable { promise.deliver(why); });
  return promise;
}

caf::typed_response_promise<void> station_state::remove(const delete_station& wish) {
  auto promise = self->make_response_promise<void>();
  auto failed = [promise](caf::error& why) mutable { promise.deliver(why); };
  if (facts.is_deleted || !stock.banks.empty()) {
    promise.deliver(caf::make_error(facts.is_deleted ? station_refusal::station_not_found
                                                     : station_refusal::station_has_active_rentals));
    return promise;
  }
  // Nothing can be promised here while this is under way: whoever comes waits in the mailbox.
  auto counted = [=, this](const row_count& open) mutable {
    if (open.rows > 0) {
      promise.deliver(refuse(station_refusal::station_has_active_rentals,
                             R"({"open_rentals":)" + std::to_string(open.rows) + '}'));
      return;
    }
    auto next = facts;
    next.is_deleted = true;
    auto entry = audited(*world, wish.stamp, "station.delete", "station", facts.id.text(),
                         difference_of(facts, next), wish.reason);
    put_facts(
        std::move(entry), std::move(next),
        [=, this] {
          self->send(world->kiosks, retire_cabinet{facts.cabinet});
          announce_event(*world, "operator.action", feed_severity::warning, facts.id,
                         {{"action", "station.delete"}, {"station", facts.serial.value}});
          answer_done(promise);
        },
        failed);
  };
  self->request(world->reader, caf::infinite, count_open_rentals_at{facts.id}).await(counted, failed);
  return promise;
}

void station_state::put_facts(record entry, station_image next, std::function<void()> done,
                              std::function<void(caf::error&)> failed) {
  entry.add(next);
  const auto now = entry.at;
  const auto before = status();
  const bool is_swap = !(next.cabinet == facts.cabinet);
  const bool goes_offline = is_swap && is_online;
  const bool stays_online = is_online && !is_swap;
  const auto after = next.is_maintenance ? station_status::maintenance
                     : stays_online      ? station_status::online
                                         : station_status::offline;
  if (before != after) entry.add(change_of_status(before, after, now, "MANUAL"));
  if (goes_offline) entry.add(station_state_image{facts.id, false, last_seen_at, now, hardware});
  auto apply = [=, this, done = std::move(done)] {
    const bool is_known_to_kiosk = !is_swap && next.serial == facts.serial && next.name == facts.name &&
                                   next.total_slots == facts.total_slots &&
                                   next.port_one_offset == facts.port_one_offset;
    if (is_swap) self->send(world->kiosks, retire_cabinet{facts.cabinet});
    if (goes_offline) status_since = now;
    if (before != after) shown_since = now;
    is_online = stays_online;
    facts = next;
    if (!is_known_to_kiosk)
      self->send(world->kiosks, register_cabinet{facts.cabinet, facts.id, facts.serial, facts.name,
                                                 facts.total_slots, facts.port_one_offset});
    shown = 0;  // Names do not count for the fingerprint: it is shown again in any case.
    announce();
    done();
  };
  store(std::move(entry), std::move(apply), std::move(failed));
}

// -- slots and banks
// ------------------------------------------------------------------------------------------

caf::typed_response_promise<void> station_state::lock_slot(const set_slot_lock& wish) {
  auto promise = self->make_response_promise<void>();
  auto* known = stock.find_slot(wish.slot);
  if (facts.is_deleted || known == nullptr) {
    promise.deliver(caf::make_error(facts.is_deleted ? station_refusal::station_not_found
                                                     : station_refusal::slot_not_found));
    return promise;
  }
  stock_change change{stock, {}, {}, {}, {}};
  auto& slot = *change.stock.find_slot(wish.slot);
  slot.is_disabled = wish.is_locked;
  if (!wish.is_locked) slot.faults_in_a_row = 0;
  slot.updated_at = world->now();
  change.slots.push_back(image_of(slot, facts.id));
  difference what;
  what.note("is_disabled", known->is_disabled, slot.is_disabled);
  what.note("faults_in_a_row", int{known->faults_in_a_row}, int{slot.faults_in_a_row});
  what.after["slot_number"] = wish.slot;
  const std::string action = wish.is_locked ? "slot.lock" : "slot.unlock";
  auto entry = audited(*world, wish.stamp, action, "station", facts.id.text(), what, wish.reason);
  entry.add(change.slots.front());
  commit(
      std::move(entry), std::move(change),
      [=, this] {
        announce();
        announce_event(*world, "operator.action", feed_severity::info, facts.id,
                       {{"action", action}, {"station", facts.serial.value}, {"slot", wish.slot}});
        answer_done(promise);
      },
      [promise](caf::error& why) mutable { promise.deliver(why); });
  return promise;
}

caf::typed_response_promise<bank_image> station_state::judge_bank(const set_bank_status& wish) {
  auto promise = self->make_response_promise<bank_image>();
  const auto* known = stock.find_bank(wish.bank);
  const bool is_pushed_out = known != nullptr && known->slot == 0 && known->rental.is_nil();
  if (known == nullptr || is_pushed_out) {  // The next picture says where it is.
    promise.deliver(caf::make_error(station_refusal::powerbank_station_mismatch));
  } else if (!may_become(wish.status, known->status, true, !known->rental.is_nil())) {
    promise.deliver(refuse(station_refusal::invalid_status_change,
                           R"({"status":")" + to_string(known->status) + R"("})"));
  } else if (known->status == wish.status) {
    promise.deliver(image_of(*known, facts.id));
  } else {
    stock_change change{stock, {}, {}, {}, {}};
    auto& bank = *change.stock.find_bank(wish.bank);
    bank.status = wish.status;
    bank.is_unsaved = false;
    const auto image = image_of(bank, facts.id);
    change.banks.push_back(image);
    auto entry = bank_status_record(*world, wish, known->id, known->status);
    entry.add(image);
    commit(
        std::move(entry), std::move(change),
        [=, this]() mutable {
          announce();
          announce_bank_status(*world, wish, facts.id);
          promise.deliver(image);
        },
        [promise](caf::error& why) mutable { promise.deliver(why); });
  }
  return promise;
}

// -- a bank that an operator takes out
// ------------------------------------------------------------------------------------------

caf::typed_response_promise<bank_reservation> station_state::hold(const take_out_bank& wish) {
  auto promise = self->make_response_promise<bank_reservation>();
  if (facts.is_deleted) {
    promise.deliver(caf::make_error(station_refusal::station_not_found));
    return promise;
  }
  const auto claim_before =
      std::find_if(held.begin(), held.end(), [&](const auto& one) { return one.command == wish.command; });
  const auto* mine = claim_before == held.end() ? nullptr : stock.find_bank(claim_before->bank);
  if (mine != nullptr) {  // Asked again: whoever asked first died before the command was stored.
    bank_reservation again{facts.id, facts.serial, facts.name, facts.cabinet, image_of(*mine, facts.id)};
    again.bank.rental = {};
    promise.deliver(again);
    return promise;
  }
  const auto* chosen = choose_for_operator(stock, wish.wanted);
  if (chosen == nullptr) {
    if (wish.wanted && stock.find_bank(*wish.wanted) == nullptr) {
      refuse_unknown_bank(*wish.wanted, promise);
    } else {
      promise.deliver(caf::make_error(wish.wanted ? station_refusal::requested_powerbank_unavailable
                                                  : station_refusal::no_power_bank_available));
    }
    return promise;
  }
  const held_bank claim{chosen->serial, wish.command, chosen->status};
  stock_change change{stock, {}, {}, {}, {}};
  auto& bank = *change.stock.find_bank(claim.bank);
  bank.status = bank_status::maintenance;
  bank.is_unsaved = false;
  bank_reservation promised{facts.id, facts.serial, facts.name, facts.cabinet, image_of(bank, facts.id)};
  bank.rental = claim_of(wish.command);  // In memory alone: no rental has this id.
  change.banks.push_back(promised.bank);
  difference what;
  what.note("status", to_string(claim.before), to_string(bank.status));
  what.after["command"] = wish.command.text();
  auto entry =
      audited(*world, wish.stamp, "powerbank.take_out", "powerbank", bank.id.text(), what, wish.reason);
  entry.add(promised.bank);
  commit(
      std::move(entry), std::move(change),
      [=, this]() mutable {
        held.push_back(claim);
        announce();
        promise.deliver(promised);
      },
      [promise](caf::error& why) mutable { promise.deliver(why); });
  return promise;
}

caf::typed_response_promise<void> station_state::note_taken_out(const bank_taken_out& word) {
  auto promise = self->make_response_promise<void>();
  auto failed = [promise](caf::error& why) mutable { promise.deliver(why); };
  auto write = [=, this](const std::optional<bank_image>& known, std::function<void()> in_any_case) {
    // The planned one may sit in another cabinet by now: it was carried there before we knew that it had
    // left. Another one was named by the cabinet as it came out: its book was wrong.
    const bool is_elsewhere = known && !known->station.is_nil() && !(known->station == facts.id);
    const bool is_ours = known && known->rental.is_nil() && !(is_elsewhere && word.bank == word.planned);
    stock_change change{stock, {}, {}, {{"bank-taken-out", word.bank, is_ours ? known->slot : 0, 0}}, {}};
    difference what;
    if (is_ours) {
      auto image = *known;
      image.status = bank_status::maintenance;
      image.station = {};
      image.slot = 0;
      ++image.ejections;
      change.banks.push_back(image);
      what.note("status", to_string(known->status), to_string(image.status));
      what.note("station", facts.serial.value, std::string{});
    }
    change.stock.forget_bank(word.bank);
    if (is_ours && !is_elsewhere) count_ejection(change.stock, known->slot, false, word.at);
    what.after["holder"] = word.stamp.who.text();
    what.after["command"] = word.command.text();
    auto entry = audited(*world, word.stamp, "powerbank.taken_out", "powerbank",
                         known ? known->id.text() : word.bank.text(), what, word.reason);
    for (auto& part : record_of(change, word.at).parts)
      entry.add(std::move(part));
    commit(
        std::move(entry), std::move(change),
        [=, this] {
          std::erase_if(held, [&](const auto& one) { return one.bank == word.bank; });
          announce();
          if (in_any_case) in_any_case();
          answer_done(promise);
        },
        [=](caf::error& why) mutable {
          if (in_any_case) in_any_case();
          failed(why);
        });
  };
  auto go_on = [=, this] {
    if (const auto* bank = stock.find_bank(word.bank)) {
      auto image = image_of(*bank, facts.id);
      if (bank->rental == claim_of(word.command)) image.rental = {};
      write(image, {});
    } else {
      look_up_stray(word.bank, write, failed);
    }
  };
  // One after the other: of two answers awaited at once the later one is heard first.
  if (word.planned == word.bank) {
    go_on();
  } else {
    keep({facts.id, word.planned, word.command, false, false}, go_on);
  }
  return promise;
}

void station_state::keep(const bank_stayed& word, const std::function<void()>& done) {
  const auto claim = std::find_if(held.begin(), held.end(), [&](const auto& one) {
    return one.bank == word.bank && one.command == word.command;
  });
  if (claim == held.end()) return done();  // Forgotten over a restart: MAINTENANCE until a person looks.
  const auto before = claim->before;
  held.erase(claim);
  auto* bank = stock.find_bank(word.bank);
  if (bank == nullptr || !(bank->rental == claim_of(word.command))) return done();
  bank->rental = {};
  if (!word.is_in_doubt) bank->status = before;
  bank->is_unsaved = true;  // If it cannot be stored now it goes with the next snapshot.
  if (word.ejection_failed) count_ejection(stock, bank->slot, true, world->now());
  if (bank->slot == 0) {  // Pushed out of its slot: the next picture says what became of it.
    announce();
    return done();
  }
  stock_change change{stock, {}, {}, {}, {}};
  change.stock.find_bank(word.bank)->is_unsaved = false;
  change.banks.push_back(image_of(*bank, facts.id));
  if (const auto* slot = stock.find_slot(bank->slot); slot != nullptr && slot->is_unsaved) {
    change.slots.push_back(image_of(*slot, facts.id));
    if (slot->is_disabled) change.events.push_back({"slot-disabled", word.bank, slot->number, 0});
  }
  announce();
  commit(record_of(change, world->now()), change, done, [done](caf::error&) { done(); });
}

void station_state::look_up_stray(
    bank_sn bank, std::function<void(const std::optional<bank_image>&, std::function<void()>)> found,
    std::function<void(caf::error&)> failed) {
  auto settled = [=, this] { self->send(world->station_office, stray_settled{bank}); };
  auto granted = [=, this] {
    self->request(world->reader, caf::infinite, load_bank{bank})
        .await([=](const bank_lookup& lookup) { found(lookup.bank, settled); },
               [=](caf::error& why) {
                 settled();
                 failed(why);
               });
  };
  self->request(world->station_office, caf::infinite, claim_stray{bank}).await(granted, failed);
}

}  // namespace chautari
