#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "persistence/base/connection.hpp"
#include "persistence/journal/journal_actor.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/support/ask.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

/// What the probe was told, and a way to wait for it.
struct probe_notes {
  std::mutex mutex;
  std::condition_variable changed;
  bool is_up = true;
  std::size_t backlog = 0;
  std::vector<std::size_t> batches;
  std::vector<std::string> refused;
  std::size_t tidied_rows = 0;
  bool is_tidy = false;

  writer_probe probe() {
    writer_probe verbs;
    verbs.batch_written = [this](std::size_t records, double) { note([&] { batches.push_back(records); }); };
    verbs.backlog_changed = [this](std::size_t records) { note([&] { backlog = records; }); };
    verbs.database_changed = [this](bool up) { note([&] { is_up = up; }); };
    verbs.record_refused = [this](record_id, const std::string& constraint, const std::string&) {
      note([&] { refused.push_back(constraint); });
    };
    verbs.tidied_up = [this](const tidied& done) {
      note([&] {
        tidied_rows += done.rows;
        is_tidy = !done.is_more;
      });
    };
    return verbs;
  }
  template <class Change>
  void note(Change change) {
    const std::lock_guard lock{mutex};
    change();
    changed.notify_all();
  }
  template <class Condition>
  void wait_for(Condition condition) {
    std::unique_lock lock{mutex};
    changed.wait(lock, condition);
  }
};

class journal_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  probe_notes notes;
  caf::actor_system_config config;
  caf::actor_system system{config};
  journal_actor journal;
  sample_maker make;
  user_image rider = make.rider();

  void start(milliseconds retry_max = limits::database_retry_max, std::size_t backlog_max = 1000) {
    journal_setup setup;
    setup.database = database;
    setup.probe = notes.probe();
    setup.retry_max = retry_max;
    setup.backlog_records_max = backlog_max;
    journal = spawn_journal(system, setup);
  }
  void TearDown() override { caf::anon_send_exit(journal, caf::exit_reason::user_shutdown); }

  record top_up(std::int64_t paisa = 100) { return make.empty_record().add(make.top_up(rider, {paisa})); }
  auto store(const record& entry) { return ask<stored>(system, journal, entry); }
  std::string balance() { return query(database, "select balance from ledger_accounts where code = '2000'"); }
  static std::optional<journal_refusal> refusal(const reply<stored>& said) {
    return reason_of<journal_refusal>(said.error);
  }
};

TEST_F(journal_on_postgres, answers_when_the_record_is_on_disk) {
  start();
  const auto entry = top_up();
  const auto said = store(entry).get();
  ASSERT_TRUE(said.answer) << to_string(said.error);
  EXPECT_EQ(said.answer->id, entry.id);
  EXPECT_EQ(balance(), "100");
}

TEST_F(journal_on_postgres, a_repeated_record_is_answered_stored_and_counted_once) {
  start();
  const auto entry = top_up();
  EXPECT_TRUE(store(entry).get().answer);
  EXPECT_TRUE(store(entry).get().answer);
  EXPECT_EQ(balance(), "100");
}

TEST_F(journal_on_postgres, a_refused_record_names_its_guard) {
  start();
  auto spend = make.empty_record().add(make.charge(make.pending_rental(rider, bank_image{}), {1}));
  const auto said = store(spend).get();
  EXPECT_EQ(refusal(said), journal_refusal::conflict);
  EXPECT_EQ(context_of(said.error), R"({"constraint":"ledger_accounts_not_negative"})");
  EXPECT_TRUE(store(top_up()).get().answer);
  EXPECT_EQ(notes.refused, std::vector<std::string>{"ledger_accounts_not_negative"});
}

TEST_F(journal_on_postgres, batches_grow_while_the_writer_is_busy) {
  start();
  // A lock on the table holds the writer inside its first batch while the others gather.
  database_connection other{database, session_kind::reading};
  other.run_script("begin; lock table ledger_journals");
  std::vector<std::future<reply<stored>>> replies;
  replies.push_back(store(top_up()));
  notes.wait_for([&] { return notes.backlog == 1; });
  for (int i = 0; i < 300; ++i)
    replies.push_back(store(top_up()));
  notes.wait_for([&] { return notes.backlog == 301; });
  other.run_script("commit");
  for (auto& reply : replies)
    EXPECT_TRUE(reply.get().answer);
  EXPECT_EQ(balance(), "30100");
  EXPECT_LE(notes.batches.size(), 3U);
}

TEST_F(journal_on_postgres, a_full_backlog_refuses_at_once) {
  start(limits::database_retry_max, 10);
  database_connection other{database, session_kind::reading};
  other.run_script("begin; lock table ledger_journals");
  std::vector<std::future<reply<stored>>> replies;
  for (int i = 0; i < 10; ++i)
    replies.push_back(store(top_up()));
  notes.wait_for([&] { return notes.backlog == 10; });
  EXPECT_EQ(refusal(store(top_up()).get()), journal_refusal::overloaded);
  other.run_script("commit");
  for (auto& reply : replies)
    EXPECT_TRUE(reply.get().answer);
  EXPECT_EQ(balance(), "1000");
}

