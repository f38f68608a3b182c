#include "protocols/mqtt/broker_client.hpp"

#include <mqtt/async_client.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "protocols/base/check.hpp"
#include "protocols/mqtt/prompt_sockets.hpp"
#include "protocols/mqtt/reconnect.hpp"

namespace chautari {
namespace {

constexpr int suback_failure = 0x80;  // MQTT 3.1.1, 3.9.3

/// How often whoever waits for the broker looks whether he is still wanted: paho's tokens know no other
/// wake-up.
constexpr milliseconds look_up_every{50};
/// A good-bye is a courtesy: the broker keeps our session either way.
constexpr seconds farewell_max{2};

std::span<const std::uint8_t> bytes_of(const mqtt::binary_ref& payload) {
  if (payload.empty()) return {};
  return {reinterpret_cast<const std::uint8_t*>(payload.data()), payload.size()};
}

struct live_counters {
  std::atomic<std::uint64_t> messages_in{0}, bytes_in{0}, messages_out{0}, refused_disconnected{0},
      refused_buffer_full{0}, connects{0}, losses{0}, attempts_failed{0};
};

}  // namespace

struct broker_client::line {
  using client_ptr = std::unique_ptr<mqtt::async_client>;

  line(broker_options wanted, broker_handlers called)
      : options{std::move(wanted)}, handlers{std::move(called)} {}

  const broker_options options;
  const broker_handlers handlers;
  live_counters counted;

  /// Guards `client` against being replaced while somebody publishes; never held while waiting.
  std::mutex publishing;
  client_ptr client;  ///< Empty unless connected and subscribed.
  std::atomic<bool> is_up{false};

  std::mutex waking;
  std::condition_variable woken;
  bool stop_wanted = false;
  bool new_line_wanted = false;
  bool is_lost = false;
  std::string why_lost;

  std::thread keeper;

