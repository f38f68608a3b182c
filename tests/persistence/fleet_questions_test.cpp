/// Issues, amenities and the fleet on a real PostgreSQL.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "persistence/journal/batch_writer.hpp"
#include "persistence/reader/reader_pool.hpp"
#include "persistence/recovery/recover.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/stations/amenity_json.hpp"
#include "protocols/stations/recovery.hpp"
#include "tests/support/ask.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

class fleet_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  caf::actor_system_config config;
  caf::actor_system system{config};
  reader_pool_actor readers = spawn_readers(system, {database});
  sample_maker make;
  user_image rider = make.rider();

  void TearDown() override { caf::anon_send_exit(readers, caf::exit_reason::user_shutdown); }

  record_fate write(const record& entry) { return writer.write({entry}).front(); }
  void store(const record& entry) {
    const auto fate = write(entry);
    ASSERT_EQ(fate.what, record_fate::kind::stored) << fate.message;
  }
  template <class Answer, class Question>
  Answer ask_for(Question question) {
    return ask<Answer>(system, readers, std::move(question)).get().answer.value();
  }
  station_image a_station(const std::string& serial) {
    station_image facts;
    facts.id = make.id<station_id>();
    facts.serial = station_sn{serial};
    facts.cabinet = imei{"imei " + serial};
    facts.name = "At " + serial;
    facts.address = "Here";
    facts.total_slots = 8;
    facts.created_at = make.now();
    return facts;
  }
  station_issue_image an_issue(const station_image& station) {
    station_issue_image issue;
    issue.id = make.id<issue_id>();
    issue.station = station.id;
    issue.reporter = rider.id;
    issue.type = station_issue_type::dirty;
    issue.description = "Somebody spilled 100% tea";
    issue.images = R"(["/media/1.jpg"])";
    issue.reported_at = issue.updated_at = make.now();
    return issue;
  }
};

