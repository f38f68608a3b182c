#pragma once
/// The cabinets of a network made by `chautari seed --stations N`: they eject at once, answer checks, take
/// banks back, and count what they say. One MQTT session each.

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "bench/city/mqtt_session.hpp"
#include "protocols/kiosks/cabinet_a8.hpp"

namespace overload {

using bank = std::uint32_t;  ///< Its serial number; 0 is none.

struct fleet_figures {
  std::uint64_t ejections = 0;
  std::uint64_t returns = 0;
  std::uint64_t returns_in_the_dark = 0;
  std::uint64_t checks_answered = 0;
  std::uint64_t connects = 0;
  std::uint64_t marks = 0;  ///< Heartbeats with a mark of their own that were handed to a session.
};

class fleet;

class cabinet {
public:
  cabinet(boost::asio::io_context& loop, const city::options& broker, fleet& home, std::size_t number,
          std::size_t slots);

  void connect();
  /// Somebody pushes a bank in. False if every slot is taken. Without a line only the next snapshot tells.
  bool push_in(bank what);
  /// A heartbeat at QoS 1 that can be told from all others in the database.
  void say_mark();

  [[nodiscard]] std::string serial() const;
  [[nodiscard]] std::size_t banks() const;
  [[nodiscard]] bool is_connected() const { return line_.is_connected(); }

  std::size_t starts_under_way = 0;
  std::size_t connects = 0;
  bool was_checked = false;  ///< Since its last connect.

private:
  void heard(const std::string& payload);
  void eject(bank wanted);
  void say(const std::vector<std::uint8_t>& frame);
  [[nodiscard]] chautari::cabinet_snapshot snapshot() const;

  fleet& home_;
  std::size_t number_;
  std::vector<bank> slots_;
  city::mqtt_session line_;
  std::string update_topic_;
  std::string heart_topic_;
  std::string command_topic_;
  std::size_t marks_ = 0;
};

class fleet {
public:
  /// So many cabinets from the `first` on; the network's own numbers begin at 1.
  fleet(boost::asio::io_context& loop, const city::options& broker, std::size_t first, std::size_t cabinets,
        std::size_t slots, std::uint64_t seed);

  [[nodiscard]] std::size_t size() const { return cabinets_.size(); }
  [[nodiscard]] cabinet& at(std::size_t place) { return *cabinets_.at(place); }
  [[nodiscard]] std::size_t connected() const;
  /// One with a line and more banks than starts under way; null after a few looks.
  [[nodiscard]] cabinet* for_start();
  /// Pushes it in anywhere, or where the line is dark if it `wants_dark`. False after a few looks.
  bool bring_back(bank what, bool wants_dark = false);

  std::function<void(bank)> ejected = [](bank) {};
  /// How long after a lost line, or after so many failures to mend it, a cabinet tries again.
  std::function<std::chrono::milliseconds(int failures)> pause = {};
  bool says_all_on_connect = true;
  fleet_figures counted;
  std::mt19937_64 dice;

private:
  std::vector<std::unique_ptr<cabinet>> cabinets_;
};

}  // namespace overload
