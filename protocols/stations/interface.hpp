#pragma once
#include <caf/all.hpp>

#include "protocols/stations/messages.hpp"
#include "protocols/stations/views.hpp"
#include "protocols/timers/interface.hpp"

namespace chautari {

/// The STATION: the one writer of a station's stock. Judges reservations; keeps what snapshots show.
using station_actor =
    caf::typed_actor<caf::replies_to<reserve_bank>::with<bank_reservation>,  // Waits up to 10 s for a fresh
                                                                             // snapshot if it must.
                     caf::reacts_to<release_bank>,                           // The rental let go of its bank.
                     caf::reacts_to<bank_left>,            // The rental stored that the bank is out.
                     caf::reacts_to<seat_bank>,            // The rental stored that the bank is back.
                     caf::reacts_to<bank_seen_elsewhere>,  // The bank is in two cabinets: the newest wins.
                     caf::replies_to<observe_snapshot>::with<snapshot_applied>,  // Stores the device's facts,
                                                                                 // names the strangers.
                     caf::replies_to<adopt_bank>::with<void>,    // A stranger without a rental.
                     caf::replies_to<prepare_slot>::with<void>,  // Stored: nothing else sits there.
                     caf::replies_to<bank_escaped>::with<void>,  // Stored: the bank is MISSING.
                     caf::replies_to<look_at_bank>::with<seated_bank>,
                     caf::reacts_to<connectivity_changed>,                  // From the kiosk.
                     caf::replies_to<look_at_station>::with<station_view>,  // Look, without touching storage.
                     caf::reacts_to<timer_fired>>;

/// The STATION DIRECTORY: the same words, passed on to the station they name. Never waits for anybody.
using stations_actor = station_actor;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::station_refusal, "station")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::reserve_bank)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_reservation)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::release_bank)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_left)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::seat_bank)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_seen_elsewhere)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::observe_snapshot)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::snapshot_applied)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::adopt_bank)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::prepare_slot)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_escaped)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_bank)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::seated_bank)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::connectivity_changed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_station)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::station_view)
