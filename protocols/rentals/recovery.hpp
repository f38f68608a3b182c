#pragma once
/// The directory of rentals in full: what compose says to it beside what everybody may say.

#include <vector>

#include "protocols/operations/network.hpp"
#include "protocols/pricing/late_fee.hpp"
#include "protocols/pricing/package.hpp"
#include "protocols/rentals/interface.hpp"

namespace chautari {

/// The prices new rentals get from now on. Running ones keep theirs.
struct adopt_prices {
  price_list prices;
  settlement_terms terms;
};

/// The rentals that were open when the server went down, with the banks reserved for or out with them.
struct adopt_rentals {
  std::vector<rental_image> rentals;
  std::vector<bank_image> banks;
};

using rentals_directory_actor = rentals_actor::extend<caf::replies_to<meet_network>::with<void>,
                                                      caf::replies_to<adopt_prices>::with<void>,
                                                      caf::replies_to<adopt_rentals>::with<void>>;

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::adopt_prices)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::adopt_rentals)
