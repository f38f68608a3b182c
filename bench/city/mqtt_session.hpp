#pragma once
/// One cabinet's MQTT 3.1.1 session, on libmosquitto driven by Asio: no thread of its own, so one thread
/// carries hundreds. Another library than the server's, so that a misreading of the protocol on one side
/// cannot hide on the other.

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bench/city/options.hpp"

struct mosquitto;

namespace city {

class mqtt_session {
public:
  using on_message = std::function<void(const std::string& topic, const std::string& payload)>;
  using on_connected = std::function<void()>;

  mqtt_session(boost::asio::io_context& loop, const options& setup, std::string client_id);
  ~mqtt_session();
  mqtt_session(const mqtt_session&) = delete;
  mqtt_session& operator=(const mqtt_session&) = delete;

  /// The broker does not know the login (any more). Set before `begin`.
  std::function<void()> refused;
  /// How long after a loss, or after so many failures in a row (from 1), it connects again; else half a
  /// second for each. Set before `begin`.
  std::function<std::chrono::milliseconds(int failures)> pause_after_loss;

  /// Connects, and again after each loss, until `cut`.
  void begin(std::vector<std::string> subscriptions, on_message message, on_connected connected);
  /// From the next connect on; nobody's but this cabinet's.
  void log_in_as(std::string user, std::string password);
  /// Pulls the plug without a word; `mend` connects again.
  void cut();
  void mend();

  /// False if there is no session: the frame is lost, as it is in a real cabinet.
  bool publish(const std::string& topic, const std::vector<std::uint8_t>& bytes, int qos);
  [[nodiscard]] bool is_connected() const { return is_connected_; }

private:
  struct deleter {
    void operator()(mosquitto* handle) const;
  };

  void connect();
  void lost();
  void watch_reads();
  void flush_writes();
  void keep_alive();
  void connected(int code);

  boost::asio::io_context& loop_;
  const options& setup_;
  std::string client_id_;
  std::string user_;
  std::string password_;
  std::vector<std::string> subscriptions_;
  on_message message_;
  on_connected connected_;
  std::unique_ptr<mosquitto, deleter> handle_;
  boost::asio::posix::stream_descriptor socket_;
  boost::asio::steady_timer retry_;
  boost::asio::steady_timer misc_;
  bool is_connected_ = false;
  bool is_cut_ = false;
  bool is_writing_ = false;
  int failures_ = 0;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace city
