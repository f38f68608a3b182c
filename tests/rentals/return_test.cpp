/// One closing per rental, whatever repeats, arrives late, or comes by another door.

#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

struct riding : ::testing::Test {
  riding() {
    rider = world.add_rider({100'00});
    rental = world.rent(rider);
  }
  void ride(milliseconds time) { world.system.advance(time, std::min<milliseconds>(time, seconds{15})); }

  rental_world world;
  user_id rider;
  rental_image rental;
  bank_sn bank{40000001};
};

TEST_F(riding, a_return_closes_and_pays_rewards) {
  ride(minutes{30});
  EXPECT_EQ(world.bring_back(world.sighting(bank)), sighting_answer::closed);
  const auto& closed = world.stored(rental.id);
  EXPECT_EQ(closed.status, rental_status::completed);
  EXPECT_TRUE(closed.on_time);
  EXPECT_EQ(closed.return_slot, 9);
  EXPECT_EQ(closed.return_battery, 40);
  EXPECT_EQ(world.wallet(rider).current_points, 55);
  EXPECT_EQ(world.wallet(rider).total_points_earned, 55);
  EXPECT_EQ(world.store->cycles.size(), 1U);
  EXPECT_EQ(world.store->find_bank(bank)->slot, 9);
  EXPECT_EQ(world.store->find_bank(bank)->status, bank_status::available);
  ASSERT_EQ(world.all->seats.size(), 1U);
  EXPECT_EQ(world.all->rental_events.back().name, "rental.settled");
  world.audit(rider);
}

TEST_F(riding, a_rental_whose_actor_died_lives_on_from_the_database) {
  ride(minutes{10});
  world.kill_rental(rental.id);
  const auto seen = world.sighting(bank);
  const auto meanwhile = world.system.ask<bank_seen_answer>(world.rentals, seen);
  world.system.run();
  ASSERT_TRUE(meanwhile->error) << "the kiosk shall tell it again";
  world.store->reader_refuses = reader_refusal::unavailable;
  ride(seconds{20});
  world.store->reader_refuses.reset();
  ride(seconds{90});
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  EXPECT_EQ(world.stored(rental.id).ended_at, seen.received_at);
  world.audit(rider);
}

// 4.9, the ambiguity test: 0x40 at t = 0, self-test at 3 s, snapshot at 4 s.
TEST_F(riding, the_same_return_by_three_doors_closes_once_at_the_first) {
  ride(minutes{30});
  const timestamp first = world.system.now();
  EXPECT_EQ(world.bring_back(world.sighting(bank)), sighting_answer::closed);
  world.system.advance(seconds{3});
  EXPECT_EQ(world.bring_back(world.sighting(bank, sighting_kind::self_test)), sighting_answer::not_rented);
  world.system.advance(seconds{1});
  EXPECT_EQ(world.bring_back(world.sighting(bank, sighting_kind::snapshot)), sighting_answer::not_rented);
  EXPECT_EQ(world.stored(rental.id).ended_at, first);
  EXPECT_EQ(world.wallet(rider).current_points, 55) << "points once";
  EXPECT_EQ(world.all->seats.size(), 1U);
  world.audit(rider);
}

TEST(returning, three_doors_at_the_same_instant_close_once_under_any_schedule) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    rental_world world{seed};
    const auto rider = world.add_rider({100'00});
    const auto rental = world.rent(rider);
    world.system.advance(minutes{90}, seconds{30});
    std::vector<std::shared_ptr<asked<bank_seen_answer>>> answers;
    for (const auto kind :
         {sighting_kind::return_report, sighting_kind::self_test, sighting_kind::snapshot}) {
      auto seen = world.sighting({40000001}, kind);
      seen.absent_at = world.system.now() - minutes{10};
      answers.push_back(world.system.ask<bank_seen_answer>(world.rentals, seen));
    }
    world.system.run();
    const auto closings = std::count_if(answers.begin(), answers.end(), [](const auto& one) {
      return one->answer && one->answer->answer == sighting_answer::closed;
    });
    ASSERT_EQ(closings, 1) << "seed " << seed;
    ASSERT_EQ(world.store->journals.count("rental:" + rental.id.text() + ":late"), 1U);
    world.audit(rider);
  }
}

TEST_F(riding, a_late_bank_pays_the_late_fee) {
  ride(minutes{60} + minutes{45});
  EXPECT_EQ(world.stored(rental.id).status, rental_status::overdue);
  EXPECT_EQ(world.bring_back(world.sighting(bank)), sighting_answer::closed);
  const auto& closed = world.stored(rental.id);
  // The wallet holds 50.00 of the 71.67.
  EXPECT_EQ(closed.late_fee_charged, money{71'67});
  EXPECT_EQ(closed.due, money{21'67});
  EXPECT_EQ(world.wallet(rider).cash, money{});
  EXPECT_EQ(world.store->balance("1200", rider.value), -21'67) << "a receivable is a debit";
  EXPECT_EQ(world.store->balance("4020"), 62'35);
  const auto again = world.ask_start(world.wish(rider));
  world.system.run();
  ASSERT_TRUE(again->error);
  EXPECT_EQ(reason_of<rental_refusal>(*again->error), rental_refusal::unpaid_rental_exists);
  EXPECT_NE(context_of(*again->error).find("21.67"), std::string::npos);
  world.audit(rider);
}

TEST_F(riding, a_debt_survives_a_restart) {
  ride(minutes{60} + minutes{45});
  world.bring_back(world.sighting(bank));
  world.restart();
  const auto again = world.ask_start(world.wish(rider));
  world.system.run();
  ASSERT_TRUE(again->error);
  EXPECT_EQ(reason_of<rental_refusal>(*again->error), rental_refusal::unpaid_rental_exists);
}

TEST_F(riding, an_overdue_rental_blocks_the_next_one_by_its_own_name) {
  ride(minutes{61});
  const auto again = world.ask_start(world.wish(rider));
  world.system.run();
  ASSERT_TRUE(again->error);
  EXPECT_EQ(reason_of<rental_refusal>(*again->error), rental_refusal::overdue_rental_exists);
}

TEST_F(riding, the_rider_is_reminded_before_and_told_at_the_due_time) {
  const auto heard = [&](const std::string& name) {
    return std::count_if(world.all->rental_events.begin(), world.all->rental_events.end(),
                         [&](const auto& event) { return event.name == name; });
  };
  ride(minutes{44});
  EXPECT_EQ(heard("rental.due_soon"), 0);
  ride(minutes{2});
  EXPECT_EQ(heard("rental.due_soon"), 1);
  EXPECT_EQ(heard("rental.overdue"), 0);
  ride(minutes{15});
  EXPECT_EQ(heard("rental.overdue"), 1);
}

TEST_F(riding, overdue_is_stored_later_if_the_journal_is_away) {
  ride(minutes{59});
  world.store->journal_refuses = journal_refusal::unavailable;
  ride(minutes{3});
  EXPECT_EQ(world.stored(rental.id).status, rental_status::active);
  world.store->journal_refuses.reset();
  ride(seconds{10});
  EXPECT_EQ(world.stored(rental.id).status, rental_status::overdue);
}

TEST_F(riding, a_return_at_another_station_is_a_return) {
  ride(minutes{30});
  auto seen = world.sighting(bank, sighting_kind::return_report, 3);
  seen.station = world.system.ids().make<station_id>();
  seen.station_serial = {"ST-2"};
  seen.station_name = "Bhaktapur";
  seen.cabinet = {"860000000000002"};
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  EXPECT_EQ(world.stored(rental.id).return_station, seen.station);
  EXPECT_EQ(world.stored(rental.id).return_station_name, "Bhaktapur");
  EXPECT_EQ(world.all->seats.at(0).station, seen.station);
}

TEST_F(riding, a_snapshot_closes_too_but_not_right_after_the_ejection) {
  ride(seconds{9});
  EXPECT_EQ(world.bring_back(world.sighting(bank, sighting_kind::snapshot)), sighting_answer::too_early);
  ride(seconds{2});
  EXPECT_EQ(world.bring_back(world.sighting(bank, sighting_kind::snapshot)), sighting_answer::closed);
  EXPECT_TRUE(world.stored(rental.id).under_5_minutes);
  EXPECT_EQ(world.wallet(rider).current_points, 0);
}

TEST_F(riding, before_the_ejection_is_confirmed_a_sighting_says_nothing) {
  const auto other = world.add_rider({100'00});
  world.ask_start(world.wish(other));
  world.system.run();
  const auto reserved = world.all->ejections.back().command.bank;
  EXPECT_EQ(world.bring_back(world.sighting(reserved, sighting_kind::snapshot)), sighting_answer::not_out);
}

/// Out, but its cabinet said nothing; somebody brings it to another one.
struct seen_elsewhere : ::testing::Test {
  seen_elsewhere() {
    rider = world.add_rider({100'00});
    answer = world.ask_start(world.wish(rider));
    world.system.run();
    id = world.all->ejections.back().command.rental;
  }
  bank_seen elsewhere() {
    auto seen = world.sighting(bank, sighting_kind::snapshot, 3);
    seen.station = other;
    seen.station_serial = {"ST-2"};
    seen.cabinet = {"860000000000002"};
    seen.absent_at = world.system.now() - minutes{1};
    return seen;
  }
  rental_world world;
  user_id rider;
  std::shared_ptr<asked<start_answer>> answer;
  rental_id id;
  bank_sn bank{40000001};
  station_id other = world.system.ids().make<station_id>();
};

TEST_F(seen_elsewhere, a_bank_in_another_cabinet_has_left_and_is_back_at_once) {
  world.system.advance(minutes{5}, seconds{1});
  EXPECT_EQ(world.bring_back(elsewhere()), sighting_answer::closed);
  const auto& closed = world.stored(id);
  EXPECT_EQ(closed.status, rental_status::completed);
  EXPECT_EQ(closed.started_at, closed.created_at + seconds{33}) << "as late as it can have left";
  EXPECT_EQ(closed.ended_at, world.system.now() - minutes{1}) << "its cabinet had not shown it before";
  EXPECT_EQ(closed.return_station, other);
  EXPECT_EQ(world.store->journals.count("rental:" + id.text() + ":earn"), 1U);
  EXPECT_EQ(world.store->find_bank(bank)->station, other);
  EXPECT_EQ(world.all->departures.size(), 1U) << "its old station learns that it left";
  world.audit(rider);
}

TEST_F(seen_elsewhere, what_the_cabinet_tells_later_changes_only_the_command) {
  world.system.advance(minutes{5}, seconds{1});
  world.bring_back(elsewhere());
  const auto before = world.stored(id);
  for (const auto result : {ejection_result::confirmed, ejection_result::dark}) {
    auto late = world.outcome(world.all->ejections.back(), result);
    late.command.state = command_state::expired;
    const auto noted = world.system.ask<outcome_noted>(world.rentals, late);
    world.system.run();
    ASSERT_TRUE(noted->answer);
    EXPECT_FALSE(noted->answer->is_new);
    EXPECT_EQ(world.stored(id).revision, before.revision);
    EXPECT_EQ(world.store->commands.at(late.command.id).state, command_state::expired);
  }
  world.audit(rider);
}

TEST_F(seen_elsewhere, a_command_that_may_still_wait_in_its_queue_is_not_proved_by_it) {
  world.system.advance(seconds{29}, seconds{1});
  EXPECT_EQ(world.bring_back(elsewhere()), sighting_answer::not_out);
  EXPECT_EQ(world.stored(id).status, rental_status::pending_popup);
}

TEST_F(seen_elsewhere, a_sighting_in_its_own_cabinet_is_left_to_the_ejection) {
  world.system.advance(minutes{5}, seconds{1});
  EXPECT_EQ(world.bring_back(world.sighting(bank)), sighting_answer::not_out);
}

TEST_F(seen_elsewhere, half_of_it_stored_is_finished_by_the_same_sighting) {
  world.system.advance(minutes{5}, seconds{1});
  const auto seen = elsewhere();
  world.store->is_unreachable = [](const record& entry) {
    return std::any_of(entry.parts.begin(), entry.parts.end(), [](const auto& part) {
      const auto* rental = std::get_if<rental_image>(&part);
      return rental != nullptr && rental->status == rental_status::completed;
    });
  };
  const auto refused = world.system.ask<bank_seen_answer>(world.rentals, seen);
  world.system.run();
  ASSERT_TRUE(refused->error);
  EXPECT_EQ(world.stored(id).status, rental_status::active);
  world.store->is_unreachable = {};
  world.system.advance(seconds{20}, seconds{1});
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  EXPECT_EQ(world.stored(id).ended_at, seen.absent_at);
  world.audit(rider);
}

TEST_F(riding, a_return_that_cannot_be_stored_can_be_told_again) {
  ride(minutes{70});
  world.store->journal_refuses = journal_refusal::unavailable;
  const auto seen = world.sighting(bank);
  const auto refused = world.system.ask<bank_seen_answer>(world.rentals, seen);
  world.system.run();
  ASSERT_TRUE(refused->error);
  EXPECT_EQ(world.wallet(rider).held, money{});
  EXPECT_TRUE(world.all->seats.empty());
  world.store->journal_refuses.reset();
  ride(minutes{20});
  EXPECT_EQ(world.bring_back(seen), sighting_answer::closed);
  EXPECT_EQ(world.stored(rental.id).ended_at, seen.received_at) << "the rider does not pay for our outage";
  world.audit(rider);
}

TEST_F(riding, the_report_is_stored_under_the_key_of_the_fact) {
  ride(minutes{30});
  world.bring_back(world.sighting(bank));
  EXPECT_EQ(world.store->dedupe_keys.count(return_key(world.all->station.cabinet, 0x40, bank, 9, 1)), 1U);
}

TEST(returning, the_fourth_punctual_return_of_a_day_earns_no_bonus) {
  rental_world world;
  const auto rider = world.add_rider({500'00});
  for (int round = 1; round <= 4; ++round) {
    auto wish = world.wish(rider);
    wish.mode = payment_mode::wallet;
    world.ask_start(wish);
    world.system.run();
    const auto sent = world.all->ejections.back();
    world.system.ask<outcome_noted>(world.rentals, world.outcome(sent, ejection_result::confirmed));
    world.system.advance(minutes{10}, seconds{30});
    EXPECT_EQ(world.bring_back(world.sighting(sent.command.bank, sighting_kind::return_report, 10 + round)),
              sighting_answer::closed);
    if (round == 2) world.restart();
  }
  EXPECT_EQ(world.wallet(rider).current_points, 4 * 5 + 3 * 50);
  world.audit(rider);
}

TEST(returning, an_account_that_sleeps_while_its_bank_is_out_is_not_paid_twice) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    rental_world world{seed, 1};
    const auto rider = world.add_rider({100'00});
    const auto other = world.add_rider({100'00});
    world.rent(rider);
    world.system.advance(minutes{70}, seconds{30});
    EXPECT_EQ(world.wallet(other).cash, money{100'00}) << "the first account went to sleep for this one";
    world.bring_back(world.sighting({40000001}));
    world.wallet(other);
    world.audit(rider);
    world.audit(other);
  }
}

}  // namespace
}  // namespace chautari::testing
