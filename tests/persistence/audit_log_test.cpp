#include "persistence/operations/audit_log.hpp"

#include <gtest/gtest.h>

#include <future>

#include "persistence/journal/batch_writer.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

class audit_log_of_five_rows : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  sample_maker make;
  std::vector<record> first;

  void SetUp() override {
    first = {noting({"station.maintenance", "operator.login"}), noting({"user.register"})};
    write(first);
    write({noting({"command.reboot", "operator.logout"})});
    ASSERT_EQ(query(database, "select string_agg(seq || action, ' ' order by seq) from audit_log"),
              "1station.maintenance 2operator.login 3user.register 4command.reboot 5operator.logout");
    ASSERT_EQ(verify_audit_log(database).finding, "");
    ASSERT_EQ(verify_audit_log(database).rows, 5);
  }
  record noting(const std::vector<std::string>& actions) {
    auto entry = make.empty_record();
    for (const auto& action : actions) {
      const operator_stamp stamp{make.id<operator_id>(), make.id<session_id>(), "10.1.2.3", "curl \"8\"", ""};
      auto line = audit_by(stamp, make.id<audit_id>(), make.now(), action, "station", "KTM-0001");
      line.before = R"({"name" : "caf\u00e9", "n":1.50})";
      entry.add(line);
    }
    return entry;
  }
  void write(const std::vector<record>& records) {
    for (const auto& fate : writer.write(records))
      ASSERT_EQ(fate.what, record_fate::kind::stored) << fate.message;
  }
  /// Does what no program may: past the triggers.
  std::string finding_after(const std::string& script) {
    run_sql(database, "set session_replication_role = replica; " + script);
    const auto report = verify_audit_log(database);
    EXPECT_EQ(report.problem, "");
    return report.finding;
  }
};

TEST_F(audit_log_of_five_rows, a_batch_replayed_adds_nothing) {
  write(first);
  run_sql(database, "delete from journal");
  write(first);
  EXPECT_EQ(verify_audit_log(database).rows, 5);
  EXPECT_EQ(verify_audit_log(database).finding, "");
  write({noting({"later"})});
  EXPECT_EQ(query(database, "select max(seq) from audit_log"), "6");
  EXPECT_EQ(verify_audit_log(database).finding, "");
}

TEST_F(audit_log_of_five_rows, a_changed_row_is_found) {
  EXPECT_EQ(finding_after("update audit_log set actor_id = 'nobody' where seq = 3"),
            "row 3 is not what was written");
  EXPECT_EQ(finding_after("update audit_log set before = '{\"n\":2}' where seq = 2"),
            "row 2 is not what was written");
}

TEST_F(audit_log_of_five_rows, a_change_with_a_hash_to_match_breaks_the_chain_behind_it) {
  EXPECT_EQ(finding_after("update audit_log set reason = 'none' where seq = 3; update audit_log set hash = "
                          "audit_link(null, prev_hash, audit_text(seq, audit_log)) where seq = 3"),
            "row 4 does not follow the row before it");
}

TEST_F(audit_log_of_five_rows, a_removed_row_is_found_and_so_are_its_traces) {
  EXPECT_EQ(finding_after("delete from audit_log where seq = 2"),
            "row 2 is missing: row 3 comes in its place");
  EXPECT_EQ(finding_after("update audit_log set seq = seq - 1 where seq > 2"),
            "row 2 is not what was written");
}

TEST_F(audit_log_of_five_rows, rows_removed_from_the_end_are_found) {
  EXPECT_EQ(finding_after("delete from audit_log where seq >= 4"),
            "the log ends with row 3 but 5 were written");
  write({noting({"goes.on"})});
  EXPECT_EQ(verify_audit_log(database).finding, "row 4 is missing: row 6 comes in its place");
}

TEST_F(audit_log_of_five_rows, two_rows_that_changed_places_are_found) {
  EXPECT_EQ(finding_after("update audit_log set seq = 10 where seq = 2; update audit_log set seq = 2 where "
                          "seq = 3; update audit_log set seq = 3 where seq = 10"),
            "row 2 is not what was written");
}

TEST_F(audit_log_of_five_rows, a_head_without_its_log_is_found) {
  EXPECT_EQ(finding_after("update audit_head set hash = decode(repeat('01', 32), 'hex')"),
            "the head of the log is not the hash of row 5");
  EXPECT_EQ(finding_after("delete from audit_head"), "the head of the log is missing");
  EXPECT_EQ(writer.write({noting({"later"})}).front().constraint, "audit_head");
}

TEST_F(audit_log_of_five_rows, nothing_may_be_changed_by_a_program) {
  EXPECT_EQ(refusal_of(database, "update audit_log set reason = ''"), "audit_log_append_only");
  EXPECT_EQ(refusal_of(database, "delete from audit_log"), "audit_log_append_only");
  EXPECT_EQ(refusal_of(database, "truncate audit_log"), "audit_log_append_only");
}

TEST_F(audit_log_of_five_rows, two_writers_make_one_chain) {
  const auto write_many = [&](std::uint64_t seed) {
    sample_maker mine{seed};
    batch_writer own{database};
    std::vector<record_fate> fates;
    for (int i = 0; i < 40; ++i) {
      audit_entry line;
      line.id = mine.id<audit_id>();
      line.at = mine.now();
      line.action = "written.twice";
      fates.push_back(own.write({mine.empty_record().add(line)}).front());
    }
    return fates;
  };
  auto one = std::async(std::launch::async, write_many, 77);
  auto other = std::async(std::launch::async, write_many, 78);
  for (auto* half : {&one, &other})
    for (const auto& fate : half->get())
      EXPECT_EQ(fate.what, record_fate::kind::stored) << fate.message;
  EXPECT_EQ(verify_audit_log(database).finding, "");
  EXPECT_EQ(verify_audit_log(database).rows, 85);
}

}  // namespace
}  // namespace chautari::testing
