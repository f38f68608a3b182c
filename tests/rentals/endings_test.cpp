/// The ways a rental ends beside a plain return: hardly begun, taken back, by an operator, never, and found
/// again after that. And what its clock tells meanwhile.

#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

struct ending : ::testing::Test {
  ending() {
    rider = world.add_rider({500'00}, 200);
    rental = world.rent(rider);
  }
  void ride(milliseconds time) {
    world.system.advance(time, std::clamp<milliseconds>(time / 50, seconds{5}, minutes{5}));
  }
  const rental_image& facts() { return world.stored(rental.id); }
  money cash() { return world.wallet(rider).cash; }

  rental_world world;
  user_id rider;
  rental_image rental;
  bank_sn bank{40000001};
};

// -- quick return
// ------------------------------------------------------------------------------------------

struct quick : ending {
  sighting_answer back(std::int32_t battery) {
    auto seen = world.sighting(bank);
    seen.battery = battery;
    return world.bring_back(seen);
  }
};

// 3.5-3: a free window cannot be a cancellation, since the return comes first.
TEST_F(quick, a_bank_back_at_once_and_hardly_used_costs_nothing) {
  ride(minutes{4});
  EXPECT_EQ(back(86), sighting_answer::closed);
  EXPECT_EQ(facts().status, rental_status::cancelled);
  EXPECT_EQ(facts().closure, closure_reason::user);
  EXPECT_EQ(cash(), money{500'00});
  EXPECT_EQ(world.wallet(rider).current_points, 200) << "points go back as points";
  EXPECT_EQ(bill_of(facts()).charged(), money{});
  EXPECT_EQ(world.store->find_bank(bank)->status, bank_status::available);
  world.audit(rider);
}

TEST_F(quick, a_used_one_a_later_one_and_one_elsewhere_are_returns) {
  ride(minutes{4});
  EXPECT_EQ(back(84), sighting_answer::closed);
  EXPECT_EQ(facts().status, rental_status::completed) << "six points of charge";
  const auto second = world.rent(rider);
  ride(minutes{6});
  auto seen = world.sighting(second.bank_serial, sighting_kind::return_report, 11);
  seen.battery = second.start_battery;
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  EXPECT_EQ(world.stored(second.id).status, rental_status::completed) << "six minutes";
  const auto third = world.rent(rider);
  ride(minutes{1});
  seen = world.sighting(third.bank_serial, sighting_kind::return_report, 10);
  seen.battery = third.start_battery;
  seen.station = world.system.ids().make<station_id>();
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  EXPECT_EQ(world.stored(third.id).status, rental_status::completed) << "another station";
  world.audit(rider);
}

TEST_F(quick, the_third_of_a_day_is_paid_for) {
  rental_id last = rental.id;
  for (int n = 1; n <= 3; ++n) {
    ride(minutes{1});
    auto seen = world.sighting(world.stored(last).bank_serial, sighting_kind::return_report, 8 + n);
    seen.battery = world.stored(last).start_battery;
    EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
    EXPECT_EQ(world.stored(last).status, n < 3 ? rental_status::cancelled : rental_status::completed);
    if (n == 1) world.restart();
    if (n < 3) last = world.rent(rider).id;
  }
  world.audit(rider);
}

TEST_F(quick, habits_that_cannot_be_read_make_the_return_wait) {
  ride(minutes{1});
  world.store->reader_refuses = reader_refusal::unavailable;
  auto seen = world.sighting(bank);
  seen.battery = 90;
  const auto refused = world.system.ask<bank_seen_answer>(world.rentals, seen);
  world.system.run();
  EXPECT_TRUE(refused->error);
  world.store->reader_refuses.reset();
  ride(minutes{20});
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  EXPECT_EQ(facts().status, rental_status::cancelled) << "it came back in time";
}

// -- cancel
// ------------------------------------------------------------------------------------------

struct cancelling : ending {
  cancelling() {
    second = world.add_rider({100'00});
    world.ask_start(world.wish(second));
    world.system.run();
    open = world.all->ejections.back().command.rental;
  }
  cancel_rental wish() { return {world.by(second, open), "changed my mind"}; }
  void tell(ejection_result result) {
    world.system.ask<outcome_noted>(world.rentals, world.outcome(world.all->ejections.back(), result));
    world.system.run();
  }
  user_id second;
  rental_id open;
};

// F-06: a cancel refunded fully while the bank came out.
TEST_F(cancelling, while_a_motor_may_turn_it_is_refused_and_remembered) {
  EXPECT_EQ(world.refusal(wish()), rental_refusal::ejection_in_progress);
  EXPECT_TRUE(world.stored(open).cancel_requested);
  const auto ejections = world.all->ejections.size();
  tell(ejection_result::not_moved);
  EXPECT_EQ(world.all->ejections.size(), ejections) << "no other bank is tried";
  EXPECT_EQ(world.stored(open).status, rental_status::cancelled);
  EXPECT_EQ(world.stored(open).closure, closure_reason::user);
  EXPECT_EQ(world.wallet(second).cash, money{100'00});
  world.audit(second);
}

TEST_F(cancelling, the_wish_survives_a_restart) {
  world.refusal(wish());
  world.restart();
  tell(ejection_result::refuted);
  EXPECT_EQ(world.stored(open).closure, closure_reason::user);
}

TEST_F(cancelling, a_bank_that_came_out_all_the_same_is_rented) {
  world.refusal(wish());
  tell(ejection_result::confirmed);
  EXPECT_EQ(world.stored(open).status, rental_status::active);
  EXPECT_EQ(world.refusal(wish()), rental_refusal::powerbank_not_returned);
}

TEST_F(cancelling, an_ended_rental_cannot_be_cancelled) {
  tell(ejection_result::refuted);
  EXPECT_EQ(world.refusal(wish()), rental_refusal::invalid_rental_status);
}

// -- an operator's word
// ------------------------------------------------------------------------------------------

struct forcing : ending {
  forcing() { ride(minutes{100}); }
  force_complete wish(forced_resolution what) {
    force_complete one;
    one.rental = rental.id;
    one.what = what;
    one.reason = "the rider called and was right";
    one.by.who = world.system.ids().make<operator_id>();
    return one;
  }
  std::optional<rental_refusal> force(const force_complete& wish) {
    const auto answer = world.system.ask<force_answer>(world.rentals, wish);
    world.system.run();
    if (!answer->error) return {};
    return reason_of<rental_refusal>(*answer->error);
  }
};

// F-56: any status and amount could be set, nothing was freed, nothing collected.
TEST_F(forcing, returned_settles_as_a_return_does_and_says_who_ordered_it) {
  auto one = wish(forced_resolution::returned);
  one.ended_at = *facts().started_at + minutes{30};
  one.bank = bank_status::damaged;
  EXPECT_FALSE(force(one));
  EXPECT_EQ(facts().status, rental_status::completed);
  EXPECT_EQ(facts().closure, closure_reason::forced);
  EXPECT_EQ(facts().late_fee_charged, money{});
  EXPECT_EQ(world.store->find_bank(bank)->status, bank_status::damaged);
  EXPECT_TRUE(world.store->find_bank(bank)->rental.is_nil());
  ASSERT_EQ(world.store->audit_log.size(), 1U);
  const auto& entry = world.store->audit_log.back();
  EXPECT_EQ(entry.actor_id, one.by.who.text());
  EXPECT_NE(entry.before.find("OVERDUE"), std::string::npos);
  EXPECT_NE(entry.after.find("COMPLETED"), std::string::npos);
  EXPECT_EQ(force(one), rental_refusal::rental_already_completed);
  world.audit(rider);
}

TEST_F(forcing, a_price_of_the_operators_own_replaces_what_was_charged_after_the_start) {
  auto one = wish(forced_resolution::returned);
  one.charge_override = money{10'00};
  EXPECT_FALSE(force(one));
  EXPECT_EQ(bill_of(facts()).charged(), money{60'00});
  EXPECT_EQ(facts().due, money{});
  world.audit(rider);
}

TEST_F(forcing, cancelled_gives_everything_back) {
  EXPECT_FALSE(force(wish(forced_resolution::cancelled)));
  EXPECT_EQ(facts().status, rental_status::cancelled);
  EXPECT_EQ(facts().closure, closure_reason::admin);
  EXPECT_EQ(cash(), money{500'00});
  EXPECT_EQ(world.store->find_bank(bank)->status, bank_status::missing);
  world.audit(rider);
}

TEST_F(forcing, lost_charges_the_penalty_of_the_start) {
  EXPECT_FALSE(force(wish(forced_resolution::lost)));
  EXPECT_EQ(facts().closure, closure_reason::lost);
  EXPECT_EQ(facts().life.lost_penalty_charged, money{5'000'00});
  EXPECT_GT(facts().due, money{});
  EXPECT_EQ(world.store->find_bank(bank)->status, bank_status::lost);
  world.audit(rider);
}

TEST_F(forcing, what_makes_no_sense_is_refused) {
  auto one = wish(forced_resolution::returned);
  one.ended_at = world.system.now() + minutes{1};
  EXPECT_EQ(force(one), rental_refusal::invalid_status);
  one.ended_at = *facts().started_at - minutes{1};
  EXPECT_EQ(force(one), rental_refusal::invalid_status);
  one.ended_at.reset();
  one.bank = bank_status::available;
  EXPECT_EQ(force(one), rental_refusal::invalid_status) << "nobody sees it";
  world.store->journal_refuses = journal_refusal::unavailable;
  const auto away = world.system.ask<force_answer>(world.rentals, wish(forced_resolution::returned));
  world.system.run();
  EXPECT_TRUE(away->error);
  world.store->journal_refuses.reset();
  EXPECT_EQ(facts().status, rental_status::overdue);
  EXPECT_TRUE(world.store->audit_log.empty());
  world.audit(rider);
}

TEST_F(forcing, a_rental_that_never_began_can_only_be_cancelled) {
  const auto other = world.add_rider({100'00});
  world.ask_start(world.wish(other));
  world.system.run();
  auto one = wish(forced_resolution::returned);
  one.rental = world.all->ejections.back().command.rental;
  EXPECT_EQ(force(one), rental_refusal::rental_not_started);
  one.what = forced_resolution::cancelled;
  EXPECT_FALSE(force(one));
  EXPECT_EQ(world.stored(one.rental).status, rental_status::cancelled);
  EXPECT_EQ(world.stored(one.rental).closure, closure_reason::admin);
  EXPECT_EQ(world.wallet(other).cash, money{100'00});
  // 4.8-9: it comes out after all; an incident, nobody pays.
  world.system.ask<outcome_noted>(world.rentals,
                                  world.outcome(world.all->ejections.back(), ejection_result::confirmed));
  world.system.run();
  EXPECT_EQ(world.all->escapes.size(), 1U);
  world.audit(other);
}

// -- the clock, lost and found
// ------------------------------------------------------------------------------------------

struct losing : ending {
  void lose() {
    ride(hours{73} + minutes{10});
    ASSERT_EQ(facts().closure, closure_reason::lost);
  }
  lost_bank_found found() { return {rental.id, world.sighting(bank, sighting_kind::snapshot)}; }
  bool find(const lost_bank_found& word) {
    const auto answer = world.system.ask<bank_seen_answer>(world.rentals, word);
    world.system.run();
    return answer->answer.has_value();
  }
};

TEST_F(losing, every_deadline_is_told_once_in_its_order) {
  const std::vector<std::string> expected{"rental.due_soon",        "rental.overdue",
                                          "rental.late_fee_begins", "rental.lost_warning",
                                          "rental.lost_warning",    "rental.lost"};
  lose();
  std::vector<std::string> told;
  for (const auto& event : world.all->rental_events)
    if (event.name != "rental.status") told.push_back(event.name);
  EXPECT_EQ(told, expected);
}

TEST_F(losing, a_server_that_was_away_tells_only_what_still_matters_and_nothing_twice) {
  ride(minutes{50});
  EXPECT_EQ(world.heard("rental.due_soon"), 1);
  world.restart();
  ride(minutes{1});
  EXPECT_EQ(world.heard("rental.due_soon"), 1) << "told before the restart";
  world.system.kill(world.rentals);
  ride(hours{65});
  world.restart();
  ride(minutes{1});
  EXPECT_EQ(world.heard("rental.overdue"), 1);
  EXPECT_EQ(world.heard("rental.late_fee_begins"), 0) << "long ago";
  EXPECT_EQ(world.heard("rental.lost_warning"), 1);
  EXPECT_EQ(facts().status, rental_status::overdue);
}

// F-55: a constant, the wrong bank, no collection, a crash.
TEST_F(losing, a_bank_that_never_comes_back_is_written_off_and_charged) {
  lose();
  EXPECT_EQ(facts().status, rental_status::completed);
  EXPECT_EQ(facts().ended_at, *facts().due_at + hours{72}) << "the late fee is frozen then";
  EXPECT_EQ(facts().life.lost_penalty_charged, money{5'000'00});
  EXPECT_EQ(cash(), money{}) << "what can be collected is";
  EXPECT_GT(facts().due, money{4'500'00});
  EXPECT_EQ(world.store->find_bank(bank)->status, bank_status::lost);
  EXPECT_EQ(world.store->find_bank(bank)->rental, rental.id);
  world.restart();
  const auto again = world.ask_start(world.wish(rider));
  world.system.run();
  EXPECT_EQ(reason_of<rental_refusal>(*again->error), rental_refusal::unpaid_rental_exists);
  world.audit(rider);
}

TEST_F(losing, a_loss_that_cannot_be_stored_is_tried_again) {
  ride(hours{72} + minutes{30});
  world.store->journal_refuses = journal_refusal::unavailable;
  ride(hours{1});
  EXPECT_EQ(facts().status, rental_status::overdue);
  world.store->journal_refuses.reset();
  ride(minutes{1});
  EXPECT_EQ(facts().closure, closure_reason::lost);
  EXPECT_EQ(facts().ended_at, *facts().due_at + hours{72});
  world.audit(rider);
}

// F-26: the return of a bank that had been written off was ignored.
TEST_F(losing, found_again_the_penalty_is_credited_and_the_bank_inspected) {
  lose();
  const money late = facts().late_fee_charged;
  EXPECT_TRUE(find(found()));
  EXPECT_EQ(facts().closure, closure_reason::lost);
  EXPECT_TRUE(facts().life.found_at);
  EXPECT_EQ(bill_of(facts()).charged(), money{50'00} + late) << "the late fee stays, below the penalty";
  EXPECT_EQ(world.store->find_bank(bank)->status, bank_status::maintenance);
  EXPECT_EQ(world.store->find_bank(bank)->slot, 9);
  EXPECT_TRUE(world.store->find_bank(bank)->rental.is_nil());
  EXPECT_EQ(world.heard("rental.found"), 1);
  const auto revision = facts().revision;
  EXPECT_TRUE(find(found())) << "told twice";
  EXPECT_EQ(facts().revision, revision);
  world.audit(rider);
}

TEST_F(losing, what_was_paid_too_much_comes_back_to_the_wallet) {
  world.store_parts(
      topup_journal({world.system.ids().make<ledger_journal_id>(), rider, {}, world.system.now()}, "demo",
                    "much", {9'000'00}));
  world.restart();
  lose();
  EXPECT_EQ(facts().due, money{});
  const money before = cash();
  const money late = facts().late_fee_charged;
  world.restart();
  EXPECT_TRUE(find(found()));
  EXPECT_GT(cash(), before);
  EXPECT_EQ(bill_of(facts()).paid, money{50'00} + late);
  world.audit(rider);
}

TEST_F(losing, a_find_that_cannot_be_stored_can_be_told_again) {
  lose();
  world.store->journal_refuses = journal_refusal::unavailable;
  EXPECT_FALSE(find(found()));
  world.store->journal_refuses.reset();
  EXPECT_FALSE(facts().life.found_at);
  EXPECT_TRUE(find(found()));
  EXPECT_TRUE(facts().life.found_at);
  world.audit(rider);
}

// -- places
// ------------------------------------------------------------------------------------------

TEST_F(ending, a_place_is_stored_once_in_thirty_seconds_while_the_bank_is_out) {
  const auto note = [&] {
    rental_location where{rental.id, 27.7, 85.3, 12, {}};
    const auto answer = world.system.ask<nothing>(world.rentals, note_location{rider, where});
    world.system.run();
    return answer->error ? reason_of<rental_refusal>(*answer->error) : std::optional<rental_refusal>{};
  };
  EXPECT_FALSE(note());
  EXPECT_EQ(note(), rental_refusal::location_too_often);
  ride(seconds{30});
  EXPECT_FALSE(note());
  EXPECT_EQ(world.store->locations.size(), 2U);
  ride(minutes{10});
  world.bring_back(world.sighting(bank));
  EXPECT_EQ(note(), rental_refusal::invalid_rental_status);
}

}  // namespace
}  // namespace chautari::testing
