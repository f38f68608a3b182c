#pragma once
/// What a driver has seen: latencies, and how they are told.

#include <boost/json/object.hpp>
#include <cstdint>
#include <vector>

namespace race {

class samples {
public:
  void add(std::uint64_t micros) { micros_.push_back(micros); }
  [[nodiscard]] std::size_t count() const { return micros_.size(); }
  /// {"count", "rate", "p50_ms", "p95_ms", "p99_ms"}; zeros without samples.
  [[nodiscard]] boost::json::object told(double seconds) const;

private:
  std::vector<std::uint64_t> micros_;
};

/// Monotonic, since some beginning of its own.
[[nodiscard]] std::uint64_t now_micros();

}  // namespace race
