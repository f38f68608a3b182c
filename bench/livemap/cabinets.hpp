#pragma once
/// Cabinets whose stock changes all the time: each frame is a snapshot in which one bank is full or empty, so
/// that the station has four banks to rent or three. Remembers what was said when.

#include <chrono>
#include <cstddef>
#include <vector>

#include "bench/kiosk_events/fleet.hpp"

namespace livemap {

using clock_type = std::chrono::steady_clock;

/// The seeded stations SCALE-1.. have banks in slots 1, 3, 5, 7 (persistence/seed/scale_banks.sql).
inline constexpr int slots_a_station = 8;
inline constexpr int rentable_full = 4;

class cabinets {
public:
  cabinets(const kiosk_events::broker_account& broker, std::size_t count)
      : fleet_{broker, first_imei, count}, said_(count) {}

  /// Speaks as often as `per_second` asks for since the last call, and lets the lines work.
  void turn(double per_second, int patience_ms);

  /// When station SCALE-`number` began to say what `rentable` says, if that is its last word.
  [[nodiscard]] const clock_type::time_point* said(std::size_t number, int rentable) const;
  [[nodiscard]] std::size_t count() const { return said_.size(); }
  [[nodiscard]] std::size_t changes() const { return changes_; }
  [[nodiscard]] std::size_t lost_sessions() const { return fleet_.lost_sessions(); }

private:
  struct word {
    int rentable = 0;  ///< 0: nothing yet.
    clock_type::time_point at;
  };
  static constexpr std::uint64_t first_imei = 870'000'000'000'001;

  kiosk_events::fleet fleet_;
  std::vector<word> said_;
  std::size_t next_ = 0;
  std::size_t changes_ = 0;
  clock_type::time_point spoken_until_ = clock_type::now();
};

}  // namespace livemap
