#include "actors/stations/station_actor.hpp"

#include <boost/json.hpp>

#include "actors/lean_behavior.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

constexpr std::uint32_t waiting_timer = 1;
constexpr std::uint32_t saving_timer = 2;
constexpr seconds save_again_after{5};
/// Freshness is part of what doors show, so a view is repeated now and then although nothing else changed.
constexpr minutes announce_again_after{5};

}  // namespace

void station_state::begin(whole_station_actor::pointer me, station_setup setup) {
  self = me;
  world = std::move(setup.world);
  const auto& past = *setup.past;
  facts = past.facts;
  is_online = past.state.is_online;
  last_seen_at = past.state.last_seen_at;
  status_since = past.state.online_since;
  shown_since = status_since;
  hardware = past.state.hardware;
  stock.slots.reserve(past.slots.size());
  for (const auto& slot : past.slots)
    stock.slots.push_back(facts_of(slot));
  stock.banks.reserve(past.banks.size());
  for (const auto& bank : past.banks)
    stock.banks.push_back(facts_of(bank));
  revision = setup.revision;
  announced_at = world->now();
  shown = fingerprint(view());
}

station_view station_state::view() const {
  auto seen = view_of(facts, stock, is_online, last_seen_at, world->now());
  seen.revision = revision;
  return seen;
}

void station_state::announce() {
  auto next = view();
  const auto print = fingerprint(next);
  const bool is_repeat = print == shown && world->now() < announced_at + announce_again_after;
  if (is_repeat) return;
  shown = print;
  announced_at = world->now();
  next.revision = ++revision;
  for (const auto& door : world->announce_to)
    self->send(door, next);
}

void station_state::arm(std::uint32_t key, timestamp at) {
  self->send(world->timers, arm_timer{caf::actor_cast<timed_actor>(self), key, ++timer_revision, at});
}

record station_state::record_of(const stock_change& change, timestamp at) const {
  record entry{world->ids.make<record_id>(), world->now(), {}};
  for (const auto& slot : change.slots)
    entry.add(slot);
  for (const auto& bank : change.banks)
    entry.add(bank);
  for (const auto& event : change.events)
    note(entry, event, at);
  return entry;
}

void station_state::commit(record entry, stock_change change, std::function<void()> done,
                           std::function<void(caf::error&)> failed, bool is_second_try) {
  auto apply = [this, done, change] {
    tell_feed(change);
    stock = change.stock;
    for (const auto& image : change.slots) {
      if (auto* slot = stock.find_slot(image.number)) slot->is_unsaved = false;
    }
    done();
  };
  if (entry.parts.empty()) return apply();
  auto refused = [this, entry, change, done, failed, is_second_try](caf::error& why) {
    const bool can_heal = reason_of<journal_refusal>(why) == journal_refusal::conflict && !is_second_try;
    if (!can_heal) return failed(why);
    // Two banks that swapped their slots collide in passing: first nobody sits anywhere, then everybody does.
    record vacated{world->ids.make<record_id>(), entry.at, {}};
    for (const auto& bank : change.banks) {
      auto image = bank;
      image.station = {};
      image.slot = 0;
      vacated.add(image);
    }
    record again = entry;
    again.id = world->ids.make<record_id>();
    auto next = [=, this](const stored&) { commit(again, change, done, failed, true); };
    self->request(world->journal, caf::infinite, std::move(vacated)).await(next, failed);
  };
  self->request(world->journal, caf::infinite, std::move(entry))
      .await([apply](const stored&) { apply(); }, refused);
}

// -- riders
// ------------------------------------------------------------------------------------------

caf::typed_response_promise<bank_reservation> station_state::reserve(const reserve_bank& wish) {
  auto promise = self->make_response_promise<bank_reservation>();
  if (const auto why = refuse_visitors(facts, is_online, world->now())) {
    promise.deliver(caf::make_error(*why));
  } else if (wish.look_only || is_fresh(stock, world->now(), ejection_fresh_for)) {
    grant(wish, promise);
  } else if (waiting.size() >= limits::reservations_waiting_max) {
    promise.deliver(caf::make_error(station_refusal::station_busy));
  } else {
    waiting.push_back({wish, promise, world->now() + snapshot_wait_max});
    arm(waiting_timer, waiting.back().until);
    self->send(world->kiosks, request_snapshot{facts.cabinet});
  }
  return promise;
}

void station_state::grant(const reserve_bank& wish, caf::typed_response_promise<bank_reservation> promise) {
  bank_reservation promised{facts.id, facts.serial, facts.name, facts.cabinet, {}};
  if (wish.look_only) {
    promise.deliver(promised);
    return;
  }
  const auto choice = choose_bank(stock, wish.wanted);
  if (const auto* why = std::get_if<station_refusal>(&choice)) {
    promise.deliver(caf::make_error(*why));
    return;
  }
  if (std::holds_alternative<std::monostate>(choice)) return refuse_unknown_bank(*wish.wanted, promise);
  auto* bank = stock.find_bank(std::get<bank_sn>(choice));
  bank->status = bank_status::reserved;
  bank->rental = wish.rental;
  promised.bank = image_of(*bank, facts.id);
  promise.deliver(promised);
  announce();
}