  void keep();
  [[nodiscard]] bool is_stopping();
  void settle(const mqtt::token_ptr& token, seconds within, const char* what);
  client_ptr connect();
  void subscribe(mqtt::async_client& candidate);
  void run_connected(client_ptr candidate);
  bool wait_before_attempt(unsigned attempt);
  void retire(client_ptr old);
  void lose(std::string why);
};

/// From a paho thread: note it and wake the keeper, nothing else.
void broker_client::line::lose(std::string why) {
  const std::lock_guard hold{waking};
  is_lost = true;
  why_lost = why.empty() ? "connection lost" : std::move(why);
  woken.notify_all();
}

bool broker_client::line::is_stopping() {
  const std::lock_guard hold{waking};
  return stop_wanted;
}

/// Waits for the broker's answer; throws what went wrong, if nothing came in time, and when a stop is wanted.
void broker_client::line::settle(const mqtt::token_ptr& token, seconds within, const char* what) {
  // paho's wait_for throws what went wrong, and is false if nothing came in time.
  for (auto left = within / look_up_every; left > 0; --left) {
    if (token->wait_for(look_up_every)) return;
    if (is_stopping()) throw mqtt::exception(MQTTASYNC_FAILURE, "stopped");
  }
  throw mqtt::exception(MQTTASYNC_FAILURE, std::string{what} + " was not answered");
}

broker_client::line::client_ptr broker_client::line::connect() {
  mqtt::create_options creation{MQTTVERSION_3_1_1, static_cast<int>(options.buffered_max)};
  creation.set_send_while_disconnected(false);
  creation.set_delete_oldest_messages(false);
  auto candidate = std::make_unique<mqtt::async_client>(
      "tcp://" + options.host + ":" + std::to_string(options.port), options.client_id, creation);
  candidate->set_connection_lost_handler([this](const std::string& cause) { lose(cause); });
  candidate->set_message_callback([this](const mqtt::const_message_ptr& message) {
    const auto payload = bytes_of(message->get_payload_ref());
    counted.messages_in.fetch_add(1, std::memory_order_relaxed);
    counted.bytes_in.fetch_add(payload.size(), std::memory_order_relaxed);
    // A retained frame is an old one that somebody stored on the broker: not news.
    if (!message->is_retained() && handlers.on_message) handlers.on_message(message->get_topic(), payload);
  });

  mqtt::connect_options connection;
  connection.set_mqtt_version(MQTTVERSION_3_1_1);
  connection.set_clean_session(!options.keeps_session);
  connection.set_keep_alive_interval(options.keepalive);
  connection.set_connect_timeout(options.answer_within);
  connection.set_max_inflight(static_cast<int>(options.inflight_max));
  connection.set_automatic_reconnect(false);
  if (!options.user.empty()) connection.set_user_name(options.user);
  if (!options.password.empty()) connection.set_password(options.password);
  settle(candidate->connect(connection), options.answer_within + seconds{1}, "connect");
  return candidate;
}

void broker_client::line::subscribe(mqtt::async_client& candidate) {
  for (const auto& [filter, qos] : options.subscriptions) {
    const auto token = candidate.subscribe(filter, qos);
    settle(token, options.answer_within, "subscription");
    if (token->get_return_code() == suback_failure) {
      throw mqtt::exception(MQTTASYNC_FAILURE, "subscription to " + filter + " refused");
    }
  }
}

void broker_client::line::retire(client_ptr old) {
  if (!old) return;
  old->disable_callbacks();
  try {
    if (old->is_connected()) old->disconnect(milliseconds{500})->wait_for(farewell_max);
  } catch (const mqtt::exception&) {
    // It is going either way.
  }
}

void broker_client::line::run_connected(client_ptr candidate) {
  make_sockets_prompt(options.port);
  {
    const std::lock_guard hold{publishing};
    client = std::move(candidate);
  }
  is_up.store(true, std::memory_order_release);
  counted.connects.fetch_add(1, std::memory_order_relaxed);
  if (handlers.on_connected) handlers.on_connected();

  std::string why;
  {
    std::unique_lock hold{waking};
    woken.wait(hold, [this] { return stop_wanted || new_line_wanted || is_lost; });
    why = is_lost ? why_lost : stop_wanted ? "stopped" : "a new connection was asked for";
    new_line_wanted = false;
  }
  is_up.store(false, std::memory_order_release);
  client_ptr old;
  {
    const std::lock_guard hold{publishing};
    old = std::move(client);
  }
  retire(std::move(old));
  counted.losses.fetch_add(1, std::memory_order_relaxed);
  if (handlers.on_disconnected) handlers.on_disconnected(why);
}

/// False: stop instead.
bool broker_client::line::wait_before_attempt(unsigned attempt) {
  const auto delay =
      reconnect_delay(attempt, options.reconnect_after_min, options.reconnect_after_max, options.random());
  std::unique_lock hold{waking};
  return !woken.wait_for(hold, delay, [this] { return stop_wanted; });
}

void broker_client::line::keep() {
  unsigned attempt = 0;
  while (true) {
    {
      const std::lock_guard hold{waking};
      if (stop_wanted) return;
      is_lost = false;
      new_line_wanted = false;
    }
    client_ptr candidate;
    try {
      candidate = connect();
      subscribe(*candidate);
      run_connected(std::move(candidate));
      attempt = 0;
    } catch (const mqtt::exception& why) {
      retire(std::move(candidate));
      if (is_stopping()) return;  // Given up, which is no failure.
      counted.attempts_failed.fetch_add(1, std::memory_order_relaxed);
      if (handlers.on_attempt_failed) handlers.on_attempt_failed(why.what());
    }
    if (!wait_before_attempt(attempt++)) return;
  }
}

broker_client::broker_client(broker_options options, broker_handlers handlers)
    : line_{std::make_unique<line>(std::move(options), std::move(handlers))} {
  CHECK(line_->options.random);
}

broker_client::~broker_client() { stop(); }

void broker_client::start() {
  CHECK(!line_->keeper.joinable());
  line_->keeper = std::thread{[line = line_.get()] { line->keep(); }};
}

void broker_client::stop() {
  {
    const std::lock_guard hold{line_->waking};
    line_->stop_wanted = true;
  }
  line_->woken.notify_all();
  if (line_->keeper.joinable()) line_->keeper.join();
}

void broker_client::reconnect() {
  {
    const std::lock_guard hold{line_->waking};
    line_->new_line_wanted = true;
  }
  line_->woken.notify_all();
}

std::optional<broker_refusal> broker_client::publish(const std::string& topic, std::string_view payload,
                                                     int qos) {
  const auto refuse_with = [](std::atomic<std::uint64_t>& counter, broker_refusal why) {
    counter.fetch_add(1, std::memory_order_relaxed);
    return why;
  };
  auto& counted = line_->counted;
  // Looked at first: paho holds its lock while it looks up names, and we must not wait for that.
  if (!is_connected()) return refuse_with(counted.refused_disconnected, broker_refusal::disconnected);
  try {
    const std::lock_guard hold{line_->publishing};
    if (!line_->client) return refuse_with(counted.refused_disconnected, broker_refusal::disconnected);
    line_->client->publish(topic, payload.data(), payload.size(), qos, false);
  } catch (const mqtt::exception& why) {
    if (why.get_return_code() == MQTTASYNC_MAX_BUFFERED_MESSAGES ||
        why.get_return_code() == MQTTASYNC_NO_MORE_MSGIDS) {
      return refuse_with(counted.refused_buffer_full, broker_refusal::buffer_full);
    }
    return refuse_with(counted.refused_disconnected, broker_refusal::disconnected);
  }
  counted.messages_out.fetch_add(1, std::memory_order_relaxed);
  return {};
}

bool broker_client::is_connected() const { return line_->is_up.load(std::memory_order_acquire); }

broker_counters broker_client::counters() const {
  const auto& counted = line_->counted;
  return {counted.messages_in,         counted.bytes_in, counted.messages_out, counted.refused_disconnected,
          counted.refused_buffer_full, counted.connects, counted.losses,       counted.attempts_failed};
}

}  // namespace chautari
