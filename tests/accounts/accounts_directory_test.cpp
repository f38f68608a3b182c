/// Accounts of real memory around a pretended database.

#include "actors/accounts/accounts_directory.hpp"

#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "actors/accounts/ledger_postings.hpp"
#include "protocols/accounts/views.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/support/deterministic_system.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_reader.hpp"

namespace chautari::testing {
namespace {

struct accounts_world {
  explicit accounts_world(std::uint64_t seed = 1, std::size_t awake_max = 100)
      : system{seed}, store{std::make_shared<memory_store>()} {
    accounts = system.spawn(accounts_directory, accounts_setup{{}, awake_max});
    network net;
    net.journal = system.spawn(memory_journal, store);
    net.reader = system.spawn(memory_reader, store);
    net.now = system.clock();
    net.ids = system.ids();
    system.ask<nothing>(accounts, meet_network{net});
    system.run();
  }
  user_id add_rider() {
    user_image rider;
    rider.id = system.ids().make<user_id>();
    rider.username = "rider_" + system.ids().make_code(8);
    rider.referral_code = system.ids().make_code(8);
    record entry{system.ids().make<record_id>(), system.now(), {}};
    entry.add(rider);
    EXPECT_FALSE(store->store(entry));
    return rider.id;
  }
  std::shared_ptr<asked<wallet_credited>> credit(user_id rider, money amount, const std::string& reference) {
    return system.ask<wallet_credited>(
        accounts, credit_wallet{system.ids().make<command_id>(), rider, amount, "demo", reference});
  }
  wallet_view wallet(user_id rider) {
    const auto answer = system.ask<wallet_view>(accounts, look_at_wallet{rider});
    system.run();
    EXPECT_TRUE(answer->answer.has_value());
    return answer->answer.value_or(wallet_view{});
  }
  std::shared_ptr<asked<funds_held>> hold(user_id rider, money amount) {
    hold_funds wish;
    wish.rider = rider;
    wish.rental = system.ids().make<rental_id>();
    wish.amount = amount;
    return system.ask<funds_held>(accounts, wish);
  }

