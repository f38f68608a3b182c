#include "config/storage_queue.hpp"

#include <algorithm>

namespace chautari {
namespace {

constexpr double newest_weighs = 1.0 / 8;
constexpr double batches_at_work = 2;

double mean_with(double mean, double newest) {
  return mean == 0 ? newest : mean + newest_weighs * (newest - mean);
}

}  // namespace

void storage_queue::batch_written(std::size_t records, double duration_s) {
  batch_records_ = mean_with(batch_records_, static_cast<double>(records));
  batch_us_ = mean_with(batch_us_, duration_s * 1'000'000);
  progress_us_ = ticks_().count();
}

void storage_queue::backlog_changed(std::size_t records) {
  if (backlog_ == 0 && records > 0) progress_us_ = ticks_().count();
  backlog_ = records;
}

monotonic storage_queue::wait() const {
  const auto backlog = static_cast<double>(backlog_.load());
  if (backlog == 0) return monotonic{0};
  const auto batch_us = batch_us_.load();
  const auto record_us = batch_us / std::max(1.0, batch_records_.load());
  const auto idle_us = static_cast<double>(ticks_().count() - progress_us_);
  const auto wait_us = std::max(backlog * record_us, idle_us) - batches_at_work * batch_us;
  return monotonic{static_cast<monotonic::rep>(std::max(0.0, wait_us))};
}

}  // namespace chautari
