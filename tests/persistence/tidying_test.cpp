#include <gtest/gtest.h>

#include "persistence/base/connection.hpp"
#include "persistence/tidying/tidier.hpp"
#include "tests/support/postgres_fixture.hpp"

namespace chautari::testing {
namespace {

class tidying : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  tidier broom{database};

  /// All statements until there is no more; the rows they deleted.
  std::size_t sweep(std::size_t rows_max = 5'000) {
    std::size_t rows = 0;
    for (bool is_more = true; is_more;) {
      const auto done = broom.step(rows_max);
      EXPECT_EQ(done.problem, "");
      EXPECT_LE(done.rows, rows_max);
      rows += done.rows;
      is_more = done.is_more;
    }
    return rows;
  }
  std::string left_in(const std::string& table) { return query(database, "select count(*) from " + table); }
};

/// One row of each table that lost its use so many days ago.
void insert_rows(const database_settings& database, const std::string& days) {
  const std::string then = "now() - interval '" + days + " days'";
  run_sql(database,
          "insert into journal values (gen_random_uuid(), " + then + ");" +
              "insert into stored_answers values (gen_random_uuid(), gen_random_uuid(), 'POST /x', 1, "
              "200, '{}', " +
              then + ");" + "insert into otp_codes values ('" + days + "', 'AUTH', '', 0, " + then +
              ", 0, now(), null, 0, '[]');" + "insert into verification_tokens values ('" + days +
              "', 'a@b', 'AUTH', '', " + then + ");" +
              "insert into refresh_tokens values (gen_random_uuid(), gen_random_uuid(), '" + days +
              "', now(), " + then + ");" +
              "insert into outbox values (gen_random_uuid(), 'mail', 'a@b', 'otp', '{}', now(), " + then +
              ")");
}

void insert_place(const database_settings& database, const std::string& days) {
  run_sql(database, "insert into rental_locations values (gen_random_uuid(), now() - interval '" + days +
                        " days', 27.7, 85.3, 10)");
}

TEST_F(tidying, deletes_what_served_nobody_for_a_day_and_nothing_younger) {
  insert_rows(database, "1.1");
  insert_rows(database, "0.9");
  EXPECT_EQ(sweep(), 6U);
  for (const char* table :
       {"journal", "stored_answers", "otp_codes", "verification_tokens", "refresh_tokens", "outbox"})
    EXPECT_EQ(left_in(table), "1") << table;
}

TEST_F(tidying, forgets_where_riders_were_after_a_month) {
  insert_place(database, "29.9");
  insert_place(database, "30.1");
  EXPECT_EQ(sweep(), 1U);
  EXPECT_EQ(query(database, "select noted_at > now() - interval '30 days' from rental_locations"), "t");
}

TEST_F(tidying, keeps_the_code_that_still_locks_its_identifier) {
  run_sql(database,
          "insert into otp_codes values ('a@b', 'AUTH', '', 0, now() - interval '3 days', 3, now(), "
          "now() - interval '1 hour', 15, '[]')");
  EXPECT_EQ(sweep(), 0U);
}

TEST_F(tidying, takes_no_more_at_once_than_it_may_and_comes_back_for_the_rest) {
  run_sql(
      database,
      "insert into journal select gen_random_uuid(), now() - interval '2 days' from generate_series(1, 23)");
  EXPECT_EQ(broom.step(10).rows, 10U);
  EXPECT_EQ(sweep(10), 13U);
  EXPECT_EQ(left_in("journal"), "0");
}

TEST_F(tidying, waits_for_no_batch) {
  insert_rows(database, "2");
  database_connection batch{database, session_kind::writing};
  batch.run_script("begin; update refresh_tokens set used_at = now()");
  EXPECT_EQ(sweep(), 5U);
  batch.run_script("commit");
  EXPECT_EQ(sweep(), 1U);
}

TEST_F(tidying, a_statement_that_fails_says_so_and_the_others_go_on) {
  insert_rows(database, "2");
  run_sql(database, "alter table journal rename to elsewhere");
  const auto failed = broom.step(10);
  EXPECT_NE(failed.problem.find("forget_records"), std::string::npos) << failed.problem;
  EXPECT_TRUE(failed.is_more);
  EXPECT_EQ(broom.step(10).rows, 1U);
}

TEST_F(tidying, finds_what_is_old_by_an_index) {
  insert_rows(database, "2");
  insert_place(database, "31");
  EXPECT_EQ(sweep(), 7U);
  // Backends tell their figures when they end.
  const std::string tables = "from pg_stat_user_tables where n_tup_del > 0";
  wait_until(database, "select count(*) = 7 " + tables);
  EXPECT_EQ(query(database, "select sum(seq_scan) " + tables), "0");
}

}  // namespace
}  // namespace chautari::testing
