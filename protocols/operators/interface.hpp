#pragma once
/// The operators' identity: one actor for all of them, because they are few.
///
/// Awaiting: operators -> reader, journal. For the passwords it does not wait: a log-in holds up nobody.

#include <caf/all.hpp>
#include <functional>

#include "protocols/operators/messages.hpp"
#include "protocols/operators/recovery.hpp"

namespace chautari {

/// What the doors must know of one session from now on.
struct operator_state_change {
  operator_id who;
  session_id session;
  bool is_live = true;  ///< False: forget it; the rest says nothing.
  operator_role role = operator_role::finance;
  timestamp authenticated_at{};
  timestamp expires_at{};
};
/// Told of each session that begins, changes or ends, after the commit and before the answer, so that a
/// demotion acts on the very next request. Called on the operators' thread: takes it at once, never blocks.
using operator_watch = std::function<void(const operator_state_change&)>;

/// Once, before anything is asked.
struct adopt_operators {
  recovered_operators all;
};

/// The OPERATORS: the one writer of operators and their sessions while the server runs. Every change is one
/// record with its audit entry. `chautari operators` writes beside it, so it reads what is stored before it
/// decides on an operator.
using operators_actor =
    caf::typed_actor<caf::replies_to<adopt_operators>::with<void>,
                     caf::replies_to<log_in_operator>::with<operator_signed_in>,
                     caf::replies_to<refresh_operator>::with<operator_signed_in>,
                     caf::replies_to<log_out_operator>::with<void>,
                     caf::replies_to<reauthenticate_operator>::with<operator_reauthenticated>,
                     caf::replies_to<create_operator>::with<operator_kept>,
                     caf::replies_to<change_operator>::with<operator_kept>,
                     caf::replies_to<list_operators>::with<operator_list>,
                     caf::replies_to<look_at_operator>::with<operator_image>,
                     caf::replies_to<list_operator_sessions>::with<operator_session_list>,
                     caf::replies_to<revoke_operator_session>::with<void>>;

/// The PASSWORDS: hash and compare; they block for it, so they have a thread of their own.
using passwords_actor = caf::typed_actor<caf::replies_to<hash_password>::with<password_hashed>,
                                         caf::replies_to<check_password>::with<password_checked>>;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::operator_refusal, "operator")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::adopt_operators)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::log_in_operator)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::operator_signed_in)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::refresh_operator)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::log_out_operator)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::reauthenticate_operator)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::operator_reauthenticated)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::create_operator)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::change_operator)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::operator_kept)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_operators)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::operator_list)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_operator)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::operator_image)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_operator_sessions)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::operator_session_list)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::revoke_operator_session)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::hash_password)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::password_hashed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::check_password)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::password_checked)
