#include <gtest/gtest.h>

#include "tests/payments/payments_world.hpp"

namespace chautari::testing {
namespace {

struct topping_up : ::testing::Test {
  payments_world world;
  user_id rider = world.add_rider({});
};

TEST_F(topping_up, the_wallet_is_filled_when_an_operator_has_taken_the_money_and_not_before) {
  const auto opened = world.told(world.topup_wish(rider));
  ASSERT_TRUE(opened->answer);
  const auto& intent = opened->answer->intent;
  EXPECT_EQ(intent.status, intent_status::pending);
  EXPECT_EQ(intent.expires_at, world.system.now() + limits::intent_life);
  EXPECT_EQ(world.wallet(rider).cash, money{});
  const auto paid = world.pay_at_counter(intent.id);
  EXPECT_EQ(paid.status, intent_status::completed);
  EXPECT_FALSE(paid.is_late);
  EXPECT_EQ(world.wallet(rider).cash, money{100'00});
  EXPECT_EQ(world.store->balance("1000.counter"), -100'00);
  ASSERT_EQ(world.store->audit_log.size(), 1U);
  EXPECT_EQ(world.store->audit_log.back().action, "payment.confirm");
  EXPECT_EQ(world.store->audit_log.back().actor_id, world.stamp.who.text());
  EXPECT_FALSE(world.all->payment_events.empty()) << "the rider is told";
  EXPECT_EQ(world.all->payment_events.back().intent.status, intent_status::completed);
  world.audit(rider);
}

TEST_F(topping_up, the_same_key_begins_one_payment_even_after_a_restart) {
  const auto wish = world.topup_wish(rider);
  const auto first = world.told(wish);
  EXPECT_TRUE(world.told(wish)->answer->is_replay);
  world.come_back();
  const auto again = world.told(wish);
  ASSERT_TRUE(again->answer);
  EXPECT_TRUE(again->answer->is_replay);
  EXPECT_EQ(again->answer->intent.id, first->answer->intent.id);
  auto other = wish;
  other.body_hash = 8;
  EXPECT_EQ(world.refusal_of(world.told(other)), payment_refusal::idempotency_key_reused);
  EXPECT_EQ(world.store->intents.size(), 1U);
}

TEST_F(topping_up, what_cannot_be_begun_says_why) {
  auto nowhere = world.topup_wish(rider);
  nowhere.method = world.system.ids().make<gateway_id>().text();
  EXPECT_EQ(world.refusal_of(world.told(nowhere)), payment_refusal::invalid_payment_method);
  EXPECT_EQ(world.refusal_of(world.told(world.topup_wish(rider, {9'99}))), payment_refusal::amount_too_low);
  EXPECT_EQ(world.refusal_of(world.told(world.topup_wish(rider, {50'000'01}))),
            payment_refusal::amount_too_high);
  for (std::size_t n = 0; n < limits::intents_of_rider_max; ++n)
    world.begin_topup(rider);
  EXPECT_EQ(world.refusal_of(world.told(world.topup_wish(rider))), payment_refusal::too_many_intents);
  world.begin_topup(world.add_rider({}));
  world.cancelled(rider, world.store->intents.begin()->first);
  for (const auto& [id, intent] : std::map{world.store->intents})
    if (intent.rider == rider) world.cancelled(rider, id);
  world.begin_topup(rider);
  EXPECT_EQ(world.store->conflicts, 0U) << world.store->last_conflict;
}

TEST_F(topping_up, a_confirmation_told_many_times_and_at_once_is_one_payment) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    payments_world other{seed};
    const auto who = other.add_rider({});
    const auto id = other.begin_topup(who);
    const auto wish = other.confirmation(id, {100'00});
    std::vector<std::shared_ptr<asked<intent_answer>>> answers;
    for (int n = 0; n < 5; ++n)
      answers.push_back(other.system.ask<intent_answer>(other.desk, wish));
    other.system.run();
    for (const auto& one : answers) {
      ASSERT_TRUE(one->answer) << "seed " << seed;
      EXPECT_EQ(one->answer->intent.status, intent_status::completed);
    }
    EXPECT_EQ(other.wallet(who).cash, money{100'00}) << "seed " << seed;
    other.come_back();
    EXPECT_TRUE(other.told(wish)->answer->is_replay);
    EXPECT_FALSE(other.told(other.confirmation(id, {100'00}))->answer->is_replay) << "another key, no news";
    auto other_body = wish;
    other_body.body_hash = 10;
    EXPECT_EQ(other.refusal_of(other.told(other_body)), payment_refusal::idempotency_key_reused);
    EXPECT_EQ(other.wallet(who).cash, money{100'00});
    other.audit(who);
  }
}

TEST_F(topping_up, one_receipt_never_pays_two_intents) {
  const auto first = world.begin_topup(rider);
  const auto second = world.begin_topup(rider);
  world.pay_at_counter(first, "R-7");
  EXPECT_EQ(world.refusal_of(world.told(world.confirmation(second, {100'00}, "R-7"))),
            payment_refusal::payment_already_used);
  EXPECT_EQ(world.refusal_of(world.told(world.confirmation(second, {40'00}, "R-7"))),
            payment_refusal::payment_already_used)
      << "nor is it put under review";
  EXPECT_EQ(world.intent(second).status, intent_status::pending);
  EXPECT_EQ(world.store->conflicts, 0U) << "and no guard has to say so";
  world.pay_at_counter(second, "R-8");
  EXPECT_EQ(world.wallet(rider).cash, money{200'00});
}

TEST_F(topping_up, another_rider_neither_cancels_nor_finds_it) {
  const auto id = world.begin_topup(rider);
  EXPECT_EQ(world.refusal_of(world.cancelled(world.add_rider({}), id)), payment_refusal::intent_not_found);
  EXPECT_EQ(world.refusal_of(world.told(world.confirmation({}, {100'00}))),
            payment_refusal::intent_not_found);
}

TEST_F(topping_up, unpaid_for_half_an_hour_it_expires_by_itself_and_a_late_payment_still_counts) {
  const auto forgotten = world.begin_topup(rider);
  const auto cancelled = world.begin_topup(rider);
  EXPECT_EQ(world.cancelled(rider, cancelled)->answer->intent.status, intent_status::cancelled);
  world.system.advance(limits::intent_life - seconds{1}, seconds{10});
  EXPECT_EQ(world.intent(forgotten).status, intent_status::pending);
  world.system.advance(seconds{2});
  EXPECT_EQ(world.intent(forgotten).status, intent_status::expired);
  EXPECT_TRUE(world.pay_at_counter(forgotten, "R-1").is_late);
  EXPECT_TRUE(world.pay_at_counter(cancelled, "R-2").is_late);
  EXPECT_EQ(world.wallet(rider).cash, money{200'00});
  EXPECT_EQ(world.refusal_of(world.cancelled(rider, forgotten)), payment_refusal::invalid_intent_status);
  world.audit(rider);
}

TEST_F(topping_up, what_should_have_expired_while_we_were_away_expires_at_once) {
  const auto id = world.begin_topup(rider);
  world.system.kill(world.desk);
  world.system.advance(hours{1}, minutes{1});
  world.come_back();
  world.system.advance(seconds{1});
  EXPECT_EQ(world.intent(id).status, intent_status::expired);
}

TEST_F(topping_up, without_the_journal_nothing_is_true_and_the_next_try_does_it) {
  const auto id = world.begin_topup(rider);
  const auto wish = world.confirmation(id, {100'00});
  world.store->journal_refuses = journal_refusal::unavailable;
  EXPECT_TRUE(world.told(wish)->error);
  EXPECT_TRUE(world.cancelled(rider, id)->error);
  EXPECT_TRUE(world.told(world.topup_wish(rider))->error);
  world.system.advance(limits::intent_life, minutes{1});
  EXPECT_EQ(world.intent(id).status, intent_status::pending);
  world.store->journal_refuses.reset();
  world.system.advance(limits::order_retry + seconds{1});
  EXPECT_EQ(world.intent(id).status, intent_status::expired) << "tried again";
  EXPECT_TRUE(world.told(wish)->answer);
  EXPECT_EQ(world.wallet(rider).cash, money{100'00});
  world.audit(rider);
}

TEST_F(topping_up, another_amount_waits_in_suspense_until_an_operator_decides) {
  const auto credited = world.begin_topup(rider);
  const auto returned = world.begin_topup(rider);
  for (const auto id : {credited, returned}) {
    const auto answer = world.told(world.confirmation(id, {60'00}, "R-" + id.text()));
    ASSERT_TRUE(answer->answer);
    EXPECT_EQ(answer->answer->intent.status, intent_status::review);
  }
  EXPECT_EQ(world.wallet(rider).cash, money{});
  EXPECT_EQ(world.store->balance("2600"), 120'00);
  EXPECT_EQ(world.store->balance("1000.counter"), -120'00);
  const auto decide = [&](intent_id id, bool is_credited) {
    return world.done<intent_answer>(world.desk,
                                     decide_review{id, is_credited, "as the rider wishes", world.stamp});
  };
  EXPECT_EQ(decide(credited, true)->answer->intent.status, intent_status::completed);
  EXPECT_EQ(decide(returned, false)->answer->intent.status, intent_status::failed);
  EXPECT_EQ(world.refusal_of(decide(credited, false)), payment_refusal::invalid_intent_status);
  EXPECT_EQ(world.wallet(rider).cash, money{60'00});
  EXPECT_EQ(world.wallet(rider).total_topup, money{60'00});
  EXPECT_EQ(world.store->balance("2600"), 0);
  EXPECT_EQ(world.store->balance("1000.counter"), -60'00);
  EXPECT_EQ(world.store->audit_log.back().reason, "as the rider wishes");
  world.audit(rider);
}

}  // namespace
}  // namespace chautari::testing
