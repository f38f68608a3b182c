#include <gtest/gtest.h>

#include <algorithm>

#include "persistence/audit/audit.hpp"
#include "persistence/journal/batch_writer.hpp"
#include "persistence/recovery/recover.hpp"
#include "persistence/seed/seed.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

class seeded_network : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  sample_maker make;

  void SetUp() override { ASSERT_EQ(seed_demo(database, 7), ""); }
  void store(const record& entry) {
    const auto fate = writer.write({entry}).front();
    ASSERT_EQ(fate.what, record_fate::kind::stored) << fate.message;
  }
  network_image recovered() {
    auto report = recover(database, make.now());
    EXPECT_EQ(report.problem, "");
    return std::move(report.network);
  }
};

const recovered_station& station_of(const network_image& network, const std::string& serial) {
  const auto found = std::find_if(network.stations.begin(), network.stations.end(),
                                  [&](const auto& station) { return station.facts.serial.value == serial; });
  EXPECT_NE(found, network.stations.end()) << serial;
  return *found;
}

TEST_F(seeded_network, has_thirty_stations_and_some_four_hundred_banks) {
  const auto network = recovered();
  EXPECT_EQ(network.stations.size(), 30U);
  std::size_t banks = 0;
  for (const auto& station : network.stations) {
    EXPECT_EQ(station.slots.size(), static_cast<std::size_t>(station.facts.total_slots));
    EXPECT_EQ(station.facts.cabinet.value.size(), 15U);
    for (std::size_t at = 0; at < station.slots.size(); ++at)
      EXPECT_EQ(station.slots[at].number, static_cast<std::int32_t>(at + 1));
    banks += station.banks.size();
  }
  EXPECT_GT(banks, 350U);
  EXPECT_LT(banks, 450U);
  EXPECT_TRUE(station_of(network, "LAL-0005").banks.empty());
  EXPECT_EQ(station_of(network, "BKT-0003").banks.size(), 24U);
  EXPECT_TRUE(station_of(network, "BRT-0004").facts.is_maintenance);
  EXPECT_EQ(station_of(network, "KTM-0004").facts.opening_minute, 360);
  EXPECT_NE(station_of(network, "KTM-0001").facts.amenities.find("\"name\":"), std::string::npos);
  EXPECT_EQ(network.prices.packages.size(), 4U);
  ASSERT_TRUE(network.prices.active_late_fee);
  EXPECT_EQ(network.prices.active_late_fee->grace_minutes, 2);
  EXPECT_EQ(network.prices.active_late_fee->daily_cap, money{10000});
  EXPECT_EQ(network.prices.active_late_fee->applies_to, std::vector{package_type::hourly});
  ASSERT_EQ(network.prices.discounts.size(), 1U);
  const auto& cut = network.prices.discounts[0];
  EXPECT_EQ(cut.station, station_of(network, "PKR-0005").facts.id);
  EXPECT_NE(network.prices.discount_at(cut.station, cut.package, make.now() + hours{24}), nullptr);
  EXPECT_EQ(network.prices.partners.size(), 2U);
  const auto terms = revenue_terms_at(network.prices, cut.station, {});
  ASSERT_TRUE(terms);
  EXPECT_EQ(terms->franchise_hundredths, 3000);
  EXPECT_EQ(terms->vendor_hundredths, 1000);
  EXPECT_FALSE(revenue_terms_at(network.prices, station_of(network, "KTM-0001").facts.id, {}));
  EXPECT_TRUE(audit(database).empty());
}

TEST_F(seeded_network, a_second_seed_changes_nothing) {
  const auto before =
      query(database, "select md5(string_agg(b::text, ',' order by serial)) from power_banks b");
  EXPECT_EQ(seed_demo(database, 7), "");
  EXPECT_EQ(seed_demo(database, 8), "");
  EXPECT_EQ(query(database, "select md5(string_agg(b::text, ',' order by serial)) from power_banks b"),
            before);
}

