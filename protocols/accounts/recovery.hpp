#pragma once
/// The directory of accounts in full: what compose says to it beside what everybody may say.

#include "protocols/accounts/interface.hpp"
#include "protocols/operations/network.hpp"

namespace chautari {

/// Nothing to adopt: an account reads itself when it is first needed.
using accounts_directory_actor = accounts_actor::extend<caf::replies_to<meet_network>::with<void>>;

}  // namespace chautari
