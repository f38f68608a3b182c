#pragma once
/// Many cabinets that do nothing but speak: one MQTT session each, because a cabinet's topics belong to its
/// client id, all on one thread.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "protocols/kiosks/cabinet_topic.hpp"

struct mosquitto;

namespace kiosk_events {

struct broker_account {
  std::string host = "127.0.0.1";
  std::uint16_t port = 1883;
  std::string user = "cabinet";
  std::string password;
};

class fleet {
public:
  /// Cabinets `first_imei`, `first_imei` + 1, ..; throws std::runtime_error if one cannot connect.
  fleet(const broker_account& broker, std::uint64_t first_imei, std::size_t cabinets);
  ~fleet();
  fleet(const fleet&) = delete;
  fleet& operator=(const fleet&) = delete;

  /// One heartbeat of each of the next `count` cabinets, in turn. Answers how many frames are on their way.
  std::size_t beat(std::size_t count);
  /// A frame of the cabinet `first_imei` + `number`. False if it has no line any more.
  bool say(std::size_t number, chautari::cabinet_channel channel, const std::vector<std::uint8_t>& frame);
  /// Reads and writes what the sockets allow; waits up to `patience_ms` for the first of them.
  void turn(int patience_ms);

  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_; }
  [[nodiscard]] std::size_t lost_sessions() const { return lost_sessions_; }

private:
  struct deleter {
    void operator()(mosquitto* handle) const;
  };
  struct cabinet {
    std::unique_ptr<mosquitto, deleter> line;
    std::string name;
    std::string topic;
    bool is_lost = false;
  };

  void connect(const broker_account& broker, std::uint64_t imei);
  void await_connects();
  void lost(cabinet& one);

  std::vector<cabinet> cabinets_;
  std::vector<std::uint8_t> frame_;
  std::size_t next_ = 0;
  std::size_t connected_ = 0;
  std::size_t acknowledged_ = 0;  ///< By the broker, which says nothing about the server.
  std::size_t lost_sessions_ = 0;
};

}  // namespace kiosk_events
