#pragma once
/// The CABINET REGISTRY: who may have an account at the broker, who called that nobody knows, and the inbox
/// of cabinets' HTTP calls. What it holds of a cabinet is read from the database when it is first needed.

#include <boost/json/object.hpp>
#include <caf/all.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "actors/kiosks/registry_rules.hpp"
#include "protocols/kiosks/broker_accounts.hpp"
#include "protocols/operations/network.hpp"

namespace chautari {

/// The registry with its whole interface; the others know it as `cabinet_registry_actor`.
using registry_newcomer_actor = cabinet_registry_actor::extend<caf::replies_to<meet_network>::with<void>>;

struct registry_state {
  static constexpr const char* name = "cabinet_registry";

  /// What is known of one cabinet.
  struct cabinet_file {
    bool is_loaded = false;
    bool is_ours = false;      ///< A station had it when it called last.
    bool is_changing = false;  ///< Its account is under way; another change has to wait.
    std::optional<broker_account_image> account;
    std::optional<stranger_image> stranger;
    timestamp stranger_stored_at;
    timestamp touched_at;
    timestamp cut_off_at;  ///< When it spoke over MQTT without a station.
    timestamp alarmed_at;  ///< Operators hear of one cabinet once an hour.
    hourly_allowance connects;
    hourly_allowance calls;
    std::string hardware;  ///< As it told it last.
  };
  using failing = std::function<void(const caf::error&)>;

  registry_newcomer_actor::pointer self = nullptr;
  broker_accounts_actor accounts;
  std::shared_ptr<const network> world;
  std::unordered_map<imei, cabinet_file> files;  ///< Those of stations, and some strangers.
  std::size_t strangers = 0;                     ///< Files of cabinets that are not ours.
  std::uint64_t calls_of_strangers = 0;
  std::size_t stored_today = 0;  ///< New strangers.
  timestamp today_began_at;

  // -- cabinets
  caf::typed_response_promise<broker_login> connect(const connect_cabinet& call);
  caf::typed_response_promise<void> take_upload(const upload_snapshot& call);
  caf::typed_response_promise<void> take_claim(const claim_return& call);
  void hear(const stranger_heard& word);

  // -- operators
  caf::typed_response_promise<stranger_image> judge(const judge_stranger& wish);
  caf::typed_response_promise<broker_account_view> look(const look_at_broker_account& question);
  caf::typed_response_promise<broker_account_view> change(const change_broker_account& wish);

private:
  cabinet_file& file_of(const imei& cabinet);
  void make_room();
  /// Goes on if a station has the cabinet; else notes the stranger and fails.
  void if_ours(const stranger_call& call, const failing& fail, std::function<void()> go);
  /// Goes on when what is stored about the cabinet is in its file; null: it had been there.
  void with_file(const imei& cabinet, const failing& fail, std::function<void(const registry_entry*)> go,
                 bool asks_again = false);
  void meet(const stranger_call& call, const failing& fail);
  void note_stranger(const stranger_call& call);
  [[nodiscard]] bool may_alarm(const imei& cabinet);
  [[nodiscard]] bool may_call(const imei& cabinet, const failing& fail);
  void issue(const connect_cabinet& call, caf::typed_response_promise<broker_login> promise);
  void hand_over(const broker_account_image& account, caf::typed_response_promise<broker_login> promise);
  void refuse_connect(const connect_cabinet& call, registry_refusal why);
  void note_hardware(const imei& cabinet, const std::string& hardware);
  void put(record entry, const failing& fail, std::function<void()> done);
  void put_account(const change_broker_account& wish, const broker_account_image& after,
                   caf::typed_response_promise<broker_account_view> promise);
  void cut_off(const imei& cabinet);
};

// -- shared by the files of the registry
// ------------------------------------------------------------------------------------------

/// One line of the cabinet's story.
[[nodiscard]] cabinet_log_entry registry_line(const imei& cabinet, timestamp at, std::string kind,
                                              const boost::json::object& data);
/// {"retry_after": seconds}
[[nodiscard]] std::string pause_of(seconds length);
template <class Promise>
[[nodiscard]] registry_state::failing failing_of(Promise promise) {
  return [promise](const caf::error& why) mutable { promise.deliver(why); };
}

registry_newcomer_actor::behavior_type cabinet_registry(
    registry_newcomer_actor::stateful_pointer<registry_state> self, broker_accounts_actor accounts);

}  // namespace chautari
