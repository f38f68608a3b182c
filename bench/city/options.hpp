#pragma once
/// What the city is told on its command line.

#include <cstdint>
#include <string>

#include "protocols/base/time.hpp"

namespace city {

enum class fault_level : std::uint8_t { none, light, heavy };

/// Chances out of 1000 that one ejection, return or minute goes wrong.
struct fault_rates {
  int lost_reply = 0;    ///< Ejects and says nothing.
  int late_reply = 0;    ///< Ejects and says so after 16 to 40 s.
  int duplicate = 0;     ///< Says everything twice, the second time seconds later.
  int wrong_bank = 0;    ///< Ejects another bank than the one asked for, and says so.
  int jam = 0;           ///< Nothing moves: says 00, 04 or 12, or nothing.
  int not_here = 0;      ///< Nothing moves: says FC although the bank is there.
  int lost_return = 0;   ///< No 0x40; only the snapshot after the return shows it.
  int lost_claim = 0;    ///< No HTTP call says that a bank came back.
  int reordered = 0;     ///< What it says over MQTT comes seconds late, after what it says next.
  int forged_claim = 0;  ///< Each minute: somebody says over HTTP that a bank came back that did not.
  int garbled = 0;       ///< A frame with a broken checksum before the good one.
  int offline = 0;       ///< Each minute: the line is cut for 5 to 40 s.
  int reboot = 0;        ///< Each minute: restarts; the command in its hands is forgotten.
};
[[nodiscard]] fault_rates rates_of(fault_level level);

struct options {
  std::string http_host = "127.0.0.1";
  std::uint16_t http_port = 8080;
  std::string mqtt_host = "127.0.0.1";
  std::uint16_t mqtt_port = 1883;
  std::string mqtt_user = "cabinet";
  std::string mqtt_password;
  std::string spool;     ///< Folder in which the server spools its messages.
  std::string database;  ///< "host=... port=... dbname=... user=... password=..."
  std::uint64_t seed = 1;
  std::size_t cabinets = 30;  ///< Of those in the database, the first so many by serial number.
  std::size_t riders = 40;
  std::int64_t run_seconds = 0;       ///< 0: until interrupted.
  std::int64_t settle_seconds = 200;  ///< How long the network may take to come to rest at the end.
  fault_rates faults;
  double speed = 1.0;           ///< Divides rides, pauses and heartbeats; 0: nobody ever waits (load).
  bool asks_for_login = false;  ///< Each cabinet asks over HTTP for a login of its own.
  bool check_only = false;
  bool demo = false;  ///< Runs until interrupted and does not wait for rest.
  bool quiet = false;
  std::string summary_file;  ///< JSON summary; empty for none.
  std::string history_file;  ///< What riders asked and were told, as JSON lines; empty for none.

  [[nodiscard]] bool is_load() const { return speed <= 0; }
};

/// Reads the command line; on a mistake prints it and returns false with the exit code set.
bool read_options(int argc, char** argv, options& out, int& exit_code);

}  // namespace city
