#include <gtest/gtest.h>

#include "persistence/journal/batch_writer.hpp"
#include "persistence/kiosks/questions.hpp"
#include "persistence/recovery/recover.hpp"
#include "tests/support/asking.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

class registry_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  database_connection reader{database, session_kind::reading};
  sample_maker make;

  template <class... Parts>
  record_fate write(const Parts&... parts) {
    auto entry = make.empty_record();
    (entry.add(parts), ...);
    return writer.write({entry}).front();
  }
  template <class... Parts>
  void store(const Parts&... parts) {
    const auto fate = write(parts...);
    ASSERT_EQ(fate.what, record_fate::kind::stored) << fate.message;
  }
  stranger_image stranger(const std::string& number, const std::string& sim) {
    stranger_image one;
    one.cabinet = imei{number};
    one.first_seen_at = one.last_seen_at = make.now();
    one.calls = 1;
    one.address = "10.0.0." + number.substr(13);
    one.sim = sim;
    one.hardware = R"({"board":"A8"})";
    return one;
  }
  station_image station(const std::string& number) {
    station_image one;
    one.id = make.id<station_id>();
    one.serial = station_sn{"KTM-" + number.substr(11)};
    one.cabinet = imei{number};
    one.name = "Thamel";
    one.total_slots = 8;
    return one;
  }
};

TEST_F(registry_on_postgres, what_is_known_of_a_cabinet_is_one_answer) {
  const auto known = station("860000000000007");
  broker_account_image account{known.cabinet, "cab-7", "8997", make.now(), 3, {}, make.now()};
  auto caller = stranger("860000000000007", "8997");
  caller.state = stranger_state::approved;
  caller.notes = "Seen at the depot";
  store(known, account, caller);
  const auto entry = answer(reader, load_registry_entry{known.cabinet}).value();
  ASSERT_TRUE(entry.account);
  EXPECT_EQ(entry.account->username, "cab-7");
  EXPECT_EQ(entry.account->sim, "8997");
  EXPECT_EQ(entry.account->issues, 3);
  EXPECT_EQ(entry.account->issued_at, account.issued_at);
  EXPECT_EQ(entry.account->provisioning_until, account.provisioning_until);
  EXPECT_FALSE(entry.account->revoked_at);
  ASSERT_TRUE(entry.stranger);
  EXPECT_EQ(entry.stranger->state, stranger_state::approved);
  EXPECT_EQ(entry.stranger->notes, caller.notes);
  EXPECT_EQ(entry.stranger->hardware, caller.hardware);
  EXPECT_EQ(entry.station, known.id);
  account.revoked_at = make.now();
  account.provisioning_until.reset();
  store(account);
  EXPECT_EQ(answer(reader, load_registry_entry{known.cabinet})->account->revoked_at, account.revoked_at);
  const auto nobody = answer(reader, load_registry_entry{imei{"860000000000008"}}).value();
  EXPECT_FALSE(nobody.account || nobody.stranger);
  EXPECT_TRUE(nobody.station.is_nil());
}

TEST_F(registry_on_postgres, a_deleted_station_has_no_cabinet) {
  auto known = station("860000000000007");
  known.is_deleted = true;
  store(known);
  EXPECT_TRUE(answer(reader, load_registry_entry{known.cabinet})->station.is_nil());
}

