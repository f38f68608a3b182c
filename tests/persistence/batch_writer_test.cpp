#include "persistence/journal/batch_writer.hpp"

#include <gtest/gtest.h>

#include "persistence/audit/audit.hpp"
#include "persistence/reader/questions.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

using kind = record_fate::kind;

class batch_writer_of_a_city : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  database_connection reader{database, session_kind::reading};
  sample_maker make;
  station_id station = make.id<station_id>();

  kind write(const record& entry) { return writer.write({entry}).front().what; }
  std::string constraint_of(const record& entry) { return writer.write({entry}).front().constraint; }
  template <class... Parts>
  record holding(const Parts&... parts) {
    auto entry = make.empty_record();
    (entry.add(parts), ...);
    return entry;
  }
  user_image rich_rider() {
    const auto rider = make.rider();
    EXPECT_EQ(write(holding(rider, make.top_up(rider, {50000}))), kind::stored);
    return rider;
  }
  bank_image stored_bank(std::int32_t slot) {
    const auto bank = make.seated_bank(station, slot);
    EXPECT_EQ(write(holding(bank)), kind::stored);
    return bank;
  }
  std::optional<bank_image> bank_now(const bank_image& bank) {
    return answer(reader, load_bank{bank.serial})->bank;
  }
};

TEST_F(batch_writer_of_a_city, a_start_is_stored_whole) {
  const auto rider = rich_rider();
  const auto bank = stored_bank(3);
  rental_image rental;
  ASSERT_EQ(write(make.start(rider, bank, &rental)), kind::stored);
  const auto read = answer(reader, load_rental{rental.id, rider.id})->rental;
  ASSERT_TRUE(read);
  EXPECT_EQ(read->code, rental.code);
  EXPECT_EQ(read->station_name, "Thamel \"Chowk\"");
  EXPECT_EQ(read->package.duration_minutes, 60);
  EXPECT_EQ(read->late_fee.daily_cap, money{10000});
  EXPECT_EQ(read->late_fee.applies_to, rental.late_fee.applies_to);
  EXPECT_EQ(read->paid, rental.paid);
  EXPECT_EQ(read->created_at, rental.created_at);
  EXPECT_EQ(read->start_body_hash, rental.start_body_hash);
  EXPECT_EQ(read->started_by, rental.started_by);
  EXPECT_FALSE(read->due_at);
  for (const char* table :
       {"rental_log", "rental_charges", "rental_payments", "device_commands", "transactions"})
    EXPECT_EQ(query(database, std::string{"select count(*) from "} + table), "1") << table;
  const auto facts = answer(reader, load_account{rider.id, make.now()});
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->cash, money{45000});
  EXPECT_EQ(facts->total_topup, money{50000});
  EXPECT_EQ(facts->open_rental, rental.id);
  ASSERT_EQ(facts->answers.size(), 1U);
  EXPECT_EQ(facts->answers[0].status, 0);
  EXPECT_EQ(bank_now(bank)->status, bank_status::reserved);
}

TEST_F(batch_writer_of_a_city, a_record_told_twice_is_stored_once) {
  const auto rider = rich_rider();
  const auto entry = make.start(rider, stored_bank(1));
  EXPECT_EQ(write(entry), kind::stored);
  EXPECT_EQ(write(entry), kind::stored);
  const auto twice = holding(make.top_up(rider, {100}));
  for (const auto& fate : writer.write({twice, twice}))
    EXPECT_EQ(fate.what, kind::stored);
  EXPECT_EQ(query(database, "select balance from ledger_accounts where code = '2000'"), "45100");
}

TEST_F(batch_writer_of_a_city, one_bad_record_is_refused_alone) {
  const auto rider = rich_rider();
  std::vector<record> batch;
  for (int i = 0; i < 20; ++i)
    batch.push_back(holding(make.top_up(rider, {100})));
  batch[13] = holding(make.charge(make.pending_rental(make.rider(), make.seated_bank(station, 1)), {1}));
  const auto fates = writer.write(batch);
  for (std::size_t at = 0; at < fates.size(); ++at)
    EXPECT_EQ(fates[at].what, at == 13 ? kind::refused : kind::stored) << at;
  EXPECT_EQ(fates[13].constraint, "ledger_accounts_not_negative");
  EXPECT_EQ(query(database, "select balance from ledger_accounts where code = '2000'"), "51900");
  EXPECT_EQ(query(database, "select count(*) from journal"), "20");
}

