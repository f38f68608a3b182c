#pragma once
/// What the driver is told, and what both of its loads need.

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/city/options.hpp"

namespace overload {

struct options {
  city::options broker;  ///< Its MQTT part.
  std::uint16_t http_port = 8080;
  std::string tokens_file;     ///< Riders' tokens, one a line.
  std::string operators_file;  ///< One operator as JSON a line; empty: no calls of operators.
  std::size_t first = 1;       ///< The first cabinet's number; another process may have those before.
  std::size_t cabinets = 2'000;
  std::size_t slots = 8;
  std::size_t connections = 3'000;
  std::uint64_t seed = 1;
  std::int64_t server_pid = 0;  ///< Whose memory is looked at; 0: nobody's.

  // overload
  std::size_t starts_at_once = 256;  ///< While the sustainable rate is found.
  double rate = 0;                   ///< The sustainable rate of starts; 0: find it.
  double times = 5;
  std::int64_t calm_seconds = 5, peak_seconds = 15, load_seconds = 60, recovery_seconds = 15;
  double reads_rate = 1'000;
  double operators_rate = 10;

  // storm
  double storm_rate = 100;        ///< Starts a second, all the time.
  std::int64_t back_within = 60;  ///< Cabinets come back 1 s to so long after the loss.
  std::size_t dark_returns = 200;
  std::string ready_file;  ///< Made when the broker may be killed.
};

/// The text of the first line, or of every line, of a file; throws std::runtime_error if there is none.
[[nodiscard]] std::vector<std::string> lines_of(const std::string& file);

/// Lets the loop work for so long.
void work_for(boost::asio::io_context& loop, std::chrono::milliseconds span);

}  // namespace overload
