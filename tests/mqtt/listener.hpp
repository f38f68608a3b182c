#pragma once
/// A client of a real broker and what it heard.

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "protocols/kiosks/cabinet_topic.hpp"
#include "protocols/mqtt/broker_client.hpp"
#include "protocols/mqtt/broker_notice.hpp"
#include "tests/support/mosquitto_fixture.hpp"

namespace chautari::testing {

inline const imei cabinet_imei{"860000000000011"};
inline const std::string update_topic = topic_of(cabinet_imei, cabinet_channel::update);

/// A client and what it heard; waiting is for facts, the limit only ends a broken test.
class listener {
public:
  listener(const mosquitto& broker, std::string client_id, std::vector<broker_subscription> wants = {},
           std::size_t buffered_max = 1'000)
      : client{options(broker, std::move(client_id), std::move(wants), buffered_max), handlers()} {
    client.start();
  }
  /// With a login of its own.
  listener(const mosquitto& broker, std::string client_id, std::string user, std::string password,
           std::vector<broker_subscription> wants)
      : client{with_login(options(broker, std::move(client_id), std::move(wants), 1'000), std::move(user),
                          std::move(password)),
               handlers()} {
    client.start();
  }
  ~listener() { client.stop(); }

  bool connected(int times) {
    return wait([&] { return connects_ >= times; });
  }
  bool lost(int times) {
    return wait([&] { return losses_ >= times; });
  }
  bool failed_attempts(int times) {
    return wait([&] { return failures_ >= times; });
  }
  bool heard(const std::string& text) {
    return wait([&] { return std::find(heard_.begin(), heard_.end(), text) != heard_.end(); });
  }
  bool noticed(bool is_connected) {
    return wait([&] {
      const broker_notice wanted{cabinet_imei, is_connected};
      return std::any_of(heard_.begin(), heard_.end(),
                         [&](const std::string& text) { return parse_broker_notice(text) == wanted; });
    });
  }
  std::vector<std::string> all() {
    const std::lock_guard hold{lock_};
    return heard_;
  }

private:
  static broker_options options(const mosquitto& broker, std::string client_id,
                                std::vector<broker_subscription> wants, std::size_t buffered_max) {
    broker_options wanted;
    wanted.port = broker.port();
    wanted.client_id = std::move(client_id);
    wanted.subscriptions = std::move(wants);
    wanted.random = [engine = std::mt19937_64{1}]() mutable { return engine(); };
    wanted.reconnect_after_min = milliseconds{20};
    wanted.reconnect_after_max = milliseconds{100};
    wanted.buffered_max = buffered_max;
    return wanted;
  }

  static broker_options with_login(broker_options wanted, std::string user, std::string password) {
    wanted.user = std::move(user);
    wanted.password = std::move(password);
    wanted.keeps_session = false;  // As cabinets do.
    return wanted;
  }

  broker_handlers handlers() {
    const auto count = [this](int& counter) {
      const std::lock_guard hold{lock_};
      ++counter;
      changed_.notify_all();
    };
    return {[this](std::string_view, std::span<const std::uint8_t> payload) {
              const std::lock_guard hold{lock_};
              heard_.emplace_back(payload.begin(), payload.end());
              changed_.notify_all();
            },
            [this, count] { count(connects_); }, [this, count](const std::string&) { count(losses_); },
            [this, count](const std::string&) { count(failures_); }};
  }

  template <class Fact>
  bool wait(Fact fact) {
    std::unique_lock hold{lock_};
    return changed_.wait_for(hold, seconds{30}, fact);
  }

  std::mutex lock_;
  std::condition_variable changed_;
  std::vector<std::string> heard_;
  int connects_ = 0, losses_ = 0, failures_ = 0;

public:
  broker_client client;
};

inline std::vector<broker_subscription> server_subscriptions() {
  std::vector<broker_subscription> wants;
  for (const auto filter : cabinet_subscriptions)
    wants.push_back({std::string{filter}, 1});
  wants.push_back({std::string{broker_notice_topic}, 0});
  return wants;
}

}  // namespace chautari::testing
