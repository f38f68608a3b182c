#include "actors/rentals/settlement_rules.hpp"

#include <gtest/gtest.h>

#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

constexpr rental_status every_status[] = {rental_status::pending,   rental_status::pending_popup,
                                          rental_status::active,    rental_status::overdue,
                                          rental_status::completed, rental_status::cancelled};
constexpr rental_step every_step[] = {
    rental_step::ejection_confirmed, rental_step::ejection_ended,  rental_step::ejection_unclear,
    rental_step::bank_exchanged,     rental_step::due_time_passed, rental_step::bank_returned,
    rental_step::bank_lost,          rental_step::use_forced,      rental_step::use_taken_back};

TEST(transitions, only_those_of_the_table_are_allowed) {
  const auto allowed = [](rental_status from, rental_step step) -> std::optional<rental_status> {
    if (from == rental_status::pending_popup) {
      if (step == rental_step::ejection_confirmed) return rental_status::active;
      if (step == rental_step::ejection_ended) return rental_status::cancelled;
      if (step == rental_step::ejection_unclear || step == rental_step::bank_exchanged) return from;
    }
    if (from == rental_status::active && step == rental_step::due_time_passed) return rental_status::overdue;
    if (is_out(from) && step == rental_step::use_taken_back) return rental_status::cancelled;
    if (is_out(from) && (step == rental_step::bank_returned || step == rental_step::bank_lost ||
                         step == rental_step::use_forced))
      return rental_status::completed;
    return {};
  };
  for (const auto from : every_status) {
    for (const auto step : every_step)
      EXPECT_EQ(next_status(from, step), allowed(from, step))
          << to_string(from) << ' ' << static_cast<int>(step);
  }
}

const timestamp noon = from_ms(1'767'268'800'000);

