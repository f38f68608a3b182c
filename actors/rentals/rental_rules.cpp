#include "actors/rentals/rental_rules.hpp"

#include <algorithm>
#include <array>

#include "actors/rentals/revenue_rules.hpp"
#include "protocols/base/check.hpp"
#include "protocols/base/id_source.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

struct transition {
  rental_status from;
  rental_step step;
  rental_status to;
};

constexpr std::array<transition, 13> transitions{{
    {rental_status::pending_popup, rental_step::ejection_confirmed, rental_status::active},
    {rental_status::pending_popup, rental_step::ejection_ended, rental_status::cancelled},
    {rental_status::pending_popup, rental_step::ejection_unclear, rental_status::pending_popup},
    {rental_status::pending_popup, rental_step::bank_exchanged, rental_status::pending_popup},
    {rental_status::active, rental_step::due_time_passed, rental_status::overdue},
    {rental_status::active, rental_step::bank_returned, rental_status::completed},
    {rental_status::overdue, rental_step::bank_returned, rental_status::completed},
    {rental_status::active, rental_step::bank_lost, rental_status::completed},
    {rental_status::overdue, rental_step::bank_lost, rental_status::completed},
    {rental_status::active, rental_step::use_forced, rental_status::completed},
    {rental_status::overdue, rental_step::use_forced, rental_status::completed},
    {rental_status::active, rental_step::use_taken_back, rental_status::cancelled},
    {rental_status::overdue, rental_step::use_taken_back, rental_status::cancelled},
}};

/// Takes the step, or refuses it.
caf::expected<rental_image> step_to_next(rental_image rental, rental_step step) {
  const auto next = next_status(rental.status, step);
  if (!next) return refuse(rental_refusal::invalid_rental_status);
  rental.status = *next;
  ++rental.revision;
  return rental;
}

}  // namespace

std::optional<rental_status> next_status(rental_status from, rental_step step) {
  const auto found = std::find_if(transitions.begin(), transitions.end(),
                                  [&](const auto& row) { return row.from == from && row.step == step; });
  if (found == transitions.end()) return {};
  return found->to;
}

// -- start
// ------------------------------------------------------------------------------------------

std::optional<rental_refusal> refuse_wish(const start_rental& wish, const price_list& prices, timestamp now,
                                          const payment_gateways& gateways) {
  const rental_package* package = prices.find(wish.package);
  if (package == nullptr) return rental_refusal::package_not_found;
  const bool is_direct = wish.mode == payment_mode::direct;
  if (package->model == payment_model::postpaid && wish.mode != payment_mode::wallet && !is_direct)
    return rental_refusal::payment_mode_not_supported;
  if (!wish.payment_method.empty() && find_gateway(gateways, wish.payment_method) == nullptr)
    return rental_refusal::invalid_payment_method;
  if (package->model == payment_model::prepaid && is_direct && wish.payment_method.empty())
    return rental_refusal::payment_method_required;
  if (!wish.wallet_amount && !wish.points_to_use) return {};
  if (!wish.wallet_amount || !wish.points_to_use || wish.mode != payment_mode::wallet_points ||
      *wish.wallet_amount < money{} || *wish.points_to_use < 0)
    return rental_refusal::invalid_wallet_points_split;
  const bool may_be_cheaper =
      std::any_of(prices.discounts.begin(), prices.discounts.end(),
                  [&](const auto& one) { return one.package == wish.package && one.is_valid_at(now); });
  const bool fits = *wish.points_to_use <= package->price.paisa / paisa_per_point &&
                    *wish.wallet_amount + value_of(*wish.points_to_use) == package->price;
  if (!fits && !may_be_cheaper) return rental_refusal::split_total_mismatch;
  return {};
}

const station_discount* discount_offered(const price_list& prices, station_id station, package_id package,
                                         timestamp now) {
  const auto* offer = prices.discount_at(station, package, now);
  const auto* of = prices.find(package);
  if (offer == nullptr || of == nullptr) return nullptr;
  const bool is_free = discounted_hundredths(of->price, offer->percent_hundredths).actual == money{};
  return is_free && !offer->may_be_free ? nullptr : offer;
}

