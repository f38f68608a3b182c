#include "protocols/rentals/views.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "protocols/pricing/late_fee.hpp"
#include "protocols/pricing/views.hpp"
#include "protocols/rentals/bill.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}
json::value time_or_null(const std::optional<timestamp>& at) {
  return at ? json::value(to_rfc3339(*at)) : json::value(nullptr);
}

/// Null below what it can be: unknown.
json::value number_or_null(std::int32_t value, std::int32_t least) {
  return value < least ? json::value(nullptr) : json::value(value);
}

/// Stored JSON; null if there is none.
json::value document(const std::string& text) {
  boost::system::error_code failed;
  auto value = json::parse(text, failed);
  return failed ? json::value(nullptr) : value;
}

std::int64_t minutes_overdue(const rental_image& rental, timestamp now) {
  if (!rental.due_at) return 0;
  return whole_minutes(*rental.due_at, rental.ended_at.value_or(now));
}

std::int64_t minutes_used(const rental_image& rental, timestamp now) {
  if (!rental.started_at) return 0;
  return whole_minutes(*rental.started_at, rental.ended_at.value_or(now));
}

std::int64_t minutes_remaining(const rental_image& rental, timestamp now) {
  if (!rental.due_at || rental.ended_at) return 0;
  return whole_minutes(now, *rental.due_at);
}

money amount_paid(const rental_image& rental) {
  if (rental.status == rental_status::cancelled) return {};
  return bill_of(rental).charged() - rental.due;
}

bool is_postpaid(const rental_image& rental) { return rental.package.model == payment_model::postpaid; }

/// Null if there is none.
json::value discount_json(const rental_image& rental) {
  if (rental.life.discount.is_nil()) return nullptr;
  const std::string percent = to_text(money{rental.life.discount_hundredths});
  const auto cut = discounted_hundredths(rental.package.price, rental.life.discount_hundredths);
  return json::object{{"id", rental.life.discount.text()},
                      {"code", nullptr},
                      {"discount_percent", percent},
                      {"discount_amount", to_text(cut.discount)},
                      {"description", percent + " % off at " + rental.station_name}};
}

/// What the package costs here, discount taken; postpaid: for its whole time.
json::object pricing_json(const rental_image& rental) {
  const auto cut = discounted_hundredths(rental.package.price, rental.life.discount_hundredths);
  return {{"original_price", to_text(rental.package.price)},
          {"discount_amount", to_text(cut.discount)},
          {"actual_price", to_text(cut.actual)},
          {"amount_paid", to_text(amount_paid(rental))}};
}

json::object package_json(const rental_package& package) {
  return {{"id", package.id.text()},
          {"name", package.name},
          {"duration_minutes", package.duration_minutes},
          {"price", to_text(package.price)},
          {"payment_model", to_string(package.model)}};
}

/// Postpaid: `paid` is what was held at the start, not a payment.
json::object payment_json(const rental_image& rental) {
  const payment_split paid = is_postpaid(rental) ? payment_split{} : rental.paid;
  json::object payment{{"payment_model", to_string(rental.package.model)},
                       {"payment_mode", to_string(rental.mode)},
                       {"payment_status", payment_status_of(rental)},
                       {"breakdown", json::object{{"wallet_amount", to_text(paid.wallet())},
                                                  {"points_used", paid.points_used},
                                                  {"points_amount", to_text(value_of(paid.points_used))}}}};
  if (!is_postpaid(rental)) return payment;
  payment["held"] = to_text(rental.life.held);
  if (is_open(rental.status)) payment["pending_transaction_id"] = rental.payment.text();
  return payment;
}

/// What list and detail have in common.
json::object item_json(const rental_image& rental, timestamp now) {
  return {{"id", rental.id.text()},
          {"rental_code", rental.code},
          {"status", to_string(rental.status)},
          {"closure_reason", rental.closure == closure_reason::none ? json::value(nullptr)
                                                                    : json::value(to_string(rental.closure))},
          {"payment_status", payment_status_of(rental)},
          {"started_at", time_or_null(rental.started_at)},
          {"ended_at", time_or_null(rental.ended_at)},
          {"due_at", time_or_null(rental.due_at)},
          {"created_at", to_rfc3339(rental.created_at)},
          {"amount_paid", to_text(amount_paid(rental))},
          {"overdue_amount", to_text(current_overdue_amount(rental, now))},
          {"station_name", rental.station_name},
          {"station_serial_number", rental.station_serial.value},
          {"return_station_name", text_or_null(rental.return_station_name)},
          {"package_name", rental.package.name},
          {"power_bank_serial", rental.bank_serial.text()},
          {"duration_used", minutes_used(rental, now)},
          {"is_returned_on_time", rental.on_time},
          {"timely_return_bonus_awarded", rental.bonus_awarded}};
}

