#include "http/livemap/livemap_door.hpp"

namespace chautari {

livemap_door::livemap_door(livemap_door_setup setup) : setup_{std::move(setup)}, lanes_(setup_.lanes) {}

void livemap_door::set_up(lane_parts& parts) {
  lanes_.at(parts.lane) = std::make_unique<livemap_lane>(
      parts, panel_sources{parts.announcements, setup_.stations->table(parts.lane), setup_.livemap,
                           setup_.everybody.station_office, setup_.everybody.now});
}

endpoints livemap_endpoints(const livemap_door& door) {
  return {map_snapshot_row(door), map_layer_row(door), station_overview_row(door)};
}

}  // namespace chautari
