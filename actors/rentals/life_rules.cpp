#include "actors/rentals/life_rules.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "protocols/base/check.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/bill.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

constexpr hours first_lost_warning{12};
constexpr hours last_lost_warning{1};
/// What an operator may say of a bank that nobody sees.
constexpr bool is_unseen(bank_status status) {
  return status == bank_status::missing || status == bank_status::maintenance ||
         status == bank_status::damaged || status == bank_status::lost;
}

/// Of a package shorter than the reminder's lead nobody is told that it ends soon.
std::int32_t first_untold(const rental_image& rental, minutes reminder_lead) {
  const bool is_always_soon =
      deadline_at(rental, rental_deadline::due_soon, reminder_lead) <= *rental.started_at;
  return std::max(rental.life.reminders, is_always_soon ? 1 : 0);
}

/// A claim delays the loss, but not for ever, however often it is said again: anybody can forge one while its
/// cabinet is dark.
timestamp lost_despite_claim_at(const rental_image& rental, minutes reminder_lead) {
  return deadline_at(rental, rental_deadline::lost, reminder_lead) + limits::return_claim_max;
}

json::object described(const rental_image& rental, bank_status bank) {
  return {{"status", to_string(rental.status)},
          {"closure_reason", to_string(rental.closure)},
          {"charged", to_text(bill_of(rental).charged())},
          {"paid", to_text(bill_of(rental).paid)},
          {"due", to_text(rental.due)},
          {"bank_status", to_string(bank)}};
}

}  // namespace

// -- time
// ------------------------------------------------------------------------------------------

timestamp deadline_at(const rental_image& rental, rental_deadline what, minutes reminder_lead) {
  CHECK(rental.due_at.has_value());
  const timestamp due_at = *rental.due_at;
  const timestamp late_at = due_at + minutes{rental.late_fee.grace_minutes};
  const timestamp lost_at = std::max(late_at, due_at + hours{rental.lost.after_hours});
  switch (what) {
    case rental_deadline::due_soon:
      return due_at - reminder_lead;
    case rental_deadline::due:
      return due_at;
    case rental_deadline::late_fee_begins:
      return late_at;
    case rental_deadline::lost_in_12_hours:
      return std::max(late_at, lost_at - first_lost_warning);
    case rental_deadline::lost_in_1_hour:
      return std::max(late_at, lost_at - last_lost_warning);
    case rental_deadline::lost:
      break;
  }
  return lost_at;
}

std::optional<rental_deadline> deadline_passed(const rental_image& rental, minutes reminder_lead,
                                               timestamp now) {
  if (!is_out(rental.status) || is_swapping(rental)) return {};
  if (rental.life.claim) {
    const bool is_lost = lost_despite_claim_at(rental, reminder_lead) <= now;
    return is_lost ? std::optional{rental_deadline::lost} : std::nullopt;
  }
  for (std::int32_t n = rental_deadlines - 1; n >= first_untold(rental, reminder_lead); --n) {
    const auto what = static_cast<rental_deadline>(n);
    if (deadline_at(rental, what, reminder_lead) <= now) return what;
  }
  return {};
}

std::optional<timestamp> next_look(const rental_image& rental, minutes reminder_lead) {
  if (!is_out(rental.status) || is_swapping(rental)) return {};
  std::optional<timestamp> at;
  if (rental.life.claim)
    at = std::min(rental.life.claim->claimed_at + limits::return_claim_max,
                  lost_despite_claim_at(rental, reminder_lead));
  else if (const auto n = first_untold(rental, reminder_lead); n < rental_deadlines)
    at = deadline_at(rental, static_cast<rental_deadline>(n), reminder_lead);
  if (rental.life.swap) at = std::min(at.value_or(timestamp::max()), rental.life.swap->until);
  return at;
}

rental_image after_deadline(rental_image rental, rental_deadline passed) {
  rental.life.reminders = static_cast<std::int32_t>(passed) + 1;
  const auto late = next_status(rental.status, rental_step::due_time_passed);
  if (passed >= rental_deadline::due && late) rental.status = *late;
  ++rental.revision;
  return rental;
}

timestamp start_of_day(timestamp now) {
  return from_ms(business_day(now) * milliseconds{hours{24}}.count()) - nepal_offset;
}

// -- quick return
// ------------------------------------------------------------------------------------------

bool is_quick_return(const rental_image& rental, const bank_seen& seen, timestamp ended_at,
                     const settlement_terms& terms) {
  const bool is_soon = ended_at - *rental.started_at <= terms.quick_return_window;
  const bool is_known = seen.battery >= 0 && rental.start_battery >= 0;
  const bool is_fresh =
      !is_known || rental.start_battery - seen.battery <= terms.quick_return_battery_drop_max;
  return is_soon && is_fresh && seen.station == rental.station;
}

void make_quick(use_ending& ending) {
  ending.step = rental_step::use_taken_back;
  ending.closure = closure_reason::user;
  ending.is_quick_return = true;
  ending.kind = "rental-quick-return";
  ending.rule = "3.5-3";
}

// -- swap
// ------------------------------------------------------------------------------------------

bool is_swapping(const rental_image& rental) {
  return is_open(rental.status) && rental.life.swap && rental.life.swap->returned_at;
}

std::optional<rental_refusal> refuse_swap(const rental_image& rental, const settlement_terms& terms,
                                          timestamp now) {
  if (rental.status == rental_status::pending_popup) return rental_refusal::rental_not_started;
  if (rental.status != rental_status::active) return rental_refusal::invalid_rental_status;
  if (rental.life.swap) return rental_refusal::swap_already_pending;
  if (now > *rental.started_at + terms.swap_window) return rental_refusal::swap_window_expired;
  return {};
}

