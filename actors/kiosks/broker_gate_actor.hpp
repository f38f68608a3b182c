#pragma once
/// The BROKER GATE: the one way out to the cabinets, and the one who notices when nothing comes in any more.

#include <caf/all.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "actors/kiosks/broker_gate_rules.hpp"
#include "protocols/kiosks/interface.hpp"
#include "protocols/operations/log.hpp"
#include "protocols/timers/interface.hpp"

namespace chautari {

/// What the gate needs of the broker's client; functions, so that no thread or socket comes in here.
struct broker_line {
  /// Never waits. Nothing: accepted; else certainly not sent.
  std::function<std::optional<broker_refusal>(const imei& cabinet, std::string_view json, int qos)> publish;
  std::function<bool()> is_connected;
  /// When the last frame of any cabinet came in; 1970 if none has.
  std::function<timestamp()> last_frame_at;
  std::function<void()> reconnect;
};

struct broker_gate_setup {
  broker_line line;
  timers_actor timers;
  clock_source now;
  log_sink log;
  milliseconds silence_max{0};  ///< Zero: no self-test.
};

/// `broker_actor` and a clock.
using broker_gate_actor = broker_actor::extend<caf::reacts_to<timer_fired>>;

struct broker_gate_state {
  static constexpr const char* name = "broker_gate";

  broker_gate_actor::pointer self = nullptr;
  broker_gate_setup setup;
  silence_watch watch;
  std::uint64_t revision = 0;

  void begin(broker_gate_actor::pointer me, broker_gate_setup with);
  caf::result<published> publish(const publish_command& command);
  void look(const timer_fired& timer);

private:
  void arm();
};

broker_gate_actor::behavior_type broker_gate(broker_gate_actor::stateful_pointer<broker_gate_state> self,
                                             broker_gate_setup setup);

}  // namespace chautari
