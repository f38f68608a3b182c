#pragma once
/// The BROKER ACCOUNTS: changes of accounts on their way to the broker, and its answers back to whoever
/// asked.

#include <caf/all.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/id_source.hpp"
#include "protocols/kiosks/broker_accounts.hpp"
#include "protocols/kiosks/messages.hpp"
#include "protocols/operations/log.hpp"

namespace chautari {

/// Hands words to the broker's client; never waits. Nothing: accepted; else certainly not sent.
using accounts_line = std::function<std::optional<broker_refusal>(std::string_view words)>;

struct broker_accounts_setup {
  accounts_line say;
  timers_actor timers;
  id_source ids;
  log_sink log;
};

struct broker_accounts_state {
  static constexpr const char* name = "broker_accounts";
  enum class step : std::uint8_t { open, make, close };

  /// One change, until the broker has answered or was asked often enough. What is asked again is harmless.
  struct change {
    step now_to = step::open;
    imei cabinet;
    std::string password;
    caf::typed_response_promise<account_changed> promise;
    int tries = 0;
    timestamp due_at;
  };

  broker_accounts_actor::pointer self = nullptr;
  broker_accounts_setup setup;
  std::map<std::string, change> changes;  ///< By the tag of the words; bounded.
  std::uint64_t revision = 0;

  caf::typed_response_promise<account_changed> begin(step first, const imei& cabinet, std::string password);
  void take(const accounts_answer& answer);
  void look(const timer_fired& timer);

private:
  void say(change what);
  void fail(change& what, account_change_refusal why, const std::string& words = {});
  void go_on(change what, step next);
  void arm();
};

broker_accounts_actor::behavior_type broker_accounts(
    broker_accounts_actor::stateful_pointer<broker_accounts_state> self, broker_accounts_setup setup);

}  // namespace chautari
