/// What the map asks, against the real database.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "persistence/journal/batch_writer.hpp"
#include "persistence/reader/questions.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

namespace json = boost::json;

class map_questions : public ::testing::Test {
protected:
  map_questions() {
    place.id = make.id<station_id>();
    place.serial = {"ASAN"};
    place.cabinet = {"864601060000001"};
    place.name = "Asan";
    place.latitude = 27.7;
    place.longitude = 85.3;
    place.total_slots = 8;
    place.media = place.amenities = "[]";
    store(make.empty_record().add(place));
  }
  void store(const record& entry) {
    const auto fate = writer.write({entry}).front();
    ASSERT_EQ(fate.what, record_fate::kind::stored) << fate.message;
  }
  rental_image rental_from(std::int32_t slot, rental_status status, timestamp started) {
    auto rental = make.pending_rental(make.rider(), make.seated_bank(place.id, slot));
    rental.station = place.id;
    rental.status = status;
    rental.started_at = started;
    rental.due_at = started + hours{1};
    rental.price = {50'00};
    return rental;
  }
  template <class Question>
  auto ask(const Question& question) {
    return answer(connection, question).value();
  }

  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  database_connection connection{database, session_kind::asking};
  sample_maker make;
  station_image place;
};

TEST_F(map_questions, banks_are_counted_by_where_they_are) {
  auto seated = make.seated_bank(place.id, 1), lost = make.seated_bank(place.id, 2), held = lost;
  lost.status = bank_status::lost;
  lost.station = {};
  lost.slot = 0;
  held.id = make.id<bank_id>();
  held.serial = {held.serial.value + 1'000};
  held.status = bank_status::maintenance;
  held.station = {};
  held.slot = 0;
  store(make.empty_record().add(seated).add(lost).add(held));
  const auto counted = ask(count_banks{});
  EXPECT_EQ(counted.seated, 1);
  EXPECT_EQ(counted.lost, 1);
  EXPECT_EQ(counted.other, 1);
  EXPECT_EQ(counted.rented, 0);
}

TEST_F(map_questions, a_station_is_marked_with_the_highest_of_its_open_issues) {
  station_issue_image issue;
  issue.station = place.id;
  issue.reporter = make.id<user_id>();
  issue.description = "The door does not close";
  issue.images = "[]";
  for (const auto& [priority, status] : std::vector<std::pair<issue_priority, issue_status>>{
           {issue_priority::low, issue_status::reported},
           {issue_priority::high, issue_status::in_progress},
           {issue_priority::critical, issue_status::resolved}}) {
    issue.id = make.id<issue_id>();
    issue.priority = priority;
    issue.status = status;
    issue.reported_at = issue.updated_at = make.now();
    issue.resolved_at = status == issue_status::resolved ? std::optional{make.now()} : std::nullopt;
    store(make.empty_record().add(issue));
  }
  for (const auto& whose : {station_id{}, place.id}) {
    const auto found = ask(load_issue_marks{whose});
    ASSERT_EQ(found.marks.size(), 1U);
    EXPECT_EQ(found.marks[0].station, place.id);
    EXPECT_EQ(found.marks[0].priority, issue_priority::high);
  }
  EXPECT_TRUE(ask(load_issue_marks{make.id<station_id>()}).marks.empty());
  const auto issues = json::parse(ask(load_overview{place.id, place.cabinet, make.now(), make.now()}).issues);
  EXPECT_EQ(issues.as_array().size(), 2U) << "the open ones";
}

TEST_F(map_questions, the_panel_is_told_what_is_out_what_was_earned_and_what_happened) {
  const auto noon = make.now() + hours{1'000};
  const auto today = noon - hours{6};
  const auto running = rental_from(1, rental_status::overdue, noon - hours{2});
  auto yesterdays = rental_from(2, rental_status::completed, today - hours{3});
  yesterdays.closure = closure_reason::returned;
  yesterdays.ended_at = today + hours{1};
  yesterdays.late_fee_charged = {30'00};
  for (auto one : {running, yesterdays}) {
    one.created_at = *one.started_at;
    store(make.empty_record().add(one));
  }
  const auto change = [&](timestamp at, station_status before, station_status after) {
    store(make.empty_record().add(station_status_change{place.id, before, after, at, 60, "TIMEOUT"}));
  };
  change(noon - hours{24 * 30}, station_status::offline, station_status::online);
  change(noon - hours{24 * 10}, station_status::online, station_status::offline);
  change(noon - hours{12}, station_status::offline, station_status::online);
  for (int line = 0; line < 25; ++line)
    store(make.empty_record().add(cabinet_log_entry{place.cabinet, noon + seconds{line}, noon + seconds{line},
                                                    "line-" + std::to_string(line), "{}"}));
  const auto panel = ask(load_overview{place.id, place.cabinet, today, noon - hours{7 * 24}});
  const auto out = json::parse(panel.rentals_out);
  ASSERT_EQ(out.as_array().size(), 1U);
  EXPECT_EQ(out.at(0).at("rental_code"), running.code.c_str());
  EXPECT_EQ(out.at(0).at("started_at"), to_rfc3339(*running.started_at).c_str());
  EXPECT_EQ(panel.overdue, 1);
  EXPECT_EQ(panel.revenue_today, (money{50'00 + 30'00}))
      << "today's start and today's late fee, not yesterday's price";
  ASSERT_EQ(panel.changes.size(), 2U) << "those of the week, and the last one before it";
  EXPECT_EQ(panel.changes[0].changed_at, noon - hours{24 * 10});
  EXPECT_EQ(panel.changes[1].status, station_status::online);
  const auto events = json::parse(panel.events);
  EXPECT_EQ(events.as_array().size(), 20U);
  EXPECT_EQ(events.at(0).at("kind"), "line-24");
}

TEST_F(map_questions, points_lie_within_the_box_and_within_the_window) {
  const auto now = make.now() + hours{1'000};
  auto running = rental_from(1, rental_status::active, now - minutes{90});
  auto ended = rental_from(2, rental_status::completed, now - hours{20});
  ended.closure = closure_reason::returned;
  ended.ended_at = now - minutes{10};
  ended.return_station = place.id;
  for (auto one : {running, ended}) {
    one.created_at = *one.started_at;
    store(make.empty_record().add(one));
  }
  load_map_points question{map_overlay::rentals, 27, 85, 28, 86, now - hours{1}, now};
  const auto points = json::parse(ask(question).points);
  ASSERT_EQ(points.as_array().size(), 1U);
  EXPECT_EQ(points.at(0).at("minutes_overdue"), 30);
  EXPECT_EQ(points.at(0).at("lat").to_number<double>(), 27.7);
  question.overlay = map_overlay::demand;
  EXPECT_EQ(json::parse(ask(question).points).at(0).at("weight"), 1) << "one return within the hour";
  question.since = now - hours{24};
  const auto day = json::parse(ask(question).points);
  EXPECT_EQ(day.at(0).at("starts"), 2);
  EXPECT_EQ(day.at(0).at("returns"), 1);
  question.south = 28;
  question.north = 29;
  EXPECT_EQ(ask(question).points, "[]");
}

}  // namespace
}  // namespace chautari::testing
