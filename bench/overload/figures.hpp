#pragma once
/// What was offered of one kind of request, what became of it, and how long it took since it was due (not
/// since it was sent: a driver that waits for a free connection would hide what its riders wait).

#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace overload {

using clock_type = std::chrono::steady_clock;
using moment = clock_type::time_point;

struct figures {
  moment begun = clock_type::now();
  moment over = moment::max();  ///< What is answered later is not counted as done in time.
  std::uint64_t offered = 0;
  std::uint64_t good = 0;
  std::uint64_t good_in_time = 0;
  std::uint64_t refused = 0;               ///< 503.
  std::uint64_t refused_without_hint = 0;  ///< ... without Retry-After.
  std::uint64_t impossible = 0;  ///< No idle rider or no cabinet with a bank: the driver's own limit.
  std::map<std::string, std::uint64_t> others;  ///< By status.
  std::vector<std::uint32_t> good_micros;
  std::vector<std::uint32_t> refused_micros;
  std::map<std::int64_t, std::vector<std::uint32_t>> micros_by_second;  ///< Of the good ones, by when due.

  /// How late the driver itself was, busy with everything else on its one thread.
  std::vector<std::uint32_t> late_micros;

  /// One more, now, that was due then.
  void offer(moment due);
  void answered(int status, bool has_hint, moment due);
  [[nodiscard]] double seconds() const;
  [[nodiscard]] double good_rate() const { return static_cast<double>(good_in_time) / seconds(); }
  [[nodiscard]] boost::json::object summary() const;
};

/// The value below which `share` (0..1) of the samples lie, in milliseconds; 0 without samples.
[[nodiscard]] double percentile_ms(std::vector<std::uint32_t> samples, double share);

}  // namespace overload
