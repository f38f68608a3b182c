#include <gtest/gtest.h>

#include "tests/payments/payments_world.hpp"

namespace chautari::testing {
namespace {

struct ordering : ::testing::Test {
  payments_world world;
  user_id rider = world.add_rider({20'00});

  boost::json::object told_to(const start_rental& one) {
    const auto answer = world.done<start_answer>(world.rentals, one);
    if (!answer->error) return {};
    return boost::json::parse(context_of(*answer->error)).as_object();
  }
};

TEST_F(ordering, short_of_money_a_start_becomes_an_intent_and_keeps_neither_bank_nor_place) {
  const auto one = world.order(rider, payment_mode::wallet);
  const auto told = told_to(one);
  EXPECT_EQ(told.at("amount"), "30.00");
  EXPECT_EQ(told.at("shortfall"), "30.00");
  EXPECT_EQ(told.at("wallet_shortfall"), "30.00");
  EXPECT_EQ(told.at("payment_mode"), "wallet");
  EXPECT_EQ(told.at("gateway"), "counter");
  EXPECT_TRUE(told.contains("breakdown") && told.contains("redirect_url") && told.contains("form_fields"));
  EXPECT_EQ(told.at("intent_id").as_string(), intent_of(one.id).text());
  ASSERT_EQ(world.all->releases.size(), 1U) << "the bank is free again";
  EXPECT_TRUE(world.store->rentals.empty());
  EXPECT_EQ(world.wallet(rider).held, money{});
  world.store_parts(topup_journal(
      {world.system.ids().make<ledger_journal_id>(), rider, {}, world.system.now()}, "demo", "x", {100'00}));
  world.come_back();
  EXPECT_TRUE(world.done<start_answer>(world.rentals, world.wish(rider)) && world.all->ejections.size() == 1)
      << "another start is free to go";
}

TEST_F(ordering, the_same_key_is_told_the_same_intent_again) {
  const auto one = world.order(rider);
  const auto first = told_to(one);
  for (int n = 0; n < 2; ++n) {
    const auto again = world.done<start_answer>(world.rentals, one);
    ASSERT_TRUE(again->answer);
    EXPECT_EQ(again->answer->replayed_status, 402);
    const auto stored = boost::json::parse(again->answer->replayed_data).as_object();
    EXPECT_EQ(stored.at("code"), "payment_required");
    EXPECT_EQ(stored.at("context"), first);
    world.come_back();
  }
  EXPECT_EQ(world.store->intents.size(), 1U);
}

TEST_F(ordering, an_empty_station_sends_nobody_to_pay) {
  for (auto& bank : world.all->banks)
    bank.status = bank_status::damaged;
  const auto answer = world.done<start_answer>(world.rentals, world.order(rider));
  EXPECT_EQ(reason_of<station_refusal>(*answer->error), station_refusal::no_power_bank_available);
  EXPECT_TRUE(world.store->intents.empty());
}

TEST_F(ordering, without_a_method_or_with_an_unknown_one_it_is_refused_as_ever) {
  const auto refused = [&](payment_mode mode, const std::string& method) {
    auto one = world.order(rider, mode);
    one.payment_method = method;
    return reason_of<rental_refusal>(*world.done<start_answer>(world.rentals, one)->error);
  };
  EXPECT_EQ(refused(payment_mode::direct, ""), rental_refusal::payment_method_required);
  EXPECT_EQ(refused(payment_mode::wallet, ""), rental_refusal::insufficient_balance);
  EXPECT_EQ(refused(payment_mode::direct, world.package.id.text()), rental_refusal::invalid_payment_method);
  EXPECT_TRUE(world.store->intents.empty());
}

TEST_F(ordering, paid_the_start_goes_on_by_itself_and_the_quoted_price_is_charged) {
  const auto id = world.order_intent(world.order(rider));
  EXPECT_EQ(world.intent(id).amount, money{50'00}) << "direct: all of it";
  world.pay_at_counter(id);
  world.bank_comes_out();
  const auto& intent = world.intent(id);
  EXPECT_EQ(intent.order_state, order_status::success);
  ASSERT_EQ(world.rentals_of(rider), 1U);
  EXPECT_EQ(world.stored(intent.order_rental).status, rental_status::active);
  EXPECT_EQ(world.stored(intent.order_rental).price, money{50'00});
  EXPECT_EQ(world.wallet(rider).cash, money{20'00});
  EXPECT_EQ(world.all->payment_events.back().intent.order_state, order_status::success)
      << "the rider is told";
  world.audit(rider);
}

TEST_F(ordering, a_bank_that_stays_inside_leaves_the_money_in_the_wallet_and_the_rider_is_told) {
  const auto id = world.order_intent(world.order(rider));
  world.pay_at_counter(id);
  ASSERT_FALSE(world.all->ejections.empty());
  world.system.ask<outcome_noted>(world.rentals,
                                  world.outcome(world.all->ejections.back(), ejection_result::refuted));
  world.system.run();
  EXPECT_EQ(world.intent(id).order_state, order_status::failed);
  EXPECT_EQ(world.intent(id).order_code, "ejection_failed");
  EXPECT_EQ(world.wallet(rider).cash, money{70'00});
  world.audit(rider);
}

TEST_F(ordering, what_is_no_longer_so_when_the_money_comes_leaves_it_in_the_wallet) {
  const auto stale = world.order_intent(world.order(rider));
  world.system.advance(limits::order_quote_life, minutes{1});
  world.pay_at_counter(stale, "R-1");
  EXPECT_EQ(world.intent(stale).order_code, "quote_expired");

  const auto dearer = world.order_intent(world.order(rider));
  auto changed = world.prices;
  changed.prices.packages.front().price = {60'00};
  world.system.ask<nothing>(world.rentals, changed);
  world.pay_at_counter(dearer, "R-2");
  EXPECT_EQ(world.intent(dearer).order_code, "payment_amount_mismatch");

  const auto empty = world.order_intent(world.order(rider));
  for (auto& bank : world.all->banks)
    bank.status = bank_status::damaged;
  world.pay_at_counter(empty, "R-3");
  EXPECT_EQ(world.intent(empty).order_code, "no_power_bank_available");

  EXPECT_EQ(world.wallet(rider).cash, money{20'00 + 50'00 + 50'00 + 60'00});
  EXPECT_EQ(world.rentals_of(rider), 0U);
  world.audit(rider);
}

TEST_F(ordering, postpaid_direct_tops_up_only_what_the_hold_lacks) {
  auto later = world.package;
  later.id = world.system.ids().make<package_id>();
  later.model = payment_model::postpaid;
  world.prices.prices.packages.push_back(later);
  world.system.ask<nothing>(world.rentals, world.prices);
  auto one = world.order(rider);
  one.package = later.id;
  const auto id = world.order_intent(one);
  EXPECT_EQ(world.intent(id).amount, world.prices.terms.postpaid_hold - money{20'00});
  world.pay_at_counter(id);
  world.bank_comes_out();
  EXPECT_EQ(world.intent(id).order_state, order_status::success);
  EXPECT_EQ(world.wallet(rider).held, world.prices.terms.postpaid_hold);
}

/// What the rider owes after a rental that came back 43 minutes late.
struct owing_at_the_counter : ordering {
  rental_image rental;
  owing_at_the_counter() {
    rider = world.add_rider({50'00});
    rental = world.rent(rider);
    world.system.advance(minutes{60 + 45}, minutes{1});
  }
  pay_due wish(payment_mode mode = payment_mode::direct) {
    pay_due one;
    one.from = world.by(rider, rental.id);
    one.pay.mode = mode;
    one.pay.payment_method = counter_gateway().id.text();
    return one;
  }
  intent_id ask(const pay_due& one) {
    const auto answer = world.command(one);
    world.system.run();
    EXPECT_TRUE(answer->answer && answer->answer->status == 402);
    return intent_of(one.from.id);
  }
};

TEST_F(owing_at_the_counter, what_is_owed_is_paid_by_itself_when_the_money_has_come) {
  world.bring_back(world.sighting({40000001}));
  const money due = world.stored(rental.id).due;
  ASSERT_GT(due, money{});
  const auto id = ask(wish());
  EXPECT_EQ(world.intent(id).amount, due);
  world.pay_at_counter(id);
  EXPECT_EQ(world.intent(id).order_state, order_status::success);
  EXPECT_EQ(world.intent(id).order_rental, rental.id);
  EXPECT_EQ(world.stored(rental.id).due, money{});
  EXPECT_EQ(world.wallet(rider).cash, money{});
  world.audit(rider);
}

TEST_F(owing_at_the_counter, while_the_bank_is_out_exactly_what_was_quoted_is_paid) {
  const auto id = ask(wish());
  const money quoted = world.intent(id).order->price;
  world.system.advance(minutes{5}, minutes{1});
  world.pay_at_counter(id);
  EXPECT_EQ(world.intent(id).order_state, order_status::success);
  EXPECT_EQ(world.stored(rental.id).late_fee_charged, quoted)
      << "the fee of the minutes since is still to come";
  world.audit(rider);
}

TEST_F(owing_at_the_counter, a_due_that_was_paid_otherwise_leaves_the_money_in_the_wallet) {
  world.bring_back(world.sighting({40000001}));
  const auto id = ask(wish());
  const money due = world.intent(id).amount;
  const auto topup = world.begin_topup(rider);
  world.pay_at_counter(topup, "R-0");
  auto by_wallet = wish(payment_mode::wallet);
  world.obey(by_wallet);
  world.pay_at_counter(id, "R-1");
  EXPECT_EQ(world.intent(id).order_state, order_status::failed);
  EXPECT_EQ(world.intent(id).order_code, "dues_already_paid");
  EXPECT_EQ(world.wallet(rider).cash, money{100'00});
  EXPECT_GT(due, money{});
  world.audit(rider);
}

// -- once, whatever happens
// ------------------------------------------------------------------------------------------

TEST(order_resume, a_start_by_hand_and_one_that_goes_on_by_itself_make_one_rental) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    payments_world world{seed};
    const auto rider = world.add_rider({60'00});
    const auto id = world.order_intent(world.order(rider));
    const auto paid = world.system.ask<intent_answer>(world.desk, world.confirmation(id, {50'00}));
    const auto by_hand = world.ask_start(world.wish(rider));
    world.system.run();
    world.bank_comes_out();
    world.system.advance(seconds{10});
    ASSERT_TRUE(paid->answer) << "seed " << seed;
    ASSERT_EQ(world.rentals_of(rider), 1U) << "seed " << seed;
    ASSERT_EQ(world.all->ejections.size(), 1U) << "seed " << seed;
    const bool went_on = world.intent(id).order_state == order_status::success;
    ASSERT_NE(went_on, by_hand->answer.has_value()) << "seed " << seed;
    ASSERT_EQ(world.wallet(rider).cash, money{60'00}) << "one was charged: 60 + 50 - 50, seed " << seed;
    world.audit(rider);
  }
}

TEST(order_resume, two_intents_for_the_same_order_start_it_once) {
  payments_world world;
  const auto rider = world.add_rider({});
  const auto first = world.order_intent(world.order(rider));
  const auto second = world.order_intent(world.order(rider));
  world.pay_at_counter(first, "R-1");
  world.pay_at_counter(second, "R-2");
  world.bank_comes_out();
  EXPECT_EQ(world.intent(first).order_state, order_status::success);
  EXPECT_EQ(world.intent(second).order_code, "active_rental_exists");
  EXPECT_EQ(world.rentals_of(rider), 1U);
  EXPECT_EQ(world.wallet(rider).cash, money{50'00});
  world.audit(rider);
}

/// From the confirmation on, the n-th record is the last one that reaches the disk; then the server dies. It
/// is alive again at once, the operator tells it again, and everything comes to the same.
TEST(order_resume, a_crash_after_any_record_comes_to_the_same_outcome) {
  for (int last = 0; last < 7; ++last) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      payments_world world{seed};
      const auto rider = world.add_rider({});
      const auto id = world.order_intent(world.order(rider));
      const auto wish = world.confirmation(id, {50'00});
      int stored = 0;
      world.store->is_unreachable = [&](const record&) { return stored >= last; };
      world.store->after_each = [&](const record&) { ++stored; };
      world.told(wish);
      world.store->is_unreachable = {};
      world.store->after_each = {};
      world.come_back();
      const auto again = world.told(wish);
      ASSERT_TRUE(again->answer) << "after record " << last;
      world.system.advance(seconds{20});
      const auto& intent = world.intent(id);
      ASSERT_EQ(intent.order_state, order_status::success) << "after record " << last << ", seed " << seed;
      ASSERT_EQ(world.rentals_of(rider), 1U) << "after record " << last;
      EXPECT_EQ(world.stored(intent.order_rental).started_by, resume_command(id));
      ASSERT_EQ(world.wallet(rider).cash, money{}) << "paid in once and charged once";
      world.audit(rider);
    }
  }
}

TEST(order_resume, an_order_found_too_late_after_a_restart_does_not_begin_but_one_that_has_begun_is_found) {
  for (const bool has_begun : {false, true}) {
    payments_world world;
    const auto rider = world.add_rider({});
    const auto id = world.order_intent(world.order(rider));
    // The claim is stored; of the start itself, or of what it came to, nothing.
    int stored = 0;
    const int last = has_begun ? 3 : 2;
    world.store->is_unreachable = [&](const record&) { return stored >= last; };
    world.store->after_each = [&](const record&) { ++stored; };
    world.told(world.confirmation(id, {50'00}));
    ASSERT_EQ(world.intent(id).order_state, order_status::processing);
    world.system.kill(world.desk);
    world.system.kill(world.accounts);
    world.system.kill(world.rentals);
    world.store->is_unreachable = {};
    world.store->after_each = {};
    world.system.advance(hours{1}, minutes{1});
    world.come_back();
    world.system.advance(seconds{1});
    EXPECT_EQ(world.rentals_of(rider), has_begun ? 1U : 0U);
    EXPECT_EQ(world.intent(id).order_state, has_begun ? order_status::success : order_status::failed);
    EXPECT_EQ(world.intent(id).order_code, has_begun ? "" : "quote_expired");
    EXPECT_EQ(world.wallet(rider).cash, has_begun ? money{} : money{50'00});
    world.audit(rider);
  }
}

TEST(order_resume, a_reason_that_passes_is_waited_for) {
  payments_world world;
  const auto rider = world.add_rider({});
  const auto id = world.order_intent(world.order(rider));
  int stored = 0;
  world.store->is_unreachable = [&](const record&) { return stored >= 2; };
  world.store->after_each = [&](const record&) { ++stored; };
  world.told(world.confirmation(id, {50'00}));
  world.system.advance(seconds{30});
  EXPECT_EQ(world.intent(id).order_state, order_status::processing);
  EXPECT_EQ(world.wallet(rider).cash, money{50'00});
  world.store->is_unreachable = {};
  world.system.advance(seconds{20});
  EXPECT_EQ(world.intent(id).order_state, order_status::success);
  EXPECT_EQ(world.rentals_of(rider), 1U);
  world.audit(rider);
}

}  // namespace
}  // namespace chautari::testing
