#include "actors/accounts/ledger_postings.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "protocols/base/id_source.hpp"

namespace chautari {
namespace {

/// What a journal does to each account, debit positive: the form of the tables of users_money 6.3.
std::map<std::string, std::int64_t> effects(const ledger_journal& journal) {
  std::map<std::string, std::int64_t> sums;
  for (const auto& line : journal.lines)
    sums[line.code + (line.unit == commodity::pts ? " PTS" : "")] += line.debit - line.credit;
  return sums;
}
using table = std::map<std::string, std::int64_t>;

posting example() {
  posting of;
  of.id = ledger_journal_id{make_named_uuid({}, "journal")};
  of.rider = user_id{make_named_uuid({}, "rider")};
  of.rental = rental_id{make_named_uuid({}, "rental")};
  of.at = from_ms(1'767'225'600'000);
  return of;
}

TEST(postings, e1_a_top_up_becomes_wallet_cash) {
  const auto journal = topup_journal(example(), "demo", "pay-1", money{500'00});
  EXPECT_EQ(journal.event_key, "topup:demo:pay-1");
  EXPECT_EQ(effects(journal), (table{{"1000.demo", 50000}, {"2000", -50000}}));
  EXPECT_EQ(journal.lines[1].owner, example().rider.value);
}

TEST(postings, e3_a_prepaid_rental_by_wallet) {
  const auto journal = rental_charge_journal(example(), money{50'00}, {{50'00}, {}, 0});
  EXPECT_EQ(journal.event_key, "rental:" + example().rental.text() + ":charge");
  EXPECT_EQ(effects(journal), (table{{"2000", 5000}, {"2050", -5000}}));
  EXPECT_EQ(journal.lines.back().owner, example().rental.value);
}

TEST(postings, e3b_with_points_and_wallet) {
  const auto journal = rental_charge_journal(example(), money{50'00}, {{30'00}, {}, 200});
  EXPECT_EQ(effects(journal),
            (table{{"P200 PTS", 200}, {"P300 PTS", -200}, {"2400", 2000}, {"2000", 3000}, {"2050", -5000}}));
}

TEST(postings, goodwill_and_cash_are_separate_accounts) {
  const auto journal = rental_charge_journal(example(), money{50'00}, {{20'00}, {30'00}, 0});
  EXPECT_EQ(effects(journal), (table{{"2001", 3000}, {"2000", 2000}, {"2050", -5000}}));
}

TEST(postings, the_last_point_overpays_into_breakage) {
  const auto journal = rental_charge_journal(example(), money{49'95}, {{}, {}, 500});
  EXPECT_EQ(effects(journal),
            (table{{"P200 PTS", 500}, {"P300 PTS", -500}, {"2400", 5000}, {"2050", -4995}, {"4070", -5}}));
}

TEST(postings, e3c_dispensed_is_income_and_vat) {
  const auto journal = rental_earn_journal(example(), money{50'00}, 13);
  EXPECT_EQ(effects(journal), (table{{"2050", 5000}, {"4000", -4350}, {"2300", -650}}));
}

TEST(postings, e3e_a_release_is_the_exact_reverse) {
  const payment_split paid{{10'00}, {15'00}, 250};
  auto sums = effects(rental_charge_journal(example(), money{50'00}, paid));
  for (const auto& [account, amount] : effects(rental_release_journal(example(), money{50'00}, paid)))
    sums[account] += amount;
  for (const auto& [account, amount] : sums)
    EXPECT_EQ(amount, 0) << account;
}

TEST(postings, e6_a_late_fee_is_owed) {
  const auto journal = late_fee_journal(example(), money{71'67}, 13);
  EXPECT_EQ(effects(journal), (table{{"1200", 7167}, {"4020", -6235}, {"2300", -932}}));
}

TEST(postings, e4f_a_due_is_paid_with_points_and_wallet) {
  const auto journal = due_collection_journal(example(), money{9'17}, {{{7}, {}, 91}, {}, {}}, 1);
  EXPECT_EQ(effects(journal),
            (table{{"P200 PTS", 91}, {"P300 PTS", -91}, {"2400", 910}, {"2000", 7}, {"1200", -917}}));
}

TEST(postings, e12_signup_points_are_a_cost) {
  const auto journal = points_award_journal(example(), points_source::signup, 50);
  EXPECT_EQ(journal.event_key, "points:signup:" + example().rider.text());
  EXPECT_EQ(effects(journal),
            (table{{"P100.SIGNUP PTS", 50}, {"P200 PTS", -50}, {"5200.signup", 500}, {"2400", -500}}));
}

TEST(postings, rewards_of_one_rental_have_keys_of_their_own) {
  EXPECT_NE(points_award_journal(example(), points_source::rental_complete, 5).event_key,
            points_award_journal(example(), points_source::timely_return, 50).event_key);
}

TEST(postings, every_journal_balances_whatever_the_figures) {
  std::mt19937_64 random{7};
  for (int round = 0; round < 2000; ++round) {
    const auto below = [&](std::uint64_t limit) { return static_cast<std::int64_t>(random() % limit); };
    const payment_split paid{{below(100'000)}, {below(5'000)}, below(3'000)};
    if (paid.total() == money{}) continue;
    const money over{paid.points_used > 0 ? below(10) : 0};
    const money price = paid.total() > over ? paid.total() - over : paid.total();
    const auto vat = static_cast<std::int32_t>(below(30));
    for (const auto& journal :
         {rental_charge_journal(example(), price, paid), rental_release_journal(example(), price, paid),
          rental_earn_journal(example(), price, vat), late_fee_journal(example(), price, vat),
          due_collection_journal(example(), price, {paid, {}, {}}, 1)}) {
      EXPECT_TRUE(is_balanced(journal)) << journal.event_key << " of " << price.paisa;
    }
  }
}

TEST(postings, a_journal_out_of_balance_is_noticed) {
  auto journal = rental_earn_journal(example(), money{50'00}, 13);
  journal.lines[0].debit += 1;
  EXPECT_FALSE(is_balanced(journal));
}

}  // namespace
}  // namespace chautari
