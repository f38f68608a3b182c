#include "actors/kiosks/kiosks_directory.hpp"

#include <algorithm>

#include "actors/kiosks/kiosk_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {

const kiosk_actor* kiosks_directory_state::find(const imei& cabinet) const {
  const auto found = kiosks.find(cabinet);
  return found == kiosks.end() ? nullptr : &found->second;
}

void kiosks_directory_state::adopt(const adopt_kiosks& chunk) {
  for (const auto& past : chunk.kiosks) {
    if (kiosks.count(past.cabinet) > 0) continue;
    auto child = self->spawn(kiosk, kiosk_setup{world, past});
    self->monitor(child);
    kiosks.emplace(past.cabinet, std::move(child));
    strangers.erase(past.cabinet);
  }
  for (const auto& command : chunk.orphans)
    adopt_orphan(command);
  tell_lonely();
}

void kiosks_directory_state::adopt_orphan(const command_image& command) {
  const bool was_sent = command.state == command_state::sent;
  ejection_outcome outcome;
  outcome.rental = command.rental;
  outcome.command = command;
  outcome.command.state = command_state::expired;
  outcome.result = was_sent ? ejection_result::dark : ejection_result::not_moved;
  outcome.rule = was_sent ? "4.8-8" : "4.8-10";
  outcome.publishes = was_sent ? command.attempt : 0;
  const auto sent_at = command.sent_at.value_or(command.created_at);
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
  if (next)
    self->send(world->timers, arm_timer{caf::actor_cast<timed_actor>(self), 0, ++timer_revision, *next});
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
  // Its ejections under way are found again at the next start; until then a person must look.
  self->set_down_handler([self](const caf::down_msg& down) {
    for (const auto& [cabinet, kiosk] : self->state.kiosks) {
      if (kiosk.address() != down.source) continue;
      log_event(self->state.world->log, log_level::error, "kiosk-died", "The actor of a cabinet died",
                {{"imei", cabinet.value}, {"code", std::to_string(down.reason.code())}});
    }
  });
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {[&state](const cabinet_frame& frame) { state.tell(frame); },
          [&state](const broker_session& session) { state.tell(session); },
          [&state](const line_changed& news) {
            for (const auto& [cabinet, kiosk] : state.kiosks)
              state.self->send(kiosk, news);
          },
          [&state](const eject_bank& wish) {
            const auto* kiosk = state.find(wish.command.cabinet);
            if (kiosk == nullptr) return state.refuse(wish);
            state.self->send(*kiosk, wish);
          },
          [&state](const request_snapshot& question) { state.tell(question); },
          [&state](const look_at_kiosk& question) -> caf::result<kiosk_view> {
            const auto* kiosk = state.find(question.cabinet);
            if (kiosk == nullptr) return caf::make_error(station_refusal::station_not_found);
            return state.self->delegate(*kiosk, question);
          },
          [](const operator_command&) -> caf::result<command_answer> {
            return caf::make_error(command_refusal::station_offline);
          },
          [](const register_cabinet&) {},
          [](const retire_cabinet&) {},
          [&state](const timer_fired& timer) {
            if (timer.revision == state.timer_revision) state.tell_lonely();
          },
          [&state](const meet_network& meeting) {
            state.world = std::make_shared<const network>(meeting.everybody);
          },
          [&state](const adopt_kiosks& chunk) { state.adopt(chunk); }};
}

}  // namespace chautari