json::object charge_json(const rental_charge& charge) {
  return {{"kind", to_string(charge.kind)},
          {"n", charge.n},
          {"amount", to_text(charge.amount)},
          {"basis", document(charge.basis)}};
}

json::object paid_json(const rental_payment& payment) {
  return {{"n", payment.n},
          {"transaction_id",
           payment.transaction.is_nil() ? json::value(nullptr) : json::value(payment.transaction.text())},
          {"amount", to_text(payment.split.total())},
          {"wallet_amount", to_text(payment.split.wallet())},
          {"points_used", payment.split.points_used},
          {"is_refund", payment.refund}};
}

/// What the operators' table and its detail have in common.
json::object admin_json(const found_rental& row) {
  const auto& rental = row.rental;
  json::value returned;
  if (!rental.return_station.is_nil())
    returned = json::object{{"id", rental.return_station.text()},
                            {"sn", text_or_null(row.return_serial.value)},
                            {"name", rental.return_station_name}};
  return {{"id", rental.id.text()},
          {"rental_code", rental.code},
          {"status", to_string(rental.status)},
          {"payment_status", payment_status_of(rental)},
          {"user", json::object{{"id", rental.rider.text()}, {"username", rental.rider_name}}},
          {"station", json::object{{"id", rental.station.text()},
                                   {"sn", rental.station_serial.value},
                                   {"name", rental.station_name}}},
          {"return_station", std::move(returned)},
          {"bank_sn", rental.bank_serial.text()},
          {"package_name", rental.package.name},
          {"amount_paid", to_text(amount_paid(rental))},
          {"started_at", time_or_null(rental.started_at)},
          {"due_at", time_or_null(rental.due_at)},
          {"ended_at", time_or_null(rental.ended_at)},
          {"created_at", to_rfc3339(rental.created_at)}};
}

}  // namespace

std::string payment_status_of(const rental_image& rental) {
  if (rental.due > money{}) return "PENDING";
  if (rental.status == rental_status::cancelled && rental.price > money{}) return "REFUNDED";
  return "PAID";
}

money current_overdue_amount(const rental_image& rental, timestamp now) {
  if (!is_open(rental.status)) return rental.late_fee_charged;
  return bill_at(rental, now).late_fee;
}

std::string start_answer_json(const rental_image& rental) {
  json::object answer{{"rental_id", rental.id.text()},
                      {"rental_code", rental.code},
                      {"status", to_string(rental.status)},
                      {"user", json::object{{"id", rental.rider.text()}, {"username", rental.rider_name}}},
                      {"station", json::object{{"id", rental.station.text()},
                                               {"serial_number", rental.station_serial.value},
                                               {"name", rental.station_name}}},
                      {"power_bank", json::object{{"id", rental.bank.text()},
                                                  {"serial_number", rental.bank_serial.text()},
                                                  {"battery_level", rental.start_battery}}},
                      {"package", package_json(rental.package)},
                      {"pricing", pricing_json(rental)},
                      {"payment", payment_json(rental)},
                      {"timing", json::object{{"started_at", time_or_null(rental.started_at)},
                                              {"due_at", time_or_null(rental.due_at)}}},
                      {"discount", discount_json(rental)}};
  if (rental.status == rental_status::pending_popup) {
    answer["verification"] =
        json::object{{"status", rental.ejection_uncertain ? "UNCERTAIN" : "PENDING"},
                     {"message", "The station is releasing the power bank."},
                     {"estimated_completion", to_rfc3339(rental.created_at + seconds{15})}};
  }
  return json::serialize(answer);
}

std::string ejection_failed_json(const rental_image& rental, timestamp now) {
  return json::serialize(
      json::object{{"code", "ejection_failed"},
                   {"message", "The power bank did not come out. Everything you paid has been returned."},
                   {"context", json::object{{"rental_id", rental.id.text()}}},
                   {"timestamp", to_rfc3339(now)}});
}

