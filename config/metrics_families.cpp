#include "config/metrics_families.hpp"

namespace chautari {

const prometheus::Histogram::BucketBoundaries& duration_buckets() {
  static const prometheus::Histogram::BucketBoundaries buckets{
      0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  return buckets;
}

const prometheus::Histogram::BucketBoundaries& batch_buckets() {
  static const prometheus::Histogram::BucketBoundaries buckets{1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
  return buckets;
}

counters& counter_family(prometheus::Registry& in, const char* name, const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(in);
}

gauges& gauge_family(prometheus::Registry& in, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(in);
}

histograms& histogram_family(prometheus::Registry& in, const char* name, const char* help) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(in);
}

by_word<prometheus::Counter> counters_by(prometheus::Registry& in, const char* label, const char* name,
                                         const char* help) {
  auto& family = counter_family(in, name, help);
  return {label,
          [&family](const prometheus::Labels& labels) -> prometheus::Counter& { return family.Add(labels); }};
}

by_word<prometheus::Gauge> gauges_by(prometheus::Registry& in, const char* label, const char* name,
                                     const char* help) {
  auto& family = gauge_family(in, name, help);
  return {label,
          [&family](const prometheus::Labels& labels) -> prometheus::Gauge& { return family.Add(labels); }};
}

by_word<prometheus::Histogram> histograms_by(prometheus::Registry& in, const char* label, const char* name,
                                             const char* help) {
  auto& family = histogram_family(in, name, help);
  return {label, [&family](const prometheus::Labels& labels) -> prometheus::Histogram& {
            return family.Add(labels, duration_buckets());
          }};
}

}  // namespace chautari