TEST_F(fleet_on_postgres, a_station_is_stored_changed_and_found_again_at_the_next_start) {
  auto station = a_station("ST-1");
  store(make.empty_record().add(station));
  auto later = station;
  later.name = "Elsewhere";
  later.opening_minute = 360;
  later.closing_minute = 1'320;
  store(make.empty_record().add(later));
  auto twin = a_station("ST-2");
  twin.cabinet = station.cabinet;
  EXPECT_EQ(write(make.empty_record().add(twin)).what, record_fate::kind::refused);
  auto gone = a_station("ST-3");
  gone.is_deleted = true;
  store(make.empty_record().add(gone));

  const auto report = recover(database, make.now());
  ASSERT_EQ(report.network.stations.size(), 1U) << report.problem;
  const auto& found = report.network.stations[0].facts;
  EXPECT_EQ(found.name, "Elsewhere");
  EXPECT_EQ(found.closing_minute, 1'320);
  EXPECT_EQ(found.created_at, station.created_at);
  EXPECT_EQ(report.network.stations[0].state.station, station.id);
}

TEST_F(fleet_on_postgres, an_amenity_renamed_is_renamed_at_every_station_after_a_restart) {
  amenity_image cafe;
  cafe.id = make.id<amenity_id>();
  cafe.name = "Cafe";
  auto station = a_station("ST-1");
  station.amenities = to_amenity_json({cafe});
  store(make.empty_record().add(cafe).add(station));
  EXPECT_EQ(ask_for<row_count>(count_amenity_uses{cafe.id}).rows, 1);
  EXPECT_EQ(ask_for<row_count>(count_amenity_uses{make.id<amenity_id>()}).rows, 0);
  cafe.name = "Coffee house";
  store(make.empty_record().add(cafe));
  auto same = cafe;
  same.id = make.id<amenity_id>();
  same.name = "COFFEE house";
  EXPECT_EQ(write(make.empty_record().add(same)).what, record_fate::kind::refused);
  const auto chunks = stations_to_adopt(recover(database, make.now()).network);
  ASSERT_EQ(chunks.front().stations.size(), 1U);
  EXPECT_NE(chunks.front().stations[0].facts.amenities.find("Coffee house"), std::string::npos);
}

TEST_F(fleet_on_postgres, open_rentals_count_against_their_station) {
  const auto station = make.id<station_id>();
  auto rental = make.pending_rental(rider, make.seated_bank(station, 1));
  rental.station = station;
  store(make.empty_record().add(rider).add(rental));
  EXPECT_EQ(ask_for<row_count>(count_open_rentals_at{station}).rows, 1);
  rental.status = rental_status::cancelled;
  rental.revision = 2;
  store(make.empty_record().add(rental));
  EXPECT_EQ(ask_for<row_count>(count_open_rentals_at{station}).rows, 0);
}

TEST_F(fleet_on_postgres, issues_are_found_by_what_is_asked_and_read_in_pages) {
  const auto one = a_station("ST-1");
  const auto two = a_station("ST-2");
  store(make.empty_record().add(rider).add(one).add(two));
  std::vector<issue_id> newest_first;
  for (int i = 0; i < 5; ++i) {
    auto issue = an_issue(i < 4 ? one : two);
    if (i == 0) issue.priority = issue_priority::critical;
    if (i == 1) issue.is_deleted = true;
    if (i != 1) newest_first.insert(newest_first.begin(), issue.id);
    store(make.empty_record().add(issue));
  }
  const auto ids = [&](list_issues question) {
    std::vector<issue_id> found;
    for (int pages = 0; pages < 9; ++pages) {
      const auto page = ask_for<issue_page>(question);
      for (const auto& view : page.issues)
        found.push_back(view.issue.id);
      question.cursor = page.next_cursor;
      if (question.cursor.empty()) break;
    }
    return found;
  };
  list_issues all;
  all.limit = 2;
  EXPECT_EQ(ids(all), newest_first);
  auto urgent = all;
  urgent.priority = issue_priority::critical;
  EXPECT_EQ(ids(urgent), (std::vector<issue_id>{newest_first.back()}));
  auto there = all;
  there.station = two.id;
  EXPECT_EQ(ids(there), (std::vector<issue_id>{newest_first.front()}));
  auto searched = all;
  searched.search = "st-2";
  EXPECT_EQ(ids(searched).size(), 1U);
  searched.search = "100% TEA";
  EXPECT_EQ(ids(searched).size(), 4U) << "a percent sign is a percent sign";
  auto strangers = all;
  strangers.reporter = make.id<user_id>();
  EXPECT_TRUE(ids(strangers).empty());
  auto numbered = all;
  numbered.page = 2;
  EXPECT_EQ(ask_for<issue_page>(numbered).total, 4);
  EXPECT_EQ(ask_for<issue_page>(all).issues[0].station_name, "At ST-2");
}

TEST_F(fleet_on_postgres, a_complaint_is_a_repetition_while_the_first_is_open_and_young) {
  const auto station = a_station("ST-1");
  auto issue = an_issue(station);
  store(make.empty_record().add(rider).add(station).add(issue));
  find_open_report question{rider.id, station.id, issue.type, issue.reported_at - hours{24}};
  EXPECT_TRUE(ask_for<issue_lookup>(question).issue);
  question.since = issue.reported_at;
  EXPECT_FALSE(ask_for<issue_lookup>(question).issue) << "too old";
  question.since = {};
  question.type = station_issue_type::damaged;
  EXPECT_FALSE(ask_for<issue_lookup>(question).issue);
  const auto known = ask_for<issue_lookup>(load_issue{issue.id});
  ASSERT_TRUE(known.issue && known.reporter);
  EXPECT_EQ(known.issue->reporter_name, rider.username);
  EXPECT_EQ(known.issue->issue.images, issue.images);
  EXPECT_EQ(known.reporter->email, rider.email);
  issue.status = issue_status::resolved;
  issue.resolved_at = make.now();
  store(make.empty_record().add(issue));
  question.type = issue.type;
  EXPECT_FALSE(ask_for<issue_lookup>(question).issue);
  EXPECT_FALSE(ask_for<issue_lookup>(load_issue{make.id<issue_id>()}).issue);
}

TEST_F(fleet_on_postgres, banks_are_listed_shown_with_their_past_and_counted) {
  const auto station = a_station("ST-1");
  auto seated = make.seated_bank(station.id, 1);
  seated.battery = 15;
  auto damaged = make.seated_bank(station.id, 2);
  damaged.status = bank_status::damaged;
  auto out = make.seated_bank(station.id, 3);
  out.status = bank_status::rented;
  out.station = {};
  out.slot = 0;
  out.cycles = 501 * 10'000;
  out.rentals = 3;
  out.battery = -1;
  auto rental = make.pending_rental(rider, out);
  rental.bank = out.id;
  out.rental = rental.id;
  store(make.empty_record().add(rider).add(station).add(seated).add(damaged).add(out).add(rental));
  store(make.empty_record().add(bank_cycle{out.id, rental.id, 90, 40, make.now()}));

  const auto all = ask_for<bank_page>(list_banks{});
  EXPECT_EQ(all.total, 3);
  ASSERT_EQ(all.banks.size(), 3U);
  EXPECT_EQ(all.banks[0].station_serial, station.serial);
  EXPECT_EQ(all.banks[2].rental_code, rental.code);
  list_banks low;
  low.min_battery = 0;
  low.max_battery = 20;
  EXPECT_EQ(ask_for<bank_page>(low).banks.at(0).bank.serial, seated.serial);
  EXPECT_EQ(ask_for<bank_page>(low).total, 1) << "unknown charge is no low charge";
  list_banks broken;
  broken.status = bank_status::damaged;
  broken.search = damaged.serial.text().substr(0, 4);
  EXPECT_EQ(ask_for<bank_page>(broken).total, 1);
  list_banks beyond;
  beyond.page = 9;
  EXPECT_TRUE(ask_for<bank_page>(beyond).banks.empty());

  for (const auto& key : {out.id.text(), out.serial.text()}) {
    const auto story = ask_for<bank_story>(show_bank{key});
    ASSERT_TRUE(story.bank) << key;
    EXPECT_EQ(story.bank->bank.serial, out.serial);
    EXPECT_EQ(story.rentals.size(), 1U);
    ASSERT_EQ(story.cycles.size(), 1U);
    EXPECT_EQ(story.cycles[0].end_battery, 40);
  }
  for (const char* key : {"", "nonsense", "99999999999", "4294967295"})
    EXPECT_FALSE(ask_for<bank_story>(show_bank{key}).bank) << key;
  EXPECT_EQ(ask_for<bank_rentals>(list_bank_rentals{out.id, {}, 0, 20}).rentals.size(), 1U);

  const auto fleet = boost::json::parse(ask_for<fleet_figures>(look_at_fleet{}).json);
  EXPECT_EQ(fleet.at("total"), 3);
  EXPECT_EQ(fleet.at("by_status").at("RENTED"), 1);
  EXPECT_EQ(fleet.at("needs_attention"), 2) << "damaged, and nearly empty";
  EXPECT_EQ(fleet.at("worn"), 1);
  EXPECT_EQ(fleet.at("stations").at(0).at("banks"), 2);
  EXPECT_EQ(fleet.at("most_rented").at(0).at("total_rentals"), 3);
}

TEST_F(fleet_on_postgres, an_empty_fleet_has_figures_too) {
  const auto fleet = boost::json::parse(ask_for<fleet_figures>(look_at_fleet{}).json);
  EXPECT_EQ(fleet.at("total"), 0);
  EXPECT_TRUE(fleet.at("average_battery").is_null());
}

}  // namespace
}  // namespace chautari::testing
