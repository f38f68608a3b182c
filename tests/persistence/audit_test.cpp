#include "persistence/audit/audit.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "persistence/journal/batch_writer.hpp"
#include "persistence/seed/seed.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

class audit_of_a_city : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  sample_maker make;
  user_image rider = make.rider();
  rental_image rental;
  bank_image bank;

  void SetUp() override {
    ASSERT_EQ(seed_scale(database, {2, 8, 0}), "");
    bank = make.seated_bank(*station_id::parse(query(database, "select min(id::text) from stations")), 2);
    store(make.empty_record().add(rider).add(bank).add(make.top_up(rider, {50000})));
    store(make.start(rider, bank, &rental));
    ASSERT_TRUE(audit(database).empty()) << audit(database).front();
  }
  void store(const record& entry) {
    const auto fate = writer.write({entry}).front();
    ASSERT_EQ(fate.what, record_fate::kind::stored) << fate.message;
  }
  /// Does what no program may: past the triggers.
  void plant(const std::string& script) {
    run_sql(database, "set session_replication_role = replica; " + script);
  }
  /// True if some finding has all these words.
  bool finds(const std::string& words) {
    const auto findings = audit(database);
    return std::any_of(findings.begin(), findings.end(),
                       [&](const auto& finding) { return finding.find(words) != std::string::npos; });
  }
};

TEST_F(audit_of_a_city, an_active_rental_has_its_bank_out) {
  plant("update rentals set status = 'ACTIVE'");
  EXPECT_TRUE(finds("is ACTIVE but its bank " + bank.serial.text() + " is RESERVED"));
  EXPECT_TRUE(finds("still holds 5000 in 2050"));
}

TEST_F(audit_of_a_city, a_rented_bank_has_an_open_rental) {
  plant(
      "update power_banks set status = 'RENTED', station_id = null, slot = null, rental_id = null "
      "where serial = " +
      bank.serial.text());
  EXPECT_TRUE(finds("bank " + bank.serial.text() + " is RENTED but no rental has it"));
}

TEST_F(audit_of_a_city, a_bank_sits_in_a_slot_that_exists) {
  plant("update power_banks set slot = 80 where serial = " + bank.serial.text());
  EXPECT_TRUE(finds("sits in slot 80 of station SCALE-"));
}

TEST_F(audit_of_a_city, a_lost_line_unbalances_the_books) {
  plant("delete from ledger_lines where code = '2050'");
  EXPECT_TRUE(finds("the ledger is off by 5000 NPR"));
  EXPECT_TRUE(finds(":charge has 1 of 2 lines"));
}

TEST_F(audit_of_a_city, an_account_is_the_sum_of_its_lines) {
  plant("update ledger_accounts set balance = balance + 1 where code = '2000'");
  EXPECT_TRUE(finds("holds 45001 NPR but its lines sum up to 45000"));
}

TEST_F(audit_of_a_city, a_closed_rental_has_no_open_ends) {
  plant("update rentals set status = 'COMPLETED', is_open = false, closure = 'RETURNED'");
  EXPECT_TRUE(finds("is still QUEUED but rental " + rental.code));
  EXPECT_TRUE(finds("was never answered"));
  EXPECT_TRUE(finds("is COMPLETED but still holds 5000 in 2050"));
  EXPECT_TRUE(finds("is RESERVED but rental " + rental.code + " is COMPLETED"));
}

TEST_F(audit_of_a_city, nothing_is_billed_twice) {
  plant("insert into rental_charges select rental_id, kind, 1, amount, basis from rental_charges");
  EXPECT_TRUE(finds("has 2 charges BASE"));
  plant(
      "insert into ledger_journals select gen_random_uuid(), event_type, event_key || ':2:charge', "
      "occurred_at, "
      "posted_at, rider_id, rental_id, memo, 2 from ledger_journals where rental_id is not null");
  EXPECT_TRUE(finds("was charged by 2 journals rental-charge"));
}

