/// Operators' and riders' rows over a real socket, with the real actors behind them and a database of maps.
#include <gtest/gtest.h>

#include "actors/stations/amenities_actor.hpp"
#include "actors/stations/issues_actor.hpp"
#include "actors/stations/stations_directory.hpp"
#include "http/server/desk.hpp"
#include "http/server/door.hpp"
#include "http/stations/station_care.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/memory_reader.hpp"
#include "tests/support/rider_client.hpp"
#include "tests/support/rider_samples.hpp"

namespace chautari {
namespace {

using testing::http_answer;
using testing::id_named;
using testing::rider_client;
using problems = std::vector<std::string>;

kiosks_actor::behavior_type quiet_kiosks(kiosks_actor::pointer) {
  return {[](const cabinet_frame&) {},
          [](const return_call&) {},
          [](const broker_session&) {},
          [](const line_changed&) {},
          [](const eject_bank&) {},
          [](const request_snapshot&) {},
          [](const look_at_kiosk&) { return kiosk_view{}; },
          [](const operator_command&) { return command_answer{}; },
          [](const register_cabinet&) {},
          [](const retire_cabinet&) {},
          [](const timer_fired&) {}};
}

/// Tokens: "asha" is a rider's, any other an operator's of that role.
class care_door : public ::testing::Test {
protected:
  care_door() {
    config_.set("scheduler.max-threads", std::size_t{1});
    system_ = std::make_unique<caf::actor_system>(config_);
    people();
    world_.now = [] { return testing::sample_time; };
    world_.ids = {world_.now, [this] { return ++drawn_ * 0x9E3779B97F4A7C15ULL; }};
    world_.journal = keep(system_->spawn(testing::memory_journal, db));
    world_.reader = keep(system_->spawn(testing::memory_reader, db));
    world_.kiosks = keep(system_->spawn(quiet_kiosks));
    const auto directory = keep(system_->spawn(stations_directory));
    const auto list = keep(system_->spawn(amenities));
    const auto desk = keep(system_->spawn(issues));
    world_.stations = directory;
    world_.station_office = directory;
    world_.amenities = list;
    world_.issues = desk;
    open();
    caf::anon_send(directory, meet_network{world_});
    caf::anon_send(list, meet_network{world_});
    caf::anon_send(desk, meet_network{world_});
  }
  ~care_door() override {
    door_->stop();
    world_ = {};
    door_.reset();
    for (const auto& actor : actors_)
      caf::anon_send_exit(actor, caf::exit_reason::kill);
    actors_.clear();
  }

  template <class Actor>
  Actor keep(Actor actor) {
    actors_.push_back(caf::actor_cast<caf::actor>(actor));
    return actor;
  }
  void people() {
    operator_image admin;
    admin.id = id_named<operator_id>("admin");
    admin.email = "bina@example.test";
    user_image asha;
    asha.id = id_named<user_id>("asha");
    asha.username = "asha";
    record entry{id_named<record_id>("people"), testing::sample_time, {}};
    db->store(entry.add(admin).add(asha));
  }
  static auth_result judge(std::string_view token) {
    caller who;
    who.expires_at = testing::sample_time + hours{1};
    if (token == "asha") {
      who.user = id_named<user_id>(token);
      return who;
    }
    who.role = caller_role::admin;
    who.as_operator = id_named<operator_id>(token);
    return who;
  }
  void open() {
    stations_ = std::make_unique<stations_door>(1, accounts_actor{});
    care_ = std::make_unique<station_care>(care_of(world_, *stations_));
    auto rows = station_care_endpoints(*care_);
    for (auto& row : issue_report_endpoints(*care_))
      rows.push_back(std::move(row));
    rows.push_back(show_station_row(*stations_));
    door_options options;
    options.address = "127.0.0.1";
    options.port = 0;
    options.websockets = {{.path = "/ws"}};
    options.now = world_.now;
    options.authenticate = [](std::string_view token) { return judge(token); };
    options.standing = [](const caller& who, std::string_view) -> standing_result {
      for (const char* role : {"admin", "moderator", "operator"}) {
        if (who.as_operator == id_named<operator_id>(role))
          return operator_standing{*parse_operator_role(role), testing::sample_time};
      }
      return operator_standing{operator_role::finance, testing::sample_time};
    };
    door_ = std::make_unique<door>(*system_, std::move(options), std::move(rows), [this](lane_parts& parts) {
      stations_->set_up(parts, world_.now);
      world_.announce_to.push_back(parts.announcements.as<door_actor>());
    });
    std::string why;
    if (!door_->start(why)) throw std::runtime_error(why);
  }

