#pragma once
/// What the map asks the database: the past of one station, and what no actor holds.

#include <caf/all.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"
#include "protocols/stations/images.hpp"
#include "protocols/stations/issues.hpp"

namespace chautari {

/// Banks by where they are.
struct count_banks {};
struct bank_census {
  std::int64_t seated = 0;
  std::int64_t rented = 0;
  std::int64_t missing = 0;
  std::int64_t lost = 0;
  std::int64_t other = 0;  ///< In nobody's hands and in no slot: maintenance, damaged, quarantined.
};

/// The highest priority among the open issues of each station that has one; `station` nil: of all of them.
struct load_issue_marks {
  station_id station;
};
struct issue_mark {
  station_id station;
  issue_priority priority = issue_priority::low;
};
struct issue_marks {
  std::vector<issue_mark> marks;
};

/// The panel beside the map. `today`: the business day's beginning; `since`: how far back changes of status
/// are wanted, and the last one before it.
struct load_overview {
  station_id station;
  imei cabinet;
  timestamp today;
  timestamp since;
};
struct station_overview {
  std::string rentals_out;  ///< JSON array: {rental_code, bank_sn, started_at, due_at, status}, oldest first.
  std::int64_t overdue = 0;
  money revenue_today;  ///< Recognised here today: rentals and late fees, less what was given back.
  std::vector<station_status_change> changes;  ///< Oldest first.
  std::string issues;  ///< JSON array of the open ones: {id, issue_type, priority, status, description,
                       ///< images, reported_at, updated_at}, newest first, at most 20.
  std::string events;  ///< JSON array of the cabinet's last 20 log lines, newest first: {id, at, kind, data}.
};

/// Points of a layer drawn over the map.
enum class map_overlay : std::uint8_t { rentals, demand };
struct load_map_points {
  map_overlay overlay = map_overlay::rentals;
  double south = -90, west = -180, north = 90, east = 180;  ///< Degrees.
  timestamp since;                                          ///< demand: starts and returns from then on.
  timestamp now;
};
/// JSON array, at most `limits::map_points_max` of them.
struct map_points {
  std::string points;
};

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::count_banks)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_census)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_issue_marks)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::issue_marks)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_overview)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::station_overview)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_map_points)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::map_points)
