#pragma once
#include <caf/all.hpp>

#include "protocols/pricing/messages.hpp"

namespace chautari {

/// PRICES: the one writer of what rentals cost and of the uses of discounts.
using prices_actor =
    caf::typed_actor<caf::replies_to<change_price>::with<price_changed>,
                     caf::replies_to<look_at_prices>::with<price_snapshot>,
                     caf::replies_to<claim_discount>::with<discount_claim>, caf::reacts_to<discount_settled>>;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::price_refusal, "price")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::change_price)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::price_changed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_prices)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::price_snapshot)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::count_price_uses)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::price_uses)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::claim_discount)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::discount_claim)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::discount_settled)
