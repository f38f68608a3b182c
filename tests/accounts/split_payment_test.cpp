#include <gtest/gtest.h>

#include "actors/accounts/account_rules.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

hold_funds wish(money amount, payment_mode mode = payment_mode::wallet_points) {
  hold_funds one;
  one.amount = amount;
  one.mode = mode;
  return one;
}

purse with(std::int64_t cash_paisa, point_count points, std::int64_t goodwill_paisa = 0) {
  return {{cash_paisa}, {goodwill_paisa}, points};
}

/// Shortfall in the refusal's context, or empty.
std::string shortfall(const caf::expected<payment_split>& split) {
  if (split) return "";
  EXPECT_EQ(reason_of<rental_refusal>(split.error()), rental_refusal::insufficient_balance);
  const std::string context = context_of(split.error());
  const std::string name = R"("wallet_shortfall":")";
  const auto at = context.find(name) + name.size();
  return context.substr(at, context.find('"', at) - at);
}

TEST(split_payment, points_first_by_whole_rupees_then_the_wallet) {
  const auto split = split_payment(with(30'00, 325), wish({50'00}));
  ASSERT_TRUE(split);
  EXPECT_EQ(*split, (payment_split{{18'00}, {}, 320}));
  EXPECT_EQ(shortfall(split_payment(with(10'00, 325), wish({50'00}))), "8.00");
}

TEST(split_payment, a_hold_for_paying_afterwards_comes_from_the_wallet_alone) {
  auto hold = wish({50'00}, payment_mode::wallet);
  hold.is_postpaid_hold = true;
  EXPECT_EQ(*split_payment(with(30'00, 999, 20'00), hold), (payment_split{{30'00}, {20'00}, 0}));
  const auto short_of = split_payment(with(29'99, 999, 20'00), hold);
  ASSERT_FALSE(short_of);
  EXPECT_EQ(reason_of<rental_refusal>(short_of.error()), rental_refusal::insufficient_postpaid_balance);
  EXPECT_EQ(context_of(short_of.error()), R"({"required":"50.00","available":"49.99"})");
}

TEST(account_memory, what_goes_in_and_out_of_the_held_wallet_is_seen) {
  account_memory memory;
  memory.facts.cash = {80'00};
  const rental_id rental{boost::uuids::uuid{{1}}};
  memory.holds[rental] = {{50'00}, {}, 0};
  EXPECT_TRUE(apply(memory, funds_moved{{}, rental, true, {}, 0, false, {50'00}}, {}));
  EXPECT_EQ(wallet_of(memory).cash, money{30'00});
  EXPECT_EQ(wallet_of(memory).held, money{50'00});
  memory.holds[rental] = {};
  EXPECT_TRUE(apply(memory, funds_moved{{}, rental, true, {{20'00}, {}, 0}, 0, false, {-50'00}}, {}));
  EXPECT_EQ(wallet_of(memory).cash, money{50'00});
  EXPECT_EQ(wallet_of(memory).held, money{});
}

TEST(account_memory, a_debt_that_is_paid_blocks_nobody_and_another_ones_end_changes_nothing) {
  account_memory memory;
  rental_place owed;
  owed.rental = rental_id{boost::uuids::uuid{{1}}};
  owed.status = rental_status::completed;
  owed.due = {9'17};
  apply(memory, owed);
  rental_place other = owed;
  other.rental = rental_id{boost::uuids::uuid{{2}}};
  other.due = {};
  apply(memory, other);
  EXPECT_EQ(memory.facts.unpaid, money{9'17});
  owed.due = {};
  apply(memory, owed);
  EXPECT_TRUE(memory.facts.unpaid_rental.is_nil());
  EXPECT_EQ(memory.facts.unpaid, money{});
}

// users_money 2.2, the table of examples: A, U, W to points, wallet, shortfall. Where nothing suffices, the
// shortfall is that of the split by whole rupees.
struct row {
  std::int64_t amount;
  point_count points;
  std::int64_t wallet;
  point_count points_used;
  std::int64_t wallet_used;
  std::string short_by;
};

TEST(split_payment, the_specified_table) {
  const row rows[] = {{50'00, 120, 38'00, 120, 38'00, ""}, {50'00, 120, 30'00, 0, 0, "8.00"},
                      {50'00, 800, 10'00, 500, 0, ""},     {49'95, 500, 0, 500, 0, ""},
                      {49'95, 499, 10, 499, 5, ""},        {49'95, 499, 0, 0, 0, "0.95"},
                      {150'00, 300, 20'00, 0, 0, "100.00"}};
  for (const auto& one : rows) {
    const auto split = split_payment(with(one.wallet, one.points), wish({one.amount}));
    EXPECT_EQ(shortfall(split), one.short_by) << one.amount;
    if (!split) continue;
    EXPECT_EQ(split->points_used, one.points_used) << one.amount;
    EXPECT_EQ(split->wallet(), money{one.wallet_used}) << one.amount;
  }
}

TEST(split_payment, the_wallet_alone_is_not_helped_by_points) {
  EXPECT_EQ(shortfall(split_payment(with(42'00, 9'999), wish({50'00}, payment_mode::wallet))), "8.00");
}

TEST(split_payment, points_alone_round_the_last_one_up) {
  const auto split = split_payment(with(0, 500), wish({49'95}, payment_mode::points));
  ASSERT_TRUE(split);
  EXPECT_EQ(split->points_used, 500);
  EXPECT_FALSE(split_payment(with(100'00, 499), wish({49'95}, payment_mode::points)));
}

TEST(split_payment, goodwill_is_spent_before_cash) {
  const auto split = split_payment(with(40'00, 0, 20'00), wish({50'00}));
  ASSERT_TRUE(split);
  EXPECT_EQ(*split, (payment_split{{30'00}, {20'00}, 0}));
}

TEST(split_payment, an_explicit_split_must_add_up) {
  hold_funds one = wish({50'00});
  one.wallet_amount = money{30'00};
  one.points_to_use = 199;
  EXPECT_EQ(reason_of<rental_refusal>(split_payment(with(99'00, 999), one).error()),
            rental_refusal::split_total_mismatch);
  one.points_to_use = 200;
  const auto split = split_payment(with(99'00, 999), one);
  ASSERT_TRUE(split);
  EXPECT_EQ(*split, (payment_split{{30'00}, {}, 200}));
}

TEST(split_payment, an_absurd_number_of_points_is_a_mismatch_and_no_overflow) {
  hold_funds one = wish({50'00});
  one.wallet_amount = money{30'00};
  one.points_to_use = std::numeric_limits<point_count>::max();
  EXPECT_EQ(reason_of<rental_refusal>(split_payment(with(99'00, 999), one).error()),
            rental_refusal::split_total_mismatch);
}

TEST(split_payment, half_a_split_is_none) {
  hold_funds one = wish({50'00});
  one.wallet_amount = money{50'00};
  EXPECT_EQ(reason_of<rental_refusal>(split_payment(with(99'00, 999), one).error()),
            rental_refusal::invalid_wallet_points_split);
}

TEST(split_payment, a_due_is_collected_as_far_as_possible) {
  hold_funds due = wish({71'67});
  due.as_far_as_possible = true;
  const auto split = split_payment(with(10'00, 91), due);
  ASSERT_TRUE(split);
  EXPECT_EQ(*split, (payment_split{{10'00}, {}, 91}));
  EXPECT_EQ(split_payment(with(0, 0), due)->total(), money{});
  EXPECT_EQ(split_payment(with(100'00, 0), due)->total(), money{71'67});
}

TEST(split_payment, direct_needs_a_gateway_and_there_is_none) {
  EXPECT_EQ(
      reason_of<rental_refusal>(split_payment(with(99'00, 999), wish({50'00}, payment_mode::direct)).error()),
      rental_refusal::payment_mode_not_supported);
}

}  // namespace
}  // namespace chautari