rental_image active_rental() {
  rental_image rental;
  rental.id = rental_id{boost::uuids::uuid{{1}}};
  rental.bank = bank_id{boost::uuids::uuid{{2}}};
  rental.bank_serial = {40000001};
  rental.station = station_id{boost::uuids::uuid{{3}}};
  rental.package.price = rental.price = {50'00};
  rental.package.duration_minutes = 60;
  rental.late_fee.grace_minutes = 2;
  rental.start_battery = 90;
  rental.status = rental_status::active;
  rental.created_at = noon - seconds{5};
  rental.started_at = noon;
  rental.due_at = noon + minutes{60};
  rental.revision = 2;
  return rental;
}

bank_image out_bank() {
  bank_image bank;
  bank.id = active_rental().bank;
  bank.serial = active_rental().bank_serial;
  bank.status = bank_status::rented;
  bank.rental = active_rental().id;
  bank.battery = 90;
  return bank;
}

bank_seen seen_at(timestamp at, std::int32_t battery = 40) {
  bank_seen seen;
  seen.bank = {40000001};
  seen.station = station_id{boost::uuids::uuid{{3}}};
  seen.slot = 4;
  seen.battery = battery;
  seen.kind = sighting_kind::return_report;
  seen.received_at = seen.returned_at = at;
  return seen;
}

funds_held held(payment_split split = {}, bool may_award = true) { return {split, may_award}; }

caf::expected<settlement> settle_return(const rental_image& rental, const bank_image& bank,
                                        const bank_seen& seen, const funds_held& held,
                                        const settlement_terms& terms) {
  return settle(rental, bank, return_of(rental, seen), held, rental.paid, terms);
}

TEST(closing, a_refused_transition_says_so) {
  rental_image rental = active_rental();
  rental.status = rental_status::completed;
  const auto done = settle_return(rental, out_bank(), seen_at(noon + minutes{30}), held(), {});
  ASSERT_FALSE(done);
  EXPECT_EQ(reason_of<rental_refusal>(done.error()), rental_refusal::invalid_rental_status);
}

TEST(closing, a_bank_back_in_time_owes_nothing_and_earns_points) {
  const auto done = settle_return(active_rental(), out_bank(), seen_at(noon + minutes{59}), held(), {});
  ASSERT_TRUE(done);
  EXPECT_EQ(done->fee, money{});
  EXPECT_TRUE(done->rental.on_time);
  EXPECT_EQ(done->points_for_completing, 5);
  EXPECT_EQ(done->points_for_punctuality, 50);
  EXPECT_TRUE(done->rental.bonus_awarded);
  EXPECT_EQ(done->rental.status, rental_status::completed);
  EXPECT_EQ(done->rental.closure, closure_reason::returned);
  EXPECT_EQ(done->bank.status, bank_status::available);
  EXPECT_EQ(done->bank.slot, 4);
  EXPECT_EQ(done->bank.rentals, 1);
}

TEST(closing, grace_counts_for_the_bonus_too) {
  EXPECT_TRUE(
      settle_return(active_rental(), out_bank(), seen_at(noon + minutes{62}), held(), {})->rental.on_time);
  EXPECT_FALSE(
      settle_return(active_rental(), out_bank(), seen_at(noon + minutes{62} + seconds{1}), held(), {})
          ->rental.on_time);
}

TEST(closing, the_fourth_bonus_of_a_day_is_not_given) {
  const auto done =
      settle_return(active_rental(), out_bank(), seen_at(noon + minutes{30}), held({}, false), {});
  EXPECT_EQ(done->points_for_punctuality, 0);
  EXPECT_EQ(done->points_for_completing, 5);
  EXPECT_FALSE(done->rental.bonus_awarded);
}

TEST(closing, under_five_minutes_is_flagged_and_earns_nothing) {
  const auto done = settle_return(active_rental(), out_bank(), seen_at(noon + seconds{299}), held(), {});
  EXPECT_TRUE(done->rental.under_5_minutes);
  EXPECT_EQ(done->points(), 0);
  EXPECT_FALSE(settle_return(active_rental(), out_bank(), seen_at(noon + seconds{300}), held(), {})
                   ->rental.under_5_minutes);
}

TEST(closing, a_free_rental_earns_nothing) {
  rental_image rental = active_rental();
  rental.price = {};
  EXPECT_EQ(settle_return(rental, out_bank(), seen_at(noon + minutes{30}), held(), {})->points(), 0);
}

TEST(closing, what_cannot_be_collected_stays_due) {
  // 45 minutes late, 43 counted: 71.67.
  const auto done =
      settle_return(active_rental(), out_bank(), seen_at(noon + minutes{105}), held({{20'00}, {}, 0}), {});
  EXPECT_EQ(done->fee, money{71'67});
  EXPECT_EQ(done->settled, money{20'00});
  EXPECT_EQ(done->rental.due, money{51'67});
  EXPECT_EQ(done->points_for_punctuality, 0);
}

TEST(closing, an_overpaying_point_settles_no_more_than_the_fee) {
  const auto done =
      settle_return(active_rental(), out_bank(), seen_at(noon + minutes{105}), held({{}, {}, 717}), {});
  EXPECT_EQ(done->settled, money{71'67});
  EXPECT_EQ(done->rental.due, money{});
}

TEST(closing, it_never_ends_before_it_began_nor_after_we_were_told) {
  bank_seen seen = seen_at(noon + minutes{10});
  seen.returned_at = noon - minutes{30};
  EXPECT_EQ(return_of(active_rental(), seen).ended_at, noon);
  seen.returned_at = noon + minutes{90};
  EXPECT_EQ(return_of(active_rental(), seen).ended_at, noon + minutes{10});
}

TEST(closing, an_outage_of_ours_is_not_paid_by_the_rider) {
  bank_seen seen = seen_at(noon + hours{8});
  seen.returned_at = noon + minutes{40};
  const auto done = settle_return(active_rental(), out_bank(), seen, held(), {});
  EXPECT_EQ(done->fee, money{});
  EXPECT_TRUE(done->rental.on_time);
}

TEST(closing, discharge_is_wear) {
  const auto done = settle_return(active_rental(), out_bank(), seen_at(noon + minutes{30}), held(), {});
  ASSERT_TRUE(done->wear);
  EXPECT_EQ(done->wear->start_battery, 90);
  EXPECT_EQ(done->wear->end_battery, 40);
  EXPECT_EQ(done->bank.cycles, 5000);
  EXPECT_FALSE(settle_return(active_rental(), out_bank(), seen_at(noon + minutes{30}, 95), held(), {})->wear);
  EXPECT_FALSE(settle_return(active_rental(), out_bank(), seen_at(noon + minutes{30}, -1), held(), {})->wear);
}

TEST(closing, a_stranger_stays_in_quarantine) {
  bank_image bank = out_bank();
  bank.status = bank_status::quarantined;
  EXPECT_EQ(settle_return(active_rental(), bank, seen_at(noon + minutes{30}), held(), {})->bank.status,
            bank_status::quarantined);
}

TEST(ejection, started_at_is_when_the_bank_left_and_due_follows) {
  rental_image rental = active_rental();
  rental.status = rental_status::pending_popup;
  rental.started_at.reset();
  const auto next = confirm_ejection(rental, bank_out(out_bank(), rental.id), noon + seconds{3});
  ASSERT_TRUE(next);
  EXPECT_EQ(next->started_at, noon + seconds{3});
  EXPECT_EQ(next->due_at, noon + seconds{3} + minutes{60});
  EXPECT_EQ(next->bank_ejections, 1);
}

TEST(ejection, only_an_admin_lifts_a_verdict_whatever_the_bank_does) {
  const auto status_out_and_back = [](bank_status before) {
    bank_image bank = out_bank();
    bank.status = before;
    const auto out = bank_out(bank, active_rental().id);
    const auto done = settle_return(active_rental(), out, seen_at(noon + minutes{30}), held(), {});
    return std::pair{out.status, done->bank.status};
  };
  for (const auto verdict : {bank_status::damaged, bank_status::maintenance, bank_status::quarantined})
    EXPECT_EQ(status_out_and_back(verdict), std::pair(verdict, verdict)) << to_string(verdict);
  for (const auto free :
       {bank_status::available, bank_status::reserved, bank_status::missing, bank_status::lost})
    EXPECT_EQ(status_out_and_back(free), std::pair(bank_status::rented, bank_status::available));
}

TEST(ejection, another_bank_is_tried_only_after_a_word_of_the_cabinet_and_only_once) {
  rental_image rental = active_rental();
  rental.status = rental_status::pending_popup;
  ejection_outcome outcome;
  outcome.result = ejection_result::not_moved;
  outcome.publishes = 1;
  EXPECT_EQ(follow_up(rental, outcome), ejection_follow_up::give_back) << "the broker refused: nobody waits";
  outcome.command.reply_code = 0xFC;
  EXPECT_EQ(follow_up(rental, outcome), ejection_follow_up::try_another_bank);
  rental.publishes = 1;
  EXPECT_EQ(follow_up(rental, outcome), ejection_follow_up::give_back) << "two publishes at most";
}

TEST(ejection, no_count_of_publishes_exceeds_what_is_allowed) {
  rental_image rental = active_rental();
  ejection_outcome outcome;
  outcome.publishes = 2;
  EXPECT_EQ(publishes_after(rental, outcome), 2);
  rental.publishes = 1;  // Another bank was tried first, and the attempt counts that, too.
  EXPECT_EQ(publishes_after(rental, outcome), 2);
}

TEST(ejection, a_dark_cabinet_keeps_a_missing_bank) {
  bank_image bank = out_bank();
  bank.status = bank_status::reserved;
  bank.station = station_id{boost::uuids::uuid{{3}}};
  bank.slot = 2;
  EXPECT_EQ(bank_after_cancel(bank, ejection_result::refuted).status, bank_status::available);
  EXPECT_EQ(bank_after_cancel(bank, ejection_result::refuted).slot, 2);
  EXPECT_EQ(bank_after_cancel(bank, ejection_result::dark).status, bank_status::missing);
  EXPECT_TRUE(bank_after_cancel(bank, ejection_result::dark).station.is_nil());
}

TEST(return_keys, tell_rentals_of_the_same_bank_apart) {
  const imei cabinet{"860000000000001"};
  EXPECT_EQ(return_key(cabinet, 0x40, {1}, 2, 3), return_key(cabinet, 0x40, {1}, 2, 3));
  EXPECT_NE(return_key(cabinet, 0x40, {1}, 2, 3), return_key(cabinet, 0x40, {1}, 2, 4));
  EXPECT_NE(return_key(cabinet, 0x40, {1}, 2, 3), return_key(cabinet, 0x28, {1}, 2, 3));
  EXPECT_EQ(return_key(cabinet, 0x40, {1}, 2, 3).size(), 32U);
}

struct wishes : ::testing::Test {
  wishes() {
    rental_package package;
    package.id = package_id{boost::uuids::uuid{{9}}};
    package.price = {50'00};
    prices.packages.push_back(package);
    package.id = package_id{boost::uuids::uuid{{8}}};
    package.model = payment_model::postpaid;
    prices.packages.push_back(package);
    wish.package = prices.packages[0].id;
  }
  price_list prices;
  start_rental wish;
};

TEST_F(wishes, a_plain_one_is_fine) { EXPECT_EQ(refuse_wish(wish, prices, noon), std::nullopt); }
TEST_F(wishes, an_unknown_or_inactive_package_is_not_found) {
  prices.packages[0].is_active = false;
  EXPECT_EQ(refuse_wish(wish, prices, noon), rental_refusal::package_not_found);
}
TEST_F(wishes, postpaid_takes_the_wallet_or_direct_only) {
  wish.package = prices.packages[1].id;
  for (const auto mode : {payment_mode::points, payment_mode::wallet_points}) {
    wish.mode = mode;
    EXPECT_EQ(refuse_wish(wish, prices, noon), rental_refusal::payment_mode_not_supported);
  }
  for (const auto mode : {payment_mode::wallet, payment_mode::direct}) {
    wish.mode = mode;
    EXPECT_EQ(refuse_wish(wish, prices, noon), std::nullopt);
  }
}
TEST_F(wishes, direct_payment_needs_a_gateway_and_there_is_none) {
  wish.mode = payment_mode::direct;
  EXPECT_EQ(refuse_wish(wish, prices, noon), rental_refusal::payment_method_required);
  wish.payment_method = "khalti";
  EXPECT_EQ(refuse_wish(wish, prices, noon), rental_refusal::invalid_payment_method);
}
TEST_F(wishes, a_split_of_a_price_that_a_discount_may_change_is_added_up_later) {
  wish.wallet_amount = money{43'75};
  wish.points_to_use = 0;
  station_discount cheaper;
  cheaper.package = wish.package;
  cheaper.station = station_id{boost::uuids::uuid{{3}}};
  cheaper.percent_hundredths = 1250;
  cheaper.valid_until = noon;
  prices.discounts = {cheaper};
  EXPECT_EQ(refuse_wish(wish, prices, noon), std::nullopt);
  EXPECT_EQ(refuse_wish(wish, prices, noon + milliseconds{1}), rental_refusal::split_total_mismatch);
}
TEST_F(wishes, a_discount_that_makes_it_free_must_be_meant_so) {
  station_discount free;
  free.package = wish.package;
  free.station = station_id{boost::uuids::uuid{{3}}};
  free.percent_hundredths = 10'000;
  free.valid_until = noon;
  prices.discounts = {free};
  EXPECT_EQ(discount_offered(prices, free.station, wish.package, noon), nullptr);
  prices.discounts[0].may_be_free = true;
  EXPECT_NE(discount_offered(prices, free.station, wish.package, noon), nullptr);
  EXPECT_EQ(price_at_start(prices.packages[0], prices.discounts[0]), money{});
}
TEST_F(wishes, a_split_needs_both_halves_and_the_right_mode) {
  wish.wallet_amount = money{50'00};
  EXPECT_EQ(refuse_wish(wish, prices, noon), rental_refusal::invalid_wallet_points_split);
  wish.points_to_use = 0;
  EXPECT_EQ(refuse_wish(wish, prices, noon), std::nullopt);
  wish.mode = payment_mode::wallet;
  EXPECT_EQ(refuse_wish(wish, prices, noon), rental_refusal::invalid_wallet_points_split);
}
TEST_F(wishes, a_split_must_add_up) {
  wish.wallet_amount = money{30'00};
  wish.points_to_use = 201;
  EXPECT_EQ(refuse_wish(wish, prices, noon), rental_refusal::split_total_mismatch);
}

}  // namespace
}  // namespace chautari
