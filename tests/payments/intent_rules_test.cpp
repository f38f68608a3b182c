#include "actors/payments/intent_rules.hpp"

#include <gtest/gtest.h>

#include "protocols/actors.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

const timestamp noon = from_ms(1'767'225'600'000);
const payment_gateway counter = counter_gateway();

command_id command(std::uint8_t n) {
  command_id id;
  id.value.data[15] = n;
  return id;
}

payment_intent an_intent(bool has_order = false) {
  auto intent = begin_intent({command(1), 7, {}, intent_purpose::rental_payment, {50'00}, noon}, counter);
  if (!has_order) return intent;
  intent.order.emplace().quoted_at = noon;
  intent.order_state = order_status::pending;
  return intent;
}

confirm_payment confirmation(money amount = {50'00}) { return {{}, amount, "R-1", command(2), 9, {}}; }

struct funding_case {
  const char* name;
  payment_mode mode;
  money price;
  payment_means means;
  bool is_hold;
  money from_outside;
  payment_mode resumes_as;
};

TEST(order_funding, what_must_come_from_outside_is_what_is_short_or_everything) {
  using mode = payment_mode;
  const std::vector<funding_case> cases{
      {"direct ignores what is there", mode::direct, {50'00}, {{500'00}, 900}, false, {50'00}, mode::wallet},
      {"the wallet's shortfall", mode::wallet, {50'00}, {{20'00}, 0}, false, {30'00}, mode::wallet},
      {"at least the gateway's least",
       mode::wallet_points,
       {50'00},
       {{10'00}, 325},
       false,
       {10'00},
       mode::wallet_points},
      {"points cannot be bought", mode::points, {50'00}, {{}, 200}, false, {30'00}, mode::wallet_points},
      {"a hold: what the wallet lacks", mode::direct, {50'00}, {{30'00}, 900}, true, {20'00}, mode::wallet},
      {"a hold by wallet", mode::wallet, {50'00}, {{}, 0}, true, {50'00}, mode::wallet}};
  for (const auto& one : cases) {
    open_order wish;
    wish.order.price = one.price;
    wish.order.pay = {one.mode, counter.id.text(), {}, {}};
    wish.is_postpaid_hold = one.is_hold;
    const auto funding = fund_order(wish, one.means, counter);
    ASSERT_TRUE(funding) << one.name;
    EXPECT_EQ(funding->amount, one.from_outside) << one.name;
    EXPECT_EQ(funding->resume.mode, one.resumes_as) << one.name;
    EXPECT_TRUE(funding->resume.payment_method.empty()) << one.name << ": it never asks for money again";
  }
}

TEST(order_funding, a_wished_split_is_kept_unless_points_are_missing) {
  open_order wish;
  wish.order.price = {50'00};
  wish.order.pay = {payment_mode::wallet_points, counter.id.text(), money{30'00}, 200};
  const auto kept = fund_order(wish, {{5'00}, 200}, counter);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->amount, money{25'00});
  EXPECT_EQ(kept->resume.wallet_amount, money{30'00});
  const auto automatic = fund_order(wish, {{30'00}, 100}, counter);
  ASSERT_TRUE(automatic);
  EXPECT_EQ(automatic->resume.wallet_amount, std::nullopt);
  EXPECT_EQ(automatic->resume.points_to_use, std::nullopt);
}

TEST(order_funding, more_than_the_gateway_takes_is_refused) {
  open_order wish;
  wish.order.price = {60'000'00};
  wish.order.pay.mode = payment_mode::direct;
  const auto funding = fund_order(wish, {}, counter);
  ASSERT_FALSE(funding);
  EXPECT_EQ(reason_of<payment_refusal>(funding.error()), payment_refusal::amount_too_high);
}

TEST(paying, in_time_and_in_full_completes_and_the_order_may_go_on) {
  const auto next = paid(an_intent(true), confirmation(), noon + limits::intent_life - milliseconds{1});
  EXPECT_EQ(next.status, intent_status::completed);
  EXPECT_FALSE(next.is_late);
  EXPECT_EQ(next.order_state, order_status::pending);
  EXPECT_EQ(next.version, 2);
  EXPECT_TRUE(has_waiting_order(next));
}

TEST(paying, after_it_was_given_up_or_forgotten_completes_late_and_nothing_goes_on) {
  const auto cancelled = *cancel(an_intent(true));
  const auto expired = expire(an_intent(true));
  struct late_case {
    payment_intent intent;
    timestamp at;
  };
  for (const auto& one : {late_case{cancelled, noon}, late_case{expired, noon},
                          late_case{an_intent(true), noon + limits::intent_life}}) {
    const auto next = paid(one.intent, confirmation(), one.at);
    EXPECT_EQ(next.status, intent_status::completed);
    EXPECT_TRUE(next.is_late);
    EXPECT_EQ(next.order_state, order_status::failed);
    EXPECT_EQ(next.order_code, "payment_late");
    EXPECT_FALSE(has_waiting_order(next));
  }
}

TEST(paying, another_amount_is_reviewed_and_decided_once) {
  for (const money amount : {money{49'99}, money{50'01}}) {
    const auto next = paid(an_intent(true), confirmation(amount), noon);
    EXPECT_EQ(next.status, intent_status::review);
    EXPECT_EQ(next.order_state, order_status::failed);
    const auto credited = decided(next, true, noon);
    ASSERT_TRUE(credited);
    EXPECT_EQ(credited->status, intent_status::completed);
    EXPECT_TRUE(credited->is_late) << "nothing goes on by itself";
    EXPECT_EQ(decided(next, false, noon)->status, intent_status::failed);
    EXPECT_FALSE(decided(*credited, false, noon));
  }
  EXPECT_FALSE(decided(an_intent(), true, noon));
}

TEST(paying, twice_is_answered_as_at_first_and_never_done_again) {
  const auto known = paid(an_intent(), confirmation(), noon);
  const auto again = paid_again(known, confirmation());
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_replay);
  auto other_command = confirmation();
  other_command.id = command(3);
  ASSERT_TRUE(paid_again(known, other_command));
  EXPECT_FALSE(paid_again(known, other_command)->is_replay);
  auto other_body = confirmation();
  other_body.body_hash = 8;
  EXPECT_EQ(reason_of<payment_refusal>(paid_again(known, other_body).error()),
            payment_refusal::idempotency_key_reused);
  auto other_receipt = other_command;
  other_receipt.reference = "R-2";
  EXPECT_EQ(reason_of<payment_refusal>(paid_again(known, other_receipt).error()),
            payment_refusal::invalid_intent_status);
}

TEST(giving_up, only_what_is_unpaid_and_twice_is_once) {
  const auto first = cancel(an_intent(true));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->order_code, "payment_cancelled");
  EXPECT_EQ(cancel(*first)->version, first->version);
  for (const auto status : {intent_status::completed, intent_status::failed, intent_status::expired,
                            intent_status::review, intent_status::refunded}) {
    auto intent = an_intent();
    intent.status = status;
    const auto refused = cancel(intent);
    ASSERT_FALSE(refused) << to_string(status);
    EXPECT_EQ(reason_of<payment_refusal>(refused.error()), payment_refusal::invalid_intent_status);
  }
}

TEST(order_outcomes, are_read_from_stored_answers) {
  const std::string rental = "018f0000-0000-7000-8000-000000000001";
  const auto started = outcome_of(201, R"({"rental_id":")" + rental + R"(","status":"ACTIVE"})");
  EXPECT_EQ(started.rental.text(), rental);
  EXPECT_EQ(started.code, "");
  EXPECT_EQ(outcome_of(409, R"({"code":"ejection_failed","context":{}})").code, "ejection_failed");
  EXPECT_EQ(outcome_of(409, "no JSON").code, "internal_error");
  EXPECT_EQ(outcome_of(200, "[]").code, "");
}

TEST(order_outcomes, what_passes_by_itself_is_tried_again_and_all_else_has_a_word) {
  EXPECT_EQ(final_word_of(refuse(rental_refusal::active_rental_exists)), "active_rental_exists");
  EXPECT_EQ(final_word_of(refuse(station_refusal::no_power_bank_available)), "no_power_bank_available");
  EXPECT_EQ(final_word_of(refuse(account_refusal::account_banned)), "account_banned");
  EXPECT_EQ(final_word_of(refuse(journal_refusal::conflict)), "internal_error");
  for (const auto& why :
       {refuse(rental_refusal::request_in_progress), refuse(rental_refusal::too_many_rentals),
        refuse(account_refusal::account_busy), refuse(journal_refusal::unavailable),
        refuse(reader_refusal::overloaded), caf::make_error(caf::sec::request_receiver_down)})
    EXPECT_EQ(final_word_of(why), "") << caf::to_string(why);
}

}  // namespace
}  // namespace chautari
