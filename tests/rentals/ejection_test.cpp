/// What becomes of a rental when its cabinet speaks, keeps silent, or says something else.

#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

struct ejecting : ::testing::Test {
  ejecting() {
    rider = world.add_rider({60'00}, 100);
    answer = world.ask_start(world.wish(rider));
    world.system.run();
    id = world.all->ejections.at(0).command.rental;
  }
  /// The kiosk tells; true if it was taken for new, nothing if it shall tell again.
  std::optional<bool> tell(const ejection_outcome& outcome) {
    const auto noted = world.system.ask<outcome_noted>(world.rentals, outcome);
    world.system.run();
    if (!noted->answer) return {};
    return noted->answer->is_new;
  }
  const eject_bank& last_ejection() { return world.all->ejections.back(); }

  rental_world world;
  user_id rider;
  std::shared_ptr<asked<start_answer>> answer;
  rental_id id;
};

TEST_F(ejecting, a_refuted_one_gives_everything_back_in_its_own_currency) {
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::refuted)), true);
  ASSERT_TRUE(answer->error);
  EXPECT_EQ(reason_of<rental_refusal>(*answer->error), rental_refusal::ejection_failed);
  EXPECT_EQ(context_of(*answer->error), R"({"rental_id":")" + id.text() + "\"}");
  EXPECT_EQ(world.wallet(rider).cash, money{60'00});
  EXPECT_EQ(world.wallet(rider).current_points, 100);
  EXPECT_EQ(world.stored(id).status, rental_status::cancelled);
  EXPECT_EQ(world.stored(id).closure, closure_reason::eject_failed);
  EXPECT_EQ(world.store->find_bank({40000001})->status, bank_status::available);
  ASSERT_EQ(world.all->releases.size(), 1U);
  EXPECT_TRUE(world.all->releases[0].ejection_failed);
  EXPECT_EQ(world.store->answers.begin()->second.status, 409);
  EXPECT_EQ(world.store->transactions.at(world.stored(id).payment).status, transaction_status::refunded);
  world.audit(rider);
}

TEST_F(ejecting, a_bank_whose_seat_was_taken_meanwhile_is_not_put_back_into_it) {
  world.all->find({40000001})->slot = 0;  // The station displaced it.
  bank_image newcomer;
  newcomer.id = world.system.ids().make<bank_id>();
  newcomer.serial = {40000099};
  bank_image moved = *world.store->find_bank({40000001});
  newcomer.station = moved.station;
  newcomer.slot = 1;
  moved.station = {};
  moved.slot = 0;
  world.store_parts(moved, newcomer);
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::refuted)), true);
  EXPECT_EQ(world.store->find_bank({40000001})->status, bank_status::missing);
  EXPECT_EQ(world.store->find_bank({40000001})->slot, 0);
  EXPECT_EQ(world.store->find_bank({40000099})->slot, 1);
  world.audit(rider);
}

TEST_F(ejecting, a_bank_that_is_said_not_to_be_there_is_released_in_doubt) {
  tell(world.outcome(last_ejection(), ejection_result::not_moved));
  ASSERT_EQ(world.all->releases.size(), 1U);
  EXPECT_TRUE(world.all->releases[0].is_in_doubt);
  auto second = world.outcome(last_ejection(), ejection_result::not_moved);
  second.command.reply_code = 0x88;
  tell(second);
  ASSERT_EQ(world.all->releases.size(), 2U);
  EXPECT_FALSE(world.all->releases[1].is_in_doubt);
}

TEST_F(ejecting, the_rider_may_start_again_after_a_refund) {
  tell(world.outcome(last_ejection(), ejection_result::refuted));
  const auto again = world.rent(rider);
  EXPECT_EQ(again.status, rental_status::active);
}

TEST_F(ejecting, telling_twice_is_telling_once) {
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::confirmed)), true);
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::confirmed)), false);
  EXPECT_EQ(world.all->departures.size(), 1U);
  EXPECT_EQ(world.store->find_bank({40000001})->ejections, 1);
}

TEST_F(ejecting, a_word_of_not_moved_tries_the_next_best_bank_once) {
  const auto first = last_ejection();
  EXPECT_EQ(tell(world.outcome(first, ejection_result::not_moved)), true);
  ASSERT_EQ(world.all->ejections.size(), 2U);
  EXPECT_EQ(last_ejection().command.bank, bank_sn{40000002});
  EXPECT_EQ(last_ejection().command.attempt, 2);
  EXPECT_EQ(last_ejection().publishes_left, 1);
  EXPECT_EQ(world.store->find_bank({40000001})->status, bank_status::available);
  EXPECT_EQ(world.store->find_bank({40000002})->status, bank_status::reserved);
  EXPECT_EQ(world.all->releases.at(0).bank, bank_sn{40000001});
  EXPECT_FALSE(world.all->releases.at(0).ejection_failed);
  EXPECT_EQ(tell(world.outcome(first, ejection_result::not_moved)), false) << "a repeat of the first";
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::not_moved)), true);
  EXPECT_EQ(world.all->ejections.size(), 2U) << "two publishes at most";
  EXPECT_EQ(world.stored(id).status, rental_status::cancelled);
  world.audit(rider);
}

