/// A station's discount from the order to the end (users_money 4.2, stations_rentals_devices 3.13).

#include "protocols/rentals/views.hpp"
#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

struct discounted_start : ::testing::Test {
  discounted_start() {
    offer.id = world.system.ids().make<discount_id>();
    offer.station = world.all->station.id;
    offer.package = world.package.id;
    offer.percent_hundredths = 1250;
    offer.valid_from = world.system.now();
    offer.valid_until = world.system.now() + hours{24};
    publish();
    rider = world.add_rider({100'00});
  }
  void publish() {
    world.all->discount = offer;
    world.prices.prices.discounts = {offer};
    world.store->prices.discounts = {offer};
    world.connect();
  }
  std::optional<discount_use_state> use_of(rental_id rental) {
    const auto found = world.store->discount_uses.find({offer.id, rental});
    if (found == world.store->discount_uses.end()) return {};
    return found->second.state;
  }

  rental_world world;
  station_discount offer;
  user_id rider;
};

TEST_F(discounted_start, the_cut_price_is_charged_and_its_use_confirmed_when_the_bank_is_out) {
  const auto rental = world.rent(rider);
  EXPECT_EQ(rental.price, money{43'75});
  EXPECT_EQ(world.wallet(rider).cash, money{100'00 - 43'75});
  EXPECT_EQ(use_of(rental.id), discount_use_state::confirmed);
  ASSERT_EQ(world.all->settled_discounts.size(), 1U);
  EXPECT_EQ(world.all->settled_discounts[0].state, discount_use_state::confirmed);
  const auto shown = boost::json::parse(start_answer_json(world.stored(rental.id))).as_object();
  EXPECT_EQ(shown.at("pricing").at("original_price").as_string(), "50.00");
  EXPECT_EQ(shown.at("pricing").at("discount_amount").as_string(), "6.25");
  EXPECT_EQ(shown.at("pricing").at("actual_price").as_string(), "43.75");
  EXPECT_EQ(shown.at("discount").at("discount_percent").as_string(), "12.50");
  world.audit(rider);
}

TEST_F(discounted_start, a_use_is_reserved_with_the_order_and_released_if_no_bank_comes_out) {
  world.ask_start(world.wish(rider));
  world.system.run();
  const auto sent = world.all->ejections.back();
  EXPECT_EQ(use_of(sent.command.rental), discount_use_state::reserved);
  world.system.ask<outcome_noted>(world.rentals, world.outcome(sent, ejection_result::refuted));
  world.system.run();
  EXPECT_EQ(use_of(sent.command.rental), discount_use_state::released);
  EXPECT_EQ(world.all->settled_discounts.back().state, discount_use_state::released);
  EXPECT_EQ(world.wallet(rider).cash, money{100'00});
  world.audit(rider);
}

TEST_F(discounted_start, a_lookup_that_fails_fails_the_start) {
  world.all->prices_refuse = price_refusal::discount_not_found;
  const auto answer = world.ask_start(world.wish(rider));
  world.system.run();
  EXPECT_TRUE(answer->error);
  EXPECT_TRUE(world.all->ejections.empty());
  EXPECT_EQ(world.wallet(rider).cash, money{100'00});
  ASSERT_FALSE(world.all->releases.empty()) << "the bank is free again";
}

TEST_F(discounted_start, without_uses_left_the_list_price_holds) {
  world.all->discount.reset();
  const auto rental = world.rent(rider);
  EXPECT_EQ(rental.price, money{50'00});
  EXPECT_TRUE(world.all->settled_discounts.empty());
}

TEST_F(discounted_start, a_claim_comes_back_if_the_order_is_not_stored_or_not_paid) {
  world.store->journal_refuses = journal_refusal::unavailable;
  world.ask_start(world.wish(rider));
  world.system.run();
  world.store->journal_refuses.reset();
  ASSERT_EQ(world.all->settled_discounts.size(), 1U);
  EXPECT_EQ(world.all->settled_discounts[0].state, discount_use_state::released);
  world.ask_start(world.wish(world.add_rider({43'74})));
  world.system.run();
  EXPECT_EQ(world.all->settled_discounts.size(), 2U);
  world.audit(rider);
}

TEST_F(discounted_start, nobody_is_asked_where_none_is_offered) {
  offer.valid_until = world.system.now() - seconds{1};
  publish();
  EXPECT_EQ(world.rent(rider).price, money{50'00});
  EXPECT_TRUE(world.all->claims.empty());
}

TEST_F(discounted_start, a_late_fee_goes_by_the_list_price) {
  const auto rental = world.rent(rider);
  world.system.advance(minutes{60 + 32}, minutes{1});
  world.bring_back(world.sighting({40000001}));
  EXPECT_EQ(world.stored(rental.id).late_fee_charged, money{50'00});
  world.audit(rider);
}

TEST_F(discounted_start, one_that_makes_it_free_on_purpose_earns_no_points) {
  offer.percent_hundredths = 10'000;
  offer.may_be_free = true;
  publish();
  const auto rental = world.rent(rider);
  EXPECT_EQ(rental.price, money{});
  world.system.advance(minutes{30}, minutes{1});
  world.bring_back(world.sighting({40000001}));
  EXPECT_EQ(world.wallet(rider).cash, money{100'00});
  EXPECT_EQ(world.wallet(rider).current_points, 0);
  EXPECT_EQ(use_of(rental.id), discount_use_state::confirmed);
  world.audit(rider);
}

TEST_F(discounted_start, postpaid_use_is_discounted_at_its_end) {
  world.package.model = payment_model::postpaid;
  world.prices.prices.packages = {world.package};
  publish();
  auto wish = world.wish(rider);
  wish.mode = payment_mode::wallet;
  world.ask_start(wish);
  world.system.run();
  world.system.ask<outcome_noted>(world.rentals,
                                  world.outcome(world.all->ejections.back(), ejection_result::confirmed));
  world.system.run();
  world.system.advance(minutes{30}, minutes{1});
  world.bring_back(world.sighting({40000001}));
  // 25.00 less 12.5 %: 3.13.
  EXPECT_EQ(world.wallet(rider).cash, money{100'00 - 21'87});
  world.audit(rider);
}

}  // namespace
}  // namespace chautari::testing
