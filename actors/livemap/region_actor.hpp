#pragma once
/// A REGION of the map: keeps it and tells those who watch, all of them the same rendered things, what has
/// changed. Tells every 250 ms at most, and only if there is something to tell.

#include <caf/all.hpp>
#include <memory>
#include <unordered_map>
#include <vector>

#include "actors/livemap/region_map.hpp"
#include "protocols/livemap/interface.hpp"

namespace chautari {

struct place_marker {
  station_marker marker;
};
struct mark_station {
  station_id station;
  std::uint8_t issue = 0;
  std::uint32_t active_out = 0;
};
struct remove_marker {
  station_id station;
};
/// From a region to its directory, when it has changed.
struct region_counted {
  map_region region;
  map_totals totals;
  std::int64_t banks = 0;
};

using region_actor =
    caf::typed_actor<caf::reacts_to<place_marker>, caf::reacts_to<mark_station>,
                     caf::reacts_to<remove_marker>, caf::replies_to<watch_layer>::with<layer_delta>,
                     caf::reacts_to<unwatch_layer>, caf::replies_to<look_at_marker>::with<marker_view>,
                     caf::reacts_to<timer_fired>>;
using region_counter_actor = caf::typed_actor<caf::reacts_to<region_counted>>;

struct region_setup {
  std::shared_ptr<const network> world;
  map_region where;
};

struct region_state {
  struct watcher {
    map_lane_actor lane;
    std::uint32_t watch = 0;
  };
  struct watched_layer {
    std::vector<watcher> watchers;
    timestamp left_at;  ///< When the last of them went.
  };

  region_actor::pointer self = nullptr;
  region_setup setup;
  region_counter_actor directory;
  region_map map;
  std::unordered_map<std::uint32_t, watched_layer> layers;
  map_totals told_totals;
  std::int64_t told_banks = 0;
  timestamp armed_at;  ///< 1970: nothing is armed.
  std::uint64_t timer_revision = 0;

  caf::result<layer_delta> watch(const watch_layer& wish);
  void unwatch(const unwatch_layer& word);
  void wake(const timer_fired& timer);
  /// Something may be new: it is told with the next batch.
  void touched();

private:
  [[nodiscard]] timestamp now() const { return setup.world->now(); }
  [[nodiscard]] bool make_room();
  void forget_idle();
  void tell();
  void tell(std::uint32_t number, const watched_layer& layer);
  void arm();
};

region_actor::behavior_type region(region_actor::stateful_pointer<region_state> self, region_setup setup,
                                   region_counter_actor directory);

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::place_marker)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::mark_station)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::remove_marker)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::region_counted)