TEST_F(batch_writer_of_a_city, text_that_no_database_can_hold_harms_only_its_own_record) {
  auto rider = make.rider();
  rider.username = "caf\xC3\xA9 \"\\\n\x01";
  auto broken = make.rider();
  broken.username = "\xFF\xFE";
  auto bad_json = holding(rental_log_entry{make.id<rental_id>(), 1, "x", "", make.now(), make.now(), "{"});
  const auto fates = writer.write({holding(rider), holding(broken), bad_json});
  EXPECT_EQ(fates[0].what, kind::stored);
  EXPECT_EQ(fates[1].what, kind::refused);
  EXPECT_EQ(fates[2].what, kind::refused);
  EXPECT_EQ(answer(reader, load_account{rider.id, make.now()})->user.username, rider.username);
}

TEST_F(batch_writer_of_a_city, the_newest_image_of_a_batch_is_stored) {
  auto bank = make.seated_bank(station, 1);
  std::vector<record> batch;
  for (const int battery : {10, 20, 30}) {
    bank.battery = battery;
    batch.push_back(holding(bank));
  }
  for (const auto& fate : writer.write(batch))
    EXPECT_EQ(fate.what, kind::stored);
  EXPECT_EQ(bank_now(bank)->battery, 30);
}

TEST_F(batch_writer_of_a_city, banks_change_places_within_one_batch) {
  auto left = stored_bank(1);
  auto right = stored_bank(2);
  std::swap(left.slot, right.slot);
  for (const auto& fate : writer.write({holding(left), holding(right)}))
    EXPECT_EQ(fate.what, kind::stored);
  EXPECT_EQ(bank_now(left)->slot, 2);
  EXPECT_EQ(bank_now(right)->slot, 1);
}

TEST_F(batch_writer_of_a_city, a_bank_seen_in_a_place_makes_the_one_before_it_missing) {
  const auto old = stored_bank(5);
  const auto older_in_batch = make.seated_bank(station, 6);
  const auto newcomer = make.seated_bank(station, 5);
  const auto newest = make.seated_bank(station, 6);
  for (const auto& fate : writer.write({holding(older_in_batch), holding(newcomer), holding(newest)}))
    EXPECT_EQ(fate.what, kind::stored);
  for (const auto& gone : {old, older_in_batch}) {
    EXPECT_EQ(bank_now(gone)->status, bank_status::missing);
    EXPECT_TRUE(bank_now(gone)->station.is_nil());
    EXPECT_EQ(bank_now(gone)->slot, 0);
  }
  EXPECT_EQ(bank_now(newcomer)->slot, 5);
  EXPECT_EQ(bank_now(newest)->slot, 6);
}

TEST_F(batch_writer_of_a_city, an_image_that_is_not_newer_is_a_conflict) {
  const auto rider = rich_rider();
  rental_image rental;
  ASSERT_EQ(write(make.start(rider, stored_bank(1), &rental)), kind::stored);
  EXPECT_EQ(constraint_of(holding(rental)), "rentals_revision");
  rental.revision = 3;
  rental.status = rental_status::cancelled;
  rental.closure = closure_reason::eject_failed;
  rental.ended_at = make.now();
  auto older = rental;
  older.revision = 2;
  const auto fates = writer.write({holding(rental), holding(older)});
  EXPECT_EQ(fates[0].what, kind::stored);
  EXPECT_EQ(fates[1].constraint, "rentals_revision");
  rental.revision = 4;
  rental.status = rental_status::active;
  EXPECT_EQ(constraint_of(holding(rental)), "rentals_revision") << "a closed rental stays closed";
}

