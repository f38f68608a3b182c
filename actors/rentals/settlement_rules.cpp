#include "actors/rentals/settlement_rules.hpp"

#include <algorithm>

#include "actors/rentals/evidence.hpp"
#include "protocols/base/check.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/bill.hpp"

namespace chautari {
namespace {

std::optional<bank_cycle> wear_of(const rental_image& rental, std::int32_t end_battery, timestamp at) {
  if (rental.start_battery < 0 || end_battery < 0 || end_battery >= rental.start_battery) return {};
  return bank_cycle{rental.bank, rental.id, rental.start_battery, end_battery, at};
}

/// Cycles are counted in 1/10000; a percent of discharge is a hundredth of one.
std::int32_t cycles_of(const bank_cycle& wear) { return (wear.start_battery - wear.end_battery) * 100; }

timestamp end_of(const rental_image& rental, const use_ending& ending) {
  CHECK(rental.started_at.has_value());
  return std::max(*rental.started_at, ending.ended_at);
}

/// The bank where the ending leaves it.
bank_image bank_after(bank_image bank, const use_ending& ending) {
  const bool is_seated = ending.slot > 0 && !ending.station.is_nil();
  // A lost one remembers who is charged for it: found again, that rental is asked first.
  if (ending.bank_becomes != bank_status::lost) bank.rental = {};
  if (ending.battery >= 0) bank.battery = ending.battery;
  ++bank.rentals;
  if (ending.bank_becomes)
    bank.status = *ending.bank_becomes;
  else if (bank.status == bank_status::rented)
    bank.status = is_seated ? bank_status::available : bank_status::missing;
  bank.station = is_seated ? ending.station : station_id{};
  bank.slot = is_seated ? ending.slot : 0;
  return bank;
}

void note_place(rental_image& rental, const use_ending& ending) {
  rental.return_station = ending.station;
  rental.return_station_name = ending.station_name;
  rental.return_slot = ending.slot;
  rental.return_battery = ending.battery;
}

/// Goodwill was held first, so it is spent first.
void spend_hold(settlement& done, const payment_split& hold, money taken) {
  const money goodwill = std::min(taken, hold.wallet_goodwill);
  done.held = {taken - goodwill, goodwill, 0};
  done.unheld = {hold.wallet_cash - done.held.wallet_cash, hold.wallet_goodwill - goodwill, 0};
}

void reward(settlement& done, const use_ending& ending, bool may_award_timely_bonus,
            const settlement_terms& terms) {
  const bool earns = ending.closure == closure_reason::returned && !done.rental.under_5_minutes &&
                     done.rental.life.free_for.is_nil() && bill_of(done.rental).charged() > money{};
  if (!earns) return;
  done.points_for_completing = terms.points_for_completing;
  if (done.rental.on_time && may_award_timely_bonus)
    done.points_for_punctuality = terms.points_for_punctuality;
  done.rental.bonus_awarded = done.points_for_punctuality > 0;
}

}  // namespace

use_ending return_of(const rental_image& rental, const bank_seen& seen) {
  use_ending ending;
  ending.ended_at = read_evidence(rental, {evidence_of(seen)}).ended_at.value_or(seen.received_at);
  ending.station = seen.station;
  ending.station_serial = seen.station_serial;
  ending.station_name = seen.station_name;
  ending.cabinet = seen.cabinet;
  ending.slot = seen.slot;
  ending.battery = seen.battery;
  ending.seen_at = seen.received_at;
  ending.report = seen.report;
  return ending;
}

rental_image charge_use(rental_image rental, const use_ending& ending) {
  const timestamp ended_at = end_of(rental, ending);
  rental_life& life = rental.life;
  if (ending.is_quick_return) {
    life.adjustment -= bill_of(rental).charged();
    return rental;
  }
  const rental_bill bill = bill_at(rental, ended_at);
  if (rental.package.model == payment_model::postpaid) life.usage_charged = bill.base;
  // Somebody paid for minutes that, as we know now, were not used.
  const money really_late =
      rental.due_at ? late_fee_at(rental.package, rental.late_fee, *rental.due_at, ended_at) : money{};
  if (really_late < bill.late_fee) life.adjustment -= bill.late_fee - really_late;
  rental.late_fee_charged = bill.late_fee;
  life.lost_penalty_charged += ending.lost_penalty;
  if (ending.charge_override) {
    const money after_start =
        bill_of(rental).charged() - rental.price - life.adjustment;  // Extensions, usage, fees.
    life.adjustment = *ending.charge_override - after_start;
  }
  return rental;
}

caf::expected<settlement> settle(const rental_image& rental, const bank_image& bank, const use_ending& ending,
                                 const funds_held& held, const payment_split& paid_before,
                                 const settlement_terms& terms) {
  const auto to = next_status(rental.status, ending.step);
  if (!to) return refuse(rental_refusal::invalid_rental_status);
  settlement done;
  done.rental = charge_use(rental, ending);
  rental_image& next = done.rental;
  next.status = *to;
  ++next.revision;
  const timestamp ended_at = end_of(rental, ending);
  const timestamp due_at = rental.due_at.value_or(ended_at);
  next.closure = ending.closure;
  next.ended_at = ended_at;
  note_place(next, ending);
  const bool is_back = ending.closure != closure_reason::lost;
  next.on_time = is_back && ended_at <= due_at + minutes{rental.late_fee.grace_minutes};
  next.under_5_minutes = is_back && ended_at - *rental.started_at < terms.shortest_use;
  next.life.swap.reset();
  next.life.claim.reset();

  done.usage = next.life.usage_charged - rental.life.usage_charged;
  done.fee = next.late_fee_charged;
  done.fee_now = next.late_fee_charged - rental.late_fee_charged;
  done.lost_penalty = next.life.lost_penalty_charged - rental.life.lost_penalty_charged;
  done.adjustment = next.life.adjustment - rental.life.adjustment;
  done.usage_share = share_income(next, income_kind::rental, done.usage);
  done.fee_share = share_income(next, income_kind::late_fee, done.fee_now);
  done.adjustment_shares = share_adjustment(next, done.adjustment);

  const money owed = bill_of(next).due();
  if (rental.life.held > money{}) spend_hold(done, rental.paid, held.from_held);
  next.life.held = {};
  done.paid = held.split;
  done.settled = std::clamp(held.split.total() + held.from_held, money{}, std::max(owed, money{}));
  if (owed < money{}) {
    done.refund = -owed;
    done.refunded = refund_of(paid_before, bill_of(rental).paid, done.refund);
  }
  next.life.paid_later += done.settled - done.refund;
  next.due = bill_of(next).due();
  done.charge_n = next.life.charges;
  done.payment_n = next.life.payments + 1;
  next.life.charges += (done.fee > money{}) + (done.lost_penalty > money{}) + (done.adjustment != money{});
  next.life.payments += done.settled > money{} || done.refund > money{};
  reward(done, ending, held.may_award_timely_bonus, terms);

  done.wear = wear_of(rental, ending.battery, ended_at);
  done.bank = bank_after(bank, ending);
  if (done.wear) done.bank.cycles += cycles_of(*done.wear);
  return done;
}

payment_split refund_of(const payment_split& paid, money settled, money amount) {
  if (amount >= settled) return paid;
  CHECK(settled > money{} && amount >= money{});
  // Rounded up to whole points: 1 paisa short of a point is a point.
  const money points_part = scaled(value_of(paid.points_used), amount.paisa, settled.paisa);
  const point_count points =
      std::min(paid.points_used, (points_part.paisa + paisa_per_point - 1) / paisa_per_point);
  const money wallet = std::min(paid.wallet(), std::max(money{}, amount - value_of(points)));
  // Goodwill was spent first; it comes back last, so that nobody can draw it out as cash.
  const money cash = scaled(wallet, paid.wallet_cash.paisa, std::max<std::int64_t>(1, paid.wallet().paisa));
  return {cash, wallet - cash, points};
}

payment_split sum_of(const std::vector<rental_payment>& payments) {
  payment_split sum;
  for (const auto& one : payments) {
    sum.wallet_cash += one.split.wallet_cash;
    sum.wallet_goodwill += one.split.wallet_goodwill;
    sum.points_used += one.split.points_used;
  }
  return sum;
}

correction correct_bill(rental_image rental, money adjustment, const payment_split& paid_before) {
  correction done;
  const money settled = bill_of(rental).paid;
  ++rental.revision;
  rental.life.adjustment += adjustment;
  const money owed = bill_of(rental).due();
  if (owed < money{}) {
    done.refund = -owed;
    done.refunded = refund_of(paid_before, settled, done.refund);
  }
  rental.life.paid_later -= done.refund;
  rental.due = bill_of(rental).due();
  done.charge_n = rental.life.charges++;
  done.payment_n = rental.life.payments + 1;
  rental.life.payments += done.refund > money{};
  done.adjustment = adjustment;
  done.shares = share_adjustment(rental, adjustment);
  done.rental = std::move(rental);
  return done;
}

}  // namespace chautari