TEST_F(registry_on_postgres, strangers_are_listed_last_seen_first_and_found_by_each_of_their_numbers) {
  auto first = stranger("860000000000001", "8997_1");
  const auto second = stranger("860000000000002", "8997%2");
  store(first, second);
  first.calls = 9;
  first.last_seen_at = make.now();
  store(first);
  const auto all = answer(reader, asking<list_strangers>([](auto& q) { q.limit = 1; })).value();
  EXPECT_EQ(all.total, 2);
  ASSERT_EQ(all.strangers.size(), 1U);
  EXPECT_EQ(all.strangers[0].cabinet, first.cabinet);
  EXPECT_EQ(all.strangers[0].calls, 9);
  EXPECT_EQ(all.strangers[0].first_seen_at, first.first_seen_at);
  EXPECT_EQ(answer(reader, asking<list_strangers>([](auto& q) {
                     q.page = 2;
                     q.limit = 1;
                   }))
                ->strangers.at(0)
                .cabinet,
            second.cabinet);
  for (const std::string search : {"000002", "7%2", "10.0.0.02"}) {
    const auto found = answer(reader, asking<list_strangers>([&](auto& q) { q.search = search; })).value();
    ASSERT_EQ(found.strangers.size(), 1U) << search;
    EXPECT_EQ(found.strangers[0].cabinet, second.cabinet);
  }
  EXPECT_EQ(
      answer(reader, asking<list_strangers>([](auto& q) { q.state = stranger_state::rejected; }))->total, 0);
}

TEST_F(registry_on_postgres, two_cabinets_never_share_a_login) {
  store(broker_account_image{imei{"860000000000001"}, "cab", "", make.now(), 1, {}, {}});
  const auto fate = write(broker_account_image{imei{"860000000000002"}, "cab", "", make.now(), 1, {}, {}});
  EXPECT_EQ(fate.constraint, "broker_accounts_username");
}

TEST_F(registry_on_postgres, a_cabinet_is_explained_between_two_times_newest_first) {
  const auto known = station("860000000000007");
  const auto log = [&](const std::string& kind, timestamp at) {
    return cabinet_log_entry{known.cabinet, at, at, kind, "{}"};
  };
  const auto from = make.now();
  command_image command;
  command.id = make.id<command_id>();
  command.cabinet = known.cabinet;
  command.created_at = make.now();
  const cabinet_report report{
      make.id<report_id>(), known.cabinet, make.now(), transport::http, 16, 0, {1}, {}};
  const station_status_change change{
      known.id, station_status::offline, station_status::online, make.now(), 12, "HEARTBEAT"};
  store(known, log("early", from - minutes{1}), log("first", from + minutes{1}),
        log("second", from + minutes{2}), log("late", from + hours{1}), command, report, change);
  store(cabinet_log_entry{imei{"860000000000008"}, from, from, "another", "{}"});
  const load_cabinet_explanation question{known.cabinet, known.id, from, from + hours{1}, 10};
  const auto told = answer(reader, question).value();
  ASSERT_EQ(told.log.size(), 2U);
  EXPECT_EQ(told.log[0].kind, "second");
  EXPECT_EQ(told.log[1].kind, "first");
  ASSERT_EQ(told.commands.size(), 1U);
  EXPECT_EQ(told.commands[0].id, command.id);
  ASSERT_EQ(told.reports.size(), 1U);
  EXPECT_EQ(told.reports[0].door, transport::http);
  ASSERT_EQ(told.status.size(), 1U);
  EXPECT_EQ(told.status[0].status, station_status::online);
  EXPECT_EQ(told.status[0].seconds_in_previous, 12);
  EXPECT_EQ(told.status[0].triggered_by, "HEARTBEAT");
  auto shorter = question;
  shorter.limit = 1;
  EXPECT_EQ(answer(reader, shorter)->log.size(), 1U);
}

TEST_F(registry_on_postgres, the_numbering_of_the_second_port_is_the_stations_own) {
  auto narrow = station("860000000000007");
  narrow.port_one_offset = 6;
  store(narrow, station("860000000000009"));
  const auto network = recover(database, make.now()).network;
  ASSERT_EQ(network.stations.size(), 2U);
  for (const auto& one : network.stations)
    EXPECT_EQ(one.facts.port_one_offset, one.facts.id == narrow.id ? 6 : 25);
  narrow.port_one_offset = 80;
  EXPECT_EQ(write(narrow).constraint, "stations_port_one_offset_check");
}

}  // namespace
}  // namespace chautari::testing
