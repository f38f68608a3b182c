/// No discount is given away more often than it says: many at once, records on their way, and restarts.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/pricing/prices_world.hpp"

namespace chautari {
namespace {

using testing::asked;
using testing::prices_world;
using enum discount_use_state;

TEST(discounts, an_order_pays_the_discounted_price_and_counts_when_the_bank_is_out) {
  prices_world world;
  world.add_discount(R"(,"max_total_uses":1)");
  const auto rider = world.add_rider({100'00});
  const auto started = world.ask_start(world.wish(rider));
  world.system.run();
  EXPECT_EQ(world.stored_discount().reserved, 1);
  EXPECT_EQ(world.now_offered().discounts[0].reserved, 1);
  EXPECT_FALSE(world.heard->back()->discounts[0].has_use_left()) << "doors offer it to nobody now";
  const auto& image = world.stored(world.all->ejections.back().command.rental);
  EXPECT_EQ(image.price, money{43'75});
  world.system.ask<outcome_noted>(world.rentals,
                                  world.outcome(world.all->ejections.back(), ejection_result::confirmed));
  world.system.run();
  EXPECT_EQ(world.stored_discount().used, 1);
  EXPECT_EQ(world.now_offered().discounts[0].used, 1);
  const auto second = world.rent(world.add_rider({100'00}));
  EXPECT_EQ(second.price, money{50'00}) << "none is left";
  world.audit(rider);
}

TEST(discounts, of_many_orders_at_once_as_many_get_one_as_there_are) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    prices_world world{seed};
    world.add_discount(R"(,"max_total_uses":3)");
    for (std::uint32_t n = 0; n < 6; ++n)
      world.add_bank(50000001 + n, 70, static_cast<std::int32_t>(20 + n));
    for (int n = 0; n < 8; ++n)
      world.ask_start(world.wish(world.add_rider({60'00})));
    world.system.run();
    std::size_t cheap = 0;
    for (const auto& [id, rental] : world.store->rentals)
      cheap += rental.price == money{43'75} ? 1 : 0;
    ASSERT_EQ(world.store->rentals.size(), 8U) << seed;
    ASSERT_EQ(cheap, 3U) << seed;
    ASSERT_EQ(world.stored_discount().reserved, 3) << seed;
    ASSERT_EQ(world.store->conflicts, 0U) << world.store->last_conflict;
  }
}

TEST(discounts, a_bank_that_never_came_gives_its_use_back_also_after_a_restart) {
  prices_world world;
  world.add_discount(R"(,"max_total_uses":1)");
  world.ask_start(world.wish(world.add_rider({100'00})));
  world.system.run();
  world.come_back();
  EXPECT_EQ(world.now_offered().discounts[0].reserved, 1) << "it is still under way";
  const auto early = world.ask_claim(world.add_rider({}), world.system.ids().make<rental_id>());
  world.system.run();
  ASSERT_TRUE(early->answer);
  EXPECT_FALSE(early->answer->discount);
  const auto ejection = world.all->ejections.back();
  for (int twice = 0; twice < 2; ++twice) {
    world.system.ask<outcome_noted>(world.rentals, world.outcome(ejection, ejection_result::refuted));
    world.system.run();
  }
  EXPECT_EQ(world.stored_discount().reserved, 0);
  EXPECT_EQ(world.now_offered().discounts[0].reserved, 0) << "once, though it was told twice";
  EXPECT_EQ(world.rent(world.add_rider({100'00})).price, money{43'75});
}

TEST(discounts, an_order_that_is_refused_leaves_no_claim) {
  prices_world world;
  world.add_discount(R"(,"max_total_uses":1)");
  const auto poor = world.ask_start(world.wish(world.add_rider({10'00})));
  world.system.run();
  ASSERT_TRUE(poor->error);
  EXPECT_EQ(world.now_offered().discounts[0].reserved, 0);
}

TEST(discounts, uses_that_cannot_be_counted_fail_the_order_and_charge_nothing) {
  prices_world world;
  world.add_discount();
  const auto rider = world.add_rider({100'00});
  world.wallet(rider);
  world.store->reader_refuses = reader_refusal::unavailable;
  const auto failed = world.ask_start(world.wish(rider));
  world.system.run();
  world.store->reader_refuses.reset();
  ASSERT_TRUE(failed->error);
  EXPECT_EQ(reason_of<reader_refusal>(*failed->error), reader_refusal::unavailable);
  EXPECT_TRUE(world.store->rentals.empty());
  EXPECT_EQ(world.wallet(rider).balance(), money{100'00});
}

/// Claims, records and ends in any order, and a server that dies now and then, beside a model that counts on
/// its fingers.
struct claims_model {
  struct one {
    user_id rider;
    discount_use_state state = reserved;
    bool is_stored = false;
  };
  std::map<rental_id, one> granted;

  [[nodiscard]] int count(std::optional<user_id> rider = {}) const {
    int uses = 0;
    for (const auto& [id, claim] : granted)
      uses += claim.state != released && (!rider || claim.rider == *rider) ? 1 : 0;
    return uses;
  }
};

struct claims_world : prices_world {
  static constexpr int total_max = 7;
  static constexpr int rider_max = 2;
  explicit claims_world(std::uint64_t seed) : prices_world{seed}, draw{seed} {
    id = *discount_id::parse(add_discount(R"(,"max_total_uses":7,"max_uses_per_user":2)"));
    for (int n = 0; n < 5; ++n)
      riders.push_back(system.ids().make<user_id>());
  }
  std::size_t below(std::size_t most) { return draw() % most; }

  /// Some riders at once; none too many get it, and nobody is refused who could have had it.
  void claim_some() {
    std::vector<std::tuple<user_id, rental_id, std::shared_ptr<asked<discount_claim>>>> asking;
    const auto many = 1 + below(4);
    const int had = model.count();
    std::map<user_id, int> had_by;
    for (const auto rider : riders)
      had_by[rider] = model.count(rider);
    for (std::size_t n = 0; n < many; ++n) {
      const auto rider = riders[below(riders.size())];
      const auto rental = system.ids().make<rental_id>();
      asking.emplace_back(rider, rental, ask_claim(rider, rental));
    }
    system.run();
    std::map<user_id, int> wanted_by;
    for (const auto& [rider, rental, place] : asking) {
      ASSERT_TRUE(place->answer);
      ++wanted_by[rider];
      if (place->answer->discount) model.granted[rental] = {rider};
    }
    int possible = 0;
    for (const auto& [rider, wanted] : wanted_by)
      possible += std::min(wanted, rider_max - had_by[rider]);
    ASSERT_EQ(model.count(), had + std::min(possible, total_max - had));
  }
  void save(rental_id rental, discount_use_state state) {
    auto& claim = model.granted.at(rental);
    store_parts(discount_use{id, rental, claim.rider, state, system.now()});
    claim.is_stored = true;
  }
  void settle_one() {
    if (model.granted.empty()) return;
    auto at = model.granted.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(below(model.granted.size())));
    auto& [rental, claim] = *at;
    const auto chosen = below(4);
    if (claim.state == reserved && chosen == 0) return save(rental, reserved);
    if (claim.state == released) return tell(rental, released);  // Said again.
    const bool is_refund = claim.state == confirmed;
    if (is_refund && chosen != 0) return tell(rental, confirmed);
    const auto end = !is_refund && chosen == 1 ? confirmed : released;
    // An order that is refused was never stored; whatever was is stored again before it is told.
    if (claim.is_stored || end == confirmed) save(rental, end);
    claim.state = end;
    tell(rental, end);
  }
  void tell(rental_id rental, discount_use_state state) {
    system.tell(desk, discount_settled{id, rental, state});
    system.run();
  }
  /// What was not stored never happened.
  void die() {
    std::erase_if(model.granted, [](const auto& one) { return !one.second.is_stored; });
    system.kill(desk);
    open();
    adopt_price_list past{store->recover().prices, {}};
    for (const auto& [key, use] : store->discount_uses)
      if (use.state != released) past.claims.push_back({id, use.rental, use.rider, use.state == confirmed});
    system.ask<testing::nothing>(desk, past);
    system.run();
  }
  void compare() {
    const auto row = now_offered().discounts.at(0);
    ASSERT_EQ(row.used + row.reserved, model.count());
    ASSERT_LE(model.count(), total_max);
    ASSERT_EQ(store->conflicts, 0U) << store->last_conflict;
    int stored = 0;
    for (const auto& [key, use] : store->discount_uses)
      stored += use.state != released ? 1 : 0;
    ASSERT_EQ(stored_discount().used + stored_discount().reserved, stored) << "the counters are the sums";
  }

  discount_id id;
  std::vector<user_id> riders;
  std::mt19937_64 draw;
  claims_model model;
};

TEST(discounts, claims_records_ends_and_restarts_in_any_order_never_give_one_too_many_or_too_few) {
  for (std::uint64_t seed = 1; seed <= 40 && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    claims_world world{seed};
    for (int step = 0; step < 120 && !::testing::Test::HasFailure(); ++step) {
      const auto what = world.below(20);
      if (what == 0)
        world.die();
      else if (what < 8)
        world.claim_some();
      else
        world.settle_one();
      world.compare();
    }
  }
}

}  // namespace
}  // namespace chautari
