/// The second half of stations_directory.hpp: new stations, and banks that sit nowhere. The directory never
/// waits: while it asks somebody it goes on with everything else.
#include <algorithm>

#include "actors/stations/stations_directory.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

recovered_station newborn(const station_image& facts, const std::vector<placement_check>& checks) {
  recovered_station born{facts, {}, slots_of_new(facts, facts.created_at), {}};
  born.state.station = facts.id;
  born.state.online_since = facts.created_at;
  for (const auto& check : checks) {
    born.banks.push_back(placed(check, facts.id));
    auto& slot = born.slots.at(static_cast<std::size_t>(check.wish.slot) - 1);
    slot.status = slot_status::occupied;
    slot.battery = born.banks.back().battery;
  }
  return born;
}

record birth_record(const network& world, const create_station& wish, const recovered_station& born) {
  difference what;
  what.after = difference_of({}, born.facts).after;
  for (const auto& bank : born.banks)
    what.after["powerbanks"].emplace_array().push_back(boost::json::value(bank.serial.text()));
  auto entry = audited(world, wish.stamp, "station.create", "station", born.facts.id.text(), what);
  entry.add(born.facts);
  entry.add(born.state);
  for (const auto& slot : born.slots)
    entry.add(slot);
  for (const auto& bank : born.banks)
    entry.add(bank);
  return entry;
}

station_inside inside_of(const recovered_station& born) {
  return {born.facts, false, {}, born.state.online_since, {}, {}, born.slots, born.banks};
}

}  // namespace

// -- stations
// ------------------------------------------------------------------------------------------

caf::typed_response_promise<station_inside> stations_directory_state::create(const create_station& wish) {
  auto promise = self->make_response_promise<station_inside>();
  if (by_serial.count(wish.facts.serial) > 0) {
    promise.deliver(caf::make_error(station_refusal::station_already_exists));
    return promise;
  }
  auto plan = std::make_shared<new_station>();
  plan->wish = wish;
  plan->promise = promise;
  plan->unanswered = wish.banks.size();
  plan->checks.reserve(wish.banks.size());
  for (const auto& placement : wish.banks)
    plan->checks.push_back({placement, {}, strays.try_emplace(placement.bank).second});
  if (wish.banks.empty()) put_up(plan);
  for (std::size_t at = 0; at < wish.banks.size(); ++at) {
    const auto answered = [this, plan] {
      if (--plan->unanswered == 0) put_up(plan);
    };
    self->request(world->reader, caf::infinite, load_bank{wish.banks[at].bank})
        .then(
            [plan, at, answered](const bank_lookup& lookup) {
              plan->checks[at].known = lookup.bank;
              answered();
            },
            [plan, answered](caf::error& why) {
              plan->broken = why;
              answered();
            });
  }
  return promise;
}

void stations_directory_state::put_up(const std::shared_ptr<new_station>& plan) {
  auto& promise = plan->promise;
  const auto leave = [this, plan] {
    for (const auto& check : plan->checks) {
      if (check.is_claimed) settle(check.wish.bank);
    }
  };
  auto wrong = wrong_placements(plan->checks, plan->wish.facts.total_slots);
  if (plan->broken || !wrong.empty()) {
    leave();
    const boost::json::object context{{"powerbank_assignments", std::move(wrong)}};
    promise.deliver(plan->broken ? *plan->broken
                                 : refuse(station_refusal::invalid_powerbank_assignment,
                                          boost::json::serialize(context)));
    return;
  }
  auto facts = plan->wish.facts;
  facts.id = world->ids.make<station_id>();
  facts.created_at = world->now();
  const auto born = newborn(facts, plan->checks);
  self->request(world->journal, caf::infinite, birth_record(*world, plan->wish, born))
      .then(
          [this, plan, born, leave](const stored&) {
            introduce(born);
            give_birth(std::make_shared<const recovered_station>(born));
            leave();
            const auto& is = born.facts;
            self->send(world->kiosks, register_cabinet{is.cabinet, is.id, is.serial, is.name, is.total_slots,
                                                       is.port_one_offset});
            announce_event(*world, "operator.action", feed_severity::info, is.id,
                           {{"action", "station.create"}, {"station", is.serial.value}});
            plan->promise.deliver(inside_of(born));
          },
          [plan, leave](caf::error& why) {
            leave();
            plan->promise.deliver(told_of_guard(why, station_refusal::station_already_exists));
          });
}

