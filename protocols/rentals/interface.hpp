#pragma once
#include <caf/all.hpp>

#include "protocols/rentals/messages.hpp"
#include "protocols/timers/interface.hpp"

namespace chautari {

/// The RENTAL: one per open rental, the only one who changes it. Lives from the rider's wish to its
/// settlement.
using rental_actor = caf::typed_actor<
    caf::replies_to<start_rental>::with<start_answer>,    // First message; answers when
                                                          // ACTIVE, refused, or after 8 s.
    caf::replies_to<look_at_rental>::with<rental_image>,  // Look, without touching storage.
    caf::replies_to<find_open_rental>::with<open_rental_answer>,
    caf::replies_to<ejection_outcome>::with<outcome_noted>,  // The kiosk knows how an
                                                             // ejection ended.
    caf::replies_to<bank_seen>::with<bank_seen_answer>,      // A kiosk saw a bank.
    caf::reacts_to<bank_taken>,                              // Another rental has our bank.
    // Woken from the database if it has ended.
    caf::replies_to<extend_rental>::with<rental_answer>, caf::replies_to<cancel_rental>::with<rental_answer>,
    caf::replies_to<swap_rental>::with<rental_answer>, caf::replies_to<pay_due>::with<rental_answer>,
    caf::replies_to<note_location>::with<void>, caf::replies_to<force_complete>::with<force_answer>,
    caf::replies_to<lost_bank_found>::with<bank_seen_answer>, caf::reacts_to<timer_fired>>;

/// The RENTAL DIRECTORY: finds the rental by id, rider or bank, or gives birth to it. Never waits for
/// anybody.
using rentals_actor =
    rental_actor::extend<caf::replies_to<rental_registered>::with<void>, caf::reacts_to<rental_unregistered>>;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::rental_refusal, "rental")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::start_rental)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::start_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::extend_rental)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::cancel_rental)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::swap_rental)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::pay_due)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::note_location)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::force_complete)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::force_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::lost_bank_found)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::find_open_rental)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::open_rental_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_rental)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_image)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::ejection_outcome)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::outcome_noted)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_seen)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_seen_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_taken)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_event)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_registered)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_unregistered)
