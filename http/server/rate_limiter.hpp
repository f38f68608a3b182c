#pragma once
/// Token buckets in a bounded table. One limiter per I/O thread; with n threads a rule lets through up to n
/// times its rate.

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/server/monotonic.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

enum class rate_key : std::uint8_t { ip, user };

/// `burst` requests at once, refilled evenly over `per`. On public rows `user` counts by address.
struct rate_rule {
  std::string name;
  std::int64_t burst = 1;
  milliseconds per{60'000};
  rate_key by = rate_key::ip;
};

/// What one attempt found, in the words of the X-RateLimit headers.
struct rate_verdict {
  bool allowed = true;
  std::int64_t limit = 0;
  std::int64_t remaining = 0;
  seconds retry_after{0};  ///< Until one more request passes; at least 1 s when refused.
  seconds reset_after{0};  ///< Until the bucket is full again.
};

class rate_limiter {
public:
  explicit rate_limiter(std::size_t buckets_max) : buckets_max_{buckets_max} {}

  /// Takes one token of the bucket (rule, key). `now` never runs backwards.
  [[nodiscard]] rate_verdict take(const rate_rule& rule, std::string_view key, monotonic now);

  [[nodiscard]] std::size_t buckets() const { return buckets_.size(); }

private:
  struct bucket {
    std::string key;
    double tokens = 0;
    monotonic filled_at{0};
  };
  using order = std::list<bucket>;

  std::size_t buckets_max_;
  order recent_;  ///< Most recently used first; the last one is forgotten when the table is full.
  std::unordered_map<std::string_view, order::iterator> buckets_;
};

}  // namespace chautari
