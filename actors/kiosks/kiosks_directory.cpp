#include "actors/kiosks/kiosks_directory.hpp"

#include <algorithm>

#include "actors/kiosks/kiosk_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

/// A kiosk that dies again so soon has the same trouble.
constexpr minutes deaths_in_a_row{10};

}  // namespace

const kiosk_actor* kiosks_directory_state::find(const imei& cabinet) const {
  const auto found = kiosks.find(cabinet);
  return found == kiosks.end() ? nullptr : &found->second;
}

void kiosks_directory_state::adopt(const adopt_kiosks& chunk) {
  const auto kept = std::make_shared<const adopt_kiosks>(chunk);
  for (const auto& past : kept->kiosks) {
    if (kiosks.count(past.cabinet) == 0) give_birth({kept, &past});
  }
  for (const auto& command : chunk.orphans)
    adopt_orphan(command);
  tell_lonely();
}

void kiosks_directory_state::give_birth(std::shared_ptr<const recovered_kiosk> past) {
  auto child = self->spawn(kiosk, kiosk_setup{world, past});
  self->monitor(child);
  kiosks.insert_or_assign(past->cabinet, std::move(child));
  by_station.insert_or_assign(past->station, past->cabinet);
  by_serial.insert_or_assign(past->station_serial, past->cabinet);
  strangers.erase(past->cabinet);
}

// -- cabinets that come and go
// ------------------------------------------------------------------------------------------

void kiosks_directory_state::join(const register_cabinet& facts) {
  const auto is_renamed = [&](const auto& entry) {
    return entry.second == facts.cabinet && !(entry.first == facts.station_serial);
  };
  std::erase_if(by_serial, is_renamed);
  by_station.insert_or_assign(facts.station, facts.cabinet);
  by_serial.insert_or_assign(facts.station_serial, facts.cabinet);
  if (find(facts.cabinet) != nullptr || unborn.count(facts.cabinet) > 0) return tell(facts);
  recovered_kiosk newcomer;
  newcomer.cabinet = facts.cabinet;
  newcomer.station = facts.station;
  newcomer.station_serial = facts.station_serial;
  newcomer.station_name = facts.station_name;
  newcomer.total_slots = facts.total_slots;
  newcomer.port_one_offset = facts.port_one_offset;
  give_birth(std::make_shared<const recovered_kiosk>(std::move(newcomer)));
}

/// What was under way ends as it does after a restart without the cabinet.
void kiosks_directory_state::retire(const imei& cabinet) {
  const auto leaves = [&](const auto& entry) { return entry.second == cabinet; };
  std::erase_if(by_station, leaves);
  std::erase_if(by_serial, leaves);
  unborn.erase(cabinet);
  const auto* kiosk = find(cabinet);
  if (kiosk == nullptr) return;
  self->send(*kiosk, retire_cabinet{cabinet});
  kiosks.erase(cabinet);
  self->request(world->reader, caf::infinite, load_kiosk{cabinet})
      .then(
          [this](const kiosk_past& past) {
            for (const auto& command : past.open_commands)
              adopt_orphan(command);
            tell_lonely();
          },
          [](caf::error&) {});  // Found open at the next start, then.
}

caf::result<command_answer> kiosks_directory_state::pass_on(const operator_command& wish) {
  auto named = wish;
  if (wish.station.is_nil()) {
    if (const auto known = by_serial.find(wish.station_serial); known != by_serial.end())
      named.cabinet = known->second;
  } else if (const auto known = by_station.find(wish.station); known != by_station.end()) {
    named.cabinet = known->second;
  }
  if (named.cabinet.is_nil()) return caf::make_error(station_refusal::station_not_found);
  const auto* kiosk = find(named.cabinet);
  if (kiosk == nullptr) return caf::make_error(command_refusal::command_busy);
  return self->delegate(*kiosk, std::move(named));
}

// -- kiosks that died
// ------------------------------------------------------------------------------------------

