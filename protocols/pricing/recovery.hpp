#pragma once
/// PRICES in full: what compose says to it beside what everybody may say.

#include <caf/all.hpp>
#include <vector>

#include "protocols/operations/network.hpp"
#include "protocols/pricing/interface.hpp"
#include "protocols/rentals/images.hpp"

namespace chautari {

/// An open rental that was ordered with a discount.
struct recovered_claim {
  discount_id discount;
  rental_id rental;
  user_id rider;
  bool is_confirmed = false;  ///< Its bank is out.
};
[[nodiscard]] std::vector<recovered_claim> claims_of(const std::vector<rental_image>& open_rentals);

/// After `meet_network`: the prices as stored, and the uses of discounts that are still under way.
struct adopt_price_list {
  price_list prices;
  std::vector<recovered_claim> claims;
};

using prices_desk_actor = prices_actor::extend<caf::replies_to<meet_network>::with<void>,
                                               caf::replies_to<adopt_price_list>::with<void>>;

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::adopt_price_list)
