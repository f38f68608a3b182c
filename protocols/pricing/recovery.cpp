#include "protocols/pricing/recovery.hpp"

namespace chautari {

std::vector<recovered_claim> claims_of(const std::vector<rental_image>& open_rentals) {
  std::vector<recovered_claim> claims;
  for (const auto& rental : open_rentals) {
    if (!rental.life.discount.is_nil())
      claims.push_back({rental.life.discount, rental.id, rental.rider, is_out(rental.status)});
  }
  return claims;
}

}  // namespace chautari
