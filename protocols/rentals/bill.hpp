#pragma once
/// What a rental costs at a moment: the one place that adds it up. Doors, the settlement and the reading of
/// evidence use it, so that a preview equals the bill (stations_rentals_devices 1.2, 3.10).

#include "protocols/rentals/images.hpp"

namespace chautari {

struct rental_bill {
  money base;  ///< Prepaid: the price after its discount. Postpaid: usage after its discount.
  money extensions;
  money late_fee;
  money lost_penalty;
  money adjustment;  ///< Signed.
  money paid;        ///< Settled so far, refunds subtracted. What is only held is not paid.

  [[nodiscard]] money charged() const { return base + extensions + late_fee + lost_penalty + adjustment; }
  [[nodiscard]] money due() const { return charged() - paid; }
  friend bool operator==(const rental_bill&, const rental_bill&) = default;
};

/// Minutes that were bought: the package's and the extensions'.
[[nodiscard]] std::int64_t allotted_minutes(const rental_image& rental);
/// Postpaid: what the use from its start to `ended_at` costs, extensions' minutes included, discount taken.
/// Prepaid: the price.
[[nodiscard]] money base_at(const rental_image& rental, timestamp ended_at);
/// An open rental: as if its use ended then. One that ended: as it stands, whatever the time.
[[nodiscard]] rental_bill bill_at(const rental_image& rental, timestamp ended_at);
/// As it is charged and paid by now.
[[nodiscard]] rental_bill bill_of(const rental_image& rental);

}  // namespace chautari
