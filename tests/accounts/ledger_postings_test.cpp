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

TEST(postings, e4_a_postpaid_start_holds) {
  const auto journal = hold_journal(example(), {{50'00}, {}, 0});
  EXPECT_EQ(journal.event_key, "rental:" + example().rental.text() + ":hold");
  EXPECT_EQ(effects(journal), (table{{"2000", 5000}, {"2010", -5000}}));
  EXPECT_EQ(effects(hold_release_journal(example(), {{50'00}, {}, 0})),
            (table{{"2000", -5000}, {"2010", 5000}}));
}

TEST(postings, e4b_usage_is_owed) {
  EXPECT_EQ(effects(usage_journal(example(), money{79'17}, 13)),
            (table{{"1200", 7917}, {"4000", -6888}, {"2300", -1029}}));
}

TEST(postings, e4c_to_e4e_a_hold_pays_first_and_its_rest_comes_back) {
  EXPECT_EQ(
      effects(due_collection_journal(example(), money{79'17}, {{{29'17}, {}, 0}, {{50'00}, {}, 0}, {}}, 1)),
      (table{{"2010", 5000}, {"2000", 2917}, {"1200", -7917}}));
  EXPECT_EQ(
      effects(due_collection_journal(example(), money{70'00}, {{{20'00}, {}, 0}, {{50'00}, {}, 0}, {}}, 1)),
      (table{{"2010", 5000}, {"2000", 2000}, {"1200", -7000}}));
  const auto below =
      due_collection_journal(example(), money{30'00}, {{}, {{20'00}, {10'00}, 0}, {{20'00}, {}, 0}}, 1);
  EXPECT_EQ(effects(below), (table{{"2010", 5000}, {"1200", -3000}, {"2000", -2000}}));
  EXPECT_EQ(below.event_key, "rental:" + example().rental.text() + ":due:1");
  EXPECT_EQ(due_collection_journal(example(), {}, {{}, {}, {{50'00}, {}, 0}}, 1).event_key,
            "rental:" + example().rental.text() + ":unhold");
}

TEST(postings, e5_an_extension_is_paid_at_once) {
  const extension_id more{make_named_uuid({}, "extension")};
  const auto journal = extension_journal(example(), more, money{50'00}, {{30'00}, {}, 200}, 13);
  EXPECT_EQ(journal.event_key, "ext:" + more.text());
  EXPECT_EQ(effects(journal), (table{{"P200 PTS", 200},
                                     {"P300 PTS", -200},
                                     {"2400", 2000},
                                     {"2000", 3000},
                                     {"4010", -4350},
                                     {"2300", -650}}));
}

TEST(postings, e6b_parts_of_a_late_fee_have_keys_of_their_own) {
  EXPECT_EQ(late_fee_journal(example(), money{1}, 13).event_key,
            "rental:" + example().rental.text() + ":late");
  EXPECT_EQ(late_fee_journal(example(), money{1}, 13, 2).event_key,
            "rental:" + example().rental.text() + ":late:2");
}

TEST(postings, e6c_a_late_fee_waived_takes_its_vat_back) {
  EXPECT_EQ(effects(adjustment_journal(example(), money{-71'67}, {{}, {71'67}, {}}, 13, 1)),
            (table{{"1200", -7167}, {"4020", 6235}, {"2300", 932}}));
}

TEST(postings, e14_a_lost_bank_and_its_way_back) {
  EXPECT_EQ(effects(lost_penalty_journal(example(), money{5'000'00})),
            (table{{"1200", 500000}, {"4040", -500000}}));
  EXPECT_EQ(effects(adjustment_journal(example(), money{-5'000'00}, {{}, {300'00}, {5'000'00}}, 13, 1)),
            (table{{"1200", -500000}, {"4040", 500000}}))
      << "the late fee stays";
}

// E7 by way of the receivable: what start and extension earned is not earned any more.
TEST(postings, e7_a_quick_return_takes_all_income_back) {
  EXPECT_EQ(effects(adjustment_journal(example(), money{-200'00}, {{150'00}, {}, {}}, 13, 1)),
            (table{{"1200", -20000}, {"4010", 13050}, {"4000", 4350}, {"2300", 2600}}));
  EXPECT_EQ(effects(refund_journal(example(), money{50'00}, {{30'00}, {}, 200}, 2)),
            (table{{"1200", 5000}, {"2000", -3000}, {"2400", -2000}, {"P300 PTS", 200}, {"P200 PTS", -200}}));
  EXPECT_EQ(effects(adjustment_journal(example(), money{10'00}, {}, 13, 1)),
            (table{{"1200", 1000}, {"4000", -870}, {"2300", -130}}))
      << "or the rider owes more";
}

TEST(postings, e8_a_point_rounded_up_is_the_houses_loss) {
  EXPECT_EQ(effects(refund_journal(example(), money{33'33}, {{20'03}, {}, 134}, 1)),
            (table{{"1200", 3333},
                   {"4070", 10},
                   {"2000", -2003},
                   {"2400", -1340},
                   {"P300 PTS", 134},
                   {"P200 PTS", -134}}));
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
          due_collection_journal(example(), price, {paid, {}, {}}, 1),
          due_collection_journal(example(), price + money{7}, {paid, {{7}, {}, 0}, {{}, {3}, 0}}, 1),
          refund_journal(example(), price, paid, 1), usage_journal(example(), price, vat),
          adjustment_journal(example(), -price, {{below(999)}, {below(9999)}, {below(99)}}, vat, 1)}) {
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
