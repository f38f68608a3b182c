#pragma once
/// The physical truth, which the server only hears about: where each bank really is, and who stands at which
/// cabinet.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/city/figures.hpp"
#include "bench/city/history.hpp"
#include "bench/city/options.hpp"
#include "protocols/base/ids.hpp"

namespace city {

struct bank {
  chautari::bank_sn serial;
  int charge = 100;  ///< Percent.
};

/// A rider's hand, waiting at a cabinet for a bank to come out.
struct waiting_hand {
  std::optional<bank> taken;
  bool is_waiting = true;
};

/// Random decisions of one inhabitant: its own stream, so that others' speed does not change them.
class dice {
public:
  dice(std::uint64_t seed, std::uint64_t inhabitant) : engine_(seed * 0x9E3779B97F4A7C15ULL + inhabitant) {}

  [[nodiscard]] bool chance(int per_mille) { return static_cast<int>(engine_() % 1000) < per_mille; }
  [[nodiscard]] std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(most - least + 1));
  }
  [[nodiscard]] std::uint64_t bits() { return engine_(); }

private:
  std::mt19937_64 engine_;
};

/// Slots with banks, and people in front of them. Numbered from 1.
struct cabinet_body {
  chautari::imei modem;
  chautari::station_sn serial;
  std::string name;
  bool is_in_service = true;  ///< Neither closed nor in maintenance.
  int port_one_offset = 25;   ///< Slots above it hang on the second port.
  std::vector<std::optional<bank>> slots;
  std::deque<std::weak_ptr<waiting_hand>> people;

  [[nodiscard]] int slot_of(chautari::bank_sn serial_number) const;  ///< 0 if it is not here.
  [[nodiscard]] int empty_slot() const;                              ///< 0 if it is full.
  [[nodiscard]] std::size_t banks() const;
};

struct world {
  boost::asio::io_context& loop;
  const options& setup;
  fault_rates faults;
  figures counted;
  history past;
  std::size_t banks_out = 0;
  std::vector<chautari::bank_sn> roaming = {};  ///< The same, by name: what somebody could lie about.
  bool is_over = false;                         ///< No new rentals; everybody brings everything back.

  /// A wait of the demo's real length, shortened by --speed; nothing under load.
  [[nodiscard]] std::chrono::milliseconds paced(std::int64_t ms) const;
};

}  // namespace city
