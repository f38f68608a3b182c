#pragma once
/// What a rider may still do about a rental's money and time once it runs: more time (3.6) and paying what is
/// owed (3.8). Pure.

#include <caf/expected.hpp>

#include "actors/rentals/rental_rules.hpp"
#include "actors/rentals/revenue_rules.hpp"

namespace chautari {

/// Checks of an extension, in their order: state, time, count, package, way of paying.
[[nodiscard]] std::optional<rental_refusal> refuse_extension(const rental_image& rental,
                                                             const extend_rental& wish,
                                                             const price_list& prices,
                                                             const settlement_terms& terms, timestamp now);
/// Prepaid: the package's list price, no discount. Postpaid: nothing, the use is billed at its end.
[[nodiscard]] money extension_cost(const rental_image& rental, const rental_package& package);

/// The rental with more time, paid at once.
struct extended {
  rental_image rental;
  rental_extension extension;
  payment_split paid;
  std::int32_t charge_n = 0;
  std::int32_t payment_n = 0;
  std::optional<shared_part> share;
};
[[nodiscard]] extended extend_by(rental_image rental, const rental_package& package, extension_id id,
                                 const payment_split& paid, timestamp now);

/// What can be paid now: after the end what is owed, while the bank is out the late fee so far. A claimed
/// return stops the clock. Refused if it is nothing.
struct payable {
  money amount;
  money late_fee;  ///< Assessed by paying: what the fee grew by since it was paid last.
};
[[nodiscard]] caf::expected<payable> payable_at(const rental_image& rental, timestamp now);
/// How it may be paid: direct wants a gateway, and the one that is named must be there. More time is paid
/// from what the rider has, so it knows none.
[[nodiscard]] std::optional<rental_refusal> refuse_payment(const payment_wish& wish,
                                                           const payment_gateways& gateways);

/// The rental with it paid.
struct dues_paid {
  rental_image rental;
  payable what;
  payment_split paid;
  std::int32_t payment_n = 0;
  std::optional<shared_part> share;  ///< Of the late fee that paying assesses.
};
[[nodiscard]] dues_paid pay(rental_image rental, const payable& what, const payment_split& paid);

}  // namespace chautari
