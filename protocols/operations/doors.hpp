#pragma once
/// What the living network announces to its doors (HTTP and WebSocket): each door keeps its own copy, so a
/// read takes no lock.

#include <caf/all.hpp>
#include <vector>

#include "protocols/accounts/messages.hpp"
#include "protocols/rentals/messages.hpp"
#include "protocols/stations/views.hpp"

namespace chautari {

/// An access token of this session is worthless from now on; nil session: of every session of the user.
struct session_revoked {
  session_id session;
  user_id user;
  timestamp at;
};

/// Every station's first view is announced; from here on lists are complete.
struct stations_announced {
  std::uint64_t count = 0;
};

/// A DOOR: one I/O thread's desk.
using door_actor =
    caf::typed_actor<caf::reacts_to<station_view>, caf::reacts_to<rental_event>, caf::reacts_to<wallet_event>,
                     caf::reacts_to<session_revoked>, caf::reacts_to<stations_announced>>;

using doors = std::vector<door_actor>;

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::session_revoked)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::stations_announced)