money price_at_start(const rental_package& package, const std::optional<station_discount>& discount) {
  if (package.model == payment_model::postpaid) return {};
  return discounted_hundredths(package.price, discount ? discount->percent_hundredths : 0).actual;
}

rental_image open_rental(const opening& birth, const start_rental& wish, const admission& rider,
                         const price_list& prices, const bank_reservation& reserved,
                         const payment_split& paid) {
  const rental_package* package = prices.find(wish.package);
  CHECK(package != nullptr);
  rental_image rental;
  rental.id = birth.id;
  rental.code = birth.code;
  rental.rider = wish.rider;
  rental.rider_name = rider.username;
  rental.station = reserved.station;
  rental.station_serial = reserved.station_serial;
  rental.station_name = reserved.station_name;
  rental.cabinet = reserved.cabinet;
  rental.slot = reserved.bank.slot;
  rental.bank = reserved.bank.id;
  rental.bank_serial = reserved.bank.serial;
  rental.bank_ejections = reserved.bank.ejections;
  rental.start_battery = reserved.bank.battery;
  rental.package = *package;
  rental.late_fee = prices.terms_for(package->type);
  rental.mode = wish.mode;
  rental.lost = birth.lost;
  rental.price = price_at_start(*package, birth.discount);
  rental.paid = paid;
  if (package->model == payment_model::postpaid) rental.life.held = paid.wallet();
  if (birth.discount) {
    rental.life.discount = birth.discount->id;
    rental.life.discount_hundredths = birth.discount->percent_hundredths;
  }
  if (birth.revenue) rental.life.revenue.emplace().terms = *birth.revenue;
  if (!birth.free_for.is_nil()) {
    constexpr std::int32_t everything = 100'00;
    rental.life.free_for = birth.free_for;
    rental.life.discount_hundredths = everything;
    rental.price = {};
  }
  rental.payment = birth.payment;
  rental.status = rental_status::pending_popup;
  rental.created_at = birth.now;
  rental.started_by = wish.id;
  rental.start_body_hash = wish.body_hash;
  rental.revision = 1;
  return rental;
}

command_image ejection_of(const rental_image& rental, command_id id, std::int32_t attempt, timestamp now) {
  command_image command;
  command.id = id;
  command.cabinet = rental.cabinet;
  command.kind = command_kind::popup_sn;
  command.rental = rental.id;
  command.bank = rental.bank_serial;
  command.slot = rental.slot;
  command.attempt = attempt;
  command.issued_by = "rider:" + rental.rider.text();
  command.created_at = now;
  return command;
}

// -- ejection
// ------------------------------------------------------------------------------------------

ejection_follow_up follow_up(const rental_image& rental, const ejection_outcome& outcome) {
  const bool is_cabinets_word = outcome.command.reply_code >= 0;
  const bool may_publish = rental.publishes + outcome.publishes < publishes_max;
  const bool is_bank_gone = outcome.rule == bank_gone_rule;  // It came out for somebody else.
  const bool again =
      outcome.result == ejection_result::not_moved && (is_cabinets_word || is_bank_gone) && may_publish;
  return again ? ejection_follow_up::try_another_bank : ejection_follow_up::give_back;
}

bool is_bank_in_doubt(const ejection_outcome& outcome) {
  constexpr std::int32_t not_in_this_cabinet = 0xFC;
  return outcome.result == ejection_result::not_moved && outcome.command.reply_code == not_in_this_cabinet;
}

bank_image bank_out(bank_image bank, rental_id rental) {
  // Quarantine, damage and maintenance are verdicts that only an admin lifts, even while the bank is out.
  const bool is_free = bank.status == bank_status::available || bank.status == bank_status::reserved ||
                       bank.status == bank_status::missing || bank.status == bank_status::lost;
  if (is_free) bank.status = bank_status::rented;
  bank.rental = rental;
  bank.station = {};
  bank.slot = 0;
  ++bank.ejections;
  return bank;
}

