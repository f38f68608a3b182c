#include "bench/overload/figures.hpp"

#include <algorithm>

namespace overload {

namespace {

std::uint32_t micros_between(moment from, moment until) {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(until - from).count());
}

}  // namespace

void figures::offer(moment due) {
  ++offered;
  late_micros.push_back(micros_between(due, clock_type::now()));
}

void figures::answered(int status, bool has_hint, moment due) {
  const auto now = clock_type::now();
  const auto micros = micros_between(due, now);
  if (status >= 200 && status < 300) {
    ++good;
    if (now < over) ++good_in_time;
    good_micros.push_back(micros);
    micros_by_second[std::chrono::duration_cast<std::chrono::seconds>(due - begun).count()].push_back(micros);
  } else if (status == 503) {
    ++refused;
    refused_micros.push_back(micros);
    if (!has_hint) ++refused_without_hint;
  } else {
    ++others[status == 0 ? "broken" : std::to_string(status)];
  }
}

double figures::seconds() const {
  return std::chrono::duration<double>(std::min(over, clock_type::now()) - begun).count();
}

boost::json::object figures::summary() const {
  boost::json::object rest;
  for (const auto& [status, count] : others)
    rest[status] = count;
  return {{"offered", offered},
          {"offered_rate", static_cast<double>(offered) / seconds()},
          {"good", good},
          {"good_rate", good_rate()},
          {"good_p50_ms", percentile_ms(good_micros, 0.5)},
          {"good_p99_ms", percentile_ms(good_micros, 0.99)},
          {"refused", refused},
          {"refused_without_hint", refused_without_hint},
          {"refused_p50_ms", percentile_ms(refused_micros, 0.5)},
          {"refused_p99_ms", percentile_ms(refused_micros, 0.99)},
          {"late_p50_ms", percentile_ms(late_micros, 0.5)},
          {"late_p99_ms", percentile_ms(late_micros, 0.99)},
          {"impossible", impossible},
          {"others", rest}};
}

double percentile_ms(std::vector<std::uint32_t> samples, double share) {
  if (samples.empty()) return 0;
  const auto at =
      std::min(samples.size() - 1, static_cast<std::size_t>(share * static_cast<double>(samples.size())));
  std::nth_element(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(at), samples.end());
  return static_cast<double>(samples[at]) / 1'000;
}

}  // namespace overload
