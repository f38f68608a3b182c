#include "bench/race/samples.hpp"

#include <algorithm>
#include <chrono>

namespace race {

boost::json::object samples::told(double seconds) const {
  auto sorted = micros_;
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double share) {
    if (sorted.empty()) return 0.0;
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(sorted.size()));
    return static_cast<double>(sorted[std::min(rank, sorted.size() - 1)]) / 1'000;
  };
  return {{"count", sorted.size()},
          {"rate", static_cast<double>(sorted.size()) / std::max(seconds, 0.001)},
          {"p50_ms", at(0.5)},
          {"p95_ms", at(0.95)},
          {"p99_ms", at(0.99)}};
}

std::uint64_t now_micros() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(since).count());
}

}  // namespace race