void station_state::refuse_unknown_bank(bank_sn wanted,
                                        caf::typed_response_promise<bank_reservation> promise) {
  auto found = [promise](const bank_lookup& lookup) mutable {
    auto why = station_refusal::powerbank_not_found;
    if (lookup.bank) {
      const bool is_elsewhere = !lookup.bank->station.is_nil();
      why = is_elsewhere ? station_refusal::powerbank_station_mismatch
                         : station_refusal::requested_powerbank_unavailable;
    }
    promise.deliver(caf::make_error(why));
  };
  self->request(world->reader, caf::infinite, load_bank{wanted})
      .await(found, [promise](caf::error& why) mutable { promise.deliver(why); });
}

void station_state::serve_waiting(bool is_snapshot_here) {
  const auto now = world->now();
  auto riders = std::move(waiting);
  waiting = {};
  for (auto& rider : riders) {
    if (is_snapshot_here && is_fresh(stock, now, ejection_fresh_for)) {
      const auto why = refuse_visitors(facts, is_online, now);
      if (why) {
        rider.promise.deliver(caf::make_error(*why));
      } else {
        grant(rider.wish, rider.promise);
      }
    } else if (rider.until <= now) {
      rider.promise.deliver(caf::make_error(station_refusal::device_unreachable));
    } else {
      waiting.push_back(std::move(rider));
    }
  }
}

void station_state::release(const release_bank& word) {
  auto* bank = stock.find_bank(word.bank);
  if (bank == nullptr || !(bank->rental == word.rental)) return;
  if (bank->status == bank_status::reserved) bank->status = bank_status::available;
  bank->rental = {};
  if (word.is_in_doubt) bank->unseen_since = world->now();
  if (word.ejection_failed) {
    const auto slot = bank->slot;
    count_ejection(stock, slot, true, world->now());
    const auto* counted = stock.find_slot(slot);
    if (counted != nullptr) {
      stock_change change{stock, {image_of(*counted, facts.id)}, {}, {}, {}};
      if (counted->is_disabled)
        change.events.push_back({"slot-disabled", word.bank, slot, counted->faults_in_a_row});
      // Not stored: the flag stays set in memory and goes with the next snapshot.
      commit(
          record_of(change, world->now()), change, [] {}, [](caf::error&) {});
    }
  }
  announce();
}

void station_state::let_go(const bank_left& word) {
  if (const auto* bank = stock.find_bank(word.bank)) {
    if (word.is_proven) count_ejection(stock, bank->slot, false, world->now());
    stock.forget_bank(word.bank);
  }
  auto* planned = stock.find_bank(word.reserved);
  if (word.reserved != word.bank && planned != nullptr && planned->rental == word.rental) {
    planned->rental = {};  // Still RESERVED: the next snapshot that shows it sets it free.
  }
  announce();
}

void station_state::seat(const seat_bank& word) {
  auto bank = facts_of(word.bank);
  const auto* other = stock.bank_in(bank.slot, bank.serial);
  if (other != nullptr) stock.forget_bank(bank_sn{other->serial});
  stock.seat(bank);
  announce();
}

void station_state::hand_over(const bank_seen_elsewhere& word) {
  stock.forget_bank(word.bank);
  announce();
}

seated_bank station_state::look_at(bank_sn serial) const {
  const auto* bank = stock.find_bank(serial);
  if (bank == nullptr) return {};
  return {image_of(*bank, facts.id)};
}

// -- the cabinet
// ------------------------------------------------------------------------------------------

caf::typed_response_promise<snapshot_applied> station_state::take_snapshot(const observe_snapshot& snapshot) {
  auto promise = self->make_response_promise<snapshot_applied>();
  auto change = observe(stock, facts, snapshot);
  auto entry = record_of(change, snapshot.received_at);
  if (!snapshot.report.id.is_nil()) entry.add(snapshot.report);
  entry.add(station_state_image{facts.id, is_online, std::max(last_seen_at, snapshot.received_at),
                                status_since, hardware});
  const auto strangers = change.strangers;
  auto done = [=, this]() mutable {
    last_seen_at = std::max(last_seen_at, snapshot.received_at);
    promise.deliver(snapshot_applied{strangers});
    serve_waiting(true);
    announce();
  };
  commit(std::move(entry), std::move(change), done,
         [promise](caf::error& why) mutable { promise.deliver(why); });
  return promise;
}

caf::typed_response_promise<void> station_state::prepare(const prepare_slot& place) {
  auto promise = self->make_response_promise<void>();
  commit_and_answer(promise, clear_slot(stock, facts, place), place.at);
  return promise;
}

