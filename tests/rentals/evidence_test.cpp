/// Single pieces of evidence and what each is worth.

#include "actors/rentals/evidence.hpp"

#include <gtest/gtest.h>

namespace chautari {
namespace {

const timestamp noon = from_ms(1'767'268'800'000);
const station_id home{boost::uuids::uuid{{1}}};
const station_id other{boost::uuids::uuid{{2}}};
const rental_id mine{boost::uuids::uuid{{7}}};

rental_image opened() {
  rental_image rental;
  rental.id = mine;
  rental.station = home;
  rental.bank_serial = {40000001};
  rental.package.price = rental.price = {50'00};
  rental.package.duration_minutes = 60;
  rental.created_at = noon - seconds{5};
  return rental;
}
evidence heard(evidence_kind kind, milliseconds after_noon, station_id where = home) {
  evidence one;
  one.kind = kind;
  one.bank = {40000001};
  one.station = where;
  one.heard_at = one.at = noon + after_noon;
  if (kind <= evidence_kind::stayed) one.rental = mine;
  return one;
}
const evidence left_at_noon = heard(evidence_kind::ejected, milliseconds{0});
using kind = evidence_kind;

TEST(evidence_reading, nothing_heard_is_a_rental_that_waits_and_costs_nothing_yet) {
  const auto reading = read_evidence(opened(), {});
  EXPECT_EQ(reading.status, rental_status::pending_popup);
  EXPECT_EQ(reading.where, whereabouts::in_its_cabinet);
  EXPECT_EQ(reading.bill, rental_bill{});
}

TEST(evidence_reading, a_0x40_tells_the_moment_whatever_came_before_it) {
  auto early = heard(kind::return_report, minutes{70}, other);
  early.absent_at = noon + minutes{50};
  const auto reading =
      read_evidence(opened(), {heard(kind::snapshot, minutes{72}, other), early, left_at_noon, left_at_noon});
  EXPECT_EQ(reading.status, rental_status::completed);
  EXPECT_EQ(reading.ended_at, noon + minutes{70});
  EXPECT_EQ(reading.bill.late_fee, money{16'67});
}

TEST(evidence_reading, a_snapshot_says_only_that_it_came_after_the_last_one_without_it) {
  auto seen = heard(kind::snapshot, minutes{80}, other);
  EXPECT_EQ(read_evidence(opened(), {left_at_noon, seen}).ended_at, noon);
  seen.absent_at = noon + minutes{61};
  EXPECT_EQ(read_evidence(opened(), {left_at_noon, seen}).ended_at, noon + minutes{61});
}

TEST(evidence_reading, a_self_test_may_come_five_minutes_late_and_a_claim_one) {
  EXPECT_EQ(read_evidence(opened(), {left_at_noon, heard(kind::self_test, minutes{70})}).ended_at,
            noon + minutes{65});
  const auto claimed = read_evidence(
      opened(), {left_at_noon, heard(kind::claim, minutes{70}), heard(kind::snapshot, minutes{85})});
  EXPECT_EQ(claimed.ended_at, noon + minutes{69});
}

// 3.9-3: the claim time counts when MQTT confirms it.
TEST(evidence_reading, a_claim_that_a_0x40_confirms_moments_later_ends_the_use) {
  const auto reading = read_evidence(opened(), {left_at_noon, heard(kind::claim, minutes{70}),
                                                heard(kind::return_report, minutes{70} + seconds{40})});
  EXPECT_EQ(reading.ended_at, noon + minutes{70});
}

TEST(evidence_reading, a_claim_alone_stops_the_clock_and_ends_nothing) {
  const auto reading = read_evidence(opened(), {left_at_noon, heard(kind::claim, minutes{30}, other)});
  EXPECT_EQ(reading.status, rental_status::active);
  ASSERT_TRUE(reading.claim);
  EXPECT_EQ(reading.claim->heard_at, noon + minutes{30});
  EXPECT_FALSE(reading.is_claim_refuted);
}

TEST(evidence_reading, two_snapshots_refute_a_claim_but_not_two_of_the_same_moment_nor_of_another_cabinet) {
  const auto claim = heard(kind::claim, minutes{30}, other);
  const auto one = heard(kind::absence, minutes{31}, other);
  const auto at_once = heard(kind::absence, minutes{31} + seconds{2}, other);
  const auto elsewhere = heard(kind::absence, minutes{33}, home);
  EXPECT_TRUE(read_evidence(opened(), {left_at_noon, claim, one, at_once, elsewhere}).claim);
  const auto reading =
      read_evidence(opened(), {left_at_noon, claim, one, heard(kind::absence, minutes{32}, other)});
  EXPECT_FALSE(reading.claim);
  EXPECT_TRUE(reading.is_claim_refuted);
  EXPECT_EQ(reading.status, rental_status::active);
}

TEST(evidence_reading, a_forged_claim_does_not_end_what_a_later_snapshot_denies) {
  const auto reading =
      read_evidence(opened(), {left_at_noon, heard(kind::claim, minutes{10}),
                               heard(kind::absence, minutes{40}), heard(kind::return_report, minutes{70})});
  EXPECT_EQ(reading.ended_at, noon + minutes{70});
}

// F-25: a snapshot within seconds of an ejection closed the new rental at once.
TEST(evidence_reading, the_cabinet_it_left_may_still_show_it_for_ten_seconds) {
  EXPECT_EQ(read_evidence(opened(), {left_at_noon, heard(kind::snapshot, seconds{9})}).status,
            rental_status::active);
  EXPECT_EQ(read_evidence(opened(), {left_at_noon, heard(kind::snapshot, seconds{10})}).status,
            rental_status::completed);
}

TEST(evidence_reading, what_was_seen_before_it_left_is_of_an_earlier_rental) {
  const auto reading =
      read_evidence(opened(), {left_at_noon, heard(kind::return_report, seconds{-1}, other)});
  EXPECT_EQ(reading.status, rental_status::active);
  EXPECT_EQ(reading.history.front().use, evidence_use::tells_all);
}

TEST(evidence_reading, another_cabinet_that_shows_it_proves_that_it_left_but_not_while_the_order_may_wait) {
  const auto ordered = heard(kind::ordered, seconds{-1});
  EXPECT_EQ(read_evidence(opened(), {ordered, heard(kind::snapshot, seconds{28}, other)}).status,
            rental_status::pending_popup);
  EXPECT_EQ(read_evidence(opened(), {ordered, heard(kind::snapshot, minutes{5})}).status,
            rental_status::pending_popup)
      << "in its own cabinet the ejection decides";
  const auto reading = read_evidence(opened(), {ordered, heard(kind::snapshot, minutes{5}, other)});
  EXPECT_EQ(reading.status, rental_status::completed);
  EXPECT_EQ(reading.started_at, noon + seconds{32}) << "as late as it can have left";
}

// 4.8-9: an incident, nobody is charged.
TEST(evidence_reading, a_bank_that_comes_out_after_it_was_given_up_is_nobodys_and_costs_nothing) {
  const auto reading =
      read_evidence(opened(), {heard(kind::ejected, minutes{3}), heard(kind::stayed, minutes{1})});
  EXPECT_EQ(reading.status, rental_status::cancelled);
  EXPECT_EQ(reading.where, whereabouts::unknown);
  EXPECT_EQ(reading.bill, rental_bill{});
}

TEST(evidence_reading, a_bank_given_to_somebody_else_had_come_back) {
  auto next = heard(kind::ejected, hours{5}, other);
  next.rental = rental_id{boost::uuids::uuid{{8}}};
  const auto reading = read_evidence(opened(), {left_at_noon, next});
  EXPECT_EQ(reading.status, rental_status::completed);
  EXPECT_EQ(reading.proof->station, other);
  EXPECT_EQ(reading.ended_at, noon) << "nobody knows when";
}

TEST(evidence_reading, an_outage_is_not_paid_by_the_rider) {
  auto seen = heard(kind::return_report, hours{8}, other);
  seen.at = noon + minutes{40};
  EXPECT_EQ(read_evidence(opened(), {left_at_noon, seen}).ended_at, noon + minutes{40});
}

}  // namespace
}  // namespace chautari