TEST_F(audit_of_a_city, dues_agree_with_charges_and_with_the_ledger) {
  plant("update rentals set status = 'COMPLETED', is_open = false, closure = 'RETURNED', due = 700");
  EXPECT_TRUE(finds("owes 700 but was charged 5000 and paid 5000"));
  EXPECT_TRUE(finds("owes 700 for rentals but the ledger says 0"));
}

TEST_F(audit_of_a_city, a_bill_is_the_sum_of_its_rows) {
  plant("update rentals set life = '{\"extensions_charged\":2500,\"paid_later\":2400}'");
  EXPECT_TRUE(finds("was charged 7500 but its rows say 5000"));
  EXPECT_TRUE(finds("was paid 7400 but its rows say 5000"));
  plant(
      "insert into rental_charges select id, 'EXTENSION', 0, 2500, '{}' from rentals;"
      "insert into rental_payments select id, 1, null, 2400, 0, 0, false from rentals");
  EXPECT_TRUE(audit(database).empty()) << audit(database).front();
}

TEST_F(audit_of_a_city, what_is_held_is_held_by_somebodys_open_rental) {
  plant("update rentals set life = '{\"held\":4000}'");
  EXPECT_TRUE(finds("has 4000 held for rentals but the ledger says 0"));
}

TEST_F(audit_of_a_city, a_discount_counts_its_uses_and_they_go_the_way_of_their_rentals) {
  plant(
      "insert into station_discounts select gen_random_uuid(), station_id, gen_random_uuid(), 1000, null, 1, "
      "now(), now() + interval '1 day', 'ACTIVE', false, 1, 0, '', now() from rentals;"
      "insert into discount_uses select discount.id, rental.id, rider_id, 'CONFIRMED', now() "
      "from rentals as rental, station_discounts as discount");
  EXPECT_TRUE(finds("is still CONFIRMED but rental " + rental.code + " is PENDING_POPUP"));
  plant("update discount_uses set state = 'RESERVED'");
  EXPECT_TRUE(finds("counts 1 used and 0 reserved but its uses are 0 and 1"));
  plant("update station_discounts set used = 0, reserved = 1");
  EXPECT_TRUE(audit(database).empty()) << audit(database).front();
}

TEST_F(audit_of_a_city, a_bank_reserved_for_a_swap_is_in_its_place) {
  const auto other = make.seated_bank(bank.station, 4);
  store(make.empty_record().add(other));
  plant("update power_banks set status = 'RESERVED', rental_id = '" + rental.id.text() + "' where id = '" +
        other.id.text() + "'");
  EXPECT_TRUE(finds("bank " + other.serial.text() + " is RESERVED but rental"));
  plant("update rentals set life = '{\"swap\":{\"bank\":\"" + other.id.text() + "\"}}'");
  EXPECT_TRUE(audit(database).empty()) << audit(database).front();
  plant("update rentals set status = 'ACTIVE'");
  EXPECT_TRUE(finds("bank " + bank.serial.text() + " is RESERVED but rental"));
  plant("update rentals set life = '{\"swap\":{\"bank\":\"" + other.id.text() +
        "\",\"returned_at\":\"2026-01-01T00:00:00Z\"}}'");
  EXPECT_FALSE(finds("bank " + bank.serial.text())) << "it stays promised until the new one is out";
}

TEST_F(audit_of_a_city, the_books_of_a_rental_are_found_by_its_explanation) {
  plant("update ledger_journals set event_key = 'elsewhere' where rental_id is not null");
  EXPECT_TRUE(finds("journal elsewhere is of rental " + rental.code + ", which will not find it"));
}

TEST_F(audit_of_a_city, points_are_worth_what_the_liability_says) {
  plant("insert into ledger_accounts values ('P200', gen_random_uuid(), 'PTS', 'C', 50, 50, false)");
  EXPECT_TRUE(finds("points liability (2400) is 0 but riders hold 50 points"));
}

TEST(audit_without_a_database, is_a_finding) {
  database_settings nowhere;
  nowhere.host = "/nonexistent";
  EXPECT_EQ(audit(nowhere).size(), 1U);
}

}  // namespace
}  // namespace chautari::testing
