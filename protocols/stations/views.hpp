#pragma once
/// What riders may know of a station. No imei, no signal, no other rider's rental.

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"
#include "protocols/stations/images.hpp"

namespace chautari {

struct slot_view {
  std::int32_t number = 0;
  slot_status status = slot_status::available;
  std::int32_t battery = -1;
  bool has_bank = false;
  bank_sn bank;
  timestamp updated_at;
};

/// An immutable snapshot of one station, announced to the doors whenever something in it changes.
/// `revision` rises by one with each announcement of the station since the server started.
struct station_view {
  station_image facts;
  bool is_online = false;
  timestamp last_seen_at;
  timestamp snapshot_at;  ///< Receive time of the newest snapshot; 1970 if none yet.
  std::vector<slot_view> slots;
  std::int32_t empty_slots = 0;     ///< The old clients' available_slots: slots without a bank.
  std::int32_t rentable_count = 0;  ///< As of the announcement.
  std::int32_t return_slots = 0;
  std::uint64_t revision = 0;

  [[nodiscard]] station_status status() const {
    if (facts.is_maintenance) return station_status::maintenance;
    return is_online ? station_status::online : station_status::offline;
  }
};

/// True within opening hours (Asia/Kathmandu); always true without hours.
[[nodiscard]] bool is_open_at(const station_image& station, timestamp now);

}  // namespace chautari
