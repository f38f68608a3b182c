#pragma once
/// Riders' identity: signing in, sessions, and the messages that go out for it.
///
/// Awaiting: sign-in -> outbox, reader, journal; session -> reader, journal. Sessions ask each other through
/// their directory without holding up their own mailbox.

#include <caf/all.hpp>
#include <string>

#include "protocols/accounts/interface.hpp"
#include "protocols/timers/interface.hpp"
#include "protocols/users/message_provider.hpp"
#include "protocols/users/messages.hpp"

namespace chautari {

/// The SIGN-IN: one per address that is being signed in; the one writer of its codes and verification tokens.
using sign_in_actor = caf::typed_actor<
    caf::replies_to<request_code>::with<code_requested>,  // Stored, and on its way to the provider.
    caf::replies_to<verify_code>::with<code_verified>,    // Misses are stored before they are answered.
    caf::replies_to<complete_sign_in>::with<signed_in>,   // One record: user or session, and the token gone.
    caf::replies_to<sleep_atom>::with<void>>;             // Finish what is under way and go.

/// The SIGN-IN DIRECTORY: the same words, passed on to the address they name. Never waits for anybody.
using sign_ins_actor = sign_in_actor;

/// The SESSION: the one writer of a session and its refresh tokens.
using session_actor =
    caf::typed_actor<caf::replies_to<refresh_session>::with<signed_in>,  // Rotates; reuse of an old token
                                                                         // ends the session.
                     caf::replies_to<log_out>::with<logged_out>,  // Always succeeds for the caller's session.
                     caf::replies_to<end_session>::with<void>,  // Answered when it is on disk and announced.
                     caf::replies_to<sleep_atom>::with<void>>;

/// The SESSION DIRECTORY: the same words, passed on to the session they name. Never waits for anybody.
using sessions_actor = session_actor;

/// Can a message of this channel be sent now?
struct ask_delivery {
  std::string channel;
};
struct delivery_state {
  bool is_up = true;
};

/// A POSTMAN: hands one message to its provider and may block meanwhile, so it has a thread of its own.
using postman_actor = caf::typed_actor<caf::replies_to<outgoing_message>::with<delivery_report>>;

/// The OUTBOX: carries messages to the postmen, tries again while a provider is out of order, and knows
/// whether asking for a code makes sense at all.
using outbox_actor = caf::typed_actor<caf::replies_to<ask_delivery>::with<delivery_state>,
                                      caf::reacts_to<outgoing_message>, caf::reacts_to<timer_fired>>;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::identity_refusal, "identity")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::request_code)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::code_requested)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::verify_code)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::code_verified)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::complete_sign_in)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::signed_in)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::refresh_session)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::log_out)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::logged_out)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::end_session)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::ask_delivery)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::delivery_state)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::outgoing_message)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::delivery_report)