  static std::string a_station(const std::string& more = "") {
    return R"({"station_name":"Asan","serial_number":"KTM-9","imei":"860000000000077","latitude":27.7,)"
           R"("longitude":85.3,"address":"Asan, Kathmandu","total_slots":8)" +
           more + '}';
  }

  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  std::shared_ptr<testing::memory_store> db = std::make_shared<testing::memory_store>();
  std::uint64_t drawn_ = 0;
  network world_;
  std::vector<caf::actor> actors_;
  std::unique_ptr<stations_door> stations_;
  std::unique_ptr<station_care> care_;
  std::unique_ptr<door> door_;
};

TEST_F(care_door, a_station_is_made_shown_changed_and_taken_away) {
  rider_client admin{door_->port(), "admin"};
  rider_client anybody{door_->port()};
  const auto made =
      admin.post("/api/admin/stations", a_station(R"(,"opening_time":"06:00","closing_time":"22:30")"));
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("/data/imei"), "860000000000077");
  EXPECT_EQ(made.at("/data/closing_time"), "22:30");
  EXPECT_EQ(made.at("/data/slots").as_array().size(), 8U);
  EXPECT_EQ(anybody.get("/api/stations/KTM-9").status, 200) << "riders see it at once";
  EXPECT_EQ(anybody.get("/api/stations/KTM-9").body.find("860000000000077"), std::string::npos);
  EXPECT_EQ(admin.post("/api/admin/stations", a_station()).code(), "station_already_exists");

  EXPECT_EQ(made.at("/data/port_one_offset"), 25) << "as the maker numbers a second port";

  const auto changed =
      admin.ask("PATCH", "/api/admin/stations/KTM-9", R"({"station_name":"Asan Chowk","port_one_offset":4})");
  EXPECT_EQ(changed.at("/data/port_one_offset"), 4);
  EXPECT_EQ(changed.at("/data/station_name"), "Asan Chowk") << changed.body;
  EXPECT_EQ(anybody.get("/api/stations/KTM-9").at("/data/station_name"), "Asan Chowk");
  EXPECT_EQ(admin.get("/api/admin/stations/KTM-9").at("/data/opening_time"), "06:00") << "the rest stays";

  const auto closed =
      admin.post("/api/admin/stations/KTM-9/maintenance", R"({"is_maintenance":true,"reason":"new lock"})");
  EXPECT_EQ(closed.at("/data/status"), "MAINTENANCE");
  EXPECT_EQ(anybody.get("/api/stations/KTM-9").at("/data/is_maintenance"), true);

