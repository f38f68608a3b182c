/// Partners' shares of a rental's income from its start to its last correction (users_money 6.3 E3d, E16c),
/// and the free ejection of a vendor (stations_rentals_devices 3.13).

#include "protocols/rentals/explanation.hpp"
#include "tests/rentals/rental_world.hpp"
#include "tests/support/memory_rentals.hpp"

namespace chautari::testing {
namespace {

struct shared_station : ::testing::Test {
  shared_station() {
    rider = world.add_rider({1'000'00});
    vendor_rider = world.add_rider({200'00});
    franchise.id = world.system.ids().make<partner_id>();
    franchise.code = "FR-001";
    franchise.user = world.add_rider({});
    franchise.type = partner_type::franchise;
    franchise.share_hundredths = 3000;
    vendor.id = world.system.ids().make<partner_id>();
    vendor.code = "VNREV-001";
    vendor.user = vendor_rider;
    vendor.vendor = vendor_type::revenue;
    owner.id = world.system.ids().make<station_partner_id>();
    runner.id = world.system.ids().make<station_partner_id>();
    owner.station = runner.station = world.all->station.id;
    owner.partner = franchise.id;
    runner.partner = vendor.id;
    runner.role = station_role::station_operator;
    runner.model = revenue_model::percentage;
    runner.percent_hundredths = 1000;
    publish();
  }
  void publish() {
    world.prices.prices.partners = {franchise, vendor};
    world.prices.prices.station_partners = {owner, runner};
    world.system.ask<nothing>(world.rentals, world.prices);
    world.system.run();
  }
  void ride(milliseconds time) { world.system.advance(time, std::min<milliseconds>(time, minutes{1})); }
  void bring_back() {
    const auto bank = world.stored(last()).bank_serial;
    world.bring_back(world.sighting(bank, sighting_kind::return_report, free_slot++));
  }
  rental_id last() const { return world.all->ejections.back().command.rental; }
  [[nodiscard]] std::int64_t share(const business_partner& of) const {
    return world.store->balance("2200", of.id.value);
  }
  rental_image rent(user_id who) {
    const auto rental = world.rent(who);
    key = "rental:" + rental.id.text();
    return rental;
  }
  [[nodiscard]] std::string keys() const {
    std::string all;
    for (const auto& [name, shared] : world.store->distributions)
      all += name.substr(std::min(name.size(), key.size())) + ' ';
    return all;
  }
  std::shared_ptr<asked<force_answer>> force(rental_id rental, forced_resolution what,
                                             std::optional<money> override) {
    force_complete wish;
    wish.rental = rental;
    wish.what = what;
    wish.charge_override = override;
    wish.reason = "the rider called and was right";
    wish.by.who = world.system.ids().make<operator_id>();
    const auto answer = world.system.ask<force_answer>(world.rentals, wish);
    world.system.run();
    return answer;
  }
  void audit() {
    world.audit(rider);
    world.audit(vendor_rider);
  }

  rental_world world;
  user_id rider, vendor_rider;
  business_partner franchise, vendor;
  station_partner owner, runner;
  std::int32_t free_slot = 9;
  std::string key;  ///< "rental:<id>", of the last one.
};

TEST_F(shared_station, an_income_is_shared_in_the_record_that_earns_it) {
  world.ask_start(world.wish(rider));
  world.system.run();
  EXPECT_TRUE(world.store->distributions.empty()) << "what is not earned is not shared";
  const auto outcome = world.outcome(world.all->ejections.back(), ejection_result::confirmed);
  for (int twice = 0; twice < 2; ++twice) {
    world.system.ask<outcome_noted>(world.rentals, outcome);
    world.system.run();
  }
  EXPECT_EQ(share(franchise), 11'41);
  EXPECT_EQ(share(vendor), 1'27);
  EXPECT_EQ(world.store->balance("5100"), -12'68);
  ASSERT_EQ(world.store->distributions.size(), 1U);
  const auto& [name, shared] = *world.store->distributions.begin();
  EXPECT_EQ(name, "rental:" + last().text() + ":earn:share");
  EXPECT_EQ(world.store->journals.count(name), 1U) << "the journal has the same key";
  EXPECT_EQ(shared.amounts.platform(), money{29'57});
  EXPECT_EQ(shared.station, world.all->station.id);
  EXPECT_EQ(shared.id, world.store->journals.at(name).id);
  audit();
}

TEST_F(shared_station, it_is_shared_once_although_the_server_dies_before_it_is_told) {
  world.ask_start(world.wish(rider));
  world.system.run();
  const auto outcome = world.outcome(world.all->ejections.back(), ejection_result::confirmed);
  world.store->journal_refuses = journal_refusal::unavailable;
  world.system.ask<outcome_noted>(world.rentals, outcome);
  world.system.run();
  EXPECT_EQ(share(franchise), 0) << "neither earned nor shared";
  world.store->journal_refuses.reset();
  for (int again = 0; again < 3; ++again) {
    world.restart();
    world.system.ask<outcome_noted>(world.rentals, outcome);
    world.system.run();
    EXPECT_EQ(share(franchise), 11'41);
  }
  ride(minutes{75});
  world.restart();
  bring_back();
  EXPECT_EQ(world.store->distributions.size(), 2U) << "the price and the late fee";
  audit();
}

TEST_F(shared_station, every_kind_of_income_is_shared_by_the_terms_of_the_start) {
  const auto rental = rent(rider);
  franchise.share_hundredths = 9000;
  runner.percent_hundredths = 0;
  publish();
  world.obey(extend_rental{world.by(rider, rental.id), world.package.id, {}});
  EXPECT_EQ(share(franchise), 2 * 11'41);
  ride(minutes{130});
  world.obey(pay_due{world.by(rider, rental.id), {}, {}});
  ride(minutes{20});
  bring_back();
  const auto& stored = world.stored(rental.id);
  money fees;
  for (const auto& [name, shared] : world.store->distributions)
    if (shared.kind == income_kind::late_fee) fees += shared.amounts.gross;
  EXPECT_EQ(fees, stored.late_fee_charged) << "what was assessed on the way is not shared again";
  EXPECT_GT(fees, money{});
  EXPECT_EQ(world.store->distributions.size(), 4U) << keys();
  EXPECT_EQ(stored.life.revenue->terms.franchise_hundredths, 3000);
  audit();
}

TEST_F(shared_station, a_use_paid_afterwards_is_shared_as_it_comes_to) {
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
  EXPECT_EQ(share(franchise), 0);
  ride(minutes{30});
  bring_back();
  EXPECT_EQ(world.stored(last()).life.usage_charged, money{25'00});
  EXPECT_EQ(share(franchise) + share(vendor), 6'34) << "30 % of 21.13";
  audit();
}

TEST_F(shared_station, a_quick_return_takes_every_share_back) {
  auto rental = rent(rider);
  world.obey(extend_rental{world.by(rider, rental.id), world.package.id, {}});
  ride(minutes{3});
  auto seen = world.sighting(rental.bank_serial);
  seen.battery = rental.start_battery;
  world.bring_back(seen);
  EXPECT_EQ(world.stored(rental.id).status, rental_status::cancelled);
  EXPECT_EQ(share(franchise), 0);
  EXPECT_EQ(share(vendor), 0);
  EXPECT_EQ(world.store->balance("5100"), 0);
  EXPECT_EQ(world.store->distributions.size(), 4U);
  EXPECT_NE(keys().find(":adjust:1:share:EXTENSION :adjust:1:share:RENTAL "), std::string::npos) << keys();
  audit();
}

TEST_F(shared_station, an_operators_price_takes_back_its_part) {
  const auto rental = rent(rider);
  ride(minutes{62 + 30});
  ASSERT_TRUE(force(rental.id, forced_resolution::returned, money{10'00})->answer);
  const auto& book = world.stored(rental.id).life.revenue->shared;
  EXPECT_EQ(book[0].gross, money{50'00}) << "the price was paid before";
  EXPECT_EQ(book[2].gross, money{10'00}) << "all but 10.00 of the late fee";
  EXPECT_EQ(book[2].net(), money{8'45});
  audit();
}

TEST_F(shared_station, nobody_shares_in_the_penalty_of_a_lost_bank_found_or_not) {
  const auto rental = rent(rider);
  ride(hours{1 + 73});
  ASSERT_EQ(world.stored(rental.id).closure, closure_reason::lost);
  const auto fee = world.stored(rental.id).late_fee_charged;
  const auto shares = share(franchise) + share(vendor);
  EXPECT_EQ(world.stored(rental.id).life.revenue->shared[2].gross, fee);
  const auto found = world.system.ask<bank_seen_answer>(
      world.rentals, lost_bank_found{rental.id, world.sighting(rental.bank_serial, sighting_kind::snapshot)});
  world.system.run();
  ASSERT_TRUE(found->answer);
  EXPECT_EQ(share(franchise) + share(vendor), shares);
  audit();
}

TEST_F(shared_station, a_station_of_the_platform_shares_nothing_and_remembers_nothing) {
  owner.station = runner.station = world.system.ids().make<station_id>();
  publish();
  const auto rental = rent(rider);
  ride(minutes{90});
  bring_back();
  EXPECT_FALSE(world.stored(rental.id).life.revenue);
  EXPECT_TRUE(world.store->distributions.empty());
  EXPECT_TRUE(world.store->vendor_ejections.empty());
  audit();
}

// -- the vendor's free ejection

TEST_F(shared_station, a_vendor_has_one_ejection_a_day_free) {
  const auto free = rent(vendor_rider);
  EXPECT_EQ(free.price, money{});
  EXPECT_EQ(free.life.free_for, vendor.id);
  EXPECT_EQ(world.wallet(vendor_rider).cash, money{200'00});
  ride(minutes{30});
  bring_back();
  EXPECT_EQ(world.wallet(vendor_rider).current_points, 0) << "it earns nothing";
  EXPECT_TRUE(world.store->distributions.empty()) << "and nobody shares in nothing";
  const auto second = rent(vendor_rider);
  EXPECT_EQ(second.price, money{50'00});
  EXPECT_TRUE(second.life.free_for.is_nil());
  bring_back();
  ride(hours{24});
  EXPECT_EQ(rent(vendor_rider).price, money{}) << "another day";
  EXPECT_EQ(world.store->vendor_ejections.size(), 2U);
  audit();
}

TEST_F(shared_station, an_explanation_says_why_it_was_free) {
  const auto rental = rent(vendor_rider);
  const auto day = business_date_text(rental.created_at);
  const auto found = answer(*world.store, load_explanation{rental.id});
  const auto to_rider = rider_explanation_json(found, world.system.now(), story_reader::english);
  EXPECT_NE(to_rider.find("it is free, your one of " + day), std::string::npos) << to_rider;
  EXPECT_NE(to_rider.find("It is your free one of " + day), std::string::npos) << to_rider;
  const auto to_operators = rental_explanation_json(found, world.system.now());
  EXPECT_NE(to_operators.find("free, the vendor's one of " + day), std::string::npos);
  EXPECT_NE(to_operators.find(vendor.id.text()), std::string::npos) << "and whose it was";
}

TEST_F(shared_station, of_twenty_starts_at_once_one_is_free) {
  std::vector<std::shared_ptr<asked<start_answer>>> answers;
  for (int n = 0; n < 20; ++n)
    answers.push_back(world.ask_start(world.wish(vendor_rider)));
  world.system.run();
  world.system.ask<outcome_noted>(world.rentals,
                                  world.outcome(world.all->ejections.back(), ejection_result::confirmed));
  world.system.run();
  EXPECT_EQ(std::count_if(answers.begin(), answers.end(), [](const auto& one) { return !!one->answer; }), 1);
  ASSERT_EQ(world.store->vendor_ejections.size(), 1U);
  ASSERT_EQ(world.store->rentals.size(), 1U);
  EXPECT_EQ(world.stored(last()).price, money{});
  audit();
}

TEST_F(shared_station, a_free_ejection_is_given_back_if_no_bank_comes_out) {
  for (int n = 0; n < 2; ++n) {
    world.ask_start(world.wish(vendor_rider));
    world.system.run();
    EXPECT_EQ(world.stored(last()).price, money{}) << "it is still the first of the day";
    world.system.ask<outcome_noted>(world.rentals,
                                    world.outcome(world.all->ejections.back(), ejection_result::refuted));
    world.system.run();
    EXPECT_TRUE(world.store->vendor_ejections.at(last()).is_released);
  }
  EXPECT_EQ(rent(vendor_rider).price, money{});
  audit();
}

TEST_F(shared_station, a_free_ejection_that_is_late_pays_its_late_fee_and_still_earns_nothing) {
  const auto rental = rent(vendor_rider);
  ride(minutes{62 + 30});
  bring_back();
  EXPECT_EQ(world.stored(rental.id).late_fee_charged, money{50'00});
  EXPECT_EQ(world.wallet(vendor_rider).cash, money{150'00});
  EXPECT_EQ(world.wallet(vendor_rider).current_points, 0);
  EXPECT_TRUE(world.store->distributions.empty());
  audit();
}

TEST_F(shared_station, a_free_use_paid_afterwards_holds_and_costs_nothing) {
  world.package.model = payment_model::postpaid;
  world.prices.prices.packages = {world.package};
  publish();
  auto wish = world.wish(vendor_rider);
  wish.mode = payment_mode::wallet;
  world.ask_start(wish);
  world.system.run();
  EXPECT_EQ(world.wallet(vendor_rider).held, money{});
  world.system.ask<outcome_noted>(world.rentals,
                                  world.outcome(world.all->ejections.back(), ejection_result::confirmed));
  world.system.run();
  ride(minutes{30});
  bring_back();
  EXPECT_EQ(world.wallet(vendor_rider).cash, money{200'00});
  audit();
}

TEST_F(shared_station, only_the_active_vendor_of_this_station_ejects_for_nothing) {
  vendor.status = partner_status::suspended;
  publish();
  EXPECT_EQ(rent(vendor_rider).price, money{50'00});
  EXPECT_EQ(share(vendor), 1'27) << "what a suspended partner earns is kept for it";
  bring_back();
  vendor.status = partner_status::active;
  runner.valid_until = world.system.now();
  publish();
  EXPECT_EQ(rent(vendor_rider).price, money{50'00});
  EXPECT_EQ(rent(franchise.user = world.add_rider({50'00})).price, money{50'00}) << "an owner is no vendor";
}

TEST_F(shared_station, a_lookup_that_fails_fails_the_start_and_charges_nothing) {
  world.wallet(vendor_rider);
  world.store->reader_refuses = reader_refusal::unavailable;
  const auto answer = world.ask_start(world.wish(vendor_rider));
  world.system.run();
  world.store->reader_refuses.reset();
  EXPECT_TRUE(answer->error);
  EXPECT_TRUE(world.all->ejections.empty());
  EXPECT_FALSE(world.all->releases.empty()) << "the bank is free again";
  audit();
}

}  // namespace
}  // namespace chautari::testing
