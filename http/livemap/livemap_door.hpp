#pragma once
/// The operators' map at a door: their live topics, and what the page asks beside them.

#include <memory>
#include <vector>

#include "http/livemap/livemap_lane.hpp"
#include "http/server/endpoint.hpp"
#include "http/stations/stations_door.hpp"
#include "protocols/operations/network.hpp"

namespace chautari {

struct livemap_door_setup {
  std::size_t lanes = 1;  ///< I/O threads of the door.
  network everybody;
  livemap_actor livemap;
  const stations_door* stations = nullptr;  ///< Whose tables are read; set up before this door on each lane.
};

/// Made before the `door` and kept until after it.
class livemap_door {
public:
  explicit livemap_door(livemap_door_setup setup);
  livemap_door(const livemap_door&) = delete;
  livemap_door& operator=(const livemap_door&) = delete;

  /// Once per lane, before it starts.
  void set_up(lane_parts& parts);

  [[nodiscard]] livemap_lane& lane(const exchange& in) const { return *lanes_.at(in.lane()); }
  [[nodiscard]] const station_table& stations(const exchange& in) const { return setup_.stations->table(in); }
  [[nodiscard]] const network& everybody() const { return setup_.everybody; }

private:
  livemap_door_setup setup_;
  std::vector<std::unique_ptr<livemap_lane>> lanes_;
};

/// GET /api/admin/map/snapshot, /map/layers/{layer}, /stations/{sn}/overview. `door` must outlive the rows.
[[nodiscard]] endpoints livemap_endpoints(const livemap_door& door);

// One file each; `livemap_endpoints` gathers them.
[[nodiscard]] endpoint map_snapshot_row(const livemap_door& door);
[[nodiscard]] endpoint map_layer_row(const livemap_door& door);
[[nodiscard]] endpoint station_overview_row(const livemap_door& door);

}  // namespace chautari
