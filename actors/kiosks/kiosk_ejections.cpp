/// The kiosk's ejections: stored as SENT (by their rental already, if we were idle), published once, told to
/// the rental until it has stored the outcome.
#include <algorithm>
#include <boost/json.hpp>

#include "actors/kiosks/ejection_log.hpp"
#include "actors/kiosks/kiosk_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/kiosks/cabinet_command.hpp"
#include "protocols/operations/feed.hpp"

namespace chautari {
namespace {

constexpr seconds check_after_ejection{6};
/// A command that was stored as SENT longer ago has waited here: it is stored again, with the time at which
/// it leaves, or after a restart its snapshots would be judged by the wrong one.
constexpr seconds sent_stays_true_for{1};

command_state state_after(ejection_result result) {
  switch (result) {
    case ejection_result::confirmed:
      return command_state::confirmed;
    case ejection_result::refuted:
      return command_state::refuted;
    case ejection_result::not_moved:
      return command_state::failed;
    case ejection_result::dark:
      return command_state::expired;
    case ejection_result::uncertain:
      break;
  }
  return command_state::sent;  // Still open: after a restart it is looked for again.
}

}  // namespace

void kiosk_state::eject(const eject_bank& wish) {
  const auto is_same = [&](const auto& one) { return one.wish.command.id == wish.command.id; };
  if (find_tracked(wish.command.id) != nullptr) return;
  auto& queue = busy().queue;
  if (std::any_of(queue.begin(), queue.end(), is_same)) return;
  if (queue.size() >= limits::kiosk_queue_max || wish.publishes_left <= 0) {
    give_up(wish.command, 0, command_state::expired, "queue-full");
  } else {
    queue.push_back({wish, world->now()});
    start_next();
  }
  arm();
}

bool kiosk_state::is_ejecting() const {
  if (!business) return false;
  const auto opens_a_slot = [](const sent_command& one) {
    return one.facts.kind == command_kind::unlock_slot && one.facts.phase == exchange_phase::waiting;
  };
  return std::any_of(business->tracked.begin(), business->tracked.end(),
                     [](const auto& one) { return one.is_storing || blocks_the_cabinet(one.facts); }) ||
         std::any_of(business->sent.begin(), business->sent.end(), opens_a_slot);
}

bool kiosk_state::is_blocked() const {
  if (is_ejecting()) return true;
  if (!business) return false;
  const auto now = world->now();
  return std::any_of(business->sent.begin(), business->sent.end(),
                     [&](const auto& one) { return holds_ejections(one.facts, now); }) ||
         std::any_of(business->wishes.begin(), business->wishes.end(), [](const auto& one) {
           return one.opens_slot || (one.is_granted && cuts_the_line(one.wish.kind));
         });
}

void kiosk_state::start_next() {
  while (business && !business->queue.empty() && !is_blocked()) {
    auto next = business->queue.front();
    business->queue.erase(business->queue.begin());
    // Who waited so long has left, and a cabinet that is not there cannot be asked.
    if (world->now() >= next.since + limits::ejection_queue_wait_max) {
      give_up(next.wish.command, 0, command_state::expired, "queue-wait");
    } else if (!link.is_online) {
      give_up(next.wish.command, 0, command_state::failed, "offline");
    } else {
      tracked_ejection one;
      one.command = next.wish.command;
      one.by = next.by;
      one.facts = ejection_sent(one.command.bank, next.wish.publishes_left - 1, world->now());
      one.facts.publishes = 0;
      const auto& sent_at = one.command.sent_at;
      one.is_storing = !sent_at || world->now() >= *sent_at + sent_stays_true_for;
      business->tracked.push_back(one);
      if (one.is_storing)
        store_sent(one.command, false);
      else
        publish(one.command, false);
    }
  }
}

void kiosk_state::drop_hopeless(const std::vector<observed_slot>& slots) {
  if (!business) return;
  std::vector<command_image> hopeless;
  std::erase_if(business->queue, [&](const auto& waiting) {
    const auto& command = waiting.wish.command;
    const bool is_gone = evidence_of(slots, command.bank, command.slot, port_one_offset).bank ==
                         ejection_evidence::sight::absent;
    if (is_gone) hopeless.push_back(command);
    return is_gone;
  });
  for (const auto& command : hopeless)
    give_up(command, 0, command_state::expired, "4.8-5");
}

void kiosk_state::store_sent(const command_image& command, bool is_repeat) {
  command_image sent = command;
  sent.state = command_state::sent;
  sent.sent_at = world->now();
  if (is_repeat) sent.attempt = command.attempt + 1;
  record entry{world->ids.make<record_id>(), world->now(), {}};
  entry.add(sent);
  entry.add(ejection_sent_entry(sent));
  auto failed = [this, id = command.id](caf::error& why) {
    auto* one = find_tracked(id);
    if (one == nullptr) return;
    one->is_storing = false;
    log_event(world->log, log_level::error, "ejection-not-stored",
              "An ejection was not sent: it could not be stored",
              {{"imei", cabinet.value}, {"command", id.text()}, {"code", std::to_string(why.code())}});
    // Certainly not stored, therefore not sent. What was published before, the cabinet has refused; unless it
    // said meanwhile that the bank is out after all.
    if (one->facts.phase != ejection_phase::decided)
      conclude(*one, {ejection_result::not_moved, {}, {}, "4.8-3"}, {});
    start_next();
    arm();
  };
  self->request(world->journal, caf::infinite, std::move(entry))
      .then([this, sent, is_repeat](const stored&) { publish(sent, is_repeat); }, failed);
}

void kiosk_state::publish(const command_image& command, bool is_repeat) {
  auto* one = find_tracked(command.id);
  if (one == nullptr) return;
  one->is_storing = false;
  const bool is_wanted = is_repeat ? one->facts.phase == ejection_phase::waiting_to_retry : true;
  if (!is_wanted) return;  // While it was stored the cabinet said that the bank is out after all.
  one->command = command;
  if (command.rental.is_nil()) announce(command);
  if (is_repeat) {
    one->facts = published_again(one->facts, world->now());
  } else {
    one->facts = ejection_sent(command.bank, one->facts.publishes_left, world->now());
  }
  const auto order = command.kind == command_kind::unlock_slot
                         ? open_slot_order(command.slot, world->now(), port_one_offset)
                         : popup_sn_command(command.bank, world->now());
  auto failed = [this, id = command.id](caf::error& why) {
    auto* refused = find_tracked(id);
    if (refused == nullptr || refused->facts.phase == ejection_phase::decided) return;
    --refused->facts.publishes;
    log_event(world->log, log_level::warning, "ejection-not-published", "The broker did not take an ejection",
              {{"imei", cabinet.value}, {"command", id.text()}, {"code", std::to_string(why.code())}});
    conclude(*refused, {ejection_result::not_moved, {}, {}, "4.8-3"}, {});
    start_next();
    arm();
  };
  self->request(world->broker, caf::infinite,
                publish_command{cabinet, order.payload, quality_of_service(order.kind)})
      .then([](const published&) {}, failed);
  arm();
}

/// It never left us, or never will.
void kiosk_state::give_up(const command_image& command, std::int32_t publishes, command_state state,
                          const char* rule) {
  tracked_ejection one;
  one.command = command;
  one.facts = ejection_sent(command.bank, 0, world->now());
  one.facts.publishes = publishes;
  busy().tracked.push_back(std::move(one));
  auto& kept = business->tracked.back();
  conclude(kept, {ejection_result::not_moved, {}, {}, rule}, {}, state);
}

void kiosk_state::take(const bank_ejection_reply& reply, cabinet_report report) {
  const auto at = report.received_at;
  const ejection_reply said{classify_ejection(reply.state), reply.state, reply.sn};
  if (auto* one = match(reply.sn)) {
    one->command.replied_at = at;
    one->command.reply_code = reply.state;
    one->command.reply_bank = reply.sn;
    feed(*one, said, at, std::move(report));
  } else if (business && said.meaning == ejection_class::ejected && is_blocked()) {
    const auto open = std::find_if(
        business->tracked.begin(), business->tracked.end(),
        [](const auto& tracked) { return !tracked.is_storing && blocks_the_cabinet(tracked.facts); });
    if (open != business->tracked.end()) return identify(said, at, open->command.id, std::move(report));
    store_quietly(std::move(report));
  } else {
    note("ejection-reply-unmatched",
         boost::json::serialize(
             boost::json::object{{"bank", reply.sn.text()}, {"code", static_cast<int>(reply.state)}}),
         log_level::warning);
    store_quietly(std::move(report));
    if (said.meaning == ejection_class::ejected) check_after(check_after_ejection);
  }
  start_next();
}

/// The ejection a reply with this serial number belongs to: an undecided one before a decided one, the newest
/// first. Without a readable number it can only be the answer to the one that waits for it.
tracked_ejection* kiosk_state::match(bank_sn bank) {
  if (!business) return nullptr;
  tracked_ejection* best = nullptr;
  for (auto& one : business->tracked) {
    if (one.facts.publishes == 0) continue;
    const bool is_meant = is_readable(bank) ? one.command.bank == bank || one.facts.left == bank
                                            : one.facts.phase == ejection_phase::waiting_for_reply;
    const bool is_better = best == nullptr || best->facts.phase == ejection_phase::decided ||
                           one.facts.phase != ejection_phase::decided;
    if (is_meant && is_better) best = &one;
  }
  return best;
}

/// "Ejected", but another bank than the one in flight. Before the rental adopts it: is it one that left
/// before, so that this is an old reply told twice?
void kiosk_state::identify(const ejection_reply& reply, timestamp at, const command_id& command,
                           cabinet_report report) {
  auto judge = [=, this](const std::optional<bank_image>& known) {
    adopt_or_ignore(reply, at, command, report, known);
  };
  auto unknown = [=, this](caf::error&) {
    // Nobody can tell now. What is certain: the cabinet did something else; snapshots will say what.
    store_quietly(report);
    if (auto* one = find_tracked(command))
      feed(*one, ejection_reply{ejection_class::ambiguous, reply.code, {}}, at);
    arm();
  };
  auto ask_database = [=, this] {
    self->request(world->reader, caf::infinite, load_bank{reply.bank})
        .then([judge](const bank_lookup& lookup) { judge(lookup.bank); }, unknown);
  };
  self->request(world->stations, caf::infinite, look_at_bank{station, reply.bank})
      .then([=](const seated_bank& here) { here.bank ? judge(here.bank) : ask_database(); },
            [=](caf::error&) { ask_database(); });
}

void kiosk_state::adopt_or_ignore(const ejection_reply& reply, timestamp at, const command_id& command,
                                  cabinet_report report, const std::optional<bank_image>& known) {
  auto* one = find_tracked(command);
  // By its rental and not by its status: a damaged bank stays DAMAGED while it is out.
  const bool is_out_already = known && !known->rental.is_nil() && known->station.is_nil();
  // It left here before, is back in another cabinet, and this is the word about it, told twice: who
  // remembered that may have been killed since. A bank that was carried here instead would have been seen
  // here.
  const bool is_elsewhere = known && !known->station.is_nil() && !(known->station == station);
  if (one == nullptr || one->facts.phase == ejection_phase::decided || is_out_already || is_elsewhere) {
    note("ejection-reply-unmatched", boost::json::serialize(boost::json::object{{"bank", reply.bank.text()}}),
         log_level::warning);
    return store_quietly(std::move(report));
  }
  auto& queue = business->queue;
  const auto meant = std::find_if(queue.begin(), queue.end(), [&](const auto& waiting) {
    return waiting.wish.command.bank == reply.bank;
  });
  if (meant != queue.end()) {  // It was promised to the next rider, whose ejection cannot succeed any more.
    const auto hopeless = meant->wish.command;
    queue.erase(meant);
    give_up(hopeless, 0, command_state::expired, "4.8-5");
    one = find_tracked(command);
  }
  one->other_bank = known;
  one->command.replied_at = at;
  one->command.reply_code = reply.code;
  one->command.reply_bank = reply.bank;
  feed(*one, reply, at, std::move(report));
  start_next();
  arm();
}

void kiosk_state::feed(tracked_ejection& one, const ejection_event& event, timestamp now,
                       std::optional<cabinet_report> report) {
  if (one.is_storing && one.facts.publishes == 0) {
    if (report) store_quietly(std::move(*report));
    return;
  }
  const auto step = decide(one.facts, event, now);
  one.facts = step.facts;
  const auto command = one.command;
  const bool is_alarm = step.log == ejection_alarm;
  if (!step.log.empty())
    note(std::string{step.log}, about_ejection(command, step.decision ? step.decision->rule : ""),
         is_alarm ? log_level::error : log_level::info);
  if (is_alarm)
    tell_operators(self, *world, "rental.uncertain", feed_severity::alarm, station,
                   {{"bank_sn", command.bank.text()}, {"slot", command.slot}});
  if (step.publish_again && !one.is_storing) {
    one.is_storing = true;
    store_sent(command, true);
  }
  if (step.decision) {
    conclude(one, *step.decision, std::move(report));
  } else if (report) {
    store_quietly(std::move(*report));
  }
  // From here on `one` may have moved.
  if (step.check) ask_for_snapshot(true);
  if (step.escaped.is_nil()) return;
  // An operator's, too; unless the station has not heard of the bank yet that came out before.
  auto* late = command.rental.is_nil() ? find_tracked(command.id) : nullptr;
  if (late != nullptr && !late->untold)
    return conclude(*late, {ejection_result::confirmed, step.escaped, now, "4.8-9"}, {});
  enqueue(bank_escaped{station, step.escaped, command.rental, now});
}

void kiosk_state::conclude(tracked_ejection& one, const ejection_decision& decision,
                           std::optional<cabinet_report> report, std::optional<command_state> state) {
  one.command.state = state.value_or(state_after(decision.result));
  if (decision.result != ejection_result::uncertain) {
    one.facts.phase = ejection_phase::decided;
    one.facts.result = decision.result;
  }
  ejection_outcome outcome;
  outcome.rental = one.command.rental;
  outcome.command = one.command;
  outcome.result = decision.result;
  outcome.bank = decision.bank;
  outcome.at = decision.at;
  outcome.rule = std::string{decision.rule};
  outcome.publishes = one.facts.publishes;
  outcome.report = std::move(report);
  outcome.other_bank = one.other_bank;
  one.untold = std::move(outcome);
  one.tries = 0;
  tell(one);
  if (decision.result == ejection_result::confirmed) check_after(check_after_ejection);
}

void kiosk_state::tell(tracked_ejection& one) {
  if (one.is_telling || !one.untold) return;
  if (one.command.rental.is_nil()) return tell_station(one);
  one.is_telling = true;
  const auto id = one.command.id;
  const auto result = one.untold->result;
  self->request(world->rentals, caf::infinite, *one.untold)
      .then([=, this](const outcome_noted&) { told(id, result, {}); },
            [=, this](caf::error& why) { told(id, result, why); });
}

void kiosk_state::told(const command_id& command, ejection_result what, const caf::error& why) {
  auto* one = find_tracked(command);
  if (one == nullptr) return;
  one->is_telling = false;
  // A rental nobody knows is closed: there is nobody left to tell.
  const bool is_noted = !why || reason_of<rental_refusal>(why) == rental_refusal::rental_not_found;
  if (is_noted && one->untold && one->untold->result == what) one->untold.reset();
  if (!is_noted) {
    one->tell_again_at = world->now() + kiosk_back_off(one->tries++);
    log_event(world->log, log_level::warning, "ejection-outcome-waits",
              "A rental could not take its ejection's outcome",
              {{"imei", cabinet.value}, {"command", command.text()}, {"tries", std::to_string(one->tries)}});
  } else if (one->untold) {
    tell(*one);  // It has changed meanwhile.
  }
  arm();
}

void kiosk_state::ejections_on_clock(timestamp now) {
  for (std::size_t i = 0; i < business->tracked.size(); ++i) {
    auto& one = business->tracked[i];
    if (!one.is_storing) feed(one, ejection_clock{}, now);
    auto& same = business->tracked[i];
    if (same.untold && now >= same.tell_again_at) tell(same);
  }
  std::erase_if(business->tracked, [&](const auto& one) {
    return !one.untold && !one.is_telling && !one.is_storing && may_be_forgotten(one.facts, now);
  });
  auto& queue = business->queue;
  while (!queue.empty() && now >= queue.front().since + limits::ejection_queue_wait_max) {
    const auto late = queue.front().wish.command;
    queue.erase(queue.begin());
    give_up(late, 0, command_state::expired, "queue-wait");
  }
  start_next();
}

tracked_ejection* kiosk_state::find_tracked(const command_id& command) {
  if (!business) return nullptr;
  auto& tracked = business->tracked;
  const auto found = std::find_if(tracked.begin(), tracked.end(),
                                  [&](const auto& one) { return one.command.id == command; });
  return found == tracked.end() ? nullptr : &*found;
}

}  // namespace chautari
