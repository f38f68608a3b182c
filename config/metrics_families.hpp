#pragma once
/// Private to config/metrics.cpp: the families, with labels that are known beforehand already made.

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace chautari {

/// Seconds from half a millisecond to ten seconds.
[[nodiscard]] const prometheus::Histogram::BucketBoundaries& duration_buckets();
/// Records of a batch, powers of two.
[[nodiscard]] const prometheus::Histogram::BucketBoundaries& batch_buckets();

using counters = prometheus::Family<prometheus::Counter>;
using gauges = prometheus::Family<prometheus::Gauge>;
using histograms = prometheus::Family<prometheus::Histogram>;

[[nodiscard]] counters& counter_family(prometheus::Registry& in, const char* name, const char* help);
[[nodiscard]] gauges& gauge_family(prometheus::Registry& in, const char* name, const char* help);
[[nodiscard]] histograms& histogram_family(prometheus::Registry& in, const char* name, const char* help);

/// The members of one family whose single label comes from words. An unknown word is made at its first use:
/// the caller's set of words is closed.
template <class Metric>
class by_word {
public:
  template <class Make>
  by_word(const char* label, Make make) : label_{label}, make_{std::move(make)} {}

  Metric& operator[](std::string_view word) {
    const std::lock_guard hold{lock_};
    const auto found = known_.find(word);
    if (found != known_.end()) return *found->second;
    return *known_.emplace(std::string{word}, &make_({{label_, std::string{word}}})).first->second;
  }

private:
  const char* label_;
  std::function<Metric&(const prometheus::Labels&)> make_;
  std::mutex lock_;
  std::map<std::string, Metric*, std::less<>> known_;
};

[[nodiscard]] by_word<prometheus::Counter> counters_by(prometheus::Registry& in, const char* label,
                                                       const char* name, const char* help);
[[nodiscard]] by_word<prometheus::Gauge> gauges_by(prometheus::Registry& in, const char* label,
                                                   const char* name, const char* help);
[[nodiscard]] by_word<prometheus::Histogram> histograms_by(prometheus::Registry& in, const char* label,
                                                           const char* name, const char* help);

}  // namespace chautari
