#include <gtest/gtest.h>

#include <future>

#include "persistence/audit/audit.hpp"
#include "persistence/migrations/migrate.hpp"
#include "persistence/reader/questions.hpp"
#include "persistence/recovery/recover.hpp"
#include "protocols/rentals/bill.hpp"
#include "tests/support/postgres_fixture.hpp"

namespace chautari::testing {
namespace {

const migration first{"0001_first", "create table first (n integer);", "aa"};
const migration second{"0002_second", "create table second (n integer); insert into first values (2);", "bb"};

TEST(migrations, are_applied_in_order_and_once) {
  const auto database = postgres_server::instance().make_database();
  const auto fresh = migrate(database, {first, second});
  EXPECT_EQ(fresh.problem, "");
  EXPECT_EQ(fresh.applied, (std::vector<std::string>{"0001_first", "0002_second"}));
  const auto again = migrate(database, {first, second});
  EXPECT_TRUE(again.is_ready());
  EXPECT_TRUE(again.applied.empty());
  EXPECT_EQ(query(database, "select count(*) from first"), "1");
}

TEST(migrations, of_this_program_make_the_whole_schema) {
  const auto database = postgres_server::instance().make_database();
  const auto report = migrate(database);
  EXPECT_EQ(report.problem, "");
  EXPECT_EQ(report.applied.size(), embedded_migrations().size());
  EXPECT_EQ(query(database, "select count(*) from rentals"), "0");
  EXPECT_EQ(query(database, "select length(min(sha256)) from schema_migrations"), "64");
}

/// What a program of before left behind: rentals that were late, paid in part, given back, and one that runs.
constexpr const char* yesterday = R"sql(
  insert into rental_packages values (gen_random_uuid(), '1 Hour', '', 60, 5000, 'HOURLY', 'PREPAID', true);
  insert into late_fee_configurations values
    (gen_random_uuid(), 'old', 'MULTIPLIER', 200, 0, 2, 10000, '["HOURLY"]', true);
  insert into stations (id, serial, imei, name, address, latitude, longitude, total_slots)
  values (gen_random_uuid(), 'KTM-0001', '860000000000001', 'Thamel', '', 27.7, 85.3, 8);
  insert into rentals
  select gen_random_uuid(), code, gen_random_uuid(), 'sita', station.id, station.serial, station.name,
         station.imei, 1, gen_random_uuid(), 7, 1, 90, row_to_json(package), row_to_json(fee), 'wallet', 5000,
         5000, 0, 0, null, status, status = 'ACTIVE', closure, false, false, 1, now(),
         now() - interval '2 hours', now() - interval '1 hour', case when status <> 'ACTIVE' then now() end,
         null, '', 0, -1, false, false, fee_paisa, due, false, null, 0, 3
  from (values ('RUNNING1', 'ACTIVE', 'NONE', 0, 0), ('INTIME11', 'COMPLETED', 'RETURNED', 0, 0),
               ('LATEPAID', 'COMPLETED', 'RETURNED', 900, 0), ('LATEOWES', 'COMPLETED', 'RETURNED', 900, 300),
               ('NOTOUT11', 'CANCELLED', 'EJECT_FAILED', 0, 0))
         as past(code, status, closure, fee_paisa, due),
       stations as station, rental_packages as package, late_fee_configurations as fee;
  insert into rental_log select id, 1, 0, 'rental-started', '', now(), now(), '{}' from rentals;
  insert into rental_charges select id, 'BASE', 0, 5000, '{}' from rentals;
  insert into rental_charges select id, 'LATE_FEE', 0, 900, '{}' from rentals where late_fee_charged > 0;
  insert into rental_payments select id, 0, null, 5000, 0, 0, false from rentals;
  insert into rental_payments
  select id, 1, null, 900 - due, 0, 0, false from rentals where late_fee_charged > 0;
  insert into rental_payments select id, 1, null, -5000, 0, 0, true from rentals where status = 'CANCELLED';
  insert into ledger_journals (id, event_type, event_key, occurred_at, rental_id, memo, line_count)
  select gen_random_uuid(), 'rental-charge', 'rental:' || id || ':charge', now(), id, '', 2 from rentals;
  insert into transactions
  values (gen_random_uuid(), 'TXN1', gen_random_uuid(), null, 'RENTAL', 'SUCCESS', 'WALLET', 1, 1, 0, null,
          now());
)sql";

TEST(migrations, keep_everything_a_database_of_before_the_rental_life_holds) {
  const auto database = postgres_server::instance().make_database();
  auto steps = embedded_migrations();
  ASSERT_EQ(steps.at(11).name.substr(0, 4), "0012");
  ASSERT_TRUE(migrate(database, {steps.begin(), steps.begin() + 12}).is_ready());
  run_sql(database, std::string{"set session_replication_role = replica;"} + yesterday);
  const auto report = migrate(database);
  ASSERT_EQ(report.problem, "");
  EXPECT_GE(report.applied.size(), 3U);
  database_connection reader{database, session_kind::reading};
  const auto bill = [&](const std::string& code) {
    const auto id = query(database, "select id from rentals where code = '" + code + "'");
    const auto rental = answer(reader, load_rental{*rental_id::parse(id), {}})->rental.value();
    const auto all = bill_of(rental);
    EXPECT_EQ(all.due(), rental.due) << code;
    EXPECT_EQ(rental.lost, lost_terms{});
    return std::vector{all.charged().paisa, all.paid.paisa};
  };
  EXPECT_EQ(bill("RUNNING1"), (std::vector<std::int64_t>{5000, 5000}));
  EXPECT_EQ(bill("INTIME11"), (std::vector<std::int64_t>{5000, 5000}));
  EXPECT_EQ(bill("LATEPAID"), (std::vector<std::int64_t>{5900, 5900}));
  EXPECT_EQ(bill("LATEOWES"), (std::vector<std::int64_t>{5900, 5600}));
  EXPECT_EQ(bill("NOTOUT11"), (std::vector<std::int64_t>{0, 0}));
  for (const auto& finding : audit(database))
    EXPECT_EQ(finding.find("its rows say"), std::string::npos) << finding;
  const auto network = recover(database, from_ms(0)).network;
  EXPECT_EQ(network.open_rentals.size(), 1U);
  EXPECT_EQ(network.stations.at(0).facts.port_one_offset, 25);
  EXPECT_EQ(network.prices.late_fees.size(), 1U);
  EXPECT_TRUE(network.prices.active_late_fee);
}

TEST(migrations, a_changed_file_refuses_the_start) {
  const auto database = postgres_server::instance().make_database();
  ASSERT_TRUE(migrate(database, {first}).is_ready());
  auto changed = first;
  changed.sha256 = "ff";
  const auto report = migrate(database, {changed, second});
  EXPECT_NE(report.problem.find("0001_first was changed"), std::string::npos) << report.problem;
  EXPECT_EQ(query(database, "select to_regclass('second') is null"), "t");
}

TEST(migrations, a_newer_database_refuses_the_start) {
  const auto database = postgres_server::instance().make_database();
  ASSERT_TRUE(migrate(database, {first, second}).is_ready());
  const auto report = migrate(database, {first});
  EXPECT_NE(report.problem.find("0002_second"), std::string::npos) << report.problem;
}

TEST(migrations, a_step_that_fails_leaves_nothing_of_itself) {
  const auto database = postgres_server::instance().make_database();
  const migration broken{"0002_broken", "create table half (n integer); insert into nowhere values (1);",
                         "cc"};
  const auto report = migrate(database, {first, broken});
  EXPECT_NE(report.problem.find("0002_broken"), std::string::npos) << report.problem;
  EXPECT_EQ(report.applied, std::vector<std::string>{"0001_first"});
  EXPECT_EQ(query(database, "select to_regclass('half') is null"), "t");
  EXPECT_TRUE(migrate(database, {first, second}).is_ready());
}

TEST(migrations, two_programs_at_once_apply_each_step_once) {
  const auto database = postgres_server::instance().make_database();
  const auto start = [&] { return std::async(std::launch::async, [&] { return migrate(database); }); };
  auto one = start();
  auto other = start();
  const auto a = one.get();
  const auto b = other.get();
  EXPECT_EQ(a.problem + b.problem, "");
  EXPECT_EQ(a.applied.size() + b.applied.size(), embedded_migrations().size());
}

TEST(migrations, an_unreachable_database_is_a_problem_in_words) {
  database_settings nowhere;
  nowhere.host = "/nonexistent";
  EXPECT_NE(migrate(nowhere).problem, "");
}

}  // namespace
}  // namespace chautari::testing
