#pragma once
#include <caf/all.hpp>

#include "protocols/livemap/messages.hpp"
#include "protocols/operations/doors.hpp"
#include "protocols/operations/network.hpp"
#include "protocols/timers/interface.hpp"

namespace chautari {

/// A lane's copy of the map: one I/O thread's desk.
using map_lane_actor = caf::typed_actor<caf::reacts_to<layer_delta>>;

/// "Show me this layer of this region, and everything that changes in it." Answered with the whole; changes
/// follow, in order, under the watcher's own number.
struct watch_layer {
  map_lane_actor lane;
  std::uint32_t watch = 0;
  map_region region;
  map_layer layer;
};
struct unwatch_layer {
  map_lane_actor lane;
  std::uint32_t watch = 0;
  map_region region;
};

/// The LIVE MAP: a door that serves other doors. It hears what the network announces, keeps each station's
/// marker in the actor of its region, and passes on who wants to see what.
using livemap_actor =
    door_actor::extend<caf::replies_to<meet_network>::with<void>,
                       caf::replies_to<watch_layer>::with<layer_delta>, caf::reacts_to<unwatch_layer>,
                       caf::replies_to<look_at_marker>::with<marker_view>,
                       caf::replies_to<look_at_metrics>::with<network_metrics>, caf::reacts_to<timer_fired>>;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::livemap_refusal, "livemap")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::layer_delta)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::watch_layer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::unwatch_layer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_marker)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::marker_view)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_metrics)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::network_metrics)
