/// The bill at the end, as tables: whoever ends the use, and what goes back.

#include "actors/rentals/settlement_rules.hpp"

#include <gtest/gtest.h>

#include "actors/rentals/settlement_records.hpp"
#include "protocols/rentals/bill.hpp"

namespace chautari {
namespace {

const timestamp noon = from_ms(1'767'268'800'000);

/// 50.00 for an hour, twice the rate when late, 2 minutes of grace; paid 30.00 and 200 points.
rental_image out_since_noon() {
  rental_image rental;
  rental.id = rental_id{boost::uuids::uuid{{1}}};
  rental.rider = user_id{boost::uuids::uuid{{7}}};
  rental.code = "AAAA0000";
  rental.package.price = rental.price = {50'00};
  rental.package.duration_minutes = 60;
  rental.late_fee.grace_minutes = 2;
  rental.paid = {{30'00}, {}, 200};
  rental.status = rental_status::active;
  rental.created_at = rental.started_at.emplace(noon);
  rental.due_at = noon + minutes{60};
  rental.revision = 2;
  return rental;
}
bank_image its_bank() {
  bank_image bank;
  bank.status = bank_status::rented;
  bank.rental = out_since_noon().id;
  return bank;
}
use_ending ended(minutes after) {
  use_ending ending;
  ending.ended_at = noon + after;
  ending.station = station_id{boost::uuids::uuid{{3}}};
  ending.slot = 4;
  return ending;
}
settlement settled(const rental_image& rental, const use_ending& ending, const funds_held& held = {},
                   std::optional<payment_split> paid_before = {}) {
  const auto done = settle(rental, its_bank(), ending, held, paid_before.value_or(rental.paid), {});
  EXPECT_TRUE(done);
  if (!done) return {};
  // Whatever it is, its record balances: the postings check themselves.
  const id_source ids{[] { return noon; }, [n = std::make_shared<std::uint64_t>(0)] { return ++*n; }};
  const settlement_terms terms;
  (void)settled_record({ids, terms, noon}, *done, ending);
  EXPECT_EQ(done->rental.due, bill_of(done->rental).due());
  EXPECT_EQ(done->rental.life.held, money{});
  return *done;
}

TEST(settling, a_quick_return_gives_everything_back_as_it_came) {
  auto ending = ended(minutes{4});
  ending.step = rental_step::use_taken_back;
  ending.closure = closure_reason::user;
  ending.is_quick_return = true;
  const auto done = settled(out_since_noon(), ending);
  EXPECT_EQ(done.rental.status, rental_status::cancelled);
  EXPECT_EQ(done.rental.closure, closure_reason::user);
  EXPECT_EQ(done.adjustment, money{-50'00});
  EXPECT_EQ(done.refund, money{50'00});
  EXPECT_EQ(done.refunded, (payment_split{{30'00}, {}, 200}));
  EXPECT_EQ(bill_of(done.rental).charged(), money{});
  EXPECT_EQ(done.points(), 0);
  EXPECT_EQ(done.bank.status, bank_status::available);
}

TEST(settling, a_quick_return_of_an_extended_rental_gives_the_extension_back_too) {
  auto rental = out_since_noon();
  rental.life.extensions_charged = rental.life.paid_later = {150'00};
  rental.life.charges = rental.life.payments = 1;
  auto ending = ended(minutes{4});
  ending.step = rental_step::use_taken_back;
  ending.is_quick_return = true;
  const auto done = settled(rental, ending, {}, payment_split{{180'00}, {}, 200});
  EXPECT_EQ(done.refunded, (payment_split{{180'00}, {}, 200}));
  EXPECT_EQ(done.charge_n, 1);
  EXPECT_EQ(done.payment_n, 2);
}

TEST(settling, a_quick_return_of_a_postpaid_rental_only_frees_the_hold) {
  auto rental = out_since_noon();
  rental.package.model = payment_model::postpaid;
  rental.price = {};
  rental.paid = {{20'00}, {30'00}, 0};
  rental.life.held = {50'00};
  auto ending = ended(minutes{4});
  ending.step = rental_step::use_taken_back;
  ending.is_quick_return = true;
  const auto done = settled(rental, ending);
  EXPECT_EQ(done.unheld, (payment_split{{20'00}, {30'00}, 0}));
  EXPECT_EQ(done.refund, money{});
  EXPECT_EQ(done.adjustment, money{});
  EXPECT_EQ(bill_of(done.rental).charged(), money{});
}

TEST(settling, goodwill_that_was_held_is_spent_before_cash) {
  auto rental = out_since_noon();
  rental.package.model = payment_model::postpaid;
  rental.price = {};
  rental.paid = {{20'00}, {30'00}, 0};
  rental.life.held = {50'00};
  funds_held held;
  held.from_held = {25'00};
  const auto done = settled(rental, ended(minutes{30}), held);
  EXPECT_EQ(done.usage, money{25'00});
  EXPECT_EQ(done.held, (payment_split{{}, {25'00}, 0}));
  EXPECT_EQ(done.unheld, (payment_split{{20'00}, {5'00}, 0}));
  EXPECT_EQ(done.rental.due, money{});
}

TEST(settling, an_operators_charge_replaces_everything_after_the_start) {
  auto ending = ended(minutes{105});
  ending.step = rental_step::use_forced;
  ending.closure = closure_reason::forced;
  ending.charge_override = money{20'00};
  funds_held held;
  held.split = {{20'00}, {}, 0};
  const auto less = settled(out_since_noon(), ending, held);
  EXPECT_EQ(less.fee, money{71'67});
  EXPECT_EQ(less.adjustment, money{20'00 - 71'67});
  EXPECT_EQ(less.settled, money{20'00});
  EXPECT_EQ(less.rental.due, money{});
  ending.charge_override = money{100'00};
  EXPECT_EQ(settled(out_since_noon(), ending).rental.due, money{100'00});
  ending.charge_override = money{};
  EXPECT_EQ(settled(out_since_noon(), ending).rental.due, money{});
  auto paid = out_since_noon();
  paid.late_fee_charged = paid.life.paid_later = {40'00};
  paid.life.payments = 1;
  const auto back = settled(paid, ending, {}, payment_split{{70'00}, {}, 200});
  EXPECT_EQ(back.refund, money{40'00}) << "what was paid for the late fee before";
  EXPECT_EQ(back.rental.due, money{});
}

TEST(settling, a_lost_bank_owes_late_fee_and_penalty_and_earns_nothing) {
  auto rental = out_since_noon();
  rental.status = rental_status::overdue;
  rental.late_fee.daily_cap = money{100'00};
  auto ending = ended(minutes{60} + hours{72});
  ending.step = rental_step::bank_lost;
  ending.closure = closure_reason::lost;
  ending.lost_penalty = {5'000'00};
  ending.bank_becomes = bank_status::lost;
  ending.station = {};
  ending.slot = 0;
  const auto done = settled(rental, ending);
  EXPECT_EQ(done.rental.status, rental_status::completed);
  EXPECT_EQ(done.fee, money{300'00});
  EXPECT_EQ(done.rental.due, money{5'300'00});
  EXPECT_EQ(done.points(), 0);
  EXPECT_FALSE(done.rental.on_time);
  EXPECT_EQ(done.bank.status, bank_status::lost);
  // It is found: the penalty goes, nothing was paid yet.
  const auto found = correct_bill(done.rental, -ending.lost_penalty, rental.paid);
  EXPECT_EQ(found.rental.due, money{300'00});
  EXPECT_EQ(found.refund, money{});
  // Had it been paid, it would come back.
  auto paid = done.rental;
  paid.life.paid_later = {5'300'00};
  paid.due = {};
  const auto refunded = correct_bill(paid, -ending.lost_penalty, {{5'330'00}, {}, 200});
  EXPECT_EQ(refunded.refund, money{5'000'00});
  EXPECT_GE(refunded.refunded.total(), money{5'000'00});
  EXPECT_LT(refunded.refunded.total(), money{5'000'00} + value_of(1));
  EXPECT_EQ(refunded.rental.due, money{});
}

// 3.5: partial refunds in proportion, points rounded up in the rider's favour; E7b.
TEST(refunds, keep_the_mix_and_never_turn_points_into_cash) {
  const payment_split paid{{30'00}, {}, 200};
  EXPECT_EQ(refund_of(paid, money{50'00}, money{33'33}), (payment_split{{19'93}, {}, 134}));
  EXPECT_EQ(refund_of(paid, money{50'00}, money{50'00}), paid);
  for (std::int64_t paisa = 0; paisa <= 50'00; ++paisa) {
    const auto back = refund_of(paid, money{50'00}, money{paisa});
    EXPECT_GE(back.total(), money{paisa});
    EXPECT_LT(back.total(), money{paisa} + value_of(1));
    EXPECT_LE(back.wallet(), paid.wallet());
    EXPECT_LE(back.points_used, paid.points_used);
  }
  const payment_split mixed{{10'00}, {20'00}, 0};
  const auto half = refund_of(mixed, money{30'00}, money{15'00});
  EXPECT_EQ(half, (payment_split{{5'00}, {10'00}, 0}));
}

}  // namespace
}  // namespace chautari
