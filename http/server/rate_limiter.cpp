#include "http/server/rate_limiter.hpp"

#include <algorithm>
#include <cmath>

namespace chautari {

namespace {
seconds rounded_up(double ms) { return seconds{static_cast<std::int64_t>(std::ceil(ms / 1000.0))}; }
}  // namespace

rate_verdict rate_limiter::take(const rate_rule& rule, std::string_view key, monotonic now) {
  std::string full;
  full.reserve(rule.name.size() + 1 + key.size());
  full.append(rule.name).append(1, '\n').append(key);

  const auto capacity = static_cast<double>(rule.burst);
  const double per_ms = capacity / static_cast<double>(rule.per.count());
  auto found = buckets_.find(full);
  if (found == buckets_.end()) {
    if (buckets_.size() >= buckets_max_ && !recent_.empty()) {
      buckets_.erase(recent_.back().key);
      recent_.pop_back();
    }
    recent_.push_front({std::move(full), capacity, now});
    found = buckets_.emplace(recent_.front().key, recent_.begin()).first;
  } else {
    recent_.splice(recent_.begin(), recent_, found->second);
  }

  auto& used = *found->second;
  const auto passed = static_cast<double>(std::max<std::int64_t>(0, (now - used.filled_at).count())) / 1000.0;
  used.tokens = std::min(capacity, used.tokens + passed * per_ms);
  used.filled_at = now;

  // A refill of a whole period may sum to a hair less than one in binary fractions.
  constexpr double hair = 1e-9;
  rate_verdict verdict{.limit = rule.burst};
  verdict.allowed = used.tokens + hair >= 1.0;
  if (verdict.allowed) used.tokens = std::max(0.0, used.tokens - 1.0);
  verdict.remaining = static_cast<std::int64_t>(used.tokens + hair);
  verdict.reset_after = rounded_up((capacity - used.tokens) / per_ms);
  if (!verdict.allowed) verdict.retry_after = std::max(seconds{1}, rounded_up((1.0 - used.tokens) / per_ms));
  return verdict;
}

}  // namespace chautari
