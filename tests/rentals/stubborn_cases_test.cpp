/// What must not depend on luck: a database that is away at the wrong moment, a cabinet that gives the wrong
/// bank, somebody who lies for long.

#include "protocols/base/limits.hpp"
#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

struct stubborn : ::testing::Test {
  stubborn() {
    rider = world.add_rider({500'00});
    rental = world.rent(rider);
  }
  void ride(milliseconds time) {
    world.system.advance(time, std::clamp<milliseconds>(time / 100, seconds{5}, minutes{5}));
  }
  sighting_answer hear(sighting_kind kind) { return world.bring_back(world.sighting(bank, kind)); }
  bool note(const ejection_outcome& outcome) {
    const auto noted = world.system.ask<outcome_noted>(world.rentals, outcome);
    world.system.run();
    return noted->answer.has_value();
  }
  const rental_image& facts() { return world.stored(rental.id); }

  rental_world world;
  user_id rider;
  rental_image rental;
  bank_sn bank{40000001};
};

// -- claims
// ------------------------------------------------------------------------------------------

TEST_F(stubborn, a_claim_whose_end_could_not_be_stored_does_not_stop_the_clock_for_ever) {
  ride(minutes{10});
  hear(sighting_kind::claim);
  ride(limits::return_claim_max - minutes{30});
  world.store->journal_refuses = journal_refusal::unavailable;
  ride(hours{1});
  world.store->journal_refuses.reset();
  ride(minutes{5});
  EXPECT_FALSE(facts().life.claim);
  EXPECT_EQ(facts().status, rental_status::overdue);
  world.audit(rider);
}

TEST_F(stubborn, whoever_goes_on_lying_for_a_dark_cabinet_delays_the_loss_by_a_day_at_most) {
  ride(hours{70});
  for (int n = 0; n < 10 && is_open(facts().status); ++n) {
    hear(sighting_kind::claim);
    ride(hours{6});
  }
  EXPECT_EQ(facts().closure, closure_reason::lost);
  EXPECT_EQ(facts().ended_at, *facts().due_at + hours{72});
  world.audit(rider);
}

// -- lost banks
// ------------------------------------------------------------------------------------------

TEST_F(stubborn, a_lost_bank_that_comes_out_for_somebody_else_is_found_first) {
  ride(hours{74});
  ASSERT_EQ(facts().closure, closure_reason::lost);
  const auto other = world.add_rider({500'00});
  world.ask_start(world.wish(other));
  world.system.run();
  auto outcome = world.outcome(world.all->ejections.back(), ejection_result::confirmed);
  outcome.bank = bank;
  note(outcome);
  EXPECT_TRUE(note(outcome)) << "told again";
  EXPECT_TRUE(facts().life.found_at);
  EXPECT_EQ(world.stored(outcome.rental).status, rental_status::active);
  EXPECT_EQ(world.stored(outcome.rental).bank_serial, bank);
  EXPECT_EQ(world.store->find_bank(bank)->rental, outcome.rental);
  EXPECT_EQ(world.store->find_bank(bank)->status, bank_status::rented);
  world.audit(rider);
  world.audit(other);
}

TEST_F(stubborn, a_bank_an_operator_wrote_off_and_that_is_found_gives_back_no_late_fee) {
  ride(minutes{100});
  force_complete wish;
  wish.rental = rental.id;
  wish.what = forced_resolution::returned;
  wish.bank = bank_status::lost;
  wish.reason = "the rider says he lost it";
  wish.by.who = world.system.ids().make<operator_id>();
  world.system.ask<force_answer>(world.rentals, wish);
  world.system.run();
  const auto bill = bill_of(facts());
  EXPECT_GT(bill.late_fee, money{});
  world.system.ask<bank_seen_answer>(
      world.rentals, lost_bank_found{rental.id, world.sighting(bank, sighting_kind::snapshot)});
  world.system.run();
  EXPECT_EQ(bill_of(facts()), bill) << "no penalty was charged, and the late fee is below it";
  EXPECT_EQ(world.store->find_bank(bank)->status, bank_status::maintenance);
  world.audit(rider);
}

TEST_F(stubborn, after_a_restart_cabinets_speak_before_a_bank_counts_as_lost) {
  ride(hours{70});
  const timestamp gone_at = world.system.now();
  world.system.kill(world.rentals);
  ride(hours{10});
  world.restart();
  ride(minutes{5});
  EXPECT_EQ(facts().status, rental_status::overdue);
  auto seen = world.sighting(bank, sighting_kind::snapshot);
  seen.returned_at = gone_at;
  seen.absent_at = gone_at;
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  EXPECT_EQ(facts().closure, closure_reason::returned);
  EXPECT_EQ(facts().ended_at, gone_at);
  world.audit(rider);
}

TEST_F(stubborn, a_bank_nobody_shows_after_a_restart_is_lost_all_the_same) {
  ride(hours{70});
  world.system.kill(world.rentals);
  ride(hours{10});
  world.restart();
  ride(hours{1});
  EXPECT_EQ(facts().closure, closure_reason::lost);
  EXPECT_EQ(facts().ended_at, *facts().due_at + hours{72});
  world.audit(rider);
}

// -- other banks
// ------------------------------------------------------------------------------------------

TEST_F(stubborn, a_cabinet_that_gives_the_old_bank_out_again_swaps_nothing) {
  ride(minutes{2});
  world.obey(swap_rental{world.by(rider, rental.id), swap_reason::other, "", {}});
  ASSERT_EQ(hear(sighting_kind::return_report), sighting_answer::exchanged);
  auto outcome = world.outcome(world.all->ejections.back(), ejection_result::confirmed);
  outcome.bank = bank;
  EXPECT_TRUE(note(outcome));
  EXPECT_EQ(facts().status, rental_status::active);
  EXPECT_EQ(facts().bank_serial, bank);
  EXPECT_FALSE(facts().life.swap);
  EXPECT_TRUE(world.store->swaps.empty());
  EXPECT_EQ(world.store->find_bank(bank)->status, bank_status::rented);
  EXPECT_TRUE(world.store->find_bank({40000002})->rental.is_nil());
  EXPECT_EQ(world.store->find_bank({40000002})->status, bank_status::available);
  ride(minutes{30});
  EXPECT_EQ(hear(sighting_kind::return_report), sighting_answer::closed);
  EXPECT_EQ(facts().closure, closure_reason::returned);
  world.audit(rider);
}

TEST_F(stubborn, who_wished_to_cancel_gets_no_other_bank_when_the_planned_one_is_gone) {
  const auto second = world.add_rider({100'00});
  world.ask_start(world.wish(second));
  world.system.run();
  const auto sent = world.all->ejections.back();
  const auto open = sent.command.rental;
  world.refusal(cancel_rental{world.by(second, open), "changed my mind"});
  const auto ejections = world.all->ejections.size();
  caf::anon_send(world.rentals, bank_taken{sent.command.bank, world.system.ids().make<rental_id>()});
  world.system.run();
  EXPECT_EQ(world.all->ejections.size(), ejections);
  EXPECT_EQ(world.stored(open).closure, closure_reason::user);
  EXPECT_EQ(world.wallet(second).cash, money{100'00});
  world.audit(second);
}

// -- money
// ------------------------------------------------------------------------------------------

TEST_F(stubborn, an_extension_costs_what_its_package_costs_now) {
  auto dearer = world.package;
  dearer.id = world.system.ids().make<package_id>();
  dearer.price = money{80'00};
  auto gone = world.package;
  gone.is_active = false;
  world.prices.prices.packages = {gone, dearer};
  world.system.ask<nothing>(world.rentals, world.prices);
  ride(minutes{1});
  extend_rental old_one{world.by(rider, rental.id), gone.id, {}};
  EXPECT_EQ(world.refusal(old_one), rental_refusal::package_not_found);
  extend_rental more{world.by(rider, rental.id), dearer.id, {}};
  EXPECT_EQ(world.obey(more).at("extension_cost").as_string(), "80.00");
  EXPECT_EQ(facts().package.price, money{50'00}) << "its own price stays";
  world.audit(rider);
}

TEST_F(stubborn, payments_while_the_bank_is_out_are_few_enough_to_be_given_back) {
  world.prices.prices.active_late_fee->daily_cap.reset();
  world.system.ask<nothing>(world.rentals, world.prices);
  world.system.run();
  const auto rich = world.add_rider({90'000'00});
  rental = world.rent(rich);
  ride(minutes{70});
  std::int32_t paid = 0;
  std::optional<rental_refusal> last;
  for (; paid < limits::rental_story_rows_max && !last; ++paid) {
    pay_due wish;
    wish.from = world.by(rich, rental.id);
    last = world.refusal(wish);
    world.system.advance(minutes{1}, minutes{1});
  }
  EXPECT_GT(paid, 100);
  EXPECT_EQ(last, rental_refusal::dues_already_paid);
  const auto seen = world.sighting(rental.bank_serial, sighting_kind::return_report, 10);
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  EXPECT_EQ(facts().due, money{}) << "the rest is taken at the end";
  world.audit(rich);
}

}  // namespace
}  // namespace chautari::testing
