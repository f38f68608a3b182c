#pragma once
/// How long a record that is handed to the journal now would wait for the database: what load_gate at the
/// doors looks at (http/server/load_gate.hpp).

#include <atomic>
#include <cstddef>

#include "http/server/monotonic.hpp"

namespace chautari {

/// Told on the journal's thread, asked from any thread.
class storage_queue {
public:
  explicit storage_queue(monotonic_source ticks) : ticks_{std::move(ticks)} {}

  void batch_written(std::size_t records, double duration_s);
  /// Records accepted and not yet answered.
  void backlog_changed(std::size_t records);

  /// What is left of the backlog behind two batches (one is being written while the next one gathers: that is
  /// work and no queue), at the speed of the last batches; or, if it is more, the time without any progress.
  [[nodiscard]] monotonic wait() const;

private:
  monotonic_source ticks_;
  std::atomic<std::size_t> backlog_{0};
  std::atomic<double> batch_records_{0};  ///< Means of the last batches, the newest weighing an eighth.
  std::atomic<double> batch_us_{0};
  std::atomic<monotonic::rep> progress_us_{0};  ///< When a batch was done last, or the first record came.
};

}  // namespace chautari