TEST_F(seeded_network, the_newest_record_tells_how_far_time_had_come) {
  const auto id_at = [](timestamp at, std::uint64_t random) {
    return record_id{make_uuid_v7(at, random, ~random)};
  };
  const timestamp latest = make.now() + hours{24 * 365};
  EXPECT_EQ(newest_record_at(postgres_server::instance().make_migrated_database()), std::nullopt);
  for (const auto& [at, random] : {std::pair{latest, 1U}, std::pair{latest - milliseconds{1}, ~0U}})
    store(record{id_at(at, random), at, {}}.add(make.rider()));
  EXPECT_EQ(newest_record_at(database), latest);
}

TEST_F(seeded_network, what_was_open_is_open_again) {
  const auto network = recovered();
  const auto bank = station_of(network, "BKT-0003").banks.front();
  const auto rider = make.rider();
  rental_image rental;
  store(make.empty_record().add(rider).add(make.top_up(rider, {50000})));
  store(make.start(rider, bank, &rental));
  auto banned = make.rider();
  banned.status = user_status::banned;
  session_image session{
      make.id<session_id>(), rider.id, make.now(), make.now(), "", "", make.now(), "logout"};
  auto stale = session;
  stale.id = make.id<session_id>();
  stale.revoked_at = make.now() - hours{100};
  store(make.empty_record().add(banned).add(session).add(stale));

  const auto again = recovered();
  ASSERT_EQ(again.open_rentals.size(), 1U);
  EXPECT_EQ(again.open_rentals[0].id, rental.id);
  EXPECT_EQ(again.open_rentals[0].late_fee.daily_cap, money{10000});
  ASSERT_EQ(again.rented_banks.size(), 1U);
  EXPECT_EQ(again.rented_banks[0].serial, bank.serial);
  EXPECT_EQ(again.rented_banks[0].status, bank_status::reserved);
  ASSERT_EQ(again.open_commands.size(), 1U);
  EXPECT_EQ(again.open_commands[0].rental, rental.id);
  ASSERT_EQ(again.revoked_sessions.size(), 1U);
  EXPECT_EQ(again.revoked_sessions[0].session, session.id);
  EXPECT_EQ(again.revoked_sessions[0].revoked_at, session.revoked_at);
  EXPECT_EQ(again.barred_users, std::vector{banned.id});
  EXPECT_TRUE(audit(database).empty()) << audit(database).front();
}

TEST_F(seeded_network, a_rental_in_the_middle_of_its_life_goes_on) {
  const auto rider = make.rider();
  auto rental = make.pending_rental(rider, station_of(recovered(), "BKT-0003").banks.front());
  rental.life.extensions = 1;
  rental.life.held = {5000};
  rental.life.claim = return_claim{rental.station, rental.cabinet, 3, 40, make.now(), 1};
  rental.life.reminders = 2;
  rental.lost.after_hours = 24;
  auto over = make.pending_rental(make.rider(), station_of(recovered(), "BKT-0003").banks.back());
  over.status = rental_status::completed;
  store(make.empty_record().add(rental).add(over));
  const auto again = recovered().open_rentals;
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].life, rental.life);
  EXPECT_EQ(again[0].lost, rental.lost);
}

TEST_F(seeded_network, text_with_tabs_and_backslashes_comes_back) {
  run_sql(database, "update stations set landmark = E'a\\tb\\\\c\\nd' where serial = 'KTM-0001'");
  EXPECT_EQ(station_of(recovered(), "KTM-0001").facts.landmark, "a\tb\\c\nd");
}

TEST(recovery, of_an_unreachable_database_is_a_problem_in_words) {
  database_settings nowhere;
  nowhere.host = "/nonexistent";
  EXPECT_NE(recover(nowhere, from_ms(0)).problem, "");
}

TEST(scale_seed, makes_a_consistent_network_of_the_asked_size) {
  const auto database = postgres_server::instance().make_migrated_database();
  ASSERT_EQ(seed_scale(database, {50, 8, 20}), "");
  const auto report = recover(database, from_ms(1'767'225'600'000));
  ASSERT_EQ(report.problem, "");
  EXPECT_EQ(report.network.stations.size(), 50U);
  EXPECT_EQ(report.network.stations[0].banks.size(), 4U);
  EXPECT_EQ(report.network.open_rentals.size(), 20U);
  EXPECT_EQ(report.network.rented_banks.size(), 20U);
}

}  // namespace
}  // namespace chautari::testing
