#include "protocols/rentals/answers.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "protocols/rentals/bill.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {
namespace {
namespace json = boost::json;
}

std::string extended_json(const rental_image& rental, const rental_extension& extension,
                          std::int32_t extensions_max) {
  return json::serialize(
      json::object{{"extension_id", extension.id.text()},
                   {"rental_id", rental.id.text()},
                   {"extended_minutes", extension.extended_minutes},
                   {"extension_cost", to_text(extension.cost)},
                   {"due_at", rental.due_at ? json::value(to_rfc3339(*rental.due_at)) : json::value(nullptr)},
                   {"extensions_left", std::max(0, extensions_max - rental.life.extensions)}});
}

std::string dues_paid_json(const rental_image& rental, transaction_id transaction, money amount,
                           const payment_split& paid) {
  return json::serialize(
      json::object{{"transaction_id", transaction.text()},
                   {"rental_id", rental.id.text()},
                   {"rental_code", rental.code},
                   {"amount_paid", to_text(amount)},
                   {"breakdown", json::object{{"wallet_amount", to_text(paid.wallet())},
                                              {"points_used", paid.points_used},
                                              {"points_amount", to_text(value_of(paid.points_used))}}},
                   {"payment_status", payment_status_of(rental)},
                   {"rental_status", to_string(rental.status)},
                   {"account_unblocked", !is_open(rental.status) && rental.due == money{}}});
}

std::string calculated_due_json(const rental_image& rental, timestamp now) {
  const timestamp as_of = rental.life.claim ? std::min(now, rental.life.claim->claimed_at) : now;
  const rental_bill bill = bill_at(rental, as_of);
  return json::serialize(json::object{{"base", to_text(bill.base)},
                                      {"extensions", to_text(bill.extensions)},
                                      {"late_fee", to_text(bill.late_fee)},
                                      {"lost_penalty", to_text(bill.lost_penalty)},
                                      {"adjustment", to_text(bill.adjustment)},
                                      {"paid", to_text(bill.paid)},
                                      {"due", to_text(std::max(money{}, bill.due()))},
                                      {"as_of", to_rfc3339(as_of)}});
}

}  // namespace chautari
