/// What operators and riders ask finds its rows by an index, however many there are.

#include <gtest/gtest.h>

#include "persistence/base/connection.hpp"
#include "persistence/kiosks/questions.hpp"
#include "persistence/pricing/questions.hpp"
#include "persistence/reader/questions.hpp"
#include "persistence/rentals/questions.hpp"
#include "tests/support/asking.hpp"
#include "tests/support/postgres_fixture.hpp"

namespace chautari::testing {
namespace {

/// A hundred thousand rentals of a thousand riders at a hundred stations, with everything written about them.
constexpr const char* large_network = R"sql(
create function pg_temp.id(kind integer, n bigint) returns uuid language sql immutable as $$
  select (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
$$;
create temp view place as select n, timestamptz '2026-01-01 00:00:00Z' + n * interval '1 minute' as at
  from generate_series(1, 100000) as n;
insert into stations (id, serial, imei, name, address, latitude, longitude, total_slots)
select pg_temp.id(1, n), 'S-' || n, (860000000000000 + n)::text, 'Station ' || n, '', 27, 85, 8
from generate_series(0, 99) as n;
insert into rental_packages select pg_temp.id(6, n), 'Package', '', 60, 5000, 'HOURLY', 'PREPAID', true
from generate_series(0, 3) as n;
insert into rentals
select pg_temp.id(4, n), lpad(n::text, 8, 'Z'), pg_temp.id(5, n % 1000), 'rider', pg_temp.id(1, n % 100),
       'S-' || n % 100, 'Station', (860000000000000 + n % 100)::text, 1, pg_temp.id(3, n), 3000000000 + n, 1,
       90, (select row_to_json(package) from rental_packages as package where id = pg_temp.id(6, n % 2)),
       '{"kind":"MULTIPLIER","multiplier_hundredths":200,"flat_per_hour":0,"grace_minutes":0,'
       '"daily_cap":null,"applies_to":[]}', 'wallet', 5000,
       5000, 0, 0, null, 'COMPLETED', false, 'RETURNED', false, false, 1, at, at,
       at + interval '1 hour', at + interval '1 hour', pg_temp.id(1, n % 100), '', 0, -1, true, false, 0, 0,
       false, null, 0, 3
from place;
insert into rental_log select pg_temp.id(4, n), 1, 0, 'rental-started', '', at, at, '{}' from place;
insert into rental_charges select pg_temp.id(4, n), 'BASE', 0, 5000, '{}' from place;
insert into rental_payments select pg_temp.id(4, n), 0, null, 5000, 0, 0, false from place;
insert into rental_extensions
select pg_temp.id(7, n), pg_temp.id(4, n), pg_temp.id(6, n % 2), pg_temp.id(5, n % 1000), 60, 5000, at
from place;
insert into rental_swaps
select pg_temp.id(4, n), 1, pg_temp.id(5, n % 1000), pg_temp.id(1, n % 100), pg_temp.id(3, n),
       pg_temp.id(3, n + 1), 1, 2, 10, 90, 'OTHER', '', at from place;
insert into rental_issues
select pg_temp.id(8, n), pg_temp.id(4, n), pg_temp.id(5, n % 1000), 'RETURN_ISSUE', 'It did not take it',
       '[]', false, '', at, at, null, false from place;
insert into device_commands (id, cabinet, kind, rental_id, bank_serial, slot, state, is_open, attempt,
                             issued_by, created_at, reply_code, reply_bank, body_hash)
select pg_temp.id(9, n), (860000000000000 + n % 100)::text, 'popup_sn', pg_temp.id(4, n), 3000000000 + n, 1,
       'CONFIRMED', false, 1, 'rider', at, 0, 0, 0 from place;
insert into cabinet_reports
select pg_temp.id(10, n), (860000000000000 + n % 100)::text, at, 'mqtt',
       case n % 10 when 0 then 64 else 16 end, 0, int8send(3000000000 + n), null from place;
insert into cabinet_log (cabinet, occurred_at, recorded_at, kind, data)
select (860000000000000 + n % 100)::text, at, at, 'snapshot', '{}' from place;
insert into station_status_history
select pg_temp.id(1, n % 100), at, 'ONLINE', 'OFFLINE', 1, 'SYNC' from place;
insert into ledger_journals (id, event_type, event_key, occurred_at, rental_id, memo, line_count)
select pg_temp.id(11, n), 'rental-charge', 'rental:' || pg_temp.id(4, n) || ':charge', at,
       pg_temp.id(4, n), '', 2 from place;
insert into ledger_lines
select pg_temp.id(11, n), side, '2050', pg_temp.id(4, n), 'NPR', (side = 1)::integer, (side = 2)::integer
from place, generate_series(1, 2) as side;
insert into station_discounts
select pg_temp.id(12, n), pg_temp.id(1, n), pg_temp.id(6, 0), 1000, null, 1, now(), now() + interval '1 day',
       'ACTIVE', false, 0, 0, '', now() from generate_series(0, 999) as n;
insert into discount_uses
select pg_temp.id(12, n % 1000), pg_temp.id(4, n), pg_temp.id(5, n % 1000), 'CONFIRMED', at from place;
insert into strangers
select n::text, 'WAITING', at, at, 1, 'http', '', '', '', '' from place;
insert into broker_accounts select n::text, 'cab-' || n, '', at, 1, null, null from place;
)sql";

template <class Id>
Id numbered(int kind, int n) {
  std::string text = "00000000-0000-7000-8000-000000000000";
  static constexpr char digits[] = "0123456789abcdef";
  for (std::size_t at = 7; kind > 0; --at, kind /= 16)
    text[at] = digits[kind % 16];
  for (std::size_t at = 35; n > 0; --at, n /= 16)
    text[at] = digits[n % 16];
  return *Id::parse(text);
}

class plans_on_a_large_network : public ::testing::Test {
protected:
  static const database_settings& database() {
    static const auto made = [] {
      auto settings = postgres_server::instance().make_migrated_database();
      run_sql(settings, std::string{"set session_replication_role = replica;"} + large_network);
      run_sql(settings, "vacuum analyze");
      return settings;
    }();
    return made;
  }
  /// Tables of which this question reads every row. Backends tell their figures when they end.
  template <class Ask>
  std::string read_whole_by(Ask ask) {
    run_sql(database(), "select pg_stat_reset()");
    {
      database_connection reader{database(), session_kind::browsing};
      ask(reader);
    }
    wait_until(database(), "select count(*) > 0 from pg_stat_user_tables where idx_scan > 0");
    return query(database(), R"sql(
      select coalesce(string_agg(relname, ' ' order by relname), '')
      from pg_stat_user_tables where seq_scan > 0 and n_live_tup + seq_tup_read > 1000)sql");
  }
  const rental_id rental = numbered<rental_id>(4, 4711);
  const user_id rider = numbered<user_id>(5, 711);
};

TEST_F(plans_on_a_large_network, a_rental_is_explained_by_indexes) {
  const auto whole = read_whole_by([&](database_connection& reader) {
    const auto told = answer(reader, load_explanation{rental}).value();
    EXPECT_EQ(told.journals.size(), 1U);
    EXPECT_EQ(told.commands.size(), 1U);
    EXPECT_EQ(told.extensions.size(), 1U);
    EXPECT_EQ(told.swaps.size(), 1U);
  });
  EXPECT_EQ(whole, "");
}

TEST_F(plans_on_a_large_network, a_cabinet_is_explained_by_indexes) {
  const auto whole = read_whole_by([&](database_connection& reader) {
    const auto from = *parse_rfc3339("2026-02-01T00:00:00Z");
    const auto told =
        answer(reader, load_cabinet_explanation{imei{"860000000000007"}, numbered<station_id>(1, 7), from,
                                                from + hours{24}, 200})
            .value();
    EXPECT_EQ(told.log.size(), 14U);
    EXPECT_EQ(told.reports.size(), 14U);
    EXPECT_EQ(told.status.size(), 14U);
  });
  EXPECT_EQ(whole, "");
}

TEST_F(plans_on_a_large_network, what_riders_ask_finds_their_own_by_indexes) {
  const auto whole = read_whole_by([&](database_connection& reader) {
    EXPECT_EQ(answer(reader, load_rental_stats{rider})->rentals, 100);
    EXPECT_EQ(answer(reader, count_rider_habits{rider, *parse_rfc3339("2026-03-01T00:00:00Z")})->swaps, 15);
    EXPECT_EQ(answer(reader, asking<list_rental_issues>([&](auto& q) { q.reporter = rider; }))->issues.size(),
              20U);
    EXPECT_EQ(
        answer(reader, count_price_uses{price_table::discounts, numbered<discount_id>(12, 711).value, rider})
            ->uses,
        100);
  });
  EXPECT_EQ(whole, "");
}

TEST_F(plans_on_a_large_network, what_operators_ask_finds_its_rows_by_indexes) {
  const auto whole = read_whole_by([&](database_connection& reader) {
    EXPECT_EQ(answer(reader, list_rental_issues{})->issues.size(), 20U);
    EXPECT_EQ(answer(reader, asking<list_rental_issues>([&](auto& q) { q.rental = rental; }))->issues.size(),
              1U);
    EXPECT_TRUE(answer(reader, load_registry_entry{imei{"4711"}})->stranger);
    EXPECT_EQ(answer(reader, count_price_uses{price_table::discounts, numbered<discount_id>(12, 7).value, {}})
                  ->uses,
              100);
  });
  EXPECT_EQ(whole, "");
}

TEST_F(plans_on_a_large_network, a_package_that_was_never_rented_is_found_out_without_reading_all_rentals) {
  const auto whole = read_whole_by([&](database_connection& reader) {
    const auto never = numbered<package_id>(6, 3);
    EXPECT_EQ(answer(reader, count_price_uses{price_table::packages, never.value, {}})->uses, 0);
  });
  EXPECT_EQ(whole, "");
}

}  // namespace
}  // namespace chautari::testing
