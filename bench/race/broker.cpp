#include "bench/race/broker.hpp"

#include <mosquitto.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "bench/race/samples.hpp"
#include "protocols/kiosks/cabinet_a8.hpp"

namespace race {
namespace {

constexpr int at_least_once = 1;
constexpr int keep_alive_seconds = 60;
constexpr std::uint64_t micros_a_second = 1'000'000;
/// Nothing more came for so long: what is not there is lost.
constexpr std::uint64_t stall_micros = 2 * micros_a_second;

/// What the server is to the broker, and nothing behind it: hears heartbeats on a thread of its own.
class listener {
public:
  explicit listener(const kiosk_events::broker_account& account)
      : line_(mosquitto_new("race-listener", true, this)) {
    mosquitto_username_pw_set(line_.get(), account.user.c_str(), account.password.c_str());
    mosquitto_connect_callback_set(line_.get(), [](mosquitto* line, void*, int code) {
      if (code == 0) mosquitto_subscribe(line, nullptr, "/powerbank/+/user/heart", at_least_once);
    });
    mosquitto_subscribe_callback_set(line_.get(), [](mosquitto*, void* self, int, int, const int* granted) {
      static_cast<listener*>(self)->is_subscribed_ = *granted == at_least_once;
    });
    mosquitto_message_callback_set(line_.get(), [](mosquitto*, void* self, const mosquitto_message* frame) {
      static_cast<listener*>(self)->heard(*frame);
    });
    if (mosquitto_connect(line_.get(), account.host.c_str(), account.port, keep_alive_seconds) !=
        MOSQ_ERR_SUCCESS)
      throw std::runtime_error{"the broker takes no listener"};
    const auto until = now_micros() + 5 * micros_a_second;
    while (!is_subscribed_ && now_micros() < until)
      mosquitto_loop(line_.get(), 10, 64);
    if (!is_subscribed_) throw std::runtime_error{"the broker does not let the listener subscribe"};
    mosquitto_loop_start(line_.get());
  }
  ~listener() { end(); }
  listener(const listener&) = delete;
  listener& operator=(const listener&) = delete;

  [[nodiscard]] std::size_t count() const { return count_.load(std::memory_order_relaxed); }
  /// Hears nothing more; only then may the latencies be looked at.
  const samples& end() {
    mosquitto_disconnect(line_.get());
    mosquitto_loop_stop(line_.get(), true);
    return latencies_;
  }

private:
  struct deleter {
    void operator()(mosquitto* handle) const { mosquitto_destroy(handle); }
  };

  void heard(const mosquitto_message& frame) {
    std::uint64_t sent_at = 0;
    if (frame.payloadlen < static_cast<int>(sizeof sent_at)) return;
    std::memcpy(&sent_at, frame.payload, sizeof sent_at);
    latencies_.add(now_micros() - sent_at);
    count_.fetch_add(1, std::memory_order_relaxed);
  }

  std::unique_ptr<mosquitto, deleter> line_;
  std::atomic<bool> is_subscribed_ = false;
  std::atomic<std::size_t> count_ = 0;
  samples latencies_;
};

}  // namespace

boost::json::object frames_through(const broker_wish& wish) {
  // The listener first: libmosquitto waits for its socket with select(), which knows the first 1,024 only.
  listener server{wish.server};
  kiosk_events::fleet cabinets{wish.cabinets, wish.first_imei, wish.count};
  // A heartbeat's size; its first bytes say when it was sent, since nobody here reads it as one.
  auto frame = chautari::encode(chautari::heartbeat{.signal = 21, .power = 1, .rest = {}});
  std::size_t sent = 0;
  const auto begin = now_micros();
  const auto end = begin + static_cast<std::uint64_t>(wish.seconds * 1e6);
  auto grew = begin;
  for (std::size_t heard = 0, next = 0; heard < sent || now_micros() < end;) {
    const auto now = now_micros();
    if (const auto more = server.count(); more > heard) {
      heard = more;
      grew = now;
    }
    if (now - grew > stall_micros) break;
    const bool has_room = now < end && sent - heard < wish.window;
    for (std::size_t i = 0; has_room && i < wish.count; ++i) {
      const auto stamp = now_micros();
      std::memcpy(frame.data(), &stamp, sizeof stamp);
      if (cabinets.say(next, chautari::cabinet_channel::heart, frame)) ++sent;
      next = (next + 1) % wish.count;
    }
    cabinets.turn(has_room ? 0 : 2);
  }
  const auto& latencies = server.end();
  auto told = latencies.told(static_cast<double>(grew - begin) / 1e6);
  told["sent"] = sent;
  told["lost"] = sent - latencies.count();
  told["frame_bytes"] = frame.size();
  return told;
}

}  // namespace race