TEST_F(ejecting, a_second_bank_that_comes_out_is_the_rentals_bank) {
  tell(world.outcome(last_ejection(), ejection_result::not_moved));
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::confirmed)), true);
  EXPECT_EQ(world.stored(id).bank_serial, bank_sn{40000002});
  EXPECT_EQ(world.bring_back(world.sighting({40000002})), sighting_answer::closed);
}

TEST_F(ejecting, without_a_second_bank_the_rental_is_over) {
  world.all->station_refuses = station_refusal::no_power_bank_available;
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::not_moved)), true);
  EXPECT_EQ(world.stored(id).status, rental_status::cancelled);
  world.audit(rider);
}

TEST_F(ejecting, a_command_that_never_left_is_not_tried_with_another_bank) {
  auto outcome = world.outcome(last_ejection(), ejection_result::not_moved);
  outcome.command.reply_code = -1;
  EXPECT_EQ(tell(outcome), true);
  EXPECT_EQ(world.all->ejections.size(), 1U);
  EXPECT_EQ(world.stored(id).status, rental_status::cancelled);
}

TEST_F(ejecting, uncertain_holds_the_money_and_starts_no_clock) {
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::uncertain)), true);
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::uncertain)), false);
  EXPECT_TRUE(world.stored(id).ejection_uncertain);
  EXPECT_FALSE(world.stored(id).started_at);
  EXPECT_EQ(world.store->balance("2050", id.value), 50'00);
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::confirmed)), true);
  EXPECT_FALSE(world.stored(id).ejection_uncertain);
  EXPECT_EQ(world.stored(id).status, rental_status::active);
}

