/// Rows in the database's binary form: what another shape, a wrong byte or a wrong number does to a batch.
#include <gtest/gtest.h>

#include "persistence/base/table_rows.hpp"
#include "persistence/journal/batch_writer.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

using kind = record_fate::kind;

class table_rows_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  sample_maker make;
  station_id station = make.id<station_id>();

  template <class... Parts>
  kind write(const Parts&... parts) {
    auto entry = make.empty_record();
    (entry.add(parts), ...);
    return writer.write({entry}).front().what;
  }
};

TEST_F(table_rows_on_postgres, a_column_that_a_migration_adds_meanwhile_costs_one_attempt_and_no_record) {
  const auto bank = make.seated_bank(station, 5);
  ASSERT_EQ(write(bank), kind::stored);
  run_sql(database,
          "alter table power_banks add column colour text; alter table power_banks drop column rentals");
  run_sql(database, "alter table power_banks add column rentals integer");
  auto moved = bank;
  moved.battery = 7;
  EXPECT_EQ(write(moved), kind::unsent) << "rows of the old shape";
  EXPECT_EQ(write(moved), kind::stored);
  EXPECT_EQ(query(database, "select battery || ':' || rentals from power_banks"),
            "7:" + std::to_string(bank.rentals));
}

TEST_F(table_rows_on_postgres, what_a_column_cannot_hold_is_refused_and_nul_is_replaced) {
  auto slot = slot_image{station, 4, slot_status::available, 0, 44, 30, 51, 2, 0, 0, false, make.now()};
  EXPECT_EQ(write(slot), kind::stored);
  const auto key = std::string("a\0b", 3);
  cabinet_report report{make.id<report_id>(), imei{"86"}, make.now(), transport::mqtt, 0x40, 0, {}, key};
  EXPECT_EQ(write(report), kind::stored);
  EXPECT_EQ(query(database, "select dedupe_key || length(raw) from cabinet_reports"),
            "a\xEF\xBF\xBD"
            "b0");
  const cabinet_report garbled{
      make.id<report_id>(), imei{"\xFF"}, make.now(), transport::mqtt, 0x40, 0, {}, ""};
  EXPECT_EQ(write(garbled), kind::refused) << "not UTF-8";
}

TEST_F(table_rows_on_postgres,
       a_writer_that_looks_whether_the_database_is_there_before_it_writes_knows_the_tables) {
  ASSERT_TRUE(writer.is_reachable());
  EXPECT_EQ(write(make.seated_bank(station, 5)), kind::stored);
}

TEST(table_rows, a_number_beyond_its_column_is_refused_and_a_column_that_is_not_there_is_doubted) {
  const table_shape shape{99, {{"slot", 23}, {"price", 20}, {"name", 25}}};
  table_rows rows;
  rows.take_shape(shape);
  const auto why = [&](auto add) {
    try {
      add(rows.row());
    } catch (const database_error& error) {
      return std::pair{error.reason, error.constraint};
    }
    return std::pair{database_error::kind::trouble, std::string{}};
  };
  using error_kind = database_error::kind;
  EXPECT_EQ(why([](auto& row) { row.number("slot", std::int64_t{1} << 31); }),
            std::pair(error_kind::data, std::string{"22003"}));
  EXPECT_EQ(why([](auto& row) { row.number("colour", 1); }),
            std::pair(error_kind::doubt, std::string{"42703"}));
  EXPECT_EQ(why([](auto& row) { row.number("name", 1); }),
            std::pair(error_kind::doubt, std::string{"42804"}));
}

TEST(table_rows, fields_may_come_in_any_order_and_those_left_out_are_null) {
  const table_shape shape{99, {{"slot", 23}, {"price", 20}, {"name", 25}}};
  table_rows rows;
  rows.take_shape(shape);
  rows.row().text("name", "x").number("slot", 2);
  const std::string bytes = rows.finish();
  const auto row = bytes.substr(20);
  const std::string wanted{
      "\0\0\0\x21\0\0\0\3\0\0\0\x17\0\0\0\4\0\0\0\2"
      "\0\0\0\x14\xff\xff\xff\xff\0\0\0\x19\0\0\0\1x",
      37};
  EXPECT_EQ(row, wanted);
}

}  // namespace
}  // namespace chautari::testing
