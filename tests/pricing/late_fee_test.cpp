#include "protocols/pricing/late_fee.hpp"

#include <gtest/gtest.h>

#include <random>

#include "protocols/pricing/views.hpp"
#include "protocols/rentals/bill.hpp"

namespace chautari {
namespace {

rental_package package(std::int64_t price_paisa, std::int32_t minutes) {
  rental_package one;
  one.price = {price_paisa};
  one.duration_minutes = minutes;
  return one;
}

late_fee_terms multiplier(std::int32_t hundredths, std::int32_t grace, std::optional<money> cap = {}) {
  late_fee_terms terms;
  terms.multiplier_hundredths = hundredths;
  terms.grace_minutes = grace;
  terms.daily_cap = cap;
  return terms;
}

const rental_package hour = package(50'00, 60);
const late_fee_terms seeded = multiplier(200, 2, money{100'00});

// The worked examples E1 to E12 of stations_rentals_devices 3.10.

TEST(worked_examples, e1_grace_is_not_billed_and_the_rate_is_never_rounded_first) {
  EXPECT_EQ(late_fee_for(package(200'00, 120), multiplier(200, 15, money{1000'00}), 30), money{50'00});
}

TEST(worked_examples, e2_exactly_the_daily_cap) { EXPECT_EQ(late_fee_for(hour, seeded, 62), money{100'00}); }

TEST(worked_examples, e3_the_cap_of_one_day) {
  EXPECT_EQ(late_fee_for(hour, multiplier(200, 2), 100), money{163'33});
  EXPECT_EQ(late_fee_for(hour, seeded, 100), money{100'00});
}

TEST(worked_examples, e4_the_cap_counts_whole_days) {
  EXPECT_EQ(late_fee_for(hour, multiplier(200, 2), 2882), money{4800'00});
  EXPECT_EQ(late_fee_for(hour, seeded, 2882), money{200'00});
}

TEST(worked_examples, e5_a_flat_rate_by_the_minute) {
  late_fee_terms terms;
  terms.kind = late_fee_kind::flat_rate;
  terms.flat_per_hour = {5'00};
  EXPECT_EQ(late_fee_for(hour, terms, 90), money{7'50});
}

TEST(worked_examples, e6_compound_adds_both) {
  late_fee_terms terms = multiplier(150, 0);
  terms.kind = late_fee_kind::compound;
  terms.flat_per_hour = {10'00};
  EXPECT_EQ(late_fee_for(hour, terms, 60), money{85'00});
}

TEST(worked_examples, e7_without_configuration_twice_the_rate) {
  EXPECT_EQ(late_fee_for(hour, late_fee_terms{}, 30), money{50'00});
}

TEST(worked_examples, e8_postpaid_bills_whole_minutes) {
  const timestamp start = from_ms(0);
  const std::int64_t used = whole_minutes(start, start + minutes{95} + seconds{40});
  EXPECT_EQ(used, 95);
  EXPECT_EQ(postpaid_base(package(150'00, 240), used, 240), money{59'38});
}

TEST(worked_examples, e9_late_minutes_of_a_postpaid_rental_are_billed_once) {
  const rental_package four_hours = package(150'00, 240);
  const money base = postpaid_base(four_hours, 300, 240);
  const money late = late_fee_for(four_hours, multiplier(200, 2), 60);
  EXPECT_EQ(base, money{150'00});
  EXPECT_EQ(late, money{72'50});
  EXPECT_EQ(base + late, money{222'50});
}

TEST(worked_examples, e10_a_late_cancellation_keeps_a_fee) {
  const money fee = cancellation_fee(hour, multiplier(200, 2), 20, 5, money{50'00});
  EXPECT_EQ(fee, money{21'67});
  EXPECT_EQ(money{50'00} - fee, money{28'33});
}

TEST(worked_examples, e11_an_interim_payment_is_not_asked_for_again) {
  const money total = late_fee_for(hour, seeded, 100 + 2 * 24 * 60);
  EXPECT_EQ(total, money{300'00});
  EXPECT_EQ(late_fee_due(total, money{100'00}), money{200'00});
}

TEST(worked_examples, e12_a_started_minute_within_grace_costs_nothing) {
  const timestamp due = from_ms(1'000'000);
  EXPECT_EQ(late_fee_at(hour, seeded, due, due + minutes{1} + seconds{59}), money{});
}

// The examples of users_money section 5.

TEST(seeded_configuration, late_minutes_and_their_fees) {
  struct row {
    std::int64_t late;
    money fee;
  };
  for (const auto& [late, fee] :
       {row{2, {}}, row{3, {1'67}}, row{45, {71'67}}, row{62, {100'00}}, row{1443, {200'00}}})
    EXPECT_EQ(late_fee_for(hour, seeded, late), fee) << late << " minutes";
}

TEST(postpaid_base, example_of_95_minutes_is_rounded_once) {
  EXPECT_EQ(postpaid_base(hour, 95, 120), money{79'17});
}

TEST(discount, the_rounded_discount_is_taken_off) {
  EXPECT_EQ(discounted(money{150'00}, 15), (discounted_price{{22'50}, {127'50}}));
  EXPECT_EQ(discounted(money{99'99}, 50), (discounted_price{{50'00}, {49'99}}));
  EXPECT_EQ(discounted(money{50'00}, 0), (discounted_price{{}, {50'00}}));
  EXPECT_EQ(discounted(money{50'00}, 100), (discounted_price{{50'00}, {}}));
}

TEST(vat, is_taken_of_the_gross_amount_half_up) {
  EXPECT_EQ(vat_of(money{50'00}, 13), money{6'50});
  EXPECT_EQ(vat_of(money{79'17}, 13), money{10'29});
  EXPECT_EQ(vat_of(money{71'67}, 13), money{9'32});
}

TEST(late_fee, never_falls_when_a_bank_is_kept_longer) {
  for (const auto& terms : {seeded, late_fee_terms{}, multiplier(333, 7)}) {
    money before;
    for (std::int64_t late = 0; late < 5000; late += 7) {
      const money fee = late_fee_for(hour, terms, late);
      EXPECT_GE(fee, before) << late;
      before = fee;
    }
  }
}

TEST(late_fee, a_bank_brought_back_early_costs_nothing) {
  EXPECT_EQ(late_fee_at(hour, late_fee_terms{}, from_ms(10'000'000), from_ms(0)), money{});
}

TEST(late_fee, terms_that_do_not_apply_to_a_type_fall_back_to_the_default) {
  price_list prices;
  prices.active_late_fee = seeded;
  prices.active_late_fee->applies_to = {package_type::hourly};
  EXPECT_EQ(prices.terms_for(package_type::hourly).grace_minutes, 2);
  EXPECT_EQ(prices.terms_for(package_type::daily).grace_minutes, 0);
  EXPECT_FALSE(prices.terms_for(package_type::daily).daily_cap.has_value());
}

// F-80: the preview is the bill.

TEST(late_fee_preview, equals_the_bill_whatever_the_terms) {
  std::mt19937_64 draw{80};
  const auto below = [&](std::int64_t most) {
    return static_cast<std::int64_t>(draw() % static_cast<std::uint64_t>(most));
  };
  for (int round = 0; round < 5'000; ++round) {
    rental_image rental;
    rental.package = package(below(1'000'00), static_cast<std::int32_t>(1 + below(3'000)));
    rental.late_fee = multiplier(static_cast<std::int32_t>(below(500)), static_cast<std::int32_t>(below(30)));
    rental.late_fee.kind = static_cast<late_fee_kind>(below(3));
    rental.late_fee.flat_per_hour = {below(100'00)};
    if (below(2) == 0) rental.late_fee.daily_cap = money{1 + below(500'00)};
    rental.price = rental.package.price;
    rental.status = rental_status::overdue;
    rental.started_at = from_ms(1'767'225'600'000);
    rental.due_at = *rental.started_at + minutes{rental.package.duration_minutes};
    const auto late = below(below(2) == 0 ? 200 : 20'000);
    const auto ended_at = *rental.due_at + minutes{late} + seconds{below(60)};
    const auto preview = late_fee_preview(rental.package, rental.late_fee, late);
    ASSERT_EQ(preview.at("fee").as_string(), to_text(bill_at(rental, ended_at).late_fee))
        << rental.package.price.paisa << '/' << rental.package.duration_minutes << ", " << late << " late";
  }
}

TEST(late_fee_preview, shows_the_exact_rate_and_whether_the_cap_has_cut) {
  const auto exact = late_fee_preview(hour, seeded, 62);
  EXPECT_EQ(exact.at("fee"), "100.00") << "the reference previews 99.60";
  EXPECT_EQ(exact.at("rate"), "5/6 per minute");
  EXPECT_EQ(exact.at("effective_minutes"), 60);
  EXPECT_EQ(exact.at("capped"), false);
  EXPECT_EQ(late_fee_preview(hour, seeded, 63).at("capped"), true);
  EXPECT_EQ(late_fee_preview(hour, seeded, 1).at("effective_minutes"), 0);
}

}  // namespace
}  // namespace chautari
