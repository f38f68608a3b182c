#pragma once
/// The line to the MQTT broker (3.1.1). Its source is the only file that knows paho.
///
/// One thread keeps the line up: connect, subscribe, wait for the loss, wait a while, again. "Connected"
/// means connected and subscribed: a line that hears nothing does not count (a reconnect without
/// subscriptions looks healthy and is deaf). Each connection has its own paho client, and what still waits in
/// it dies with it, so a command can leave now or never, but not half an hour later.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/id_source.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/time.hpp"
#include "protocols/kiosks/messages.hpp"

namespace chautari {

struct broker_subscription {
  std::string filter;
  int qos = 1;
};

struct broker_options {
  std::string host = "127.0.0.1";
  std::uint16_t port = 1883;
  std::string user;
  std::string password;
  /// Names our persistent session: the broker keeps frames of QoS 1 for it while we are away.
  std::string client_id = "chautari";
  /// False: nothing is kept for us while we are away.
  bool keeps_session = true;
  std::vector<broker_subscription> subscriptions;
  random_source random;  ///< For the jitter; required.
  seconds keepalive{30};
  seconds answer_within{10};  ///< For a connect or a subscription to be answered.
  milliseconds reconnect_after_min{1'000};
  milliseconds reconnect_after_max{30'000};
  std::size_t inflight_max = limits::broker_inflight_max;
  std::size_t buffered_max = limits::broker_buffered_max;
};

/// Called on the line's own threads: they return soon and never call back into the client.
struct broker_handlers {
  std::function<void(std::string_view topic, std::span<const std::uint8_t> payload)> on_message;
  std::function<void()> on_connected;  ///< And subscribed; again after every reconnect.
  std::function<void(const std::string& why)> on_disconnected;
  std::function<void(const std::string& why)> on_attempt_failed;
};

struct broker_counters {
  std::uint64_t messages_in = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t messages_out = 0;
  std::uint64_t refused_disconnected = 0;
  std::uint64_t refused_buffer_full = 0;
  std::uint64_t connects = 0;
  std::uint64_t losses = 0;
  std::uint64_t attempts_failed = 0;
};

class broker_client {
public:
  broker_client(broker_options options, broker_handlers handlers);
  /// Stops if still running.
  ~broker_client();
  broker_client(const broker_client&) = delete;
  broker_client& operator=(const broker_client&) = delete;

  /// Returns at once; the broker may be absent for as long as it likes.
  void start();
  /// Says good-bye to the broker, which keeps our session, and joins. No handler runs afterwards.
  void stop();
  /// Drops the connection and makes a new one, as after a loss.
  void reconnect();

  /// From any thread, never waits, never retained. Nothing: it is in the client's hands; else certainly not
  /// sent.
  [[nodiscard]] std::optional<broker_refusal> publish(const std::string& topic, std::string_view payload,
                                                      int qos);

  [[nodiscard]] bool is_connected() const;
  [[nodiscard]] broker_counters counters() const;

private:
  struct line;
  std::unique_ptr<line> line_;
};

}  // namespace chautari
