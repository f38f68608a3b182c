/// A start from wish to answer, under shuffled schedules.

#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

/// The refusal that a start was answered with.
template <class Refusal>
std::optional<Refusal> refused(const std::shared_ptr<asked<start_answer>>& answer) {
  return answer->error ? reason_of<Refusal>(*answer->error) : std::nullopt;
}

TEST(start, takes_the_money_and_asks_the_cabinet_for_the_fullest_bank) {
  rental_world world;
  const auto rider = world.add_rider({100'00});
  const auto answer = world.ask_start(world.wish(rider));
  world.system.run();
  EXPECT_FALSE(answer->is_answered()) << "the cabinet has not spoken";
  ASSERT_EQ(world.all->ejections.size(), 1U);
  EXPECT_EQ(world.all->ejections[0].command.bank, bank_sn{40000001});
  EXPECT_EQ(world.all->ejections[0].publishes_left, 2);
  EXPECT_EQ(world.store->balance("2000", rider.value), 50'00);
  ASSERT_EQ(world.store->rentals.size(), 1U);
  EXPECT_EQ(world.store->rentals.begin()->second.status, rental_status::pending_popup);
  EXPECT_EQ(world.wallet(rider).cash, money{50'00});
}

TEST(start, is_stored_with_its_command_as_sent_if_the_cabinet_is_idle) {
  for (const bool is_idle : {true, false}) {
    rental_world world;
    world.all->kiosk.is_online = true;
    world.all->kiosk.is_ejecting = !is_idle;
    const auto rider = world.add_rider({100'00});
    const auto answer = world.ask_start(world.wish(rider));
    world.system.run();
    ASSERT_EQ(world.all->ejections.size(), 1U);
    const auto& ordered = world.all->ejections[0].command;
    EXPECT_EQ(ordered.state, is_idle ? command_state::sent : command_state::queued);
    EXPECT_EQ(ordered.sent_at.has_value(), is_idle);
    EXPECT_EQ(world.store->commands.at(ordered.id).state, ordered.state)
        << "the law: stored before published";
    EXPECT_FALSE(answer->is_answered());
  }
}

TEST(start, is_answered_active_once_the_bank_is_out) {
  rental_world world;
  const auto rider = world.add_rider({100'00}, 50);
  const auto rental = world.rent(rider);
  EXPECT_EQ(rental.status, rental_status::active);
  EXPECT_EQ(rental.due_at, *rental.started_at + minutes{60});
  EXPECT_EQ(world.store->balance("4000"), 43'50);
  EXPECT_EQ(world.store->balance("2300"), 6'50);
  EXPECT_EQ(world.store->balance("2050", rental.id.value), 0);
  EXPECT_EQ(world.store->find_bank({40000001})->status, bank_status::rented);
  EXPECT_TRUE(world.store->find_bank({40000001})->station.is_nil());
  EXPECT_EQ(world.all->departures.size(), 1U);
  EXPECT_EQ(rental.paid, (payment_split{{45'00}, {}, 50}));
  world.audit(rider);
}

TEST(start, is_answered_within_eight_seconds_whatever_the_cabinet_does) {
  rental_world world;
  const auto rider = world.add_rider({100'00});
  const auto wish = world.wish(rider);
  const auto answer = world.ask_start(wish);
  world.system.advance(seconds{7});
  EXPECT_FALSE(answer->is_answered());
  const auto impatient = world.ask_start(wish);
  world.system.run();
  EXPECT_EQ(refused<rental_refusal>(impatient), rental_refusal::request_in_progress);
  world.system.advance(milliseconds{1'500});
  ASSERT_TRUE(answer->answer);
  EXPECT_EQ(answer->answer->rental.status, rental_status::pending_popup);
  const auto again = world.ask_start(wish);
  world.system.run();
  ASSERT_TRUE(again->answer);
  EXPECT_EQ(again->answer->replayed_status, 201);
}

// The checks of 3.4, in their order: each world breaks its own check and all later ones.

enum class broken { nothing, inactive, open_rental, unpaid, station, package, mode, stock, money };

rental_refusal rental_refusal_of(broken first) {
  switch (first) {
    case broken::inactive:
      return rental_refusal::rental_prerequisites_not_met;
    case broken::open_rental:
      return rental_refusal::active_rental_exists;
    case broken::unpaid:
      return rental_refusal::unpaid_rental_exists;
    case broken::package:
      return rental_refusal::package_not_found;
    case broken::mode:
      return rental_refusal::payment_method_required;
    case broken::money:
      return rental_refusal::insufficient_balance;
    default:
      return {};
  }
}

struct start_checks : ::testing::TestWithParam<broken> {};

TEST_P(start_checks, the_first_failure_answers_and_nothing_stays_held) {
  const broken first = GetParam();
  const auto is_broken = [&](broken check) { return first <= check; };
  rental_world world{static_cast<std::uint64_t>(first)};
  const auto rider = world.add_rider(is_broken(broken::money) ? money{49'99} : money{200'00});
  auto wish = world.wish(rider);
  if (first == broken::open_rental) {
    const auto rich = world.rent(world.add_rider({100'00}));
    rental_image open = world.stored(rich.id);
    open.rider = rider;
    ++open.revision;
    world.store_parts(open);
  }
  if (first == broken::unpaid) {
    rental_image owed;
    owed.id = world.system.ids().make<rental_id>();
    owed.rider = rider;
    owed.status = rental_status::completed;
    owed.due = {12'34};
    owed.revision = 9;
    world.store_parts(owed);
  }
  if (first == broken::inactive) {
    user_image user = world.store->users.at(rider);
    user.status = user_status::banned;
    world.store_parts(user);
  }
  if (is_broken(broken::package) && first <= broken::package)
    wish.package = world.system.ids().make<package_id>();
  if (is_broken(broken::mode)) wish.mode = payment_mode::direct;
  if (first == broken::station) world.all->station_refuses = station_refusal::station_offline;
  if (first == broken::stock) world.all->banks.clear();
  const auto before = world.all->ejections.size();
  const auto answer = world.ask_start(wish);
  world.system.run();
  ASSERT_TRUE(answer->error);
  if (first == broken::station)
    EXPECT_EQ(refused<station_refusal>(answer), station_refusal::station_offline);
  else if (first == broken::stock)
    EXPECT_EQ(refused<station_refusal>(answer), station_refusal::no_power_bank_available);
  else
    EXPECT_EQ(refused<rental_refusal>(answer), rental_refusal_of(first));
  EXPECT_EQ(world.all->ejections.size(), before);
  EXPECT_EQ(world.wallet(rider).held, money{});
  for (const auto& bank : world.all->banks)
    EXPECT_NE(bank.status, bank_status::reserved);
}

INSTANTIATE_TEST_SUITE_P(in_order, start_checks,
                         ::testing::Values(broken::inactive, broken::open_rental, broken::unpaid,
                                           broken::station, broken::package, broken::mode, broken::stock,
                                           broken::money));

TEST(start, tells_what_is_missing) {
  rental_world world;
  const auto rider = world.add_rider({10'00}, 325);
  const auto answer = world.ask_start(world.wish(rider));
  world.system.run();
  ASSERT_TRUE(answer->error);
  EXPECT_NE(context_of(*answer->error).find(R"("wallet_shortfall":"8.00")"), std::string::npos)
      << context_of(*answer->error);
}

TEST(start, twenty_at_once_with_money_for_one_charge_once) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    rental_world world{seed};
    for (std::uint32_t n = 0; n < 20; ++n)
      world.add_bank(50000000 + n, 50, static_cast<std::int32_t>(10 + n));
    const auto rider = world.add_rider({50'00});
    std::vector<std::shared_ptr<asked<start_answer>>> answers;
    for (int n = 0; n < 20; ++n)
      answers.push_back(world.ask_start(world.wish(rider)));
    world.system.advance(seconds{10});
    const auto refusals =
        std::count_if(answers.begin(), answers.end(), [](const auto& one) { return !!one->error; });
    ASSERT_EQ(refusals, 19) << "seed " << seed;
    ASSERT_EQ(world.store->rentals.size(), 1U) << "seed " << seed;
    ASSERT_EQ(world.all->ejections.size(), 1U) << "seed " << seed;
    ASSERT_EQ(world.store->balance("2000", rider.value), 0) << "seed " << seed;
    ASSERT_EQ(std::count_if(world.all->banks.begin(), world.all->banks.end(),
                            [](const auto& bank) { return bank.status == bank_status::reserved; }),
              1)
        << "seed " << seed;
    world.audit(rider);
  }
}

TEST(start, two_of_one_rider_with_money_for_many_make_one_rental) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    rental_world world{seed};
    const auto rider = world.add_rider({900'00});
    const auto one = world.ask_start(world.wish(rider));
    const auto two = world.ask_start(world.wish(rider));
    world.system.advance(seconds{10});
    ASSERT_NE(one->answer.has_value(), two->answer.has_value()) << "seed " << seed;
    ASSERT_EQ(refused<rental_refusal>(one->error ? one : two), rental_refusal::active_rental_exists);
    ASSERT_EQ(world.store->rentals.size(), 1U);
  }
}

TEST(start, the_same_command_again_gets_the_same_answer) {
  rental_world world;
  const auto rider = world.add_rider({500'00});
  const auto wish = world.wish(rider);
  world.ask_start(wish);
  world.system.run();
  world.system.ask<outcome_noted>(world.rentals,
                                  world.outcome(world.all->ejections[0], ejection_result::confirmed));
  world.system.run();
  for (int round = 0; round < 2; ++round) {
    const auto again = world.ask_start(wish);
    auto other_body = wish;
    other_body.body_hash = 8;
    const auto reused = world.ask_start(other_body);
    world.system.run();
    ASSERT_TRUE(again->answer);
    EXPECT_EQ(again->answer->replayed_status, 201);
    EXPECT_NE(again->answer->replayed_data.find(R"("status":"ACTIVE")"), std::string::npos);
    EXPECT_EQ(refused<rental_refusal>(reused), rental_refusal::idempotency_key_reused);
    world.restart();
  }
  EXPECT_EQ(world.store->rentals.size(), 1U);
}

TEST(start, an_answer_older_than_a_day_is_forgotten) {
  rental_world world;
  const auto rider = world.add_rider({500'00});
  const auto wish = world.wish(rider);
  world.ask_start(wish);
  world.system.run();
  world.system.ask<outcome_noted>(world.rentals,
                                  world.outcome(world.all->ejections[0], ejection_result::refuted));
  world.system.run();
  world.system.advance(hours{24} + seconds{1}, hours{1});
  world.ask_start(wish);
  world.system.run();
  EXPECT_EQ(world.store->rentals.size(), 2U);
}

TEST(start, a_journal_that_is_away_leaves_nothing_held) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    rental_world world{seed};
    const auto rider = world.add_rider({50'00});
    world.store->journal_refuses = journal_refusal::unavailable;
    const auto wish = world.wish(rider);
    const auto refusal = world.ask_start(wish);
    world.system.run();
    ASSERT_EQ(refused<journal_refusal>(refusal), journal_refusal::unavailable);
    EXPECT_TRUE(world.all->ejections.empty());
    world.store->journal_refuses.reset();
    const auto again = world.ask_start(wish);
    world.system.advance(seconds{9});
    ASSERT_TRUE(again->answer) << "the same command may be tried again";
    EXPECT_EQ(world.store->rentals.size(), 1U);
    world.audit(rider);
  }
}

TEST(start, a_bank_that_is_still_another_rentals_in_the_database_may_be_asked_for_again) {
  rental_world world{1};
  const auto rider = world.add_rider({50'00});
  world.store->journal_refuses = journal_refusal::conflict;
  const auto wish = world.wish(rider);
  const auto refusal = world.ask_start(wish);
  world.system.run();
  ASSERT_EQ(refused<station_refusal>(refusal), station_refusal::station_busy);
  EXPECT_TRUE(world.all->ejections.empty());
  world.store->journal_refuses.reset();
  const auto again = world.ask_start(wish);
  world.system.advance(seconds{9});
  ASSERT_TRUE(again->answer);
  EXPECT_EQ(world.store->rentals.size(), 1U);
  world.audit(rider);
}

TEST(start, while_no_command_can_reach_the_cabinet_nothing_is_charged) {
  rental_world world;
  world.all->kiosk.last_seen_at = world.system.now();
  world.all->kiosk.is_online = false;
  const auto rider = world.add_rider({50'00});
  const auto wish = world.wish(rider);
  const auto refusal = world.ask_start(wish);
  world.system.run();
  EXPECT_EQ(refused<station_refusal>(refusal), station_refusal::device_unreachable);
  EXPECT_TRUE(world.store->rentals.empty());
  EXPECT_EQ(world.wallet(rider).cash, money{50'00});
  EXPECT_EQ(world.wallet(rider).held, money{});
  world.all->kiosk.is_online = true;
  const auto again = world.ask_start(wish);
  world.system.advance(seconds{9});
  EXPECT_TRUE(again->answer) << "the same command may be tried again";
}

TEST(start, an_account_that_cannot_be_read_refuses_and_wakes_later) {
  rental_world world;
  const auto rider = world.add_rider({50'00});
  world.store->reader_refuses = reader_refusal::unavailable;
  const auto refusal = world.ask_start(world.wish(rider));
  world.system.run();
  EXPECT_EQ(refused<reader_refusal>(refusal), reader_refusal::unavailable);
  world.store->reader_refuses.reset();
  world.system.advance(seconds{2});
  const auto again = world.ask_start(world.wish(rider));
  world.system.advance(seconds{9});
  EXPECT_TRUE(again->answer);
}

TEST(start, an_account_that_cannot_be_read_when_the_answer_is_due_does_not_end_the_rental) {
  rental_world world{1, 1};
  const auto rider = world.add_rider({50'00});
  const auto other = world.add_rider({50'00});
  world.ask_start(world.wish(rider));
  world.system.run();
  world.wallet(other);  // The rider's own account went to sleep for it.
  world.store->reader_refuses = reader_refusal::unavailable;
  world.system.advance(seconds{9});
  world.store->reader_refuses.reset();
  const auto noted = world.system.ask<outcome_noted>(
      world.rentals, world.outcome(world.all->ejections.at(0), ejection_result::confirmed));
  world.system.run();
  EXPECT_TRUE(noted->answer && noted->answer->is_new);
}

TEST(start, beyond_the_servers_own_limit_is_refused) {
  rental_world world;
  world.rentals = world.system.spawn(rentals_directory, rentals_setup{0});
  world.system.ask<nothing>(world.rentals, meet_network{world.net});
  world.system.ask<nothing>(world.rentals, world.prices);
  const auto answer = world.ask_start(world.wish(world.add_rider({50'00})));
  world.system.run();
  EXPECT_EQ(refused<rental_refusal>(answer), rental_refusal::too_many_rentals);
}

TEST(start, of_a_rider_who_does_not_exist_is_refused) {
  rental_world world;
  const auto answer = world.ask_start(world.wish(world.system.ids().make<user_id>()));
  world.system.run();
  EXPECT_EQ(refused<account_refusal>(answer), account_refusal::account_not_found);
}

TEST(starting, an_actor_that_dies_before_its_rental_is_stored_leaves_no_hold_and_no_place) {
  rental_world world;
  const auto rider = world.add_rider({100'00});
  world.store->is_unreachable = [&](const record& entry) {
    for (const auto& part : entry.parts) {
      const auto* rental = std::get_if<rental_image>(&part);
      if (rental == nullptr) continue;
      world.store->is_unreachable = {};
      world.kill_rental(rental->id);
      return true;
    }
    return false;
  };
  world.ask_start(world.wish(rider));
  world.system.run();
  EXPECT_TRUE(world.store->rentals.empty());
  world.system.advance(seconds{3});
  EXPECT_EQ(world.wallet(rider).held, money{});
  EXPECT_EQ(world.rent(rider).status, rental_status::active);
}

TEST(starting, after_a_restart_the_same_command_is_told_that_its_rental_is_pending) {
  rental_world world;
  const auto rider = world.add_rider({100'00});
  const auto wish = world.wish(rider);
  world.ask_start(wish);
  world.system.run();
  const auto meanwhile = world.ask_start(wish);
  world.system.run();
  ASSERT_TRUE(meanwhile->error) << "the first one still waits for its answer";
  EXPECT_EQ(reason_of<rental_refusal>(*meanwhile->error), rental_refusal::request_in_progress);
  world.restart();
  const auto again = world.ask_start(wish);
  world.system.run();
  ASSERT_TRUE(again->answer);
  EXPECT_EQ(again->answer->replayed_status, 201);
  EXPECT_NE(again->answer->replayed_data.find(R"("status":"PENDING_POPUP")"), std::string::npos);
  world.audit(rider);
}

}  // namespace
}  // namespace chautari::testing
