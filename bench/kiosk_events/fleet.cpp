#include "bench/kiosk_events/fleet.hpp"

#include <mosquitto.h>
#include <poll.h>

#include <stdexcept>

#include "protocols/kiosks/cabinet_a8.hpp"
#include "protocols/kiosks/cabinet_topic.hpp"

namespace kiosk_events {
namespace {
constexpr int keep_alive_seconds = 60;
constexpr int packets_a_turn = 64;
constexpr int turns_to_connect = 2'000;
constexpr int at_least_once = 1;
}  // namespace

void fleet::deleter::operator()(mosquitto* handle) const { mosquitto_destroy(handle); }

fleet::fleet(const broker_account& broker, std::uint64_t first_imei, std::size_t cabinets)
    : frame_(chautari::encode(chautari::heartbeat{.signal = 21, .power = 1, .rest = {}})) {
  mosquitto_lib_init();
  cabinets_.reserve(cabinets);
  for (std::size_t i = 0; i < cabinets; ++i)
    connect(broker, first_imei + i);
  await_connects();
}

fleet::~fleet() {
  for (auto& one : cabinets_)
    mosquitto_disconnect(one.line.get());
  cabinets_.clear();
  mosquitto_lib_cleanup();
}

void fleet::connect(const broker_account& broker, std::uint64_t imei) {
  const auto name = std::to_string(imei);
  cabinet one;
  one.name = name;
  one.line.reset(mosquitto_new(name.c_str(), true, this));
  one.topic = chautari::topic_of(chautari::imei{name}, chautari::cabinet_channel::heart);
  mosquitto_username_pw_set(one.line.get(), broker.user.c_str(), broker.password.c_str());
  mosquitto_connect_callback_set(one.line.get(), [](mosquitto*, void* self, int code) {
    if (code == 0) ++static_cast<fleet*>(self)->connected_;
  });
  mosquitto_publish_callback_set(
      one.line.get(), [](mosquitto*, void* self, int) { ++static_cast<fleet*>(self)->acknowledged_; });
  if (mosquitto_connect(one.line.get(), broker.host.c_str(), broker.port, keep_alive_seconds) !=
      MOSQ_ERR_SUCCESS) {
    throw std::runtime_error{"the broker does not take a connection of cabinet " + name};
  }
  cabinets_.push_back(std::move(one));
}

void fleet::await_connects() {
  for (int i = 0; i < turns_to_connect && connected_ < cabinets_.size(); ++i)
    turn(10);
  if (connected_ < cabinets_.size()) {
    throw std::runtime_error{"the broker accepted " + std::to_string(connected_) + " of " +
                             std::to_string(cabinets_.size()) + " cabinets"};
  }
}

std::size_t fleet::beat(std::size_t count) {
  std::size_t sent = 0;
  for (std::size_t i = 0; i < count; ++i) {
    auto& one = cabinets_[next_];
    next_ = (next_ + 1) % cabinets_.size();
    if (one.is_lost) continue;
    const auto size = static_cast<int>(frame_.size());
    if (mosquitto_publish(one.line.get(), nullptr, one.topic.c_str(), size, frame_.data(), at_least_once,
                          false) == MOSQ_ERR_SUCCESS) {
      ++sent;
    }
  }
  return sent;
}

bool fleet::say(std::size_t number, chautari::cabinet_channel channel,
                const std::vector<std::uint8_t>& frame) {
  const auto& one = cabinets_.at(number);
  if (one.is_lost) return false;
  const auto topic = chautari::topic_of(chautari::imei{one.name}, channel);
  return mosquitto_publish(one.line.get(), nullptr, topic.c_str(), static_cast<int>(frame.size()),
                           frame.data(), at_least_once, false) == MOSQ_ERR_SUCCESS;
}

void fleet::turn(int patience_ms) {
  std::vector<pollfd> sockets;
  sockets.reserve(cabinets_.size());
  for (const auto& one : cabinets_) {
    const int wants = mosquitto_want_write(one.line.get()) ? POLLIN | POLLOUT : POLLIN;
    sockets.push_back({one.is_lost ? -1 : mosquitto_socket(one.line.get()), static_cast<short>(wants), 0});
  }
  if (poll(sockets.data(), sockets.size(), patience_ms) <= 0) return;
  for (std::size_t i = 0; i < sockets.size(); ++i) {
    auto& one = cabinets_[i];
    const auto ready = sockets[i].revents;
    if ((ready & (POLLIN | POLLERR | POLLHUP)) != 0 &&
        mosquitto_loop_read(one.line.get(), packets_a_turn) != MOSQ_ERR_SUCCESS) {
      lost(one);
    } else if ((ready & POLLOUT) != 0 &&
               mosquitto_loop_write(one.line.get(), packets_a_turn) != MOSQ_ERR_SUCCESS) {
      lost(one);
    }
  }
}

/// It is not mended: a frame in its hands may be gone, and the figure would no longer be exact.
void fleet::lost(cabinet& one) {
  one.is_lost = true;
  ++lost_sessions_;
}

}  // namespace kiosk_events
