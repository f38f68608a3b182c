#include <gtest/gtest.h>

#include "persistence/base/cursor.hpp"
#include "persistence/journal/batch_writer.hpp"
#include "persistence/reader/reader_pool.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/support/ask.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

class readers_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  caf::actor_system_config config;
  caf::actor_system system{config};
  reader_pool_actor readers = spawn_readers(system, {database});
  sample_maker make;
  user_image rider = make.rider();
  station_id station = make.id<station_id>();

  void TearDown() override { caf::anon_send_exit(readers, caf::exit_reason::user_shutdown); }

  void store(const record& entry) {
    const auto fate = writer.write({entry}).front();
    ASSERT_EQ(fate.what, record_fate::kind::stored) << fate.message;
  }
  /// A rental that is over; `due` paisa stay owed.
  rental_image closed_rental(std::int64_t due = 0) {
    auto rental = make.pending_rental(rider, make.seated_bank(station, 1));
    rental.status = rental_status::completed;
    rental.closure = closure_reason::returned;
    rental.ended_at = make.now();
    rental.due = {due};
    store(make.empty_record().add(rental));
    return rental;
  }
};

TEST_F(readers_on_postgres, a_stranger_is_not_found) {
  const auto said = ask<account_facts>(system, readers, load_account{make.id<user_id>(), make.now()}).get();
  EXPECT_EQ(reason_of<reader_refusal>(said.error), reader_refusal::not_found);
}

TEST_F(readers_on_postgres, an_account_wakes_with_its_debt_and_its_bonuses) {
  store(make.empty_record().add(rider).add(make.top_up(rider, {500})));
  const auto owing = closed_rental(717);
  auto rewarded = closed_rental();
  rewarded.bonus_awarded = true;
  rewarded.revision = 2;
  store(make.empty_record().add(rewarded));
  const auto said = ask<account_facts>(system, readers, load_account{rider.id, make.now()}).get();
  ASSERT_TRUE(said.answer);
  EXPECT_EQ(said.answer->unpaid_rental, owing.id);
  EXPECT_EQ(said.answer->unpaid, money{717});
  EXPECT_EQ(said.answer->timely_bonuses_today, 1);
  EXPECT_TRUE(said.answer->open_rental.is_nil());
  const auto tomorrow = make.now() + hours{24};
  EXPECT_EQ(ask<account_facts>(system, readers, load_account{rider.id, tomorrow})
                .get()
                .answer->timely_bonuses_today,
            0);
}

TEST_F(readers_on_postgres, a_history_is_read_by_cursor_without_gaps_or_repeats) {
  std::vector<rental_id> newest_first;
  for (int i = 0; i < 7; ++i)
    newest_first.insert(newest_first.begin(), closed_rental().id);
  std::vector<rental_id> read;
  list_rentals question;
  question.rider = rider.id;
  question.limit = 3;
  for (int pages = 0; pages < 4; ++pages) {
    const auto page = ask<rental_page>(system, readers, question).get().answer.value();
    for (const auto& rental : page.rentals)
      read.push_back(rental.id);
    EXPECT_EQ(page.total, -1);
    question.cursor = page.next_cursor;
    if (question.cursor.empty()) break;
    closed_rental();  // What is added meanwhile is newer and does not shift the pages.
  }
  EXPECT_EQ(read, newest_first);
}

TEST_F(readers_on_postgres, a_history_is_read_by_page_with_its_total) {
  for (int i = 0; i < 5; ++i)
    closed_rental(i % 2 == 0 ? 10 : 0);
  list_rentals question;
  question.rider = rider.id;
  question.limit = 2;
  question.page = 3;
  const auto page = ask<rental_page>(system, readers, question).get().answer.value();
  EXPECT_EQ(page.rentals.size(), 1U);
  EXPECT_EQ(page.total, 5);
  EXPECT_EQ(page.next_cursor, "");
  question.page = 1;
  question.payment_status = "PENDING";
  EXPECT_EQ(ask<rental_page>(system, readers, question).get().answer->total, 3);
  question.payment_status = "";
  question.status = rental_status::cancelled;
  EXPECT_EQ(ask<rental_page>(system, readers, question).get().answer->total, 0);
  question.status = {};
  question.station = make.id<station_id>();
  EXPECT_EQ(ask<rental_page>(system, readers, question).get().answer->total, 0);
}

TEST_F(readers_on_postgres, a_forged_cursor_is_not_found) {
  list_rentals question;
  question.rider = rider.id;
  question.cursor = "' or 1=1 --";
  const auto said = ask<rental_page>(system, readers, question).get();
  EXPECT_EQ(reason_of<reader_refusal>(said.error), reader_refusal::not_found);
}

TEST_F(readers_on_postgres, movements_are_listed_with_their_rental) {
  const auto rental = closed_rental();
  for (int i = 0; i < 3; ++i) {
    transaction_image movement;
    movement.id = make.id<transaction_id>();
    movement.code = "TXN" + std::to_string(i);
    movement.rider = rider.id;
    movement.kind = i == 0 ? transaction_kind::rental : transaction_kind::topup;
    if (i == 0) movement.rental = rental.id;
    movement.created_at = make.now();
    store(make.empty_record().add(movement));
  }
  list_transactions question;
  question.rider = rider.id;
  question.page = 1;
  auto page = ask<transaction_page>(system, readers, question).get().answer.value();
  ASSERT_EQ(page.transactions.size(), 3U);
  EXPECT_EQ(page.total, 3);
  EXPECT_EQ(page.transactions[2].rental_code, rental.code);
  EXPECT_EQ(page.transactions[0].rental_code, "");
  question.kind = transaction_kind::topup;
  page = ask<transaction_page>(system, readers, question).get().answer.value();
  EXPECT_EQ(page.transactions.size(), 2U);
}

