/// Paying what is owed, after the end or while the bank is still out (3.8, users_money 6.3 E4f, E6b).

#include "protocols/rentals/answers.hpp"
#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

struct owing : ::testing::Test {
  void begin(money cash, point_count points = 0) {
    rider = world.add_rider(cash, points);
    rental = world.rent(rider);
  }
  pay_due wish() {
    pay_due one;
    one.from = world.by(rider, rental.id);
    return one;
  }
  void ride(milliseconds time) { world.system.advance(time, std::min<milliseconds>(time, minutes{1})); }
  sighting_answer bring_back() { return world.bring_back(world.sighting({40000001})); }
  void top_up(money amount) {
    credit_wallet coin;
    coin.id = world.system.ids().make<command_id>();
    coin.rider = rider;
    coin.amount = amount;
    coin.provider = "demo";
    coin.provider_ref = coin.id.text();
    world.system.ask<wallet_credited>(world.accounts, coin);
    world.system.run();
  }
  std::string due_as_shown() {
    return std::string{boost::json::parse(calculated_due_json(world.stored(rental.id), world.system.now()))
                           .at("due")
                           .as_string()};
  }

  rental_world world;
  user_id rider;
  rental_image rental;
};

TEST_F(owing, a_debt_is_paid_and_the_rider_may_rent_again) {
  begin({100'00});
  ride(minutes{60 + 45});
  bring_back();
  EXPECT_EQ(world.stored(rental.id).due, money{21'67});
  EXPECT_EQ(due_as_shown(), "21.67");
  top_up({100'00});
  const auto answer = world.obey(wish());
  EXPECT_EQ(answer.at("amount_paid").as_string(), "21.67");
  EXPECT_EQ(answer.at("payment_status").as_string(), "PAID");
  EXPECT_EQ(answer.at("rental_status").as_string(), "COMPLETED");
  EXPECT_TRUE(answer.at("account_unblocked").as_bool());
  EXPECT_EQ(world.stored(rental.id).due, money{});
  EXPECT_EQ(world.store->balance("1200", rider.value), 0);
  EXPECT_EQ(due_as_shown(), "0.00");
  EXPECT_EQ(world.store->transactions.count(
                *transaction_id::parse(std::string_view{answer.at("transaction_id").as_string()})),
            1U);
  EXPECT_EQ(world.refusal(wish()), rental_refusal::dues_already_paid);
  world.audit(rider);
  const auto again = world.ask_start(world.wish(rider));
  world.system.run();
  EXPECT_FALSE(again->error);
}

// E4f: 9.17 with 91 points and 7 paisa.
TEST_F(owing, e4f_points_pay_first_in_the_automatic_mode) {
  begin({50'00});
  world.store_parts(
      points_award_journal({world.system.ids().make<ledger_journal_id>(), rider, {}, world.system.now()},
                           points_source::signup, 91));
  ride(minutes{60 + 2 + 6});
  bring_back();
  // 10.00 late, of which the 91 points were taken at the return.
  EXPECT_EQ(world.stored(rental.id).late_fee_charged, money{10'00});
  EXPECT_EQ(world.stored(rental.id).due, money{10'00});
  world.restart();
  auto mixed = wish();
  mixed.pay.wallet_amount = money{90};
  mixed.pay.points_to_use = 91;
  top_up({100'00});
  const auto answer = world.obey(mixed);
  EXPECT_EQ(answer.at("breakdown").at("points_used").as_int64(), 91);
  EXPECT_EQ(answer.at("breakdown").at("wallet_amount").as_string(), "0.90");
  world.audit(rider);
}

TEST_F(owing, e11_what_was_paid_while_out_is_not_asked_again) {
  begin({500'00});
  ride(minutes{60 + 100});
  EXPECT_EQ(due_as_shown(), "100.00");
  const auto answer = world.obey(wish());
  EXPECT_EQ(answer.at("amount_paid").as_string(), "100.00");
  EXPECT_EQ(answer.at("rental_status").as_string(), "OVERDUE");
  EXPECT_FALSE(answer.at("account_unblocked").as_bool());
  EXPECT_EQ(due_as_shown(), "0.00");
  EXPECT_EQ(world.refusal(wish()), rental_refusal::dues_already_paid);
  ride(hours{48});
  EXPECT_EQ(due_as_shown(), "200.00");
  bring_back();
  const auto& closed = world.stored(rental.id);
  EXPECT_EQ(closed.late_fee_charged, money{300'00});
  EXPECT_EQ(closed.due, money{});
  EXPECT_EQ(world.wallet(rider).cash, money{500'00 - 50'00 - 300'00});
  const auto late =
      std::count_if(world.store->charges.begin(), world.store->charges.end(),
                    [](const auto& row) { return std::get<1>(row.first) == charge_kind::late_fee; });
  EXPECT_EQ(late, 1) << "one row, the whole of it";
  EXPECT_EQ(world.store->balance("4020") + 39'00, 300'00);
  world.audit(rider);
}

TEST_F(owing, minutes_that_were_paid_but_not_used_are_given_back_as_they_were_paid) {
  begin({50'00}, 0);
  ride(minutes{60 + 32});  // 30 counted: 50.00
  world.store_parts(
      points_award_journal({world.system.ids().make<ledger_journal_id>(), rider, {}, world.system.now()},
                           points_source::signup, 400));
  world.restart();
  top_up({10'00});
  world.obey(wish());
  EXPECT_EQ(world.wallet(rider).current_points, 0);
  EXPECT_EQ(world.wallet(rider).cash, money{});
  // The first picture after an outage shows the bank, the last one before it did not: it came back when it
  // was 17 minutes late at least, and nobody pays for what nobody saw.
  auto seen = world.sighting({40000001}, sighting_kind::snapshot);
  seen.returned_at = *world.stored(rental.id).due_at + minutes{17};
  seen.absent_at = seen.returned_at;
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  const auto& closed = world.stored(rental.id);
  EXPECT_EQ(bill_of(closed).charged(), money{50'00 + 25'00});
  EXPECT_EQ(closed.due, money{});
  const auto wallet = world.wallet(rider);
  EXPECT_EQ(wallet.cash + value_of(wallet.current_points - 5), money{25'00}) << "5 points for completing";
  EXPECT_GT(wallet.current_points, 5);
  EXPECT_EQ(world.store->balance("1200", rider.value), 0);
  world.audit(rider);
}

TEST_F(owing, nothing_is_owed_before_grace_is_over) {
  begin({100'00});
  EXPECT_EQ(world.refusal(wish()), rental_refusal::no_due_amount);
  ride(minutes{62});
  EXPECT_EQ(world.refusal(wish()), rental_refusal::no_due_amount);
  ride(minutes{1});
  EXPECT_EQ(world.refusal(wish()), std::nullopt);
  EXPECT_EQ(world.stored(rental.id).late_fee_charged, money{1'67});
  world.audit(rider);
}

TEST_F(owing, a_rental_whose_bank_never_came_out_owes_nothing) {
  rider = world.add_rider({100'00});
  world.ask_start(world.wish(rider));
  world.system.run();
  rental.id = world.all->ejections.back().command.rental;
  EXPECT_EQ(world.refusal(wish()), rental_refusal::rental_not_started);
  world.system.ask<outcome_noted>(world.rentals,
                                  world.outcome(world.all->ejections.back(), ejection_result::refuted));
  world.system.run();
  EXPECT_EQ(world.refusal(wish()), rental_refusal::no_due_amount);
  world.audit(rider);
}

TEST_F(owing, what_cannot_be_paid_says_why) {
  begin({100'00});
  ride(minutes{60 + 45});
  bring_back();
  EXPECT_EQ(world.refusal(wish()), rental_refusal::payment_method_required) << "short, and no gateway";
  auto direct = wish();
  direct.pay.mode = payment_mode::direct;
  EXPECT_EQ(world.refusal(direct), rental_refusal::payment_method_required);
  auto named = wish();
  named.pay.payment_method = "khalti";
  EXPECT_EQ(world.refusal(named), rental_refusal::invalid_payment_method);
  auto other_sum = wish();
  other_sum.amount = money{21'66};
  EXPECT_EQ(world.refusal(other_sum), rental_refusal::payment_amount_mismatch);
  auto foreign = wish();
  foreign.from.rider = world.add_rider({100'00});
  EXPECT_EQ(world.refusal(foreign), rental_refusal::rental_not_found);
  world.audit(rider);
}

TEST_F(owing, two_at_once_pay_once_under_any_schedule) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    rental_world other{seed};
    const auto debtor = other.add_rider({100'00});
    const auto open = other.rent(debtor);
    other.system.advance(minutes{60 + 45}, minutes{1});
    other.bring_back(other.sighting({40000001}));
    credit_wallet coin;
    coin.id = other.system.ids().make<command_id>();
    coin.rider = debtor;
    coin.amount = {100'00};
    coin.provider = "demo";
    coin.provider_ref = "1";
    other.system.ask<wallet_credited>(other.accounts, coin);
    other.system.run();
    std::vector<std::shared_ptr<asked<rental_answer>>> answers;
    for (int n = 0; n < 4; ++n) {
      pay_due one;
      one.from = other.by(debtor, open.id);
      answers.push_back(other.command(one));
    }
    other.system.run();
    int done = 0;
    for (const auto& one : answers) {
      done += one->answer ? 1 : 0;
      if (one->error) {
        ASSERT_EQ(reason_of<rental_refusal>(*one->error), rental_refusal::dues_already_paid)
            << "seed " << seed;
      }
    }
    ASSERT_EQ(done, 1) << "seed " << seed;
    ASSERT_EQ(other.wallet(debtor).cash, money{100'00 - 21'67});
    other.audit(debtor);
  }
}

TEST_F(owing, paying_and_bringing_back_at_once_charge_the_same_together) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    rental_world other{seed};
    const auto late = other.add_rider({500'00});
    const auto open = other.rent(late);
    other.system.advance(minutes{60 + 45}, minutes{1});
    pay_due one;
    one.from = other.by(late, open.id);
    const auto paid = other.command(one);
    const auto back = other.system.ask<bank_seen_answer>(other.rentals, other.sighting({40000001}));
    other.system.run();
    ASSERT_TRUE(back->answer);
    ASSERT_EQ(back->answer->answer, sighting_answer::closed);
    ASSERT_TRUE(paid->answer || reason_of<rental_refusal>(*paid->error) == rental_refusal::dues_already_paid)
        << "seed " << seed;
    ASSERT_EQ(other.stored(open.id).late_fee_charged, money{71'67});
    ASSERT_EQ(other.wallet(late).cash, money{500'00 - 50'00 - 71'67});
    other.audit(late);
  }
}

TEST_F(owing, the_same_key_is_answered_again_by_a_rental_that_is_woken_for_it) {
  begin({100'00});
  ride(minutes{60 + 45});
  bring_back();
  top_up({100'00});
  const auto one = wish();
  const auto first = world.obey(one);
  world.restart();
  const auto again = world.command(one);
  world.system.run();
  ASSERT_TRUE(again->answer);
  EXPECT_TRUE(again->answer->is_replay);
  EXPECT_EQ(boost::json::parse(again->answer->data).as_object(), first);
  auto other = one;
  other.from.body_hash = 8;
  EXPECT_EQ(world.refusal(other), rental_refusal::idempotency_key_reused);
  EXPECT_EQ(world.wallet(rider).cash, money{100'00 - 21'67});
  world.audit(rider);
}

TEST_F(owing, a_journal_or_reader_that_is_away_leaves_the_debt_as_it_was) {
  begin({100'00});
  ride(minutes{60 + 45});
  bring_back();
  top_up({100'00});
  world.store->reader_refuses = reader_refusal::unavailable;
  const auto unread = world.command(wish());
  world.system.run();
  EXPECT_TRUE(unread->error);
  world.store->reader_refuses.reset();
  for (const auto why :
       {journal_refusal::unavailable, journal_refusal::overloaded, journal_refusal::conflict}) {
    world.store->journal_refuses = why;
    const auto answer = world.command(wish());
    world.system.run();
    EXPECT_TRUE(answer->error);
    EXPECT_EQ(world.wallet(rider).held, money{});
    EXPECT_EQ(world.stored(rental.id).due, money{21'67});
  }
  world.store->journal_refuses.reset();
  world.obey(wish());
  world.audit(rider);
}

}  // namespace
}  // namespace chautari::testing
