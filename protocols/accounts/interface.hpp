#pragma once
#include <caf/all.hpp>

#include "protocols/accounts/messages.hpp"

namespace chautari {

using sleep_atom = caf::atom_constant<caf::atom("sleep")>;

/// The ACCOUNT: one per rider who is about; reads itself from the database when it wakes.
using account_actor = caf::typed_actor<
    caf::replies_to<admit_rental>::with<admission>, caf::replies_to<admit_command>::with<admission>,
    caf::replies_to<hold_funds>::with<funds_held>, caf::reacts_to<funds_moved>,
    caf::replies_to<rental_place>::with<void>, caf::replies_to<credit_wallet>::with<wallet_credited>,
    caf::replies_to<look_at_wallet>::with<wallet_view>, caf::replies_to<set_favourite>::with<favourites_view>,
    caf::replies_to<look_at_favourites>::with<favourites_view>,
    caf::replies_to<sleep_atom>::with<void>>;  // Go, unless something is under way (`account_busy`).

/// The ACCOUNT DIRECTORY: wakes the account that a message names, lets the longest idle one sleep. Never
/// waits for anybody.
using accounts_actor = account_actor;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::account_refusal, "account")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::admit_rental)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::admit_command)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::admission)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::hold_funds)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::funds_held)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::funds_moved)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_place)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::credit_wallet)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::wallet_credited)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_wallet)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::wallet_view)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::set_favourite)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_favourites)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::favourites_view)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::wallet_event)