caf::expected<rental_image> confirm_ejection(rental_image rental, const bank_image& out, timestamp at) {
  auto next = step_to_next(std::move(rental), rental_step::ejection_confirmed);
  if (!next) return next;
  next->bank = out.id;
  next->bank_serial = out.serial;
  next->bank_ejections = out.ejections;
  next->start_battery = out.battery;
  next->started_at = std::max(at, next->created_at);
  next->due_at = *next->started_at + minutes{next->package.duration_minutes};
  next->ejection_uncertain = false;
  share_income(*next, income_kind::rental, next->price);  // Earned with this step.
  return next;
}

caf::expected<rental_image> exchange_bank(rental_image rental, const bank_image& reserved,
                                          std::int32_t publishes) {
  auto next = step_to_next(std::move(rental), rental_step::bank_exchanged);
  if (!next) return next;
  next->bank = reserved.id;
  next->bank_serial = reserved.serial;
  next->bank_ejections = reserved.ejections;
  next->start_battery = reserved.battery;
  next->slot = reserved.slot;
  next->publishes += publishes;
  next->ejection_uncertain = false;
  return next;
}

std::int32_t publishes_after(const rental_image& rental, const ejection_outcome& outcome) {
  return std::min(publishes_max, rental.publishes + outcome.publishes);
}

caf::expected<rental_image> doubt_ejection(rental_image rental) {
  auto next = step_to_next(std::move(rental), rental_step::ejection_unclear);
  if (next) next->ejection_uncertain = true;
  return next;
}

caf::expected<rental_image> cancel_unejected(rental_image rental, timestamp now) {
  auto next = step_to_next(std::move(rental), rental_step::ejection_ended);
  if (!next) return next;
  next->closure = closure_reason::eject_failed;
  next->ejection_uncertain = false;
  next->ended_at = now;
  next->life.held = {};
  if (next->price == money{}) return next;
  // What was charged is taken back, what was paid is back.
  next->life.adjustment -= next->price;
  next->life.paid_later -= next->price;
  ++next->life.charges;
  ++next->life.payments;
  return next;
}

bank_image bank_freed(bank_image bank) {
  if (bank.status == bank_status::reserved) bank.status = bank_status::available;
  bank.rental = {};
  return bank;
}

bank_image unseated(bank_image bank) {
  bank.status = bank_status::missing;
  bank.station = {};
  bank.slot = 0;
  return bank;
}

bank_image seated_as(bank_image bank, const std::optional<bank_image>& here) {
  if (!here || here->slot == 0) return unseated(std::move(bank));
  bank.station = here->station;
  bank.slot = here->slot;
  return bank;
}

bool is_seat_taken(const caf::error& why, const bank_image& seated) {
  return reason_of<journal_refusal>(why) == journal_refusal::conflict && !seated.station.is_nil();
}

bank_image bank_after_cancel(bank_image bank, ejection_result why) {
  bank = bank_freed(std::move(bank));
  return why == ejection_result::dark ? unseated(std::move(bank)) : bank;
}

// -- return
// ------------------------------------------------------------------------------------------

ejection_outcome departure_of(const rental_image& rental, const std::optional<command_image>& command,
                              timestamp at) {
  ejection_outcome outcome;
  outcome.rental = rental.id;
  outcome.result = ejection_result::confirmed;
  outcome.bank = rental.bank_serial;
  outcome.at = at;
  outcome.rule = "4.8-8";
  if (!command) return outcome;
  outcome.command = *command;
  outcome.command.state = command_state::confirmed;
  return outcome;
}

std::string return_key(const imei& cabinet, std::int32_t frame_type, bank_sn bank, std::int32_t slot,
                       std::int32_t ejections) {
  const std::string fact = cabinet.value + '|' + std::to_string(frame_type) + '|' + bank.text() + '|' +
                           std::to_string(slot) + '|' + std::to_string(ejections);
  const auto hash = make_named_uuid(boost::uuids::uuid{}, fact);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const auto byte : hash) {
    text += digits[byte >> 4U];
    text += digits[byte & 0xFU];
  }
  return text;
}

}  // namespace chautari
