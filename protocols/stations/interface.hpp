#pragma once
#include <caf/all.hpp>

#include "protocols/rentals/issues.hpp"
#include "protocols/stations/management.hpp"
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
                     caf::replies_to<adopt_bank>::with<bank_adopted>,  // A stranger without a rental.
                     caf::replies_to<prepare_slot>::with<void>,        // Stored: nothing else sits there.
                     caf::replies_to<bank_escaped>::with<void>,        // Stored: the bank is MISSING.
                     caf::replies_to<look_at_bank>::with<seated_bank>,
                     caf::reacts_to<connectivity_changed>,                  // From the kiosk.
                     caf::replies_to<look_at_station>::with<station_view>,  // Look, without touching storage.
                     caf::reacts_to<timer_fired>>;

/// The STATION DIRECTORY: the same words, passed on to the station they name. Never waits for anybody.
using stations_actor = station_actor;

/// The same STATION as operators know it: they change it through its one writer.
using station_office_actor =
    caf::typed_actor<caf::replies_to<look_inside>::with<station_inside>,
                     caf::reacts_to<hardware_told>,  // From the kiosk.
                     caf::replies_to<change_station>::with<station_inside>,
                     caf::replies_to<set_maintenance>::with<station_inside>,
                     caf::replies_to<delete_station>::with<void>,
                     caf::replies_to<set_slot_lock>::with<void>,              // From the kiosk: LOCK_SLOT.
                     caf::replies_to<take_out_bank>::with<bank_reservation>,  // From the kiosk: eject.
                     caf::replies_to<bank_taken_out>::with<void>, caf::reacts_to<bank_stayed>,
                     caf::replies_to<set_bank_status>::with<bank_image>, caf::reacts_to<amenity_changed>>;

/// The STATION DIRECTORY as operators know it: the same words, passed on; the birth of a station; and whoever
/// wants to write a bank that sits nowhere.
using stations_office_actor =
    station_office_actor::extend<caf::replies_to<create_station>::with<station_inside>,
                                 caf::replies_to<claim_stray>::with<void>, caf::reacts_to<stray_settled>>;

/// AMENITIES: the one writer of their list.
using amenities_actor = caf::typed_actor<caf::replies_to<look_at_amenities>::with<amenity_list>,
                                         caf::replies_to<create_amenity>::with<amenity_image>,
                                         caf::replies_to<change_amenity>::with<amenity_image>,
                                         caf::replies_to<delete_amenity>::with<void>>;

/// ISSUES: the one writer of what riders report about stations. Remembers none: each is read when it changes.
using issues_actor = caf::typed_actor<caf::replies_to<report_issue>::with<station_issue_image>,
                                      caf::replies_to<change_issue>::with<issue_view>,
                                      caf::replies_to<delete_issue>::with<void>,
                                      // Of rentals, by the same clerk.
                                      caf::replies_to<report_rental_issue>::with<rental_issue_image>,
                                      caf::replies_to<change_rental_issue>::with<rental_issue_view>,
                                      caf::replies_to<delete_rental_issue>::with<void>>;

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
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_adopted)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::prepare_slot)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_escaped)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_bank)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::seated_bank)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::connectivity_changed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_station)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::station_view)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_inside)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::station_inside)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::hardware_told)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::create_station)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::change_station)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::set_maintenance)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::delete_station)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::set_slot_lock)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::take_out_bank)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_taken_out)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_stayed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::set_bank_status)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_image)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::claim_stray)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::stray_settled)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_amenities)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::amenity_list)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::create_amenity)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::change_amenity)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::delete_amenity)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::amenity_changed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::amenity_image)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::report_issue)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::change_issue)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::delete_issue)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::issue_view)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::station_issue_image)