TEST_F(batch_writer_of_a_city, a_rider_closes_one_rental_and_opens_the_next_in_one_batch) {
  const auto rider = rich_rider();
  rental_image first;
  ASSERT_EQ(write(make.start(rider, stored_bank(1), &first)), kind::stored);
  first.status = rental_status::completed;
  first.closure = closure_reason::returned;
  first.revision = 2;
  const auto fates = writer.write({holding(first), make.start(rider, stored_bank(2))});
  EXPECT_EQ(fates[0].what, kind::stored);
  EXPECT_EQ(fates[1].what, kind::stored) << fates[1].message;
}

TEST_F(batch_writer_of_a_city, the_guards_of_the_network_refuse_by_name) {
  const auto rider = rich_rider();
  const auto bank = stored_bank(1);
  rental_image rental;
  ASSERT_EQ(write(make.start(rider, bank, &rental)), kind::stored);

  EXPECT_EQ(constraint_of(make.start(rider, stored_bank(2))), "rentals_one_open_per_rider");
  EXPECT_EQ(constraint_of(make.start(rich_rider(), bank)), "rentals_one_open_per_bank");
  auto same_code = make.pending_rental(rich_rider(), stored_bank(3));
  same_code.code = rental.code;
  EXPECT_EQ(constraint_of(holding(same_code)), "rentals_code");
  auto backwards = make.pending_rental(rich_rider(), stored_bank(4));
  backwards.started_at = make.now();
  backwards.ended_at = *backwards.started_at - seconds{1};
  EXPECT_EQ(constraint_of(holding(backwards)), "rentals_end_after_start");
  EXPECT_EQ(constraint_of(holding(rental_charge{rental.id, charge_kind::late_fee, 0, {-1}, ""})),
            "rental_charges_not_negative");
  EXPECT_EQ(constraint_of(holding(rental_charge{rental.id, charge_kind::base, 0, {1}, ""})),
            "rental_charges_pkey");
  auto same_serial = make.seated_bank(station, 9);
  same_serial.serial = bank.serial;
  EXPECT_EQ(constraint_of(holding(same_serial)), "power_banks_serial");
  auto same_name = make.rider();
  same_name.username = rider.username;
  same_name.username[0] = 'R';
  EXPECT_EQ(constraint_of(holding(same_name)), "users_username");
  EXPECT_EQ(refusal_of(database,
                       "insert into power_banks select gen_random_uuid(), 77, 'AVAILABLE', 1, 0, 0, 0, "
                       "station_id, slot from power_banks where slot = 1"),
            "power_banks_one_per_slot");
}

TEST_F(batch_writer_of_a_city, a_journal_must_balance_and_be_whole) {
  const auto rider = rich_rider();
  auto lopsided = make.top_up(rider, {100});
  lopsided.lines[1].credit = 99;
  EXPECT_EQ(constraint_of(holding(lopsided)), "ledger_journals_balance");
  auto mixed = make.top_up(rider, {100});
  mixed.lines[1].unit = commodity::pts;
  EXPECT_EQ(constraint_of(holding(mixed)), "ledger_journals_balance");
  auto both_sides = make.top_up(rider, {100});
  both_sides.lines[0].credit = 100;
  EXPECT_EQ(constraint_of(holding(both_sides)), "ledger_lines_one_side");
  auto empty = make.top_up(rider, {100});
  empty.lines.clear();
  EXPECT_EQ(write(holding(empty)), kind::refused);
  auto first = make.top_up(rider, {100});
  auto again = make.top_up(rider, {100});
  again.event_key = first.event_key;
  EXPECT_EQ(write(holding(first)), kind::stored);
  EXPECT_EQ(constraint_of(holding(again)), "ledger_journals_event_key");
  EXPECT_EQ(refusal_of(database,
                       "insert into ledger_lines select id, 3, '2000', id, 'NPR', 5, 0 from "
                       "ledger_journals limit 1"),
            "ledger_journals_balance");
  EXPECT_EQ(
      refusal_of(database,
                 "insert into ledger_lines select id, n, '2000', id, 'NPR', 5 * (n - 3), "
                 "5 * (4 - n) from (select id from ledger_journals limit 1) j, generate_series(3, 4) n"),
      "ledger_journals_complete");
  EXPECT_EQ(refusal_of(database,
                       "insert into ledger_journals values (gen_random_uuid(), 'x', 'x', now(), now(), "
                       "null, null, '', 2)"),
            "ledger_journals_complete");
}