TEST_F(ejecting, a_dark_cabinet_gives_the_money_back_and_the_bank_is_missing) {
  tell(world.outcome(last_ejection(), ejection_result::uncertain));
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::dark)), true);
  EXPECT_EQ(world.store->find_bank({40000001})->status, bank_status::missing);
  EXPECT_EQ(world.wallet(rider).cash, money{60'00});
  EXPECT_FALSE(world.all->departures.at(0).is_proven);
  world.audit(rider);
}

TEST_F(ejecting, another_bank_of_the_station_is_adopted) {
  auto outcome = world.outcome(last_ejection(), ejection_result::confirmed);
  outcome.bank = {40000003};
  outcome.other_bank = *world.all->find({40000003});
  EXPECT_EQ(tell(outcome), true);
  EXPECT_EQ(world.stored(id).bank_serial, bank_sn{40000003});
  EXPECT_EQ(world.store->find_bank({40000003})->status, bank_status::rented);
  EXPECT_EQ(world.store->find_bank({40000001})->status, bank_status::available);
  EXPECT_EQ(world.all->departures.at(0).reserved, bank_sn{40000001});
  EXPECT_EQ(world.bring_back(world.sighting({40000001})), sighting_answer::not_rented);
  EXPECT_EQ(world.bring_back(world.sighting({40000003})), sighting_answer::closed);
}

TEST_F(ejecting, a_bank_nobody_knows_is_adopted_in_quarantine) {
  auto outcome = world.outcome(last_ejection(), ejection_result::confirmed);
  outcome.bank = {77777777};
  EXPECT_EQ(tell(outcome), true);
  EXPECT_EQ(world.store->find_bank({77777777})->status, bank_status::quarantined);
  EXPECT_EQ(world.bring_back(world.sighting({77777777})), sighting_answer::closed);
  EXPECT_EQ(world.store->find_bank({77777777})->status, bank_status::quarantined);
}

TEST_F(ejecting, a_bank_reserved_for_somebody_else_makes_that_one_take_another) {
  const auto other_rider = world.add_rider({60'00});
  world.ask_start(world.wish(other_rider));
  world.system.run();
  const auto others = last_ejection();
  ASSERT_EQ(others.command.bank, bank_sn{40000002});
  auto outcome = world.outcome(world.all->ejections.at(0), ejection_result::confirmed);
  outcome.bank = {40000002};
  outcome.other_bank = *world.all->find({40000002});
  EXPECT_EQ(tell(outcome), std::nullopt) << "tell again once the other has let go";
  EXPECT_EQ(world.stored(others.command.rental).bank_serial, bank_sn{40000003});
  EXPECT_EQ(tell(outcome), true);
  EXPECT_EQ(world.stored(id).bank_serial, bank_sn{40000002});
  EXPECT_EQ(world.stored(others.command.rental).status, rental_status::pending_popup);
  world.audit(rider);
  world.audit(other_rider);
}

TEST_F(ejecting, a_bank_believed_to_be_out_has_come_back_unseen) {
  tell(world.outcome(last_ejection(), ejection_result::confirmed));
  const auto other_rider = world.add_rider({60'00});
  world.ask_start(world.wish(other_rider));
  world.system.run();
  world.system.advance(seconds{30});
  auto outcome = world.outcome(last_ejection(), ejection_result::confirmed);
  outcome.bank = {40000001};
  EXPECT_EQ(tell(outcome), std::nullopt);
  EXPECT_FALSE(is_open(world.stored(id).status)) << "it must have been returned, nobody knows when";
  EXPECT_EQ(tell(outcome), true);
  EXPECT_EQ(world.stored(last_ejection().command.rental).bank_serial, bank_sn{40000001});
}

TEST_F(ejecting, success_after_refutation_is_an_incident_and_nobody_pays) {
  tell(world.outcome(last_ejection(), ejection_result::refuted));
  const auto charged = world.store->journals.size();
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::confirmed)), false);
  EXPECT_EQ(world.store->journals.size(), charged);
  ASSERT_EQ(world.all->escapes.size(), 1U);
  EXPECT_EQ(world.all->escapes[0].bank, bank_sn{40000001});
  EXPECT_EQ(world.store->rental_log.back().rule, "4.8-9");
  EXPECT_EQ(world.stored(id).status, rental_status::cancelled);
  world.audit(rider);
}

TEST_F(ejecting, an_outcome_that_cannot_be_stored_is_told_again) {
  for (const auto result :
       {ejection_result::uncertain, ejection_result::not_moved, ejection_result::confirmed}) {
    world.store->journal_refuses = journal_refusal::unavailable;
    const auto before = world.stored(id).revision;
    EXPECT_EQ(tell(world.outcome(last_ejection(), result)), std::nullopt);
    EXPECT_EQ(world.stored(id).revision, before);
    world.store->journal_refuses.reset();
    EXPECT_EQ(tell(world.outcome(last_ejection(), result)), true);
    EXPECT_EQ(world.stored(id).revision, before + 1);
  }
  world.audit(rider);
}

TEST_F(ejecting, a_refund_that_cannot_be_stored_leaves_the_money_where_it_is) {
  world.store->journal_refuses = journal_refusal::overloaded;
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::refuted)), std::nullopt);
  EXPECT_EQ(world.wallet(rider).cash, money{20'00});
  EXPECT_EQ(world.wallet(rider).held, money{});
  world.store->journal_refuses.reset();
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::refuted)), true);
  EXPECT_EQ(world.wallet(rider).cash, money{60'00});
}

TEST_F(ejecting, a_restart_forgets_nothing) {
  world.restart();
  EXPECT_EQ(tell(world.outcome(last_ejection(), ejection_result::confirmed)), true);
  EXPECT_EQ(world.stored(id).status, rental_status::active);
  world.restart();
  const auto open = world.system.ask<open_rental_answer>(world.rentals, find_open_rental{rider});
  world.system.run();
  ASSERT_TRUE(open->answer && open->answer->rental);
  EXPECT_EQ(open->answer->rental->id, id);
  world.system.advance(minutes{61}, seconds{30});
  EXPECT_EQ(world.stored(id).status, rental_status::overdue) << "the timer is armed again";
  EXPECT_EQ(world.bring_back(world.sighting({40000001})), sighting_answer::closed);
  world.audit(rider);
}

TEST_F(ejecting, the_rider_hears_of_each_change) {
  tell(world.outcome(last_ejection(), ejection_result::uncertain));
  tell(world.outcome(last_ejection(), ejection_result::confirmed));
  std::vector<std::string> seen;
  for (const auto& event : world.all->rental_events)
    seen.push_back(event.name + ' ' + to_string(event.image.status));
  EXPECT_EQ(seen, (std::vector<std::string>{"rental.status PENDING_POPUP", "rental.status PENDING_POPUP",
                                            "rental.status ACTIVE"}));
  EXPECT_FALSE(world.all->wallet_events.empty());
  EXPECT_EQ(world.all->wallet_events.back().wallet.cash, money{20'00});
}

}  // namespace
}  // namespace chautari::testing
