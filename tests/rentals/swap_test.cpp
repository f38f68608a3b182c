/// A swap is an intent made before the return (3.7). At every moment one bank is the rider's at most.

#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

struct swapping : ::testing::Test {
  swapping() {
    rider = world.add_rider({500'00});
    rental = world.rent(rider);
    world.store->after_each = [this](const record&) { expect_one_bank(); };
    ride(minutes{2});
  }
  void ride(milliseconds time) { world.system.advance(time, std::min<milliseconds>(time, seconds{5})); }
  swap_rental wish() { return {world.by(rider, rental.id), swap_reason::low_battery, "nearly empty", {}}; }
  /// The wish is stored; then the old bank is pushed into slot 9.
  void bring_back_for_swap() {
    world.obey(wish());
    ride(seconds{30});
    ASSERT_EQ(world.bring_back(world.sighting(old_bank)), sighting_answer::exchanged);
  }
  void tell(ejection_result result) {
    const auto noted =
        world.system.ask<outcome_noted>(world.rentals, world.outcome(world.all->ejections.back(), result));
    world.system.run();
    EXPECT_TRUE(noted->answer);
  }
  const rental_image& facts() { return world.stored(rental.id); }
  void expect_one_bank() {
    int out = 0;
    for (const auto& [id, bank] : world.store->banks)
      out += bank.status == bank_status::rented;
    EXPECT_LE(out, 1);
  }

  rental_world world;
  user_id rider;
  rental_image rental;
  bank_sn old_bank{40000001};
  bank_sn new_bank{40000002};
};

TEST_F(swapping, the_wish_keeps_a_bank_and_says_until_when) {
  const auto answer = world.obey(wish());
  EXPECT_EQ(answer.at("status").as_string(), "WAITING_FOR_RETURN");
  EXPECT_EQ(answer.at("new_power_bank").at("serial_number").as_string(), new_bank.text());
  EXPECT_EQ(answer.at("until").as_string(), to_rfc3339(world.system.now() + minutes{3}));
  EXPECT_EQ(world.store->find_bank(new_bank)->status, bank_status::reserved);
  EXPECT_EQ(facts().status, rental_status::active);
  EXPECT_EQ(facts().bank_serial, old_bank);
  world.audit(rider);
}

// F-63: the return closed the rental first, and a swap ejected any bank.
TEST_F(swapping, the_return_ejects_the_kept_bank_and_the_clock_goes_on) {
  bring_back_for_swap();
  EXPECT_EQ(world.all->ejections.back().command.bank, new_bank);
  EXPECT_EQ(facts().status, rental_status::active);
  tell(ejection_result::confirmed);
  EXPECT_EQ(facts().bank_serial, new_bank);
  EXPECT_EQ(facts().started_at, rental.started_at);
  EXPECT_EQ(facts().due_at, rental.due_at);
  EXPECT_EQ(facts().life.swaps, 1);
  ASSERT_EQ(world.store->swaps.size(), 1U);
  EXPECT_EQ(world.store->find_bank(old_bank)->status, bank_status::available);
  EXPECT_EQ(world.store->find_bank(old_bank)->slot, 9);
  EXPECT_EQ(world.store->find_bank(new_bank)->status, bank_status::rented);
  ride(minutes{30});
  EXPECT_EQ(world.bring_back(world.sighting(old_bank)), sighting_answer::not_rented);
  const auto home = world.sighting(new_bank, sighting_kind::return_report, 10);
  EXPECT_EQ(world.bring_back(home), sighting_answer::closed);
  EXPECT_EQ(facts().closure, closure_reason::returned);
  world.audit(rider);
}

TEST_F(swapping, a_new_bank_that_does_not_come_out_makes_it_a_quick_return) {
  for (const auto result : {ejection_result::refuted, ejection_result::not_moved, ejection_result::dark}) {
    rental_world again;
    const auto who = again.add_rider({500'00});
    const auto mine = again.rent(who);
    again.system.advance(minutes{2}, seconds{5});
    again.obey(swap_rental{again.by(who, mine.id), swap_reason::other, "", {}});
    again.bring_back(again.sighting(old_bank));
    again.system.ask<outcome_noted>(again.rentals, again.outcome(again.all->ejections.back(), result));
    again.system.run();
    EXPECT_EQ(again.stored(mine.id).status, rental_status::cancelled);
    EXPECT_EQ(again.stored(mine.id).closure, closure_reason::user);
    EXPECT_EQ(again.wallet(who).cash, money{500'00});
    EXPECT_EQ(again.store->find_bank(old_bank)->status, bank_status::available);
    EXPECT_EQ(again.store->find_bank(new_bank)->status,
              result == ejection_result::dark ? bank_status::missing : bank_status::available);
    EXPECT_TRUE(again.store->find_bank(new_bank)->rental.is_nil());
    again.audit(who);
  }
}

TEST_F(swapping, a_wish_nobody_follows_expires_and_the_kept_bank_is_free) {
  world.obey(wish());
  ride(minutes{4});
  EXPECT_FALSE(facts().life.swap);
  EXPECT_EQ(facts().status, rental_status::active);
  EXPECT_EQ(world.store->find_bank(new_bank)->status, bank_status::available);
  EXPECT_EQ(world.all->releases.back().bank, new_bank);
  world.audit(rider);
}

TEST_F(swapping, a_return_elsewhere_is_a_return_and_frees_the_kept_bank) {
  world.obey(wish());
  auto seen = world.sighting(old_bank);
  seen.station = world.system.ids().make<station_id>();
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  EXPECT_EQ(facts().status, rental_status::completed);
  EXPECT_EQ(world.store->find_bank(new_bank)->status, bank_status::available);
  EXPECT_EQ(world.all->releases.back().bank, new_bank);
  world.audit(rider);
}

TEST_F(swapping, what_is_refused_and_why) {
  world.obey(wish());
  EXPECT_EQ(world.refusal(wish()), rental_refusal::swap_already_pending);
  ride(minutes{4});
  EXPECT_EQ(world.refusal(wish()), rental_refusal::swap_window_expired);
  const auto other = world.add_rider({500'00});
  auto foreign = wish();
  foreign.from.rider = other;
  EXPECT_EQ(world.refusal(foreign), rental_refusal::rental_not_found);
  ride(minutes{70});
  EXPECT_EQ(world.refusal(wish()), rental_refusal::invalid_rental_status) << "overdue";
}

TEST_F(swapping, without_a_bank_the_station_says_so_and_nothing_changes) {
  world.all->station_refuses = station_refusal::no_power_bank_available;
  const auto answer = world.command(wish());
  world.system.run();
  ASSERT_TRUE(answer->error);
  EXPECT_EQ(reason_of<station_refusal>(*answer->error), station_refusal::no_power_bank_available);
  EXPECT_FALSE(facts().life.swap);
}

TEST_F(swapping, three_a_day_and_no_more) {
  for (std::int32_t n = 1; n <= 3; ++n) {
    rental_swap row;
    row.rental = world.system.ids().make<rental_id>();
    row.rider = rider;
    row.old_bank = world.system.ids().make<bank_id>();
    row.new_bank = world.system.ids().make<bank_id>();
    row.n = n;
    row.at = world.system.now();
    world.store_parts(row);
  }
  EXPECT_EQ(world.refusal(wish()), rental_refusal::swap_limit_exceeded);
}

TEST_F(swapping, the_same_key_gets_the_same_answer_and_one_bank) {
  const auto once = wish();
  const auto first = world.obey(once);
  EXPECT_EQ(world.obey(once), first);
  const auto kept = std::count_if(world.all->banks.begin(), world.all->banks.end(),
                                  [](const auto& bank) { return bank.status == bank_status::reserved; });
  EXPECT_EQ(kept, 1);
}

TEST_F(swapping, a_wish_that_cannot_be_stored_keeps_no_bank) {
  world.store->journal_refuses = journal_refusal::unavailable;
  const auto answer = world.command(wish());
  world.system.run();
  EXPECT_TRUE(answer->error);
  EXPECT_EQ(world.all->releases.back().bank, new_bank);
  world.store->journal_refuses.reset();
  EXPECT_FALSE(facts().life.swap);
  world.obey(wish());
}

TEST_F(swapping, a_journal_away_at_any_step_only_delays_it) {
  world.obey(wish());
  world.store->journal_refuses = journal_refusal::unavailable;
  const auto seen = world.sighting(old_bank);
  const auto refused = world.system.ask<bank_seen_answer>(world.rentals, seen);
  world.system.run();
  EXPECT_TRUE(refused->error);
  EXPECT_EQ(world.all->ejections.size(), 1U) << "nothing turns before it is stored";
  world.store->journal_refuses.reset();
  EXPECT_EQ(world.bring_back(seen), sighting_answer::exchanged);
  world.store->journal_refuses = journal_refusal::unavailable;
  const auto outcome = world.outcome(world.all->ejections.back(), ejection_result::confirmed);
  const auto later = world.system.ask<outcome_noted>(world.rentals, outcome);
  world.system.run();
  EXPECT_TRUE(later->error);
  EXPECT_EQ(facts().bank_serial, old_bank);
  world.store->journal_refuses.reset();
  tell(ejection_result::confirmed);
  EXPECT_EQ(facts().bank_serial, new_bank);
  world.audit(rider);
}

TEST_F(swapping, a_restart_in_the_middle_loses_nothing) {
  world.obey(wish());
  world.restart();
  ASSERT_EQ(world.bring_back(world.sighting(old_bank)), sighting_answer::exchanged);
  world.restart();
  tell(ejection_result::confirmed);
  EXPECT_EQ(facts().bank_serial, new_bank);
  world.restart();
  ride(minutes{20});
  const auto home = world.sighting(new_bank, sighting_kind::return_report, 10);
  EXPECT_EQ(world.bring_back(home), sighting_answer::closed);
  world.audit(rider);
}

TEST_F(swapping, a_wish_expires_after_a_restart_too) {
  world.obey(wish());
  world.restart();
  ride(minutes{4});
  EXPECT_FALSE(facts().life.swap);
}

TEST_F(swapping, while_nobody_knows_whether_it_came_out_no_clock_runs) {
  bring_back_for_swap();
  auto outcome = world.outcome(world.all->ejections.back(), ejection_result::uncertain);
  outcome.command.state = command_state::sent;
  world.system.ask<outcome_noted>(world.rentals, outcome);
  ride(minutes{90});
  EXPECT_EQ(facts().status, rental_status::active);
  tell(ejection_result::refuted);
  EXPECT_EQ(facts().status, rental_status::cancelled);
  EXPECT_EQ(world.wallet(rider).cash, money{500'00});
  world.audit(rider);
}

}  // namespace
}  // namespace chautari::testing