bool is_swap_return(const rental_image& rental, const bank_seen& seen) {
  const auto& swap = rental.life.swap;
  return swap && !swap->returned_at && seen.station == rental.station && seen.slot > 0 &&
         seen.received_at <= swap->until;
}

rental_image swap_wished(rental_image rental, const swap_rental& wish, const bank_image& reserved,
                         timestamp until) {
  rental.life.swap = pending_swap{reserved.id, reserved.serial, reserved.slot,    reserved.battery,
                                  until,       wish.reason,     wish.description, {}};
  ++rental.revision;
  return rental;
}

std::string swap_wished_json(const rental_image& rental) {
  const pending_swap& swap = *rental.life.swap;
  return json::serialize(json::object{
      {"rental_id", rental.id.text()},
      {"status", "WAITING_FOR_RETURN"},
      {"new_power_bank",
       json::object{
           {"serial_number", swap.bank_serial.text()}, {"battery_level", swap.battery}, {"slot", swap.slot}}},
      {"until", to_rfc3339(swap.until)}});
}

swapped swap_bank(rental_image rental, const bank_image& old_bank, const bank_image& out, timestamp at) {
  const pending_swap swap = *rental.life.swap;
  rental_swap row;
  row.rental = rental.id;
  row.n = ++rental.life.swaps;
  row.rider = rental.rider;
  row.station = rental.station;
  row.old_bank = old_bank.id;
  row.new_bank = out.id;
  row.old_slot = rental.slot;
  row.new_slot = swap.slot;
  row.old_battery = old_bank.battery;
  row.new_battery = out.battery;
  row.reason = swap.reason;
  row.description = swap.description;
  row.at = at;
  rental.bank = out.id;
  rental.bank_serial = out.serial;
  rental.bank_ejections = out.ejections;
  rental.start_battery = out.battery;
  rental.slot = swap.slot;
  rental.life.swap.reset();
  ++rental.revision;
  return {std::move(rental), std::move(row)};
}

// -- an operator's word
// ------------------------------------------------------------------------------------------

std::optional<caf::error> refuse_force(const rental_image& rental, const force_complete& wish,
                                       timestamp now) {
  if (!is_open(rental.status)) return refuse(rental_refusal::rental_already_completed);
  if (is_swapping(rental)) return refuse(rental_refusal::ejection_in_progress);
  const bool has_begun = rental.started_at.has_value();
  if (!has_begun && wish.what != forced_resolution::cancelled)
    return refuse(rental_refusal::rental_not_started);
  const bool is_in_time =
      !wish.ended_at || (has_begun && *wish.ended_at >= *rental.started_at && *wish.ended_at <= now);
  const bool is_price = !wish.charge_override || *wish.charge_override >= money{};
  const bool is_bank = !wish.bank || is_unseen(*wish.bank);
  if (is_in_time && is_price && is_bank) return {};
  return refuse(rental_refusal::invalid_status);
}

use_ending ending_by_force(const rental_image& rental, const force_complete& wish, timestamp now) {
  use_ending ending;
  ending.step = rental_step::use_forced;
  ending.closure = closure_reason::forced;
  ending.ended_at = wish.ended_at.value_or(now);
  ending.bank_becomes = wish.bank.value_or(bank_status::missing);
  ending.charge_override = wish.charge_override;
  ending.kind = "rental-forced";
  ending.rule = "3.12";
  ending.data = {{"resolution", to_string(wish.what)}, {"reason", wish.reason}, {"by", wish.by.who.text()}};
  ending.feed_kind = "operator.action";
  if (wish.what == forced_resolution::lost) {
    ending.step = rental_step::bank_lost;
    ending.closure = closure_reason::lost;
    ending.lost_penalty = rental.lost.penalty;
    ending.bank_becomes = wish.bank.value_or(bank_status::lost);
    ending.event = "rental.lost";
    ending.feed_kind = "rental.lost";
  } else if (wish.what == forced_resolution::cancelled) {
    ending.step = rental_step::use_taken_back;
    ending.closure = closure_reason::admin;
    ending.is_quick_return = true;
  }
  return ending;
}

void describe_force(audit_entry& entry, const rental_image& before, const bank_image& bank,
                    const rental_image& after, const force_complete& wish) {
  auto then = described(
      after,
      wish.bank.value_or(wish.what == forced_resolution::lost ? bank_status::lost : bank_status::missing));
  then["resolution"] = to_string(wish.what);
  if (wish.ended_at) then["ended_at"] = to_rfc3339(*wish.ended_at);
  if (wish.charge_override) then["charge_override"] = to_text(*wish.charge_override);
  entry.before = json::serialize(described(before, bank.status));
  entry.after = json::serialize(then);
  entry.reason = wish.reason;
}

// -- lost and found
// ------------------------------------------------------------------------------------------

use_ending ending_by_loss(const rental_image& rental, timestamp at) {
  use_ending ending;
  ending.step = rental_step::bank_lost;
  ending.closure = closure_reason::lost;
  ending.ended_at = at;
  ending.bank_becomes = bank_status::lost;
  ending.lost_penalty = rental.lost.penalty;
  ending.kind = "rental-lost";
  ending.rule = "3.11";
  ending.event = "rental.lost";
  ending.feed_kind = "rental.lost";
  ending.is_alarming = true;
  return ending;
}

money found_adjustment(const rental_image& rental) {
  const money penalty = rental.life.lost_penalty_charged;
  const money above = std::max(money{}, rental.late_fee_charged - rental.lost.penalty);
  // What an operator remitted already is not given back twice.
  const money charged = penalty + above + std::min(money{}, rental.life.adjustment);
  return -std::max(money{}, std::min(charged, bill_of(rental).charged()));
}

}  // namespace chautari