caf::typed_response_promise<void> station_state::note_escape(const bank_escaped& word) {
  auto promise = self->make_response_promise<void>();
  stock_change change{stock, {}, {}, {{"bank-escaped", word.bank, 0, 0}}, {}};
  if (const auto* bank = stock.find_bank(word.bank)) {
    change.banks.push_back(missing_image_of(*bank));
    change.events.back().slot = bank->slot;
    change.stock.forget_bank(word.bank);
  }
  commit_and_answer(promise, std::move(change), word.at);
  return promise;
}

void station_state::commit_and_answer(caf::typed_response_promise<void> promise, stock_change change,
                                      timestamp at) {
  auto entry = record_of(change, at);
  auto done = [=, this]() mutable {
    answer_done(promise);
    announce();
  };
  commit(std::move(entry), std::move(change), done,
         [promise](caf::error& why) mutable { promise.deliver(why); });
}

void station_state::change_status(const connectivity_changed& news) {
  last_seen_at = std::max(last_seen_at, news.last_seen_at);
  if (news.is_online == is_online) return announce();
  record entry{world->ids.make<record_id>(), world->now(), {}};
  const auto before = status();
  const auto after = facts.is_maintenance ? before
                     : news.is_online     ? station_status::online
                                          : station_status::offline;
  if (before != after) {
    entry.add(change_of_status(before, after, news.at, news.triggered_by));
    shown_since = news.at;
  }
  // What a cabinet's connection does is no promise of ours: it is true at once, stored as soon as possible.
  is_online = news.is_online;
  status_since = news.at;
  entry.add(station_state_image{facts.id, is_online, last_seen_at, status_since, hardware});
  if (unsaved.size() >= limits::station_changes_waiting_max) unsaved.erase(unsaved.begin());
  unsaved.push_back(std::move(entry));
  save_status();
  announce();
  tell_connectivity();
}

station_status_change station_state::change_of_status(station_status before, station_status after,
                                                      timestamp at, std::string triggered_by) const {
  const auto since = shown_since == timestamp{} ? at : shown_since;
  const auto lasted = std::chrono::duration_cast<seconds>(at - since).count();
  return {facts.id, before, after, at, std::max<std::int64_t>(0, lasted), std::move(triggered_by)};
}

void station_state::save_status() {
  if (unsaved.empty()) return;
  auto done = [this](const stored& receipt) {
    std::erase_if(unsaved, [&](const auto& one) { return one.id == receipt.id; });
    if (unsaved.empty()) unsaved.shrink_to_fit();
    save_status();
  };
  auto failed = [this](caf::error& why) {
    if (reason_of<journal_refusal>(why) == journal_refusal::conflict) unsaved.erase(unsaved.begin());
    arm(saving_timer, world->now() + save_again_after);
  };
  self->request(world->journal, caf::infinite, unsaved.front()).await(done, failed);
}

void station_state::wake(const timer_fired& timer) {
  if (timer.key == waiting_timer) serve_waiting(false);
  if (timer.key == saving_timer) save_status();
}

whole_station_actor::behavior_type station(whole_station_actor::stateful_pointer<station_state> self,
                                           station_setup setup) {
  auto& state = self->state;
  state.begin(self, std::move(setup));
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return lean_behavior<whole_station_actor>(state, [](station_state& my) {
    return std::tuple{[&my](const reserve_bank& wish) { return my.reserve(wish); },
                      [&my](const release_bank& word) { my.release(word); },
                      [&my](const bank_left& word) { my.let_go(word); },
                      [&my](const seat_bank& word) { my.seat(word); },
                      [&my](const bank_seen_elsewhere& word) { my.hand_over(word); },
                      [&my](const observe_snapshot& snapshot) { return my.take_snapshot(snapshot); },
                      [&my](const adopt_bank& found) { return my.take_in(found); },
                      [&my](const prepare_slot& place) { return my.prepare(place); },
                      [&my](const bank_escaped& word) { return my.note_escape(word); },
                      [&my](const look_at_bank& question) { return my.look_at(question.bank); },
                      [&my](const connectivity_changed& news) { my.change_status(news); },
                      [&my](const look_at_station&) { return my.view(); },
                      [&my](const timer_fired& timer) { my.wake(timer); },
                      [&my](const look_inside&) { return my.inside(); },
                      [&my](const hardware_told& word) { my.take_hardware(word); },
                      [&my](const change_station& wish) { return my.change(wish); },
                      [&my](const set_maintenance& wish) { return my.maintain(wish); },
                      [&my](const delete_station& wish) { return my.remove(wish); },
                      [&my](const set_slot_lock& wish) { return my.lock_slot(wish); },
                      [&my](const take_out_bank& wish) { return my.hold(wish); },
                      [&my](const bank_taken_out& word) { return my.note_taken_out(word); },
                      [&my](const bank_stayed& word) { my.keep(word, [] {}); },
                      [&my](const set_bank_status& wish) { return my.judge_bank(wish); },
                      [&my](const amenity_changed& news) { my.rename_amenity(news); }};
  });
}

}  // namespace chautari
