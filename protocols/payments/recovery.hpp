#pragma once
/// PAYMENTS in full: what compose says to it beside what everybody may say.

#include <vector>

#include "protocols/operations/network.hpp"
#include "protocols/payments/interface.hpp"

namespace chautari {

/// After `meet_network`, and when rentals can be asked: every intent that waits for its money, and every
/// order that was paid and has not gone on.
struct adopt_intents {
  std::vector<payment_intent> intents;
};

using payments_desk_actor = payments_actor::extend<caf::replies_to<meet_network>::with<void>,
                                                   caf::replies_to<adopt_intents>::with<void>>;

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::adopt_intents)