  EXPECT_EQ(admin.ask("DELETE", "/api/admin/stations/KTM-9?reason=moved").status, 200);
  EXPECT_EQ(admin.get("/api/admin/stations/KTM-9").code(), "station_not_found");
  EXPECT_EQ(anybody.get("/api/stations/KTM-9").code(), "station_not_found");
  ASSERT_EQ(db->audit_log.size(), 4U);
  EXPECT_EQ(db->audit_log[3].reason, "moved");
  EXPECT_EQ(db->audit_log[3].actor_id, id_named<operator_id>("admin").text());
}

TEST_F(care_door, everything_wrong_with_a_station_is_named_in_one_answer_and_nothing_is_stored) {
  rider_client admin{door_->port(), "admin"};
  const auto answer =
      admin.post("/api/admin/stations",
                 R"({"station_name":"","serial_number":"issues","imei":"12","latitude":91,"total_slots":51,)"
                 R"("opening_time":"25:00","amenity_ids":["00000000-0000-7000-8000-000000000001"],)"
                 R"("media_uploads":[{"url":"https://elsewhere.example/x.png","media_type":"IMAGE"},)"
                 R"({"url":"/media/a.png","media_type":"IMAGE","is_primary":true},)"
                 R"({"url":"/media/b.png","media_type":"SCAN","is_primary":true}],)"
                 R"("powerbank_assignments":[{"powerbank_serial":"abc","slot_number":0}],"colour":"red"})");
  EXPECT_EQ(answer.status, 400);
  auto told = answer.problems();
  std::sort(told.begin(), told.end());
  problems expected{"address:required",
                    "amenity_ids[0]:not_found",
                    "closing_time:required",
                    "colour:unknown_field",
                    "imei:malformed",
                    "latitude:out_of_range",
                    "longitude:required",
                    "media_uploads:conflict",
                    "media_uploads[0].url:malformed",
                    "media_uploads[2].media_type:not_a_choice",
                    "opening_time:malformed",
                    "powerbank_assignments[0].powerbank_serial:malformed",
                    "powerbank_assignments[0].slot_number:out_of_range",
                    "serial_number:malformed",
                    "station_name:too_short",
                    "total_slots:out_of_range"};
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(told, expected);
  EXPECT_TRUE(db->stations.empty());
}

// F-79: each filter filters.
TEST_F(care_door, the_list_is_filtered_by_everything_it_says) {
  rider_client admin{door_->port(), "admin"};
  ASSERT_EQ(admin.post("/api/admin/stations", a_station()).status, 201);
  ASSERT_EQ(admin
                .post("/api/admin/stations",
                      R"({"station_name":"Boudha","serial_number":"KTM-10","imei":"860000000000078",)"
                      R"("latitude":27.7,"longitude":85.4,"address":"Stupa","total_slots":4,)"
                      R"("is_maintenance":true})")
                .status,
            201);
  const auto serials = [&](const std::string& query) {
    std::string list;
    const auto results = admin.get("/api/admin/stations" + query).at("/data/results");
    for (const auto& row : results.as_array())
      list += std::string{row.at("serial_number").as_string()} + ' ';
    return list;
  };
  EXPECT_EQ(serials(""), "KTM-9 KTM-10 ") << "by name, whatever state";
  EXPECT_EQ(serials("?is_maintenance=true"), "KTM-10 ");
  EXPECT_EQ(serials("?is_maintenance=false"), "KTM-9 ");
  EXPECT_EQ(serials("?status=MAINTENANCE"), "KTM-10 ");
  EXPECT_EQ(serials("?status=OFFLINE"), "KTM-9 ");
  EXPECT_EQ(serials("?search=stupa"), "KTM-10 ");
  EXPECT_EQ(serials("?search=077"), "KTM-9 ") << "by imei";
  EXPECT_EQ(serials("?start_date=2026-01-02"), "");
  EXPECT_EQ(serials("?start_date=2026-01-01&end_date=2026-01-01"), "KTM-9 KTM-10 ");
  EXPECT_EQ(serials("?page=2&page_size=1"), "KTM-10 ");
  EXPECT_EQ(serials("?page=9"), "") << "beyond the end";
  EXPECT_EQ(admin.get("/api/admin/stations?page_size=1").at("/data/pagination/total_pages"), 2);
  EXPECT_EQ(admin.get("/api/admin/stations?status=BROKEN&page_size=101").problems(),
            (problems{"page_size:out_of_range", "status:not_a_choice"}));
}

TEST_F(care_door, only_those_who_may_write_do) {
  rider_client moderator{door_->port(), "moderator"};
  rider_client finance{door_->port(), "finance"};
  EXPECT_EQ(moderator.get("/api/admin/stations").status, 200);
  EXPECT_EQ(moderator.post("/api/admin/stations", a_station()).code(), "permission_denied");
  EXPECT_EQ(finance.get("/api/admin/stations").code(), "permission_denied");
}

TEST_F(care_door, the_fleet_is_listed_and_judged_with_a_reason) {
  rider_client admin{door_->port(), "admin"};
  bank_image bank;
  bank.id = id_named<bank_id>("bank");
  bank.serial = bank_sn{501};
  bank.status = bank_status::missing;
  bank.cycles = 12'5000;
  db->store(record{id_named<record_id>("bank"), testing::sample_time, {bank}});
  const auto listed = admin.get("/api/admin/powerbanks?status=MISSING");
  EXPECT_EQ(listed.at("/data/results/0/serial_number"), "501") << listed.body;
  EXPECT_EQ(listed.at("/data/results/0/total_cycles"), "12.5000");
  const auto by_serial = admin.get("/api/admin/powerbanks/501");
  EXPECT_EQ(by_serial.at("/data/id"), boost::json::value(bank.id.text()));
  EXPECT_EQ(admin.get("/api/admin/powerbanks/" + bank.id.text()).at("/data/serial_number"), "501");
  EXPECT_EQ(admin.get("/api/admin/powerbanks/502").code(), "powerbank_not_found");
  EXPECT_EQ(admin.get("/api/admin/powerbanks/analytics/overview").status, 200) << "no bank of that name";

  const std::string status = "/api/admin/powerbanks/501/status";
  EXPECT_EQ(admin.post(status, R"({"status":"DAMAGED"})").problems(), problems{"reason:required"});
  EXPECT_EQ(admin.post(status, R"({"status":"LOST","reason":"x"})").problems(),
            problems{"status:not_a_choice"});
  EXPECT_EQ(admin.post(status, R"({"status":"AVAILABLE","reason":"found"})").code(), "invalid_status_change")
      << "it sits nowhere";
  const auto judged = admin.post(status, R"({"status":"DAMAGED","reason":"in the river"})");
  EXPECT_EQ(judged.at("/data/status"), "DAMAGED") << judged.body;
  EXPECT_EQ(db->banks.at(bank.id).status, bank_status::damaged);
}

TEST_F(care_door, a_rider_reports_an_operator_solves_and_the_rider_reads_it) {
  rider_client admin{door_->port(), "admin"};
  rider_client staff{door_->port(), "operator"};
  rider_client asha{door_->port(), "asha"};
  ASSERT_EQ(admin.post("/api/admin/stations", a_station()).status, 201);
  const std::string path = "/api/stations/KTM-9/report-issue";
  const auto wrong =
      asha.post(path, R"({"issue_type":"LOUD","description":"short","images":["/media/../x"]})");
  EXPECT_EQ(wrong.problems(),
            (problems{"issue_type:not_a_choice", "description:too_short", "images[0]:malformed"}));
  // F-76: ours, and five of them.
  EXPECT_EQ(
      asha.post(path, R"({"issue_type":"DIRTY","description":"There is tea on it",)"
                      R"("images":["/media/1","/media/2","/media/3","/media/4","/media/5","/media/6"]})")
          .problems(),
      problems{"images:too_long"});
  const std::string complaint = R"({"issue_type":"DIRTY","description":"यो स्टेसनमा चिया पोखियो",)"
                                R"("images":["/media/1.jpg"],"priority":"CRITICAL"})";
  const auto reported = asha.post(path, complaint);
  ASSERT_EQ(reported.status, 201) << reported.body;
  EXPECT_EQ(reported.at("/data/priority"), "MEDIUM") << "not the rider's to set";
  EXPECT_EQ(asha.post(path, complaint).code(), "duplicate_issue_report");
  EXPECT_EQ(asha.post("/api/stations/GONE/report-issue", complaint).code(), "station_not_found");

  const auto id = std::string{reported.at("/data/id").as_string()};
  const std::string issue = "/api/admin/stations/issues/" + id;
  EXPECT_EQ(admin.get(issue).at("/data/reporter/username"), "asha");
  EXPECT_TRUE(staff.get(issue).at("/data/reporter").is_null()) << "whoever may not see riders";
  EXPECT_EQ(admin.ask("PATCH", issue, R"({"status":"IN_PROGRESS","priority":"HIGH"})")
                .at("/data/assigned_to/email"),
            "bina@example.test");
  EXPECT_EQ(admin.ask("PATCH", issue, R"({"assigned_to_id":null})").at("/data/assigned_to"),
            boost::json::value{});
  const auto solved = admin.ask("PATCH", issue, R"({"status":"RESOLVED","notes":"Wiped"})");
  EXPECT_TRUE(solved.at("/data/resolved_at").is_string()) << solved.body;

  for (const char* own : {"/api/issues/my-reports", "/api/stations/my-reports"}) {
    const auto mine = asha.get(own);
    EXPECT_EQ(mine.at("/data/results/0/status"), "RESOLVED") << own;
    EXPECT_EQ(mine.body.find("Wiped"), std::string::npos) << "operators' notes are theirs";
  }
  EXPECT_EQ(asha.get("/api/issues/my-reports?issue_scope=rental").at("/data/results").as_array().size(), 0U);
  const auto shared = asha.get("/api/stations/KTM-9/issues");
  EXPECT_EQ(shared.at("/data/results/0/issue_type"), "DIRTY");
  EXPECT_EQ(shared.body.find("चिया"), std::string::npos) << "nobody's words";
  EXPECT_EQ(shared.body.find("asha"), std::string::npos);
  EXPECT_EQ(admin.ask("DELETE", issue).status, 200);
  EXPECT_EQ(admin.get(issue).code(), "issue_not_found");
}

TEST_F(care_door, the_eleventh_report_within_an_hour_is_too_many) {
  rider_client admin{door_->port(), "admin"};
  rider_client asha{door_->port(), "asha"};
  ASSERT_EQ(admin.post("/api/admin/stations", a_station()).status, 201);
  for (int i = 0; i < 10; ++i)
    EXPECT_NE(asha.post("/api/stations/KTM-9/report-issue", "{}").status, 429);
  const auto refused = asha.post("/api/stations/KTM-9/report-issue", "{}");
  EXPECT_EQ(refused.status, 429);
  EXPECT_FALSE(refused.header("retry-after").empty());
}

TEST_F(care_door, amenities_are_made_given_renamed_and_kept_while_in_use) {
  rider_client admin{door_->port(), "admin"};
  rider_client anybody{door_->port()};
  const auto made = admin.post("/api/admin/amenities", R"({"name":"Cafe","icon":"coffee"})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(admin.post("/api/admin/amenities", R"({"name":"CAFE"})").code(), "amenity_already_exists");
  const auto id = std::string{made.at("/data/id").as_string()};
  ASSERT_EQ(admin.post("/api/admin/stations", a_station(R"(,"amenity_ids":[")" + id + R"("])")).status, 201);
  const std::string path = "/api/admin/amenities/" + id;
  EXPECT_EQ(admin.ask("PATCH", path, R"({"name":"Coffee house"})").status, 200);
  EXPECT_EQ(admin.get("/api/admin/stations/KTM-9").at("/data/amenities/0/name"), "Coffee house");
  EXPECT_EQ(anybody.get("/api/stations/KTM-9").at("/data/amenities/0/name"), "Coffee house");
  EXPECT_EQ(admin.ask("DELETE", path).code(), "amenity_in_use");
  EXPECT_EQ(admin.get("/api/admin/amenities").at("/data/results/0/id"), boost::json::value(id));
}

}  // namespace
}  // namespace chautari