caf::typed_response_promise<station_inside> stations_directory_state::change(const change_station& wish) {
  auto promise = self->make_response_promise<station_inside>();
  const auto* station = find(wish.station);
  if (station == nullptr) {
    promise.deliver(caf::make_error(station_refusal::station_not_found));
    return promise;
  }
  auto stored_there = [this, promise](station_inside& seen) mutable {
    const auto& is = seen.facts;
    std::erase_if(by_serial, [&](const auto& one) { return one.second == is.id && one.first != is.serial; });
    by_serial.insert_or_assign(is.serial, is.id);
    promise.deliver(std::move(seen));
  };
  auto refused = [promise](caf::error& why) mutable { promise.deliver(why); };
  // The old number leads here until the new one is stored; only then both maps and the doors change.
  self->request(*station, caf::infinite, wish).then(stored_there, refused);
  return promise;
}

// -- banks that sit nowhere
// ------------------------------------------------------------------------------------------

caf::typed_response_promise<void> stations_directory_state::claim(const claim_stray& wish) {
  auto promise = self->make_response_promise<void>();
  const auto who = caf::actor_cast<caf::actor_addr>(self->current_sender());
  const auto [place, is_free] = strays.try_emplace(wish.bank);
  if (is_free) {
    place->second.holder = who;
    answer_done(promise);
  } else {
    place->second.waiting.emplace_back(who, promise);
  }
  return promise;
}

void stations_directory_state::settle(bank_sn bank) {
  const auto found = strays.find(bank);
  if (found == strays.end()) return;
  auto& claim = found->second;
  if (claim.waiting.empty()) {
    strays.erase(found);
    return;
  }
  claim.holder = claim.waiting.front().first;
  auto promise = std::move(claim.waiting.front().second);
  claim.waiting.erase(claim.waiting.begin());
  answer_done(promise);
}

void stations_directory_state::settle_all_of(const caf::actor_addr& station) {
  std::vector<bank_sn> left;
  for (auto& [bank, claim] : strays) {
    std::erase_if(claim.waiting, [&](const auto& one) { return one.first == station; });
    if (claim.holder == station) left.push_back(bank);
  }
  for (const auto bank : left)
    settle(bank);
}

caf::typed_response_promise<bank_image> stations_directory_state::judge_bank(const set_bank_status& wish) {
  auto promise = self->make_response_promise<bank_image>();
  judge_where_it_is(wish, promise, false);
  return promise;
}

void stations_directory_state::judge_where_it_is(const set_bank_status& wish,
                                                 caf::typed_response_promise<bank_image> promise,
                                                 bool is_second_try) {
  if (!strays.try_emplace(wish.bank).second) {
    promise.deliver(
        refuse(station_refusal::invalid_status_change, R"({"reason":"a station is taking it in"})"));
    return;
  }
  auto failed = [this, wish, promise](caf::error& why) mutable {
    settle(wish.bank);
    promise.deliver(why);
  };
  auto found = [=, this](const bank_lookup& lookup) mutable {
    const auto* station = lookup.bank ? find(lookup.bank->station) : nullptr;
    if (station == nullptr) {
      if (lookup.bank) return judge_stray(wish, *lookup.bank, promise);
      caf::error unknown = caf::make_error(station_refusal::powerbank_not_found);
      return failed(unknown);
    }
    settle(wish.bank);
    auto judged = [promise](bank_image& bank) mutable { promise.deliver(std::move(bank)); };
    auto refused = [=, this](caf::error& why) mutable {
      // It moved between the database's word and ours: once more, and then it is the caller's to try.
      const bool has_moved = reason_of<station_refusal>(why) == station_refusal::powerbank_station_mismatch;
      if (has_moved && !is_second_try) return judge_where_it_is(wish, promise, true);
      promise.deliver(why);
    };
    auto there = wish;
    there.station = lookup.bank->station;
    self->request(*station, caf::infinite, there).then(judged, refused);
  };
  self->request(world->reader, caf::infinite, load_bank{wish.bank}).then(found, failed);
}

void stations_directory_state::judge_stray(const set_bank_status& wish, bank_image bank,
                                           caf::typed_response_promise<bank_image> promise) {
  const bool is_same = bank.status == wish.status;
  if (!is_same && !may_become(wish.status, bank.status, false, !bank.rental.is_nil())) {
    settle(wish.bank);
    promise.deliver(
        refuse(station_refusal::invalid_status_change, R"({"status":")" + to_string(bank.status) + R"("})"));
    return;
  }
  if (is_same) {
    settle(wish.bank);
    promise.deliver(std::move(bank));
    return;
  }
  auto entry = bank_status_record(*world, wish, bank.id, bank.status);
  bank.status = wish.status;
  entry.add(bank);
  self->request(world->journal, caf::infinite, std::move(entry))
      .then(
          [=, this](const stored&) mutable {
            settle(wish.bank);
            announce_bank_status(*world, wish, {});
            promise.deliver(bank);
          },
          [=, this](caf::error& why) mutable {
            settle(wish.bank);
            promise.deliver(why);
          });
}

}  // namespace chautari
