#include "actors/kiosks/broker_gate_actor.hpp"

#include <string>

#include "protocols/base/check.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

constexpr minutes look_every{1};

}  // namespace

void broker_gate_state::begin(broker_gate_actor::pointer me, broker_gate_setup with) {
  self = me;
  setup = std::move(with);
  CHECK(setup.line.publish && setup.now);
  watch.heard(setup.now());
  arm();
}

void broker_gate_state::arm() {
  if (setup.silence_max == milliseconds{0}) return;
  self->send(setup.timers,
             arm_timer{caf::actor_cast<timed_actor>(self), 0, ++revision, setup.now() + look_every});
}

caf::result<published> broker_gate_state::publish(const publish_command& command) {
  if (const auto why = setup.line.publish(command.cabinet, command.json, command.qos)) return refuse(*why);
  return published{};
}

void broker_gate_state::look(const timer_fired& timer) {
  if (timer.revision != revision) return;
  const auto now = setup.now();
  watch.heard(setup.line.last_frame_at());
  if (!setup.line.is_connected()) watch.heard(now);
  if (watch.is_alarming(now, setup.silence_max)) {
    const auto quiet = std::chrono::duration_cast<seconds>(setup.silence_max).count();
    log_event(setup.log, log_level::error, "broker-silent",
              "No cabinet has been heard for too long although the broker is connected; connecting anew.",
              {{"silence_s", std::to_string(quiet)}});
    setup.line.reconnect();
  }
  arm();
}

broker_gate_actor::behavior_type broker_gate(broker_gate_actor::stateful_pointer<broker_gate_state> self,
                                             broker_gate_setup setup) {
  self->state.begin(self, std::move(setup));
  // A refusal of a message that nobody waits for must not end this actor.
  self->set_error_handler([](caf::error&) {});
  return {[self](const publish_command& command) { return self->state.publish(command); },
          [self](const timer_fired& timer) { self->state.look(timer); }};
}

}  // namespace chautari