TEST_F(batch_writer_of_a_city, books_and_logs_are_append_only) {
  ASSERT_EQ(write(make.start(rich_rider(), stored_bank(1))), kind::stored);
  for (const std::string table : {"ledger_lines", "ledger_journals", "rental_log", "cabinet_log"}) {
    EXPECT_EQ(refusal_of(database, "delete from " + table), table + "_append_only");
    EXPECT_EQ(refusal_of(database, "truncate " + table), table + "_append_only");
  }
  EXPECT_EQ(refusal_of(database, "update ledger_lines set debit = 1"), "ledger_lines_append_only");
}

TEST_F(batch_writer_of_a_city, riders_lines_carry_the_balance_after_them) {
  const auto rider = rich_rider();
  const auto other = make.rider();
  const auto one = make.pending_rental(rider, make.seated_bank(station, 1));
  const auto two = make.pending_rental(rider, make.seated_bank(station, 2));
  for (const auto& fate :
       writer.write({holding(make.charge(one, {20000})), holding(make.top_up(other, {700})),
                     holding(make.top_up(rider, {5000})), holding(make.charge(two, {30000}))}))
    EXPECT_EQ(fate.what, kind::stored) << fate.message;
  EXPECT_EQ(query(database,
                  "select string_agg(balance_after::text, ' ' order by j.id) from ledger_lines l join "
                  "ledger_journals j on j.id = l.journal_id where code = '2000' and owner_id = '" +
                      rider.id.text() + "'"),
            "50000 30000 35000 5000");
  EXPECT_EQ(
      query(database, "select count(*) from ledger_lines where code = '2050' and balance_after is null"),
      "2");
  EXPECT_EQ(query(database, "select owner_id || ' ' || balance from ledger_accounts where code = '2050'"),
            "00000000-0000-0000-0000-000000000000 50000");
}

TEST_F(batch_writer_of_a_city, every_other_part_is_stored_as_told) {
  const auto rider = rich_rider();
  session_image session{make.id<session_id>(), rider.id, make.now(), make.now(), "::1", "curl", {}, ""};
  refresh_token_image token{
      make.id<token_id>(), session.id, "hash", make.now(), make.now() + hours{24 * 365 * 60}, {}};
  otp_image otp{rider.email, "AUTH",     "code",     2,  make.now(),
                1,           make.now(), make.now(), 15, {make.now(), make.now()}};
  verification_token_image proof{"proof", rider.email, "AUTH", "print", make.now() + hours{1}, false};
  slot_image slot{station, 4, slot_status::error, 5, 44, 30, 51, 2, 0xC0, 2, true, make.now()};
  station_state_image state{station, true, make.now(), make.now(), R"({"rssi":17})"};
  cabinet_report report{make.id<report_id>(), imei{"86"}, make.now(), transport::mqtt, 0x40, 0,
                        {0x00, 0xA8, 0xFF},   "key"};
  auto repeated = report;
  repeated.id = make.id<report_id>();
  const auto entry = holding(session, token, otp, proof, slot, state, report, repeated,
                             station_status_change{station, station_status::offline, station_status::online,
                                                   make.now(), 60, "HEARTBEAT"},
                             bank_cycle{make.id<bank_id>(), make.id<rental_id>(), 90, 40, make.now()},
                             cabinet_log_entry{imei{"86"}, make.now(), make.now(), "ejection-sent", ""},
                             favourite_image{rider.id, station, true, make.now()},
                             outbox_message{make.id<report_id>(), "mail", rider.email, "otp",
                                            R"({"code":"1"})", make.now(), make.now()});
  const auto fates = writer.write({entry});
  ASSERT_EQ(fates[0].what, kind::stored) << fates[0].message;
  const auto signing = answer(reader, load_sign_in{rider.email, make.now()});
  ASSERT_TRUE(signing->user && signing->otp);
  EXPECT_EQ(signing->otp->hash, "code");
  EXPECT_EQ(signing->otp->locked_until, otp.locked_until);
  EXPECT_EQ(signing->otp->requested_at, otp.requested_at);
  ASSERT_EQ(signing->tokens.size(), 1U);
  const auto facts = answer(reader, load_session{session.id, token.hash});
  EXPECT_EQ(facts->session->ip, "::1");
  EXPECT_EQ(facts->user->username, rider.username);
  ASSERT_EQ(facts->tokens.size(), 1U);
  EXPECT_EQ(facts->tokens[0].expires_at, token.expires_at);
  EXPECT_EQ(query(database, "select encode(raw, 'hex') from cabinet_reports"), "00a8ff");
  EXPECT_EQ(query(database, "select sensors || status from station_slots"), "192ERROR");
  EXPECT_EQ(query(database, "select hardware from station_states"), R"({"rssi":17})");
  EXPECT_EQ(answer(reader, load_account{rider.id, make.now()})->favourites, std::vector{station});
  EXPECT_EQ(query(database, "select count(*) from outbox where sent_at is null"), "1");
  EXPECT_EQ(write(holding(favourite_image{rider.id, station, false, make.now()})), kind::stored);
  EXPECT_TRUE(answer(reader, load_account{rider.id, make.now()})->favourites.empty());
}

