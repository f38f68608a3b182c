#include "actors/rentals/running_rules.hpp"

#include <algorithm>

#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/bill.hpp"

namespace chautari {
namespace {

/// More payments of one running rental than can be read again at once could not be given back in the mix they
/// were made in. The rest of its late fee is taken at its end.
constexpr std::int32_t payments_while_out_max = limits::rental_story_rows_max / 2;

}  // namespace

// -- more time
// ------------------------------------------------------------------------------------------

std::optional<rental_refusal> refuse_extension(const rental_image& rental, const extend_rental& wish,
                                               const price_list& prices, const settlement_terms& terms,
                                               timestamp now) {
  const bool is_late = rental.status == rental_status::overdue ||
                       (rental.status == rental_status::active && rental.due_at && now >= *rental.due_at);
  if (is_late) return rental_refusal::rental_overdue;
  if (rental.status != rental_status::active) return rental_refusal::invalid_rental_status;
  if (rental.life.extensions >= terms.extensions_max) return rental_refusal::max_extensions_reached;
  const rental_package* package = prices.find(wish.package);
  if (package == nullptr) return rental_refusal::package_not_found;
  if (package->model != rental.package.model) return rental_refusal::invalid_package_payment_model;
  if (package->model == payment_model::postpaid) return {};
  return refuse_payment(wish.pay, {});
}

money extension_cost(const rental_image& rental, const rental_package& package) {
  return rental.package.model == payment_model::postpaid ? money{} : package.price;
}

extended extend_by(rental_image rental, const rental_package& package, extension_id id,
                   const payment_split& paid, timestamp now) {
  extended done;
  const money cost = extension_cost(rental, package);
  done.extension = {id, rental.id, package.id, rental.rider, package.duration_minutes, cost, now};
  done.paid = paid;
  ++rental.revision;
  *rental.due_at += minutes{package.duration_minutes};
  rental_life& life = rental.life;
  ++life.extensions;
  life.extended_minutes += package.duration_minutes;
  life.reminders = 0;  // Its deadlines begin anew.
  done.charge_n = life.charges;
  done.payment_n = life.payments + 1;
  if (cost > money{}) {
    life.extensions_charged += cost;
    life.paid_later += cost;
    ++life.charges;
    ++life.payments;
    done.share = share_income(rental, income_kind::extension, cost);
  }
  done.rental = std::move(rental);
  return done;
}

// -- dues
// ------------------------------------------------------------------------------------------

caf::expected<payable> payable_at(const rental_image& rental, timestamp now) {
  if (!rental.started_at && rental.status != rental_status::cancelled)
    return refuse(rental_refusal::rental_not_started);
  payable what{rental.due, {}};
  if (is_out(rental.status) && rental.due_at && rental.life.payments < payments_while_out_max) {
    const timestamp until = rental.life.claim ? std::min(now, rental.life.claim->claimed_at) : now;
    what.late_fee = late_fee_due(late_fee_at(rental.package, rental.late_fee, *rental.due_at, until),
                                 rental.late_fee_charged);
    what.amount += what.late_fee;
  }
  if (what.amount > money{}) return what;
  const rental_bill bill = bill_of(rental);
  const bool has_paid_dues = bill.paid > rental.price + rental.life.extensions_charged;
  return refuse(has_paid_dues ? rental_refusal::dues_already_paid : rental_refusal::no_due_amount);
}

std::optional<rental_refusal> refuse_payment(const payment_wish& wish, const payment_gateways& gateways) {
  const bool is_named = !wish.payment_method.empty();
  if (is_named && find_gateway(gateways, wish.payment_method) == nullptr)
    return rental_refusal::invalid_payment_method;
  if (wish.mode == payment_mode::direct && !is_named) return rental_refusal::payment_method_required;
  return {};
}

dues_paid pay(rental_image rental, const payable& what, const payment_split& paid) {
  dues_paid done;
  ++rental.revision;
  rental.late_fee_charged += what.late_fee;
  rental.life.paid_later += what.amount;
  rental.due = rental.due + what.late_fee - what.amount;
  done.payment_n = ++rental.life.payments;
  done.share = share_income(rental, income_kind::late_fee, what.late_fee);
  done.rental = std::move(rental);
  done.what = what;
  done.paid = paid;
  return done;
}

}  // namespace chautari
