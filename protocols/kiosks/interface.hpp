#pragma once
#include <caf/all.hpp>

#include "protocols/kiosks/messages.hpp"
#include "protocols/timers/interface.hpp"

namespace chautari {

/// The KIOSK: owns the exchange with one cabinet. One ejection in flight; late answers are facts, not noise.
using kiosk_actor =
    caf::typed_actor<caf::reacts_to<cabinet_frame>,     // Whatever the cabinet said, in order.
                     caf::reacts_to<return_call>,       // An HTTP call: a claim.
                     caf::reacts_to<broker_session>,    // The broker saw it come or go.
                     caf::reacts_to<line_changed>,      // From the broker link, to all of them.
                     caf::reacts_to<eject_bank>,        // From a rental, after it was stored.
                     caf::reacts_to<request_snapshot>,  // From the station.
                     caf::replies_to<look_at_kiosk>::with<kiosk_view>,
                     caf::replies_to<operator_command>::with<command_answer>,  // Stored, or ended.
                     caf::reacts_to<register_cabinet>, caf::reacts_to<retire_cabinet>,
                     caf::reacts_to<timer_fired>>;

/// The KIOSK DIRECTORY: the same words, passed on to the kiosk they name; unknown cabinets are counted and
/// listed.
using kiosks_actor = kiosk_actor;

/// The BROKER GATE: the way out to the cabinets. Answers at once.
using broker_actor = caf::typed_actor<caf::replies_to<publish_command>::with<published>>;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::broker_refusal, "broker")
CAF_ERROR_CODE_ENUM(chautari::command_refusal, "command")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::cabinet_frame)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::return_call)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::broker_session)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::line_changed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::eject_bank)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::request_snapshot)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::operator_command)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::command_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::register_cabinet)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::retire_cabinet)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::publish_command)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::published)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_kiosk)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::kiosk_view)