TEST_F(readers_on_postgres, names_are_taken_without_regard_to_case) {
  store(make.empty_record().add(rider));
  auto loud = rider.username;
  loud[0] = 'R';
  EXPECT_FALSE(ask<username_answer>(system, readers, is_username_free{loud}).get().answer->is_free);
  EXPECT_TRUE(ask<username_answer>(system, readers, is_username_free{"nobody"}).get().answer->is_free);
}

TEST_F(readers_on_postgres, live_sessions_and_answers_are_found) {
  session_image session{make.id<session_id>(), rider.id, make.now(), make.now(), "", "", {}, ""};
  auto revoked = session;
  revoked.id = make.id<session_id>();
  revoked.revoked_at = make.now();
  const stored_answer answer{make.id<command_id>(), rider.id,  "POST /x", ~0ULL, 201,
                             R"({"a":1})",          make.now()};
  store(make.empty_record().add(session).add(revoked).add(answer));
  const auto live =
      ask<session_list>(system, readers, load_sessions_of{rider.id, session.created_at - seconds{1}})
          .get()
          .answer.value();
  ASSERT_EQ(live.sessions.size(), 1U);
  EXPECT_EQ(live.sessions[0].id, session.id);
  const load_sessions_of younger{rider.id, session.created_at};
  EXPECT_TRUE(ask<session_list>(system, readers, younger).get().answer.value().sessions.empty());
  const auto found = ask<stored_answer_lookup>(system, readers, find_stored_answer{answer.id}).get();
  ASSERT_TRUE(found.answer->answer);
  EXPECT_EQ(found.answer->answer->body_hash, ~0ULL);
  EXPECT_EQ(found.answer->answer->data, R"({"a":1})");
}

TEST_F(readers_on_postgres, of_a_sessions_tokens_only_the_presented_and_the_unused_ones_are_read) {
  session_image session{make.id<session_id>(), rider.id, make.now(), make.now(), "", "", {}, ""};
  auto entry = make.empty_record().add(rider).add(session);
  for (int n = 0; n < 50; ++n) {
    refresh_token_image token{make.id<token_id>(), session.id, "hash " + std::to_string(n),
                              make.now(),          make.now(), {}};
    if (n < 49) token.used_at = make.now();
    entry.add(token);
  }
  refresh_token_image foreign{
      make.id<token_id>(), make.id<session_id>(), "foreign", make.now(), make.now(), {}};
  store(entry.add(foreign));
  const auto hashes_for = [&](const std::string& presented) {
    std::vector<std::string> hashes;
    const auto facts = ask<session_facts>(system, readers, load_session{session.id, presented}).get();
    for (const auto& token : facts.answer.value().tokens)
      hashes.push_back(token.hash);
    return hashes;
  };
  EXPECT_EQ(hashes_for("hash 7"), (std::vector<std::string>{"hash 49", "hash 7"}));
  EXPECT_EQ(hashes_for("hash 49"), std::vector<std::string>{"hash 49"});
  EXPECT_EQ(hashes_for("foreign"), std::vector<std::string>{"hash 49"});
  EXPECT_EQ(hashes_for(""), std::vector<std::string>{"hash 49"});
}

TEST_F(readers_on_postgres, a_restarted_database_is_asked_again) {
  store(make.empty_record().add(rider));
  EXPECT_TRUE(ask<bool>(system, readers, is_database_ready_atom::value).get().answer.value());
  postgres_server::instance().kill();
  EXPECT_FALSE(ask<bool>(system, readers, is_database_ready_atom::value).get().answer.value());
  postgres_server::instance().start();
  EXPECT_TRUE(ask<bool>(system, readers, is_database_ready_atom::value).get().answer.value());
  // Every worker's old connection is broken by now; a question makes a new one.
  std::size_t answered = 0;
  for (int i = 0; i < 4; ++i)
    answered += ask<account_facts>(system, readers, load_account{rider.id, make.now()}).get().answer ? 1 : 0;
  EXPECT_EQ(answered, 4U);
}

TEST_F(readers_on_postgres, looking_can_write_nothing) {
  for (const auto kind : {session_kind::asking, session_kind::browsing}) {
    database_connection looking{database, kind};
    looking.open();
    EXPECT_THROW(looking.run_script("update users set username = 'x'"), database_error);
  }
}

TEST_F(readers_on_postgres, more_questions_than_may_wait_are_refused) {
  auto few = spawn_readers(system, {database, 1, 1});
  database_connection other{database, session_kind::reading};
  other.run_script("begin; lock table users in access exclusive mode");
  auto first = ask<username_answer>(system, few, is_username_free{"a"});
  wait_until(database,
             "select count(*) = 1 from pg_stat_activity where wait_event_type = 'Lock' and "
             "datname = current_database()");
  const auto second = ask<bank_lookup>(system, few, load_bank{bank_sn{1}}).get();
  EXPECT_EQ(reason_of<reader_refusal>(second.error), reader_refusal::overloaded);
  other.run_script("commit");
  EXPECT_TRUE(first.get().answer);
  caf::anon_send_exit(few, caf::exit_reason::user_shutdown);
}

TEST(cursor, comes_back_as_it_was) {
  sample_maker make;
  const page_mark mark{make.now(), make.id<rental_id>().value};
  const auto read = parse_cursor(to_cursor(mark));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->created_at, mark.created_at);
  EXPECT_EQ(read->id, mark.id);
  EXPECT_FALSE(parse_cursor(""));
  EXPECT_FALSE(parse_cursor(std::string(32, '!')));
  EXPECT_FALSE(parse_cursor(std::string(32, '_'))) << "a time beyond the year 9999";
}

}  // namespace
}  // namespace chautari::testing
