#include "actors/kiosks/kiosks_directory.hpp"

#include "actors/kiosks/kiosk_actor.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

const kiosk_actor* kiosks_directory_state::find(const imei& cabinet) const {
  const auto found = kiosks.find(cabinet);
  return found == kiosks.end() ? nullptr : &found->second;
}

void kiosks_directory_state::adopt(const adopt_kiosks& chunk) {
  for (const auto& past : chunk.kiosks) {
    if (kiosks.count(past.cabinet) > 0) continue;
    kiosks.emplace(past.cabinet, self->spawn(kiosk, kiosk_setup{world, past}));
    strangers.erase(past.cabinet);
  }
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
  self->request(world->rentals, caf::infinite, outcome).then([](const outcome_noted&) {}, [](caf::error&) {});
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
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {[&state](const cabinet_frame& frame) { state.tell(frame); },
          [&state](const broker_session& session) { state.tell(session); },
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
          [](const timer_fired&) {},
          [&state](const meet_network& meeting) {
            state.world = std::make_shared<const network>(meeting.everybody);
          },
          [&state](const adopt_kiosks& chunk) { state.adopt(chunk); }};
}

}  // namespace chautari
