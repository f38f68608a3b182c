/// Questions about cabinets and their commands, on PostgreSQL.
#include <gtest/gtest.h>

#include "persistence/journal/batch_writer.hpp"
#include "persistence/kiosks/questions.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

const imei cabinet{"860000000000011"};

class commands_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  database_connection browser{database, session_kind::browsing};
  sample_maker make;
  station_id station = make.id<station_id>();

  commands_on_postgres() {
    station_image facts;
    facts.id = station;
    facts.serial = station_sn{"ST-1"};
    facts.cabinet = cabinet;
    facts.name = "Thamel Gate";
    facts.total_slots = 8;
    facts.media = facts.amenities = "[]";
    store(make.empty_record().add(facts));
  }
  void store(const record& entry) {
    const auto fate = writer.write({entry}).front();
    ASSERT_EQ(fate.what, record_fate::kind::stored) << fate.message;
  }
  /// An operator's, unless it has no parameters.
  command_image command(command_kind kind, command_state state, const std::string& parameters = "{}") {
    command_image one;
    one.id = make.id<command_id>();
    one.cabinet = cabinet;
    one.kind = kind;
    one.state = state;
    one.issued_by = "operator:" + make.id<operator_id>().text();
    one.created_at = make.now();
    one.sent_at = one.created_at;
    one.parameters = parameters;
    one.reason = "technician on site";
    one.body_hash = 0x7FFFFFFFFFFFFFFFU;
    store(make.empty_record().add(one));
    return one;
  }
  std::vector<command_id> found(const list_commands& wanted) {
    std::vector<command_id> ids;
    const auto page = answer(browser, wanted);
    for (const auto& row : page->rows)
      ids.push_back(row.command.id);
    return ids;
  }
};

using ids = std::vector<command_id>;

TEST_F(commands_on_postgres, a_command_comes_back_as_it_was_given_with_its_station) {
  auto given = command(command_kind::wifi_connect, command_state::sent, R"({"wifi_ssid":"Asan, \"up\""})");
  given.state = command_state::ok;
  given.result = R"({"networks":["a"]})";
  given.replied_at = make.now();
  given.reply_code = 1;
  store(make.empty_record().add(given));
  const auto row = answer(browser, load_command{given.id})->row;
  ASSERT_TRUE(row);
  EXPECT_EQ(row->station, station);
  EXPECT_EQ(row->station_serial.value, "ST-1");
  EXPECT_EQ(row->command.state, command_state::ok);
  EXPECT_EQ(row->command.parameters, given.parameters);
  EXPECT_EQ(row->command.reason, given.reason);
  EXPECT_EQ(row->command.result, given.result);
  EXPECT_EQ(row->command.body_hash, given.body_hash);
  EXPECT_EQ(row->command.issued_by, given.issued_by);
  EXPECT_FALSE(answer(browser, load_command{make.id<command_id>()})->row);
}

TEST_F(commands_on_postgres, a_precedent_is_the_same_command_and_the_latest_restart) {
  const auto since = make.now();
  EXPECT_FALSE(answer(browser, look_for_command{make.id<command_id>(), cabinet, since})->same);
  const auto first = command(command_kind::reboot, command_state::timeout);
  const auto later = command(command_kind::reboot, command_state::ok);
  command(command_kind::check, command_state::ok);
  command(command_kind::reboot, command_state::failed);
  const auto past = *answer(browser, look_for_command{first.id, cabinet, since});
  ASSERT_TRUE(past.same);
  EXPECT_EQ(past.same->id, first.id);
  EXPECT_EQ(past.rebooted_at, later.sent_at);
  EXPECT_FALSE(answer(browser, look_for_command{first.id, cabinet, make.now()})->rebooted_at);
}

TEST_F(commands_on_postgres, lists_are_newest_first_by_cursor_and_by_page) {
  const auto one = command(command_kind::volume, command_state::unanswered);
  const auto own = command(command_kind::check, command_state::ok, "");
  const auto two = command(command_kind::mode, command_state::ok);
  list_commands wanted;
  wanted.is_operators_only = true;
  EXPECT_EQ(found(wanted), (ids{two.id, one.id}));
  wanted.is_operators_only = false;
  wanted.station = station_sn{"ST-1"};
  EXPECT_EQ(found(wanted), (ids{two.id, own.id, one.id}));
  wanted.limit = 2;
  const auto page = *answer(browser, wanted);
  ASSERT_EQ(page.rows.size(), 2U);
  wanted.cursor = page.next_cursor;
  EXPECT_EQ(found(wanted), ids{one.id});
  wanted.cursor.clear();
  wanted.page = 2;
  EXPECT_EQ(found(wanted), ids{one.id});
  EXPECT_EQ(answer(browser, wanted)->total, 3);
  wanted.cursor = "nonsense";
  wanted.page = 0;
  EXPECT_FALSE(answer(browser, wanted));
  wanted.cursor.clear();
  wanted.station = station_sn{"ST-2"};
  EXPECT_TRUE(found(wanted).empty());
}

TEST_F(commands_on_postgres, the_inbox_gives_back_every_byte_of_a_frame) {
  cabinet_report report;
  report.id = make.id<report_id>();
  report.cabinet = cabinet;
  report.received_at = make.now();
  report.door = transport::http;
  report.frame_type = 0x40;
  report.error = 102;
  report.raw = {0xA8, 0x00, 0x0F, 0xFF};
  store(make.empty_record().add(report));
  list_cabinet_reports wanted;
  wanted.from = report.received_at;
  wanted.until = make.now();
  const auto page = *answer(browser, wanted);
  ASSERT_EQ(page.rows.size(), 1U);
  EXPECT_EQ(page.rows[0].report.raw, report.raw);
  EXPECT_EQ(page.rows[0].report.door, transport::http);
  EXPECT_EQ(page.rows[0].report.error, 102);
  EXPECT_EQ(page.rows[0].station_serial.value, "ST-1");
  wanted.until = report.received_at;
  EXPECT_TRUE(answer(browser, wanted)->rows.empty()) << "the end is exclusive";
}

TEST_F(commands_on_postgres, a_kiosk_finds_its_station_and_what_was_under_way) {
  const auto open = command(command_kind::reboot, command_state::sent);
  command(command_kind::check, command_state::ok);
  station_state_image state{station, true, make.now(), make.now(), "{}"};
  store(make.empty_record().add(state));
  const auto past = *answer(browser, load_kiosk{cabinet});
  EXPECT_EQ(past.station, station);
  EXPECT_EQ(past.station_serial.value, "ST-1");
  EXPECT_EQ(past.total_slots, 8);
  EXPECT_TRUE(past.was_online);
  EXPECT_EQ(past.last_seen_at, state.last_seen_at);
  ASSERT_EQ(past.open_commands.size(), 1U);
  EXPECT_EQ(past.open_commands[0].id, open.id);
  EXPECT_TRUE(answer(browser, load_kiosk{imei{"86"}})->station.is_nil());
}

}  // namespace
}  // namespace chautari::testing