TEST_F(batch_writer_of_a_city, a_connection_that_died_between_batches_costs_one_attempt) {
  const auto rider = rich_rider();
  const auto end_backends = [&] {
    run_sql(database,
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'chautari' "
            "and datname = current_database()");
  };
  end_backends();
  const auto entry = holding(make.top_up(rider, {100}));
  EXPECT_EQ(write(entry), kind::unsent);
  EXPECT_EQ(write(entry), kind::stored);
  EXPECT_EQ(query(database, "select balance from ledger_accounts where code = '2000'"), "50100");
}

TEST_F(batch_writer_of_a_city, a_record_the_server_fails_at_twice_is_refused_and_no_other) {
  run_sql(
      database,
      "create function fail() returns trigger language plpgsql as $$ begin "
      "if new.username = 'poison' then raise exception 'bug' using errcode = 'XX000'; end if; "
      "return new; end $$; create trigger fail before insert on users for each row execute function fail()");
  std::vector<record> batch;
  for (int i = 0; i < 7; ++i) {
    auto rider = make.rider();
    if (i == 4) rider.username = "poison";
    batch.push_back(holding(rider));
  }
  for (const auto& fate : writer.write(batch))
    EXPECT_EQ(fate.what, kind::unsent) << "once may be an accident";
  const auto fates = writer.write(batch);
  for (std::size_t at = 0; at < fates.size(); ++at)
    EXPECT_EQ(fates[at].what, at == 4 ? kind::refused : kind::stored) << at;
  EXPECT_EQ(fates[4].constraint, "XX000");
  EXPECT_EQ(query(database, "select count(*) from users"), "6");
  EXPECT_EQ(writer.write({batch[4]}).front().what, kind::unsent) << "what was settled is no longer in doubt";
}

TEST_F(batch_writer_of_a_city, a_full_disk_is_never_a_records_fault) {
  run_sql(database,
          "create function fail() returns trigger language plpgsql as $$ begin "
          "raise exception 'could not extend file' using errcode = 'disk_full'; end $$; "
          "create trigger fail before insert on users for each row execute function fail()");
  const auto entry = holding(make.rider());
  for (int attempt = 0; attempt < 3; ++attempt)
    EXPECT_EQ(write(entry), kind::unsent);
  run_sql(database, "drop trigger fail on users");
  EXPECT_EQ(write(entry), kind::stored);
}

TEST_F(batch_writer_of_a_city, a_database_that_takes_no_rows_is_not_reachable) {
  EXPECT_TRUE(writer.is_reachable());
  EXPECT_EQ(query(database, "select count(*) from cabinet_reports"), "0") << "the probe leaves nothing";
  run_sql(database, "alter database " + database.name + " set default_transaction_read_only = on");
  batch_writer other{database};
  EXPECT_FALSE(other.is_reachable());
  run_sql(database, "begin read write; alter database " + database.name +
                        " reset default_transaction_read_only; commit");
  EXPECT_TRUE(other.is_reachable());
}

}  // namespace
}  // namespace chautari::testing
