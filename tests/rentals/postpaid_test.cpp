/// Paid afterwards: a hold at the start, the use at the end (users_money 6.3 E4,
/// stations_rentals_devices 3.10).

#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

struct paying_afterwards : ::testing::Test {
  paying_afterwards() {
    offer({150'00}, 240);
    world.prices.prices.active_late_fee->daily_cap.reset();
    world.connect();
  }
  void offer(money price, std::int32_t minutes) {
    world.package.price = price;
    world.package.duration_minutes = minutes;
    world.package.model = payment_model::postpaid;
    world.prices.prices.packages = {world.package};
    world.connect();
  }
  start_rental wish(user_id rider) {
    auto one = world.wish(rider);
    one.mode = payment_mode::wallet;
    return one;
  }
  rental_image rent(user_id rider) {
    const auto answer = world.ask_start(wish(rider));
    world.system.run();
    world.system.ask<outcome_noted>(world.rentals,
                                    world.outcome(world.all->ejections.back(), ejection_result::confirmed));
    world.system.run();
    EXPECT_TRUE(answer->answer.has_value());
    return answer->answer ? answer->answer->rental : rental_image{};
  }
  void ride(milliseconds time) { world.system.advance(time, std::min<milliseconds>(time, minutes{1})); }
  void bring_back() { EXPECT_EQ(world.bring_back(world.sighting({40000001})), sighting_answer::closed); }
  std::int64_t books(const char* code, user_id rider) { return world.store->balance(code, rider.value); }
  std::string key(const rental_image& rental, const char* event) {
    return "rental:" + rental.id.text() + ':' + event;
  }

  rental_world world;
};

TEST_F(paying_afterwards, the_start_holds_and_charges_nothing) {
  const auto rider = world.add_rider({80'00});
  const auto rental = rent(rider);
  EXPECT_EQ(rental.price, money{});
  EXPECT_EQ(world.stored(rental.id).life.held, money{50'00});
  EXPECT_EQ(world.wallet(rider).cash, money{30'00});
  EXPECT_EQ(world.wallet(rider).held, money{50'00});
  EXPECT_EQ(books("2010", rider), 50'00);
  EXPECT_EQ(world.store->journals.count(key(rental, "hold")), 1U);
  EXPECT_TRUE(world.store->charges.empty());
  EXPECT_TRUE(world.store->payments.empty());
  EXPECT_EQ(world.store->transactions.at(rental.payment).status, transaction_status::pending);
  world.audit(rider);
}

TEST_F(paying_afterwards, less_than_the_minimum_is_refused_with_what_is_there) {
  const auto rider = world.add_rider({49'99});
  const auto answer = world.ask_start(wish(rider));
  world.system.run();
  ASSERT_TRUE(answer->error);
  EXPECT_EQ(reason_of<rental_refusal>(*answer->error), rental_refusal::insufficient_postpaid_balance);
  EXPECT_EQ(context_of(*answer->error), R"({"required":"50.00","available":"49.99"})");
  EXPECT_EQ(world.wallet(rider).held, money{});
  auto direct = wish(rider);
  direct.mode = payment_mode::direct;
  const auto topped_up = world.ask_start(direct);
  world.system.run();
  ASSERT_TRUE(topped_up->error);
  EXPECT_EQ(reason_of<rental_refusal>(*topped_up->error), rental_refusal::payment_method_required);
}

TEST_F(paying_afterwards, e8_started_minutes_are_not_counted) {
  const auto rider = world.add_rider({80'00});
  const auto rental = rent(rider);
  ride(minutes{95} + seconds{40});
  bring_back();
  const auto& closed = world.stored(rental.id);
  EXPECT_EQ(closed.life.usage_charged, money{59'38});
  EXPECT_EQ(closed.due, money{});
  // 50.00 from the hold, 9.38 from the wallet.
  EXPECT_EQ(world.wallet(rider).cash, money{80'00 - 59'38});
  EXPECT_EQ(world.wallet(rider).current_points, 55);
  const auto& shown = world.store->transactions.at(rental.payment);
  EXPECT_EQ(shown.status, transaction_status::success);
  EXPECT_EQ(shown.amount, money{59'38});
  EXPECT_EQ(shown.wallet_part, money{59'38});
  world.audit(rider);
}

TEST_F(paying_afterwards, e9_late_minutes_are_paid_by_the_late_fee_alone) {
  const auto rider = world.add_rider({300'00});
  const auto rental = rent(rider);
  ride(minutes{300});
  bring_back();
  const auto& closed = world.stored(rental.id);
  EXPECT_EQ(closed.life.usage_charged, money{150'00});
  EXPECT_EQ(closed.late_fee_charged, money{72'50});
  EXPECT_EQ(world.wallet(rider).cash, money{300'00 - 222'50});
  world.audit(rider);
}

TEST_F(paying_afterwards, e4e_the_rest_of_the_hold_comes_back) {
  const auto rider = world.add_rider({60'00});
  const auto rental = rent(rider);
  ride(minutes{32});
  bring_back();
  EXPECT_EQ(world.stored(rental.id).life.usage_charged, money{20'00});
  EXPECT_EQ(world.wallet(rider).cash, money{40'00});
  EXPECT_EQ(world.wallet(rider).held, money{});
  EXPECT_EQ(books("1200", rider), 0);
  world.audit(rider);
}

TEST_F(paying_afterwards, e4b_to_e4d_what_the_wallet_cannot_pay_stays_due_with_the_figures_of_the_books) {
  offer({50'00}, 60);
  world.prices.prices.active_late_fee->grace_minutes = 60;
  world.connect();
  const auto rider = world.add_rider({70'00});
  const auto rental = rent(rider);
  extend_rental wish{world.by(rider, rental.id), world.package.id, {}};
  EXPECT_EQ(world.obey(wish).at("extension_cost").as_string(), "0.00");
  ride(minutes{95});
  bring_back();
  const auto& closed = world.stored(rental.id);
  EXPECT_EQ(closed.life.usage_charged, money{79'17});
  EXPECT_EQ(closed.due, money{9'17});
  EXPECT_EQ(books("1200", rider), -9'17);
  EXPECT_EQ(world.store->balance("4000"), 68'88);
  EXPECT_EQ(world.store->balance("2300"), 10'29);
  EXPECT_EQ(world.wallet(rider).cash, money{});
  world.audit(rider);
  const auto again = world.ask_start(this->wish(rider));
  world.system.run();
  ASSERT_TRUE(again->error);
  EXPECT_EQ(reason_of<rental_refusal>(*again->error), rental_refusal::unpaid_rental_exists);
}

// F-60: more time is allotted, nothing is charged for it, and the use is billed over both.
TEST_F(paying_afterwards, more_time_is_not_charged_but_billed_as_use) {
  offer({50'00}, 60);
  const auto rider = world.add_rider({300'00});
  const auto rental = rent(rider);
  const auto answer = world.obey(extend_rental{world.by(rider, rental.id), world.package.id, {}});
  EXPECT_EQ(answer.at("extension_cost").as_string(), "0.00");
  EXPECT_EQ(bill_of(world.stored(rental.id)).charged(), money{});
  EXPECT_EQ(*world.stored(rental.id).due_at, *rental.started_at + minutes{120});
  ride(minutes{90});
  EXPECT_EQ(world.heard("rental.overdue"), 0);
  bring_back();
  EXPECT_EQ(world.stored(rental.id).life.usage_charged, money{75'00});
  EXPECT_EQ(world.stored(rental.id).late_fee_charged, money{});
  world.audit(rider);
}

TEST_F(paying_afterwards, under_a_minute_costs_nothing_and_earns_nothing) {
  const auto rider = world.add_rider({50'00});
  const auto rental = rent(rider);
  ride(seconds{30});
  bring_back();
  EXPECT_EQ(world.wallet(rider).cash, money{50'00});
  EXPECT_EQ(world.wallet(rider).current_points, 0);
  EXPECT_EQ(world.store->transactions.at(rental.payment).status, transaction_status::refunded);
  EXPECT_EQ(world.store->journals.count(key(rental, "unhold")), 1U);
  world.audit(rider);
}

TEST_F(paying_afterwards, a_bank_that_does_not_come_out_gives_the_hold_back) {
  const auto rider = world.add_rider({50'00});
  const auto answer = world.ask_start(wish(rider));
  world.system.run();
  world.system.ask<outcome_noted>(world.rentals,
                                  world.outcome(world.all->ejections.back(), ejection_result::refuted));
  world.system.run();
  ASSERT_TRUE(answer->error);
  EXPECT_EQ(world.wallet(rider).cash, money{50'00});
  EXPECT_EQ(world.wallet(rider).held, money{});
  world.audit(rider);
}

TEST_F(paying_afterwards, a_restart_in_the_middle_changes_nothing) {
  const auto rider = world.add_rider({80'00});
  const auto rental = rent(rider);
  world.restart();
  EXPECT_EQ(world.wallet(rider).held, money{50'00});
  ride(minutes{95} + seconds{40});
  bring_back();
  EXPECT_EQ(world.wallet(rider).cash, money{80'00 - 59'38});
  EXPECT_EQ(world.stored(rental.id).due, money{});
  world.audit(rider);
}

TEST_F(paying_afterwards, a_settlement_that_cannot_be_stored_is_told_again_and_changes_nothing) {
  const auto rider = world.add_rider({80'00});
  rent(rider);
  ride(minutes{96});
  const auto seen = world.sighting({40000001});
  for (const auto why : {journal_refusal::unavailable, journal_refusal::overloaded}) {
    world.store->journal_refuses = why;
    const auto answer = world.system.ask<bank_seen_answer>(world.rentals, seen);
    world.system.run();
    EXPECT_TRUE(answer->error);
    EXPECT_EQ(world.wallet(rider).cash, money{30'00});
    EXPECT_EQ(world.wallet(rider).held, money{50'00});
  }
  world.store->journal_refuses.reset();
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  EXPECT_EQ(world.wallet(rider).cash, money{20'00});
  world.audit(rider);
}

}  // namespace
}  // namespace chautari::testing