  deterministic_system system;
  std::shared_ptr<memory_store> store;
  accounts_directory_actor accounts;
};

template <class Answer>
std::optional<account_refusal> refused(const std::shared_ptr<asked<Answer>>& answer) {
  return answer->error ? reason_of<account_refusal>(*answer->error) : std::nullopt;
}

TEST(account, the_same_payment_is_credited_once_however_often_it_is_told) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    accounts_world world{seed};
    const auto rider = world.add_rider();
    std::vector<std::shared_ptr<asked<wallet_credited>>> tries;
    for (int n = 0; n < 5; ++n)
      tries.push_back(world.credit(rider, {500'00}, "one"));
    world.system.run();
    EXPECT_EQ(
        std::count_if(tries.begin(), tries.end(), [](const auto& one) { return one->answer.has_value(); }),
        1);
    EXPECT_EQ(
        std::count_if(tries.begin(), tries.end(),
                      [](const auto& one) { return refused(one) == account_refusal::already_credited; }),
        4);
    EXPECT_EQ(world.wallet(rider).cash, money{500'00});
    EXPECT_EQ(world.wallet(rider).total_topup, money{500'00});
    EXPECT_EQ(world.store->balance("2000", rider.value), 500'00);
  }
}

TEST(account, a_command_told_again_is_answered_the_same_and_another_body_under_it_is_refused) {
  const money amount{500'00};
  for (const bool has_slept : {false, true}) {
    accounts_world world{7, 1};
    const auto rider = world.add_rider();
    const credit_wallet command{world.system.ids().make<command_id>(), rider, amount, "demo", "one", 11};
    const auto tell = [&](std::uint64_t body_hash) {
      auto again = command;
      again.body_hash = body_hash;
      const auto answer = world.system.ask<wallet_credited>(world.accounts, again);
      world.system.run();
      return answer;
    };
    const auto first = tell(11);
    ASSERT_TRUE(first->answer);
    EXPECT_EQ(first->answer->replayed_status, 0);
    if (has_slept) world.wallet(world.add_rider());  // Only one is awake at a time.
    const auto again = tell(11);
    ASSERT_TRUE(again->answer);
    EXPECT_EQ(again->answer->replayed_status, 201);
    EXPECT_EQ(again->answer->replayed_data, wallet_event_json(first->answer->wallet));
    const auto other = tell(12);
    ASSERT_TRUE(other->error);
    EXPECT_EQ(reason_of<rental_refusal>(*other->error), rental_refusal::idempotency_key_reused);
    EXPECT_EQ(world.wallet(rider).cash, amount);
  }
}

TEST(account, a_credit_out_of_range_is_refused) {
  accounts_world world;
  const auto rider = world.add_rider();
  for (const money amount : {money{9'99}, money{50'000'01}, money{-1}}) {
    const auto answer = world.credit(rider, amount, amount.paisa < 0 ? "negative" : to_text(amount));
    world.system.run();
    EXPECT_EQ(refused(answer), account_refusal::amount_out_of_range) << amount.paisa;
  }
}

TEST(account, holds_never_add_up_to_more_than_there_is) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    accounts_world world{seed};
    const auto rider = world.add_rider();
    world.credit(rider, {100'00}, "x");
    world.system.run();
    std::vector<std::shared_ptr<asked<funds_held>>> holds;
    for (int n = 0; n < 10; ++n)
      holds.push_back(world.hold(rider, {30'00}));
    world.system.run();
    EXPECT_EQ(
        std::count_if(holds.begin(), holds.end(), [](const auto& one) { return one->answer.has_value(); }),
        3);
    EXPECT_EQ(world.wallet(rider).held, money{90'00});
  }
}

TEST(account, a_sleeping_one_wakes_with_everything_stored) {
  accounts_world world{3, 2};
  std::vector<user_id> riders;
  for (int n = 0; n < 12; ++n) {
    riders.push_back(world.add_rider());
    world.credit(riders.back(), {100'00 + n}, std::to_string(n));
    world.system.run();
  }
  for (int n = 0; n < 12; ++n)
    EXPECT_EQ(world.wallet(riders[static_cast<std::size_t>(n)]).cash, money{100'00 + n});
}

TEST(account, its_revision_rises_with_every_word_that_may_mean_a_movement) {
  accounts_world world;
  const auto rider = world.add_rider();
  auto before = world.wallet(rider).revision;
  const auto has_risen = [&] {
    const auto now = world.wallet(rider).revision;
    return now > std::exchange(before, now);
  };
  EXPECT_FALSE(has_risen()) << "looking moves nothing";
  world.credit(rider, {100'00}, "x");
  world.system.run();
  EXPECT_TRUE(has_risen());
  const auto rental = world.system.ids().make<rental_id>();
  hold_funds wish;
  wish.rider = rider;
  wish.rental = rental;
  wish.amount = {30'00};
  world.system.ask<funds_held>(world.accounts, wish);
  world.system.run();
  EXPECT_FALSE(has_risen()) << "a hold moves nothing yet";
  const auto tell = [&](const auto& word) {
    caf::anon_send(world.accounts, word);
    world.system.run();
  };
  tell(funds_moved{rider, rental, true, {}, 0, false});
  EXPECT_TRUE(has_risen());
  tell(funds_moved{rider, rental, true, {}, 0, false});
  EXPECT_TRUE(has_risen()) << "the hold may have died with an earlier life, the movement did not";
  tell(rental_place{rider, rental, rental_status::active, true, {}, {}});
  EXPECT_TRUE(has_risen());
  EXPECT_EQ(world.wallet(rider).cash, money{70'00});
}

TEST(account, movements_kept_by_its_revision_are_never_old) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    accounts_world world{seed, 1};  // Only one is awake at a time.
    const std::vector riders{world.add_rider(), world.add_rider()};
    std::map<std::pair<user_id, std::uint64_t>, std::int64_t> kept;
    std::size_t credits = 0;
    for (int n = 0; n < 30; ++n) {
      const auto rider = riders[world.system.random_below(2)];
      if (world.system.random_below(3) == 0) {
        world.credit(rider, {10'00}, std::to_string(credits++));
        world.system.run();
        continue;
      }
      const auto revision = world.wallet(rider).revision;
      const auto stored = world.store->balance("2000", rider.value);
      EXPECT_EQ(kept.emplace(std::pair{rider, revision}, stored).first->second, stored) << "seed " << seed;
    }
  }
}

TEST(account, one_with_a_hold_does_not_sleep) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    accounts_world world{seed, 1};
    const auto rider = world.add_rider();
    world.credit(rider, {100'00}, "x");
    world.system.run();
    world.hold(rider, {30'00});
    for (int n = 0; n < 5; ++n) {
      const auto other = world.add_rider();
      world.system.ask<wallet_view>(world.accounts, look_at_wallet{other});
      world.system.ask<wallet_view>(world.accounts, look_at_wallet{rider});
    }
    world.system.run();
    EXPECT_EQ(world.wallet(rider).held, money{30'00}) << "seed " << seed;
  }
}

TEST(account, nothing_is_lost_between_an_account_and_its_successor) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    accounts_world world{seed, 1};
    const auto one = world.add_rider();
    const auto two = world.add_rider();
    std::vector<std::shared_ptr<asked<wallet_credited>>> answers;
    for (int n = 0; n < 10; ++n)
      answers.push_back(world.credit(n % 2 == 0 ? one : two, {10'00}, std::to_string(n)));
    world.system.run();
    for (const auto& answer : answers)
      ASSERT_TRUE(answer->answer.has_value()) << "seed " << seed;
    EXPECT_EQ(world.wallet(one).cash, money{50'00});
    EXPECT_EQ(world.wallet(two).cash, money{50'00});
  }
}

TEST(account, favourites_are_kept_newest_first_and_stored) {
  accounts_world world;
  const auto rider = world.add_rider();
  const auto a = world.system.ids().make<station_id>();
  const auto b = world.system.ids().make<station_id>();
  const auto change = [&](station_id station, bool is_favourite, bool toggle) {
    const auto answer = world.system.ask<favourites_view>(
        world.accounts, set_favourite{rider, station, is_favourite, toggle});
    world.system.run();
    return answer->answer.value_or(favourites_view{}).stations;
  };
  EXPECT_EQ(change(a, true, false), (std::vector{a}));
  EXPECT_EQ(change(b, true, false), (std::vector{b, a}));
  EXPECT_EQ(change(b, true, false), (std::vector{b, a})) << "adding twice is adding once";
  EXPECT_EQ(change(a, true, true), (std::vector{b}));
  EXPECT_EQ(change(a, false, false), (std::vector{b})) << "removing twice is removing once";
  EXPECT_EQ(world.store->favourites.at({rider, a}).is_favourite, false);
}

TEST(account, a_favourite_that_cannot_be_stored_is_none) {
  accounts_world world;
  const auto rider = world.add_rider();
  world.wallet(rider);
  world.store->journal_refuses = journal_refusal::unavailable;
  const auto answer = world.system.ask<favourites_view>(
      world.accounts, set_favourite{rider, world.system.ids().make<station_id>(), true, false});
  world.system.run();
  EXPECT_TRUE(answer->error.has_value());
  const auto known = world.system.ask<favourites_view>(world.accounts, look_at_favourites{rider});
  world.system.run();
  EXPECT_TRUE(known->answer->stations.empty());
}

}  // namespace
}  // namespace chautari::testing
