#include <gtest/gtest.h>

#include <future>

#include "persistence/migrations/migrate.hpp"
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
