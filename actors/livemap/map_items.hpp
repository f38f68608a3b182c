#pragma once
/// How a station and a cell look to the page, as JSON.

#include <string>

#include "protocols/livemap/messages.hpp"

namespace chautari {

/// {sn,name,lat,lng,state,rentable,free,slots,banks,issue,last_seen_at,active_out}
[[nodiscard]] map_item_ptr draw_marker(const station_marker& marker, const judged_marker& judged);

/// What a cell with several stations has together.
struct cluster_sums {
  std::int64_t rentable = 0, free_slots = 0, slots = 0, banks = 0;
  std::int64_t latitude_e6 = 0, longitude_e6 = 0;
};
/// {key,lat,lng,count,online,degraded,offline,maintenance,rentable,free,slots,banks}
[[nodiscard]] map_item_ptr draw_cluster(const map_cell& at, const map_totals& totals,
                                        const cluster_sums& sums);

}  // namespace chautari
