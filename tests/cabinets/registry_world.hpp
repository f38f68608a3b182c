#pragma once
/// The real registry between twins: kiosks that know the cabinets they are told of, a broker that changes
/// accounts or does not, a database of maps.

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "actors/kiosks/registry_actor.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/support/deterministic_system.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_reader.hpp"

namespace chautari::testing {

/// What the twins saw and how they are to behave.
struct registry_log {
  std::set<imei> stations;  ///< Cabinets that a station has.
  std::vector<cabinet_frame> frames;
  std::vector<return_call> claims;
  std::map<imei, std::string> passwords;  ///< Of the broker's open accounts.
  std::size_t changes = 0;                ///< The broker was asked for.
  std::function<void()> before_change;
  std::optional<account_change_refusal> broker_refuses;
  bool is_broker_slow = false;                 ///< It answers when the timer fires.
  std::vector<std::function<void()>> waiting;  ///< Answers of a slow broker.
  std::vector<operator_event> events;

  void answer() {
    for (const auto& one : std::exchange(waiting, {}))
      one();
  }
};
using shared_registry_log = std::shared_ptr<registry_log>;

inline kiosks_actor::behavior_type known_kiosks(kiosks_actor::pointer, shared_registry_log log) {
  return {[log](const cabinet_frame& frame) { log->frames.push_back(frame); },
          [log](const return_call& call) { log->claims.push_back(call); },
          [](const broker_session&) {},
          [](const line_changed&) {},
          [](const eject_bank&) {},
          [](const request_snapshot&) {},
          [log](const look_at_kiosk& question) -> caf::result<kiosk_view> {
            if (log->stations.count(question.cabinet) == 0) return refuse(station_refusal::station_not_found);
            return kiosk_view{};
          },
          [](const operator_command&) { return command_answer{}; },
          [](const register_cabinet&) {},
          [](const retire_cabinet&) {},
          [](const timer_fired&) {}};
}

inline broker_accounts_actor::behavior_type scripted_accounts(broker_accounts_actor::pointer self,
                                                              shared_registry_log log) {
  const auto answer = [self, log](const imei& cabinet, std::function<void()> apply) {
    auto promise = self->make_response_promise<account_changed>();
    ++log->changes;
    if (log->before_change) log->before_change();
    const auto end = [=]() mutable {
      if (log->broker_refuses) {
        promise.deliver(refuse(*log->broker_refuses));
      } else {
        apply();
        promise.deliver(account_changed{cabinet});
      }
    };
    log->waiting.push_back(end);
    if (!log->is_broker_slow) log->answer();
    return promise;
  };
  return {[=](const open_account& wish) {
            return answer(wish.cabinet, [=] { log->passwords[wish.cabinet] = wish.password; });
          },
          [=](const close_account& wish) {
            return answer(wish.cabinet, [=] { log->passwords.erase(wish.cabinet); });
          },
          [](const accounts_answer&) {}, [log](const timer_fired&) { log->answer(); }};
}

inline door_actor::behavior_type listening_door(door_actor::pointer, shared_registry_log log) {
  return {
      [](const station_view&) {},       [](const rental_event&) {},
      [](const wallet_event&) {},       [](const session_revoked&) {},
      [](const stations_announced&) {}, [log](const operator_event& event) { log->events.push_back(event); },
      [](const command_news&) {},       [](const operator_changed&) {},
      [](const prices_announced&) {},   [](const payment_event&) {}};
}

class registry_world {
public:
  explicit registry_world(std::uint64_t seed = 1) : system{seed} {
    log->stations.insert(cabinet);
    network everybody;
    everybody.now = system.clock();
    everybody.ids = system.ids();
    everybody.journal = system.spawn(memory_journal, db);
    everybody.reader = system.spawn(memory_reader, db);
    everybody.kiosks = system.spawn(known_kiosks, log);
    everybody.announce_to.push_back(system.spawn(listening_door, log));
    world = everybody;
    start();
  }

  void start() {
    accounts = system.spawn(scripted_accounts, log);
    const auto newcomer = system.spawn(cabinet_registry, accounts);
    system.ask<nothing>(newcomer, meet_network{world});
    registry = newcomer;
    system.run();
  }
  /// A registry that remembers nothing but what is stored.
  void restart() {
    system.kill(registry);
    start();
  }

  deterministic_system system;
  std::shared_ptr<memory_store> db = std::make_shared<memory_store>();
  shared_registry_log log = std::make_shared<registry_log>();
  network world;
  broker_accounts_actor accounts;
  cabinet_registry_actor registry;
  imei cabinet{"860000000000011"};
  imei stranger{"860000000000099"};

  template <class Answer, class Word>
  std::shared_ptr<asked<Answer>> ask(const Word& word) {
    auto reply = system.ask<Answer>(registry, word);
    system.run();
    return reply;
  }
  std::shared_ptr<asked<broker_login>> connect(const std::string& sim = "sim-1") {
    return ask<broker_login>(connect_cabinet{cabinet, sim, "hardware=V1", "10.0.0.7"});
  }
  std::shared_ptr<asked<broker_account_view>> change(broker_account_action action) {
    return ask<broker_account_view>(change_broker_account{cabinet, action, "because", {}});
  }
  [[nodiscard]] const broker_account_image& account() const { return db->broker_accounts.at(cabinet); }
  [[nodiscard]] bool is_in_log(std::string_view kind) const { return db->has_logged(kind); }
};

template <class Answer>
std::optional<registry_refusal> reason(const std::shared_ptr<asked<Answer>>& reply) {
  return reply->error ? reason_of<registry_refusal>(*reply->error) : std::nullopt;
}

}  // namespace chautari::testing