std::string rental_detail_json(const rental_image& rental, timestamp now, const rental_places& places) {
  json::object detail = item_json(rental, now);
  const money overdue = current_overdue_amount(rental, now);
  const bool is_out_now = is_out(rental.status);
  const rental_bill bill = bill_at(rental, now);
  detail["current_overdue_amount"] = to_text(overdue);
  detail["estimated_total_cost"] = to_text(bill.charged());
  detail["minutes_overdue"] = minutes_overdue(rental, now);
  detail["time_remaining"] = minutes_remaining(rental, now);
  detail["is_overdue"] = is_out_now && rental.due_at && now >= *rental.due_at;
  detail["formatted_amount_paid"] = price_text(amount_paid(rental));
  detail["formatted_overdue_amount"] = price_text(overdue);
  detail["formatted_total_cost"] = price_text(bill.charged());
  detail["formatted_duration_used"] = duration_text(minutes_used(rental, now));
  detail["formatted_time_remaining"] = duration_text(minutes_remaining(rental, now));
  detail["formatted_minutes_overdue"] = duration_text(minutes_overdue(rental, now));
  detail["due"] = to_text(rental.due);
  detail["discount"] = discount_json(rental);
  detail["extensions"] = rental.life.extensions;
  detail["extended_minutes"] = rental.life.extended_minutes;
  detail["extension_cost"] = to_text(rental.life.extensions_charged);
  detail["lost_penalty"] = to_text(rental.life.lost_penalty_charged);
  detail["station_location"] = text_or_null(places.station_location);
  detail["return_station_location"] = text_or_null(places.return_station_location);
  detail["package"] = package_json(rental.package);
  detail["payment"] = payment_json(rental);
  detail["ejection_uncertain"] = rental.ejection_uncertain;
  detail["is_under_5_min"] = rental.under_5_minutes;
  detail["start_battery_level"] = number_or_null(rental.start_battery, 0);
  detail["return_battery_level"] = number_or_null(rental.return_battery, 0);
  detail["revision"] = rental.revision;
  detail["updated_at"] = to_rfc3339(rental.ended_at.value_or(rental.started_at.value_or(rental.created_at)));
  return json::serialize(detail);
}

std::string rental_item_json(const rental_image& rental, timestamp now) {
  return json::serialize(item_json(rental, now));
}

std::string admin_rental_json(const found_rental& row) { return json::serialize(admin_json(row)); }

std::string admin_rental_detail_json(const rental_story& story, timestamp now) {
  const auto& rental = story.found->rental;
  auto detail = admin_json(*story.found);
  for (auto& [key, value] : item_json(rental, now))
    detail.insert({{key, value}});  // What the row says already stays.
  detail["package"] = package_json(rental.package);
  detail["payment"] = payment_json(rental);
  detail["price"] = to_text(rental.price);
  detail["late_fee"] = to_text(rental.late_fee_charged);
  detail["due"] = to_text(rental.due);
  detail["minutes_overdue"] = minutes_overdue(rental, now);
  detail["slot"] = rental.slot;
  detail["return_slot"] = number_or_null(rental.return_slot, 1);
  detail["start_battery_level"] = number_or_null(rental.start_battery, 0);
  detail["return_battery_level"] = number_or_null(rental.return_battery, 0);
  detail["ejection_uncertain"] = rental.ejection_uncertain;
  detail["cancel_requested"] = rental.cancel_requested;
  detail["publishes"] = rental.publishes;
  detail["revision"] = rental.revision;
  json::array charges, payments;
  for (const auto& charge : story.charges)
    charges.push_back(charge_json(charge));
  for (const auto& payment : story.payments)
    payments.push_back(paid_json(payment));
  detail["charges"] = std::move(charges);
  detail["payments"] = std::move(payments);
  return json::serialize(detail);
}

std::string rental_log_json(const rental_log_entry& line) {
  return json::serialize(json::object{{"revision", line.revision},
                                      {"kind", line.kind},
                                      {"rule", text_or_null(line.rule)},
                                      {"occurred_at", to_rfc3339(line.occurred_at)},
                                      {"recorded_at", to_rfc3339(line.recorded_at)},
                                      {"data", document(line.data)}});
}

}  // namespace chautari
