#pragma once
#include <caf/all.hpp>

#include "protocols/payments/messages.hpp"
#include "protocols/timers/interface.hpp"

namespace chautari {

/// PAYMENTS: the one writer of payment intents. Waits for accounts and the journal, never for a rental: it
/// tells one to go on and hears of it later.
using payments_actor =
    caf::typed_actor<caf::replies_to<open_topup>::with<intent_answer>,
                     caf::replies_to<open_order>::with<order_opened>,
                     caf::replies_to<cancel_intent>::with<intent_answer>,
                     caf::replies_to<confirm_payment>::with<intent_answer>,
                     caf::replies_to<decide_review>::with<intent_answer>, caf::reacts_to<timer_fired>>;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::payment_refusal, "payment")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::open_topup)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::open_order)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::order_opened)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::cancel_intent)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::confirm_payment)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::decide_review)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::intent_answer)
