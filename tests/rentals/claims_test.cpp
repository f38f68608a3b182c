/// A return that somebody claims over HTTP, and the rental's own evidence: the clock stands still, nothing
/// ends, until the cabinet's own line has spoken.

#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

struct claiming : ::testing::Test {
  claiming() {
    rider = world.add_rider({500'00});
    rental = world.rent(rider);
    ride(minutes{70});
  }
  void ride(milliseconds time) { world.system.advance(time, std::min<milliseconds>(time, seconds{15})); }
  sighting_answer hear(sighting_kind kind) { return world.bring_back(world.sighting(bank, kind)); }
  const rental_image& facts() { return world.stored(rental.id); }

  rental_world world;
  user_id rider;
  rental_image rental;
  bank_sn bank{40000001};
};

// F-21: anybody could end a rental or stop a clock.
TEST_F(claiming, a_claim_stops_the_clock_and_ends_nothing) {
  const timestamp claimed_at = world.system.now();
  EXPECT_EQ(hear(sighting_kind::claim), sighting_answer::claimed);
  EXPECT_EQ(facts().status, rental_status::overdue);
  ASSERT_TRUE(facts().life.claim);
  EXPECT_EQ(facts().life.claim->claimed_at, claimed_at);
  EXPECT_TRUE(world.all->seats.empty());
  ride(minutes{5});
  const auto revision = facts().revision;
  EXPECT_EQ(hear(sighting_kind::claim), sighting_answer::claimed);
  EXPECT_EQ(facts().revision, revision) << "said twice is said once";
  world.audit(rider);
}

TEST_F(claiming, mqtt_confirms_it_and_the_rider_pays_no_minute_more) {
  const timestamp claimed_at = world.system.now();
  hear(sighting_kind::claim);
  ride(seconds{40});
  EXPECT_EQ(hear(sighting_kind::return_report), sighting_answer::closed);
  EXPECT_EQ(facts().ended_at, claimed_at);
  EXPECT_FALSE(facts().life.claim);
  world.audit(rider);
}

TEST_F(claiming, a_snapshot_confirms_it_too) {
  const timestamp claimed_at = world.system.now();
  hear(sighting_kind::claim);
  ride(minutes{20});
  EXPECT_EQ(hear(sighting_kind::snapshot), sighting_answer::closed);
  EXPECT_EQ(facts().ended_at, claimed_at - claim_lag) << "a call may come a minute late";
}

TEST_F(claiming, two_snapshots_refute_it_and_somebody_is_told) {
  hear(sighting_kind::claim);
  ride(seconds{10});
  EXPECT_EQ(hear(sighting_kind::absence), sighting_answer::claimed);
  EXPECT_TRUE(facts().life.claim);
  ride(seconds{10});
  EXPECT_EQ(hear(sighting_kind::absence), sighting_answer::not_rented);
  EXPECT_FALSE(facts().life.claim);
  EXPECT_EQ(world.all->operator_events.back().kind, "rental.claim_refuted");
  EXPECT_EQ(facts().status, rental_status::overdue);
  ride(minutes{10});
  EXPECT_EQ(hear(sighting_kind::return_report), sighting_answer::closed);
  EXPECT_EQ(facts().ended_at, world.system.now()) << "a lie does not shorten the bill";
  world.audit(rider);
}

TEST_F(claiming, a_claim_that_cannot_be_stored_stops_nothing_and_can_be_told_again) {
  world.store->journal_refuses = journal_refusal::unavailable;
  const auto seen = world.sighting(bank, sighting_kind::claim);
  const auto refused = world.system.ask<bank_seen_answer>(world.rentals, seen);
  world.system.run();
  EXPECT_TRUE(refused->error);
  world.store->journal_refuses.reset();
  EXPECT_FALSE(facts().life.claim);
  EXPECT_EQ(world.bring_back(seen), sighting_answer::claimed);
  EXPECT_TRUE(facts().life.claim);
}

TEST_F(claiming, after_a_restart_the_cabinet_is_asked_again_and_the_claim_still_counts) {
  const timestamp claimed_at = world.system.now();
  hear(sighting_kind::claim);
  world.restart();
  ride(seconds{6});
  ASSERT_EQ(world.all->calls.size(), 1U);
  EXPECT_EQ(world.all->calls[0].received_at, claimed_at);
  EXPECT_EQ(world.all->calls[0].bank, bank);
  ride(seconds{15});
  EXPECT_EQ(hear(sighting_kind::return_report), sighting_answer::closed);
  EXPECT_EQ(facts().ended_at, claimed_at);
  world.audit(rider);
}

TEST_F(claiming, while_it_stands_no_deadline_passes_and_after_a_day_nobodys_word_counts_any_more) {
  hear(sighting_kind::claim);
  ride(hours{23});
  EXPECT_TRUE(facts().life.claim);
  const auto warnings = world.heard("rental.lost_warning");
  ride(hours{2});
  EXPECT_FALSE(facts().life.claim);
  ride(hours{46});
  EXPECT_GT(world.heard("rental.lost_warning"), warnings);
  EXPECT_EQ(facts().closure, closure_reason::none);
}

// -- what is worth how much
// ------------------------------------------------------------------------------------------

TEST_F(claiming, a_snapshot_without_anything_before_it_costs_nothing_more_than_the_price) {
  auto seen = world.sighting(bank, sighting_kind::snapshot);
  seen.absent_at = world.system.now() - minutes{20};
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  EXPECT_EQ(facts().ended_at, seen.absent_at);
  EXPECT_EQ(facts().late_fee_charged, money{});
  world.audit(rider);
}

TEST_F(claiming, a_0x40_that_comes_after_a_snapshot_closed_it_changes_nothing) {
  auto seen = world.sighting(bank, sighting_kind::snapshot);
  seen.absent_at = world.system.now() - minutes{3};
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  const auto before = facts().revision;
  EXPECT_EQ(hear(sighting_kind::return_report), sighting_answer::not_rented);
  EXPECT_EQ(facts().revision, before);
}

}  // namespace
}  // namespace chautari::testing