TEST_F(journal_on_postgres, a_batch_whose_connection_dies_is_written_again) {
  start();
  EXPECT_TRUE(store(top_up()).get().answer);
  database_connection other{database, session_kind::reading};
  other.run_script("begin; lock table ledger_journals");
  auto reply = store(top_up());
  // The writer waits for the lock, in the middle of its transaction; there its backend ends.
  wait_until(database,
             "select count(*) = 1 from pg_stat_activity where wait_event_type = 'Lock' and "
             "datname = current_database()");
  run_sql(database,
          "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and "
          "datname = current_database()");
  notes.wait_for([&] { return !notes.is_up; });
  other.run_script("commit");
  EXPECT_TRUE(reply.get().answer);
  EXPECT_EQ(balance(), "200");
  EXPECT_TRUE(notes.is_up);
}

TEST_F(journal_on_postgres, a_connection_that_dies_inside_commit_is_answered_when_the_database_tells) {
  start(milliseconds{0});  // Whatever is certainly not stored would be refused at once.
  EXPECT_TRUE(store(top_up()).get().answer);
  // COMMIT waits for a standby that does not exist; by then the transaction is on disk here.
  run_sql(database, "alter system set synchronous_standby_names = 'nobody'");
  run_sql(database, "select pg_reload_conf()");
  wait_until(database, "select setting = 'nobody' from pg_settings where name = 'synchronous_standby_names'");
  auto reply = store(top_up());
  wait_until(database, "select count(*) = 1 from pg_stat_activity where wait_event = 'SyncRep'");
  run_sql(database, "select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'");
  const auto said = reply.get();
  run_sql(database, "alter system reset synchronous_standby_names");
  run_sql(database, "select pg_reload_conf()");
  wait_until(database, "select setting = '' from pg_settings where name = 'synchronous_standby_names'");
  EXPECT_TRUE(said.answer) << to_string(said.error);
  EXPECT_EQ(balance(), "200");
}

TEST_F(journal_on_postgres, a_crash_of_the_database_loses_nothing_answered_and_stores_nothing_twice) {
  start(std::chrono::minutes{1});
  std::vector<std::future<reply<stored>>> replies;
  for (int i = 0; i < 400; ++i)
    replies.push_back(store(top_up()));
  replies.front().wait();
  postgres_server::instance().kill();
  for (int i = 0; i < 100; ++i)
    replies.push_back(store(top_up()));
  postgres_server::instance().start();
  for (auto& reply : replies)
    EXPECT_TRUE(reply.get().answer);
  EXPECT_EQ(balance(), "50000");
}

TEST_F(journal_on_postgres, without_a_database_records_are_unavailable_until_it_is_back) {
  start(milliseconds{200});
  EXPECT_TRUE(store(top_up()).get().answer);
  postgres_server::instance().kill();
  EXPECT_EQ(refusal(store(top_up()).get()), journal_refusal::unavailable);
  EXPECT_FALSE(notes.is_up);
  EXPECT_EQ(refusal(store(top_up()).get()), journal_refusal::unavailable);
  EXPECT_TRUE(ask<done>(system, journal, drain_atom::value).get().answer) << "nothing accepted is left";
  postgres_server::instance().start();
  notes.wait_for([&] { return notes.is_up; });
  EXPECT_TRUE(store(top_up()).get().answer);
  EXPECT_EQ(balance(), "200");
}

TEST_F(journal_on_postgres, tidying_goes_on_until_no_quota_is_full_while_records_are_stored) {
  run_sql(
      database,
      "insert into journal select gen_random_uuid(), now() - interval '2 days' from generate_series(1, 57)");
  journal_setup setup;
  setup.database = database;
  setup.probe = notes.probe();
  setup.tidy_rows_max = 5;
  setup.tidy_first = setup.tidy_pause = milliseconds{0};
  journal = spawn_journal(system, setup);
  EXPECT_TRUE(store(top_up()).get().answer);
  notes.wait_for([&] { return notes.is_tidy; });
  EXPECT_EQ(notes.tidied_rows, 57U);
  EXPECT_EQ(query(database, "select count(*) from journal"), "1");
}

TEST_F(journal_on_postgres, a_drain_waits_for_everything_accepted_before_it) {
  start();
  database_connection other{database, session_kind::reading};
  other.run_script("begin; lock table ledger_journals");
  auto reply = store(top_up());
  notes.wait_for([&] { return notes.backlog == 1; });
  auto drained = ask<done>(system, journal, drain_atom::value);
  other.run_script("commit");
  EXPECT_TRUE(drained.get().answer);
  EXPECT_EQ(balance(), "100");
  EXPECT_TRUE(reply.get().answer);
}

}  // namespace
}  // namespace chautari::testing