void kiosks_directory_state::mourn(const caf::down_msg& down) {
  const auto dead = std::find_if(kiosks.begin(), kiosks.end(),
                                 [&](const auto& entry) { return entry.second.address() == down.source; });
  if (dead == kiosks.end()) return;
  const auto cabinet = dead->first;
  kiosks.erase(dead);
  log_event(world->log, log_level::error, "kiosk-died", "The actor of a cabinet died and is born again",
            {{"imei", cabinet.value}, {"code", std::to_string(down.reason.code())}});
  auto& one = unborn[cabinet];
  const auto now = world->now();
  one.deaths = now < one.died_at + deaths_in_a_row ? one.deaths + 1 : 1;
  one.died_at = now;
  one.born_at = one.deaths == 1 ? now : now + kiosk_back_off(one.deaths);
  one.is_alive = false;
  ask_for_unborn();
}

void kiosks_directory_state::ask_for_unborn() {
  const auto now = world->now();
  std::optional<timestamp> next;
  for (auto& [cabinet, one] : unborn) {
    if (one.is_alive || one.is_loading) continue;
    if (one.born_at > now) {
      next = next ? std::min(*next, one.born_at) : one.born_at;
      continue;
    }
    one.is_loading = true;
    auto failed = [this, who = cabinet](const caf::error&) {
      const auto waking = unborn.find(who);
      if (waking == unborn.end()) return;
      waking->second.is_loading = false;
      waking->second.born_at = world->now() + kiosk_back_off(++waking->second.deaths);
      arm(waking->second.born_at);
    };
    self->request(world->reader, caf::infinite, load_kiosk{cabinet})
        .then([this, who = cabinet](const kiosk_past& past) { born_again(who, past); }, failed);
  }
  if (next) arm(*next);
}

void kiosks_directory_state::born_again(const imei& cabinet, const kiosk_past& past) {
  const auto waking = unborn.find(cabinet);
  if (waking == unborn.end()) return;
  auto& one = waking->second;
  if (past.station.is_nil()) return static_cast<void>(unborn.erase(waking));
  give_birth(std::make_shared<const recovered_kiosk>(
      recovered_kiosk{cabinet, past.station, past.station_serial, past.station_name, past.total_slots,
                      past.was_online, past.last_seen_at, past.open_commands, past.port_one_offset}));
  one.is_loading = false;
  one.is_alive = true;
  for (const auto& message : std::exchange(one.messages, {}))
    message(kiosks.at(cabinet));
}

void kiosks_directory_state::arm(timestamp at) {
  if (armed_at != timestamp{} && armed_at <= at) return;
  armed_at = at;
  self->send(world->timers, arm_timer{caf::actor_cast<timed_actor>(self), 0, ++timer_revision, at});
}

// -- commands without a kiosk
// ------------------------------------------------------------------------------------------

/// QUEUED: it never left us. SENT: nobody knows, and nobody will: dark a day after it was sent.
void kiosks_directory_state::adopt_orphan(const command_image& command) {
  const bool was_sent = command.state == command_state::sent;
  if (command.rental.is_nil()) {  // An operator's: nobody's money waits for it.
    auto expired = command;
    expired.state = command_state::expired;
    record entry{world->ids.make<record_id>(), world->now(), {}};
    entry.add(expired);
    // Not stored: found open again at the next start.
    self->request(world->journal, caf::infinite, std::move(entry))
        .then([](const stored&) {}, [](caf::error&) {});
    return;
  }
  ejection_outcome outcome;
  outcome.rental = command.rental;
  outcome.command = command;
  outcome.command.state = command_state::expired;
  outcome.result = was_sent ? ejection_result::dark : ejection_result::not_moved;
  outcome.rule = was_sent ? "4.8-8" : "4.8-10";
  outcome.publishes = was_sent ? command.attempt : 0;
  const auto sent_at = std::min(command.sent_at.value_or(command.created_at), world->now());
  lonely.push_back({std::move(outcome), was_sent ? sent_at + ejection_dark_after : world->now()});
}

/// A cabinet that is not ours cannot eject: the rental learns it at once.
void kiosks_directory_state::refuse(const eject_bank& wish) {
  if (!world) return;
  ejection_outcome outcome;
  outcome.rental = wish.command.rental;
  outcome.command = wish.command;
  outcome.command.state = command_state::failed;
  outcome.result = ejection_result::not_moved;
  outcome.rule = "no-cabinet";
  outcome.publishes = 0;
  lonely.push_back({std::move(outcome), world->now()});
  tell_lonely();
}

