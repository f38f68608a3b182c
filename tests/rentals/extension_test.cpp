/// More time (stations_rentals_devices 3.6, users_money 6.3 E5).

#include "actors/accounts/account_rules.hpp"
#include "tests/rentals/rental_world.hpp"

namespace chautari::testing {
namespace {

struct extending : ::testing::Test {
  extending() {
    longer = {world.system.ids().make<package_id>(), "4 hours", "", 240, {150'00}};
    world.prices.prices.packages.push_back(longer);
    world.connect();
    rider = world.add_rider({300'00}, 200);
    rental = world.rent(rider);
  }
  extend_rental wish() { return {world.by(rider, rental.id), longer.id, {}}; }
  void ride(milliseconds time) { world.system.advance(time, std::min<milliseconds>(time, seconds{15})); }

  rental_world world;
  rental_package longer;
  user_id rider;
  rental_image rental;
};

// The example of 3.6: 60 minutes from 10:00, extended at 10:40 by 240 minutes for 150.00.
TEST_F(extending, moves_the_due_time_and_charges_the_list_price_at_once) {
  ride(minutes{40});
  const auto answer = world.obey(wish());
  EXPECT_EQ(answer.at("extended_minutes").as_int64(), 240);
  EXPECT_EQ(answer.at("extension_cost").as_string(), "150.00");
  EXPECT_EQ(answer.at("extensions_left").as_int64(), 2);
  const auto& stored = world.stored(rental.id);
  EXPECT_EQ(*stored.due_at, *stored.started_at + minutes{300});
  EXPECT_EQ(answer.at("due_at").as_string(), to_rfc3339(*stored.due_at));
  EXPECT_EQ(bill_of(stored).charged(), money{200'00});
  // 200 points are 20.00; the start took them already.
  EXPECT_EQ(world.wallet(rider).cash, money{300'00 - 30'00 - 150'00});
  EXPECT_EQ(world.store->balance("4010"), 150'00 - 19'50);
  ASSERT_EQ(world.store->extensions.size(), 1U);
  const auto& row = world.store->extensions.begin()->second;
  EXPECT_EQ(world.store->journals.count("ext:" + row.id.text()), 1U);
  EXPECT_EQ(world.heard("rental.extended"), 1);
  world.audit(rider);
}

TEST_F(extending, the_bank_is_in_time_until_the_new_due_time) {
  world.obey(wish());
  ride(minutes{299});
  EXPECT_EQ(world.stored(rental.id).status, rental_status::active);
  EXPECT_EQ(world.bring_back(world.sighting({40000001})), sighting_answer::closed);
  EXPECT_TRUE(world.stored(rental.id).on_time);
  EXPECT_EQ(world.stored(rental.id).late_fee_charged, money{});
  world.audit(rider);
}

TEST_F(extending, the_rider_is_reminded_of_the_new_due_time) {
  ride(minutes{46});
  EXPECT_EQ(world.heard("rental.due_soon"), 1);
  world.obey(wish());
  ride(minutes{200});
  EXPECT_EQ(world.heard("rental.due_soon"), 1);
  EXPECT_EQ(world.heard("rental.overdue"), 0);
  ride(minutes{41});
  EXPECT_EQ(world.heard("rental.due_soon"), 2);
}

TEST_F(extending, a_late_fee_counts_from_the_new_due_time_at_the_first_packages_rate) {
  world.obey(wish());
  ride(minutes{300 + 45});
  world.bring_back(world.sighting({40000001}));
  EXPECT_EQ(world.stored(rental.id).late_fee_charged, money{71'67});
  world.audit(rider);
}

TEST_F(extending, three_times_and_no_more) {
  world.prices.prices.packages[1].price = {10'00};
  world.connect();
  world.system.ask<nothing>(
      world.rentals, adopt_rentals{world.store->recover().open_rentals, world.store->recover().rented_banks});
  world.system.run();
  for (int n = 0; n < 3; ++n)
    world.obey(wish());
  EXPECT_EQ(world.refusal(wish()), rental_refusal::max_extensions_reached);
  EXPECT_EQ(world.stored(rental.id).life.extensions, 3);
  world.audit(rider);
}

TEST_F(extending, five_at_once_extend_three_times_under_any_schedule) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    rental_world other{seed};
    const auto rich = other.add_rider({900'00});
    const auto open = other.rent(rich);
    std::vector<std::shared_ptr<asked<rental_answer>>> answers;
    for (int n = 0; n < 5; ++n)
      answers.push_back(other.command(extend_rental{other.by(rich, open.id), other.package.id, {}}));
    other.system.run();
    const auto done =
        std::count_if(answers.begin(), answers.end(), [](const auto& a) { return a->answer.has_value(); });
    ASSERT_EQ(done, 3) << "seed " << seed;
    ASSERT_EQ(*other.stored(open.id).due_at, *open.started_at + minutes{240});
    other.audit(rich);
  }
}

TEST_F(extending, what_cannot_be_extended_says_why) {
  auto foreign = wish();
  foreign.from.rider = world.add_rider({100'00});
  EXPECT_EQ(world.refusal(foreign), rental_refusal::rental_not_found);
  auto unknown = wish();
  unknown.from.rental = world.system.ids().make<rental_id>();
  EXPECT_EQ(world.refusal(unknown), rental_refusal::rental_not_found);
  auto nothing_such = wish();
  nothing_such.package = world.system.ids().make<package_id>();
  EXPECT_EQ(world.refusal(nothing_such), rental_refusal::package_not_found);
  auto named = wish();
  named.pay.payment_method = "khalti";
  EXPECT_EQ(world.refusal(named), rental_refusal::invalid_payment_method);
  auto direct = wish();
  direct.pay.mode = payment_mode::direct;
  EXPECT_EQ(world.refusal(direct), rental_refusal::payment_method_required);
  ride(minutes{60});
  EXPECT_EQ(world.refusal(wish()), rental_refusal::rental_overdue);
  world.bring_back(world.sighting({40000001}));
  EXPECT_EQ(world.refusal(wish()), rental_refusal::invalid_rental_status) << "woken from the database";
  EXPECT_EQ(world.store->extensions.size(), 0U);
  world.audit(rider);
}

TEST_F(extending, a_package_of_another_model_does_not_fit) {
  world.prices.prices.packages[1].model = payment_model::postpaid;
  world.restart();
  EXPECT_EQ(world.refusal(wish()), rental_refusal::invalid_package_payment_model);
}

TEST_F(extending, too_little_money_changes_nothing) {
  const auto poor = world.add_rider({50'00});
  world.add_bank(40000009, 99, 9);
  rental = world.rent(poor);
  rider = poor;
  EXPECT_EQ(world.refusal(wish()), rental_refusal::insufficient_balance);
  EXPECT_EQ(*world.stored(rental.id).due_at, *rental.due_at);
  world.audit(poor);
}

TEST_F(extending, a_key_is_answered_once_even_after_a_restart) {
  const auto one = wish();
  const auto first = world.obey(one);
  world.restart();
  const auto again = world.command(one);
  world.system.run();
  ASSERT_TRUE(again->answer);
  EXPECT_TRUE(again->answer->is_replay);
  EXPECT_EQ(boost::json::parse(again->answer->data).as_object(), first);
  auto other = one;
  other.from.body_hash = 8;
  EXPECT_EQ(world.refusal(other), rental_refusal::idempotency_key_reused);
  EXPECT_EQ(world.store->extensions.size(), 1U);
  world.audit(rider);
}

struct extending_long_ago : extending, ::testing::WithParamInterface<std::size_t> {};
TEST_P(extending_long_ago, an_answer_that_only_the_database_remembers_is_given_again) {
  const auto one = wish();
  const auto first = world.obey(one);
  for (std::size_t n = 0; n <= GetParam(); ++n) {
    credit_wallet coin;
    coin.id = world.system.ids().make<command_id>();
    coin.rider = rider;
    coin.amount = {100'00};
    coin.provider = "demo";
    coin.provider_ref = "coin-" + std::to_string(n);
    world.system.ask<wallet_credited>(world.accounts, coin);
    world.system.run();
  }
  const auto again = world.command(one);
  world.system.run();
  ASSERT_TRUE(again->answer);
  EXPECT_TRUE(again->answer->is_replay);
  EXPECT_EQ(boost::json::parse(again->answer->data).as_object(), first);
  EXPECT_EQ(world.store->extensions.size(), 1U);
}

// Known by its id, and not known at all any more.
INSTANTIATE_TEST_SUITE_P(answers_later, extending_long_ago,
                         ::testing::Values(whole_answers_max, limits::stored_answers_max));

TEST_F(extending, a_journal_that_is_away_or_refuses_leaves_everything_as_it_was) {
  for (const auto why :
       {journal_refusal::unavailable, journal_refusal::overloaded, journal_refusal::conflict}) {
    world.store->journal_refuses = why;
    const auto answer = world.command(wish());
    world.system.run();
    ASSERT_TRUE(answer->error);
    EXPECT_EQ(*world.stored(rental.id).due_at, *rental.due_at);
  }
  world.store->journal_refuses.reset();
  EXPECT_EQ(world.wallet(rider).held, money{});
  world.obey(wish());
  EXPECT_EQ(world.stored(rental.id).life.extensions, 1);
  world.audit(rider);
}

}  // namespace
}  // namespace chautari::testing
