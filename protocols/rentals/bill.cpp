#include "protocols/rentals/bill.hpp"

#include <algorithm>

#include "protocols/pricing/late_fee.hpp"

namespace chautari {

std::int64_t allotted_minutes(const rental_image& rental) {
  return std::int64_t{rental.package.duration_minutes} + rental.life.extended_minutes;
}

money base_at(const rental_image& rental, timestamp ended_at) {
  if (rental.package.model == payment_model::prepaid) return rental.price;
  if (!rental.started_at) return {};
  const money usage =
      postpaid_base(rental.package, whole_minutes(*rental.started_at, ended_at), allotted_minutes(rental));
  return discounted_hundredths(usage, rental.life.discount_hundredths).actual;
}

rental_bill bill_of(const rental_image& rental) {
  rental_bill bill;
  bill.base = rental.price + rental.life.usage_charged;
  bill.extensions = rental.life.extensions_charged;
  bill.late_fee = rental.late_fee_charged;
  bill.lost_penalty = rental.life.lost_penalty_charged;
  bill.adjustment = rental.life.adjustment;
  bill.paid = rental.price + rental.life.paid_later;
  return bill;
}

rental_bill bill_at(const rental_image& rental, timestamp ended_at) {
  rental_bill bill = bill_of(rental);
  if (!is_out(rental.status)) return bill;
  bill.base = base_at(rental, ended_at);
  if (rental.due_at)
    bill.late_fee = std::max(rental.late_fee_charged,
                             late_fee_at(rental.package, rental.late_fee, *rental.due_at, ended_at));
  return bill;
}

}  // namespace chautari
