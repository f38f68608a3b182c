#pragma once
/// What the city counts: the live line, the summary, and everything that must not have happened.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace city {

struct figures {
  std::uint64_t signed_in = 0;
  std::uint64_t starts_asked = 0;
  std::uint64_t starts_active = 0;   ///< Answered ACTIVE at once.
  std::uint64_t starts_pending = 0;  ///< Answered PENDING_POPUP.
  std::uint64_t starts_refused = 0;  ///< Answered with a reason.
  std::uint64_t starts_failed = 0;   ///< 409 ejection_failed: everything came back.
  std::uint64_t retries = 0;         ///< Asked again with the same Idempotency-Key.
  std::uint64_t replays = 0;         ///< Answered as a replay.
  std::uint64_t cancelled = 0;       ///< Rentals that ended without a bank.
  std::uint64_t settled = 0;         ///< Rentals that ended with a return.
  std::uint64_t ejections = 0;       ///< Banks that left a slot.
  std::uint64_t returns = 0;         ///< Banks pushed into a slot.
  std::uint64_t extended = 0;        ///< Rentals that got more time.
  std::uint64_t swapped = 0;         ///< Banks exchanged for another one.
  std::uint64_t dues_paid = 0;       ///< Debts that riders paid afterwards.
  std::uint64_t claims = 0;          ///< Returns told over HTTP.
  std::uint64_t uploads = 0;         ///< Pictures told over HTTP.
  std::uint64_t faults = 0;          ///< Faults the cabinets committed.
  std::uint64_t http_errors = 0;     ///< Connections that broke or answered 5xx.
  std::map<std::string, std::uint64_t> refusals;
  std::vector<std::uint32_t> start_micros;  ///< Latency of each start that was answered 201.
  std::vector<std::uint32_t> cycle_micros;  ///< From the return pushed in to COMPLETED seen.
  std::vector<std::uint32_t> whole_micros;  ///< From the wish to rent to COMPLETED seen.
  std::vector<std::string> violations;      ///< Each sentence is a broken promise.

  void forget_latencies() {
    start_micros.clear();
    cycle_micros.clear();
    whole_micros.clear();
  }
  void violated(std::string sentence) { violations.push_back(std::move(sentence)); }
};

/// The value below which `share` (0..1) of the samples lie, in milliseconds; 0 without samples.
[[nodiscard]] double percentile_ms(std::vector<std::uint32_t> samples, double share);

[[nodiscard]] std::string live_line(const figures& now, double seconds, std::size_t online, std::size_t out);
[[nodiscard]] std::string summary_text(const figures& all, double seconds);
[[nodiscard]] std::string summary_json(const figures& all, double seconds);

}  // namespace city