void kiosks_directory_state::tell_lonely() {
  std::optional<timestamp> next;
  for (auto& one : lonely) {
    if (one.is_telling) continue;
    if (one.tell_at > world->now()) {
      next = next ? std::min(*next, one.tell_at) : one.tell_at;
      continue;
    }
    one.is_telling = true;
    const auto id = one.outcome.command.id;
    self->request(world->rentals, caf::infinite, one.outcome)
        .then([this, id](const outcome_noted&) { told(id, {}); },
              [this, id](const caf::error& why) { told(id, why); });
  }
  if (next) arm(*next);
}

void kiosks_directory_state::told(const command_id& command, const caf::error& why) {
  const auto one = std::find_if(lonely.begin(), lonely.end(),
                                [&](const auto& waiting) { return waiting.outcome.command.id == command; });
  if (one == lonely.end()) return;
  if (!why || reason_of<rental_refusal>(why) == rental_refusal::rental_not_found) {
    lonely.erase(one);
    return;
  }
  one->is_telling = false;
  one->tell_at = world->now() + kiosk_back_off(one->tries++);
  tell_lonely();
}

void kiosks_directory_state::meet_stranger(const imei& cabinet) {
  ++stranger_messages;
  if (world && world->registry) self->send(world->registry, stranger_heard{cabinet, world->now()});
  if (!world || strangers.size() >= limits::unknown_cabinets_max || !strangers.insert(cabinet).second) return;
  log_event(world->log, log_level::warning, "cabinet-unknown", "A cabinet nobody registered speaks to us",
            {{"imei", cabinet.value}});
}

kiosk_directory_actor::behavior_type kiosks_directory(
    kiosk_directory_actor::stateful_pointer<kiosks_directory_state> self) {
  auto& state = self->state;
  state.self = self;
  self->set_exit_handler([self](const caf::exit_msg& bye) {
    for (const auto& [cabinet, kiosk] : self->state.kiosks)
      self->send_exit(kiosk, bye.reason);
    self->quit(bye.reason);
  });
  self->set_down_handler([self](const caf::down_msg& down) { self->state.mourn(down); });
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {[&state](const cabinet_frame& frame) { state.tell(frame); },
          [&state](const return_call& call) { state.tell(call); },
          [&state](const broker_session& session) { state.tell(session); },
          [&state](const line_changed& news) {
            for (const auto& [cabinet, kiosk] : state.kiosks)
              state.self->send(kiosk, news);
          },
          [&state](const eject_bank& wish) {
            const auto& cabinet = wish.command.cabinet;
            const bool is_ours = state.find(cabinet) != nullptr || state.unborn.count(cabinet) > 0;
            is_ours ? state.tell_kiosk(cabinet, wish) : state.refuse(wish);
          },
          [&state](const request_snapshot& question) { state.tell(question); },
          [&state](const look_at_kiosk& question) -> caf::result<kiosk_view> {
            const auto* kiosk = state.find(question.cabinet);
            if (kiosk != nullptr) return state.self->delegate(*kiosk, question);
            // Ours, and nobody may take it for a stranger meanwhile.
            if (state.unborn.count(question.cabinet) > 0)
              return caf::make_error(command_refusal::command_busy);
            return caf::make_error(station_refusal::station_not_found);
          },
          [&state](const operator_command& wish) { return state.pass_on(wish); },
          [&state](const register_cabinet& facts) { state.join(facts); },
          [&state](const retire_cabinet& word) { state.retire(word.cabinet); },
          [&state](const timer_fired& timer) {
            if (timer.revision != state.timer_revision) return;
            state.armed_at = {};
            state.tell_lonely();
            state.ask_for_unborn();
          },
          [&state](const meet_network& meeting) {
            state.world = std::make_shared<const network>(meeting.everybody);
          },
          [&state](const adopt_kiosks& chunk) { state.adopt(chunk); }};
}

}  // namespace chautari
