#include "bench/city/figures.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdarg>
#include <cstdio>

namespace city {
namespace {

std::string print(const char* format, ...) __attribute__((format(printf, 1, 2)));
std::string print(const char* format, ...) {
  char line[1'024];
  va_list values;
  va_start(values, format);
  const int size = std::vsnprintf(line, sizeof line, format, values);
  va_end(values);
  return {line, static_cast<std::size_t>(std::clamp(size, 0, static_cast<int>(sizeof line) - 1))};
}

unsigned long long whole(std::uint64_t value) { return value; }

}  // namespace

double percentile_ms(std::vector<std::uint32_t> samples, double share) {
  if (samples.empty()) return 0;
  const auto rank =
      std::min(samples.size() - 1, static_cast<std::size_t>(share * static_cast<double>(samples.size())));
  const auto at = samples.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(samples.begin(), at, samples.end());
  return *at / 1000.0;
}

std::string live_line(const figures& now, double seconds, std::size_t online, std::size_t out) {
  return print(
      "%6.0f s | cabinets %zu | out %zu | rented %llu | returned %llu | cancelled %llu | refused %llu | "
      "faults %llu | "
      "%.1f cycles/s | start p50 %.1f ms p99 %.1f ms",
      seconds, online, out, whole(now.starts_active + now.starts_pending), whole(now.settled),
      whole(now.cancelled), whole(now.starts_refused), whole(now.faults),
      static_cast<double>(now.settled) / std::max(seconds, 0.001), percentile_ms(now.start_micros, 0.5),
      percentile_ms(now.start_micros, 0.99));
}

std::string summary_text(const figures& all, double seconds) {
  std::string text = print(
      "\nThe city lived %.1f s: %llu riders signed in, %llu starts asked (%llu retries, %llu replays),\n"
      "  %llu active at once, %llu pending first, %llu refused, %llu ejections failed;\n"
      "  %llu extended, %llu swapped, %llu debts paid; %llu claims and %llu pictures over HTTP;\n"
      "  %llu rentals settled, %llu cancelled; %llu ejections and %llu returns at the cabinets, %llu faults; "
      "%llu http errors.\n"
      "  %.1f settled cycles/s; start p50 %.1f ms, p99 %.1f ms; return to settled p50 %.1f ms, p99 %.1f "
      "ms.\n",
      seconds, whole(all.signed_in), whole(all.starts_asked), whole(all.retries), whole(all.replays),
      whole(all.starts_active), whole(all.starts_pending), whole(all.starts_refused),
      whole(all.starts_failed), whole(all.extended), whole(all.swapped), whole(all.dues_paid),
      whole(all.claims), whole(all.uploads), whole(all.settled), whole(all.cancelled), whole(all.ejections),
      whole(all.returns), whole(all.faults), whole(all.http_errors),
      static_cast<double>(all.settled) / std::max(seconds, 0.001), percentile_ms(all.start_micros, 0.5),
      percentile_ms(all.start_micros, 0.99), percentile_ms(all.cycle_micros, 0.5),
      percentile_ms(all.cycle_micros, 0.99));
  for (const auto& [code, count] : all.refusals)
    text += print("  refused %s: %llu\n", code.c_str(), whole(count));
  for (const auto& sentence : all.violations)
    text += "  BROKEN: " + sentence + "\n";
  return text;
}

std::string summary_json(const figures& all, double seconds) {
  boost::json::object out{{"seconds", seconds},
                          {"signed_in", all.signed_in},
                          {"starts_asked", all.starts_asked},
                          {"settled", all.settled},
                          {"cancelled", all.cancelled},
                          {"extended", all.extended},
                          {"swapped", all.swapped},
                          {"dues_paid", all.dues_paid},
                          {"claims", all.claims},
                          {"uploads", all.uploads},
                          {"retries", all.retries},
                          {"replays", all.replays},
                          {"faults", all.faults},
                          {"cycles_per_second", static_cast<double>(all.settled) / std::max(seconds, 0.001)},
                          {"start_p50_ms", percentile_ms(all.start_micros, 0.5)},
                          {"start_p95_ms", percentile_ms(all.start_micros, 0.95)},
                          {"start_p99_ms", percentile_ms(all.start_micros, 0.99)},
                          {"return_p50_ms", percentile_ms(all.cycle_micros, 0.5)},
                          {"return_p95_ms", percentile_ms(all.cycle_micros, 0.95)},
                          {"return_p99_ms", percentile_ms(all.cycle_micros, 0.99)},
                          {"whole_p50_ms", percentile_ms(all.whole_micros, 0.5)},
                          {"whole_p95_ms", percentile_ms(all.whole_micros, 0.95)},
                          {"whole_p99_ms", percentile_ms(all.whole_micros, 0.99)},
                          {"http_errors", all.http_errors},
                          {"violations", all.violations.size()}};
  return boost::json::serialize(out);
}

}  // namespace city
