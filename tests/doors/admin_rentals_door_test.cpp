#include "http/rentals/admin_rentals.hpp"
#include "protocols/operations/doors.hpp"
#include "tests/server/fixture.hpp"
#include "tests/support/rider_samples.hpp"

namespace chautari::testing {
namespace {

/// What the actors were asked last, and what they say.
struct network_script {
  search_rentals wanted;
  rental_table table;
  rental_story story;
  rental_explanation explanation;
  load_cabinet_explanation cabinet_question;
  cabinet_explanation cabinet;
  list_rental_issues issues_question;
  rental_issue_page issues;
  force_complete forced;
  std::optional<caf::error> refuses_force;
  change_rental_issue changed;
  delete_rental_issue removed;
};
using script = std::shared_ptr<network_script>;

caf::behavior scripted_reader(caf::event_based_actor*, script said) {
  return {[said](const search_rentals& wanted) {
            said->wanted = wanted;
            return said->table;
          },
          [said](const load_rental_story&) { return said->story; },
          [said](const load_explanation&) { return said->explanation; },
          [said](const load_cabinet_explanation& question) {
            said->cabinet_question = question;
            return said->cabinet;
          },
          [said](const list_rental_issues& question) {
            said->issues_question = question;
            return said->issues;
          }};
}

caf::behavior scripted_rentals(caf::event_based_actor*, script said) {
  return {[said](const force_complete& wish) -> caf::result<force_answer> {
    said->forced = wish;
    if (said->refuses_force) return *said->refuses_force;
    return force_answer{said->table.rentals.at(0).rental};
  }};
}

caf::behavior scripted_issues(caf::event_based_actor*, script said) {
  return {[said](const change_rental_issue& wish) {
            said->changed = wish;
            auto view = said->issues.issues.at(0);
            view.issue.is_resolved = wish.is_resolved.value_or(false);
            return view;
          },
          [said](const delete_rental_issue& wish) { said->removed = wish; }};
}

class admin_rentals_door : public server_test {
protected:
  script said = std::make_shared<network_script>();
  std::vector<caf::actor> actors{system->spawn(scripted_reader, said), system->spawn(scripted_rentals, said),
                                 system->spawn(scripted_issues, said)};
  stations_door stations{1, accounts_actor{}};
  admin_rentals rentals{stations, as<rentals_actor>(1), as<issues_actor>(2), as<reader_actor>(0)};
  station_view asan = a_station("ASAN", "Asan", 27.7, 85.3);
  found_rental row{a_rental(id_named<user_id>("asha"), asan), {}};
  door_actor lane;

  admin_rentals_door() {
    row.rental.rider_name = "asha";
    rows = admin_rental_endpoints(rentals);
    options.standing = [this](const caller&, std::string_view) -> standing_result {
      return operator_standing{role, from_ms(dawn_ms)};
    };
    set_up = [this](lane_parts& parts) {
      stations.set_up(parts, options.now);
      lane = parts.announcements.as<door_actor>();
    };
  }
  ~admin_rentals_door() override {
    lane = door_actor{};
    entrance.reset();
    for (const auto& actor : actors)
      caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
  }
  template <class Handle>
  [[nodiscard]] Handle as(std::size_t which) const {
    return caf::actor_cast<Handle>(actors.at(which));
  }
  answered ask(std::string_view verb, std::string_view target, std::string_view body) {
    if (!entrance) open();
    raw_client client{port};
    std::string text{verb};
    text += ' ';
    text += target;
    text += " HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer admin-2\r\nContent-Type: application/json\r\n";
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    text += body;
    return client.ask(text);
  }
  answered get(std::string_view target) {
    if (!entrance) open();
    raw_client client{port};
    return client.get(target, "Authorization: Bearer admin-2\r\n");
  }
  /// The text there; of what is no text its JSON.
  static std::string at(const boost::json::object& all, std::string_view pointer) {
    const boost::json::value whole = all;
    const auto& found = whole.at_pointer(pointer);
    return found.is_string() ? std::string{found.get_string()} : boost::json::serialize(found);
  }

  std::atomic<operator_role> role{operator_role::station_operator};
};

TEST_F(admin_rentals_door, the_table_says_what_operators_ask_for) {
  row.rental.status = rental_status::completed;
  row.rental.return_station = id_named<station_id>("BAGH");
  row.rental.return_station_name = "Bagh Bazar";
  row.return_serial = station_sn{"BAGH"};
  said->table = {{row}, 41};
  const auto answer = get("/api/admin/rentals?page=2&page_size=40").json();
  EXPECT_EQ(at(answer, "/data/pagination/total_count"), "41");
  EXPECT_EQ(at(answer, "/data/pagination/current_page"), "2");
  EXPECT_EQ(at(answer, "/data/results/0/rental_code"), row.rental.code);
  EXPECT_EQ(at(answer, "/data/results/0/user/username"), "asha");
  EXPECT_EQ(at(answer, "/data/results/0/station/sn"), "ASAN");
  EXPECT_EQ(at(answer, "/data/results/0/return_station/sn"), "BAGH");
  EXPECT_EQ(at(answer, "/data/results/0/bank_sn"), row.rental.bank_serial.text());
  EXPECT_EQ(at(answer, "/data/results/0/amount_paid"), "50.00");
  EXPECT_EQ(said->wanted.page, 2);
  EXPECT_EQ(said->wanted.limit, 40);
}

TEST_F(admin_rentals_door, filters_reach_the_reader_as_they_are_meant) {
  wall_ms = to_ms(*parse_rfc3339("2026-03-01T20:00:00Z"));  // 01:45 on the second in Nepal.
  ASSERT_EQ(get("/api/admin/rentals?status=OVERDUE&payment_status=PENDING&recent=today&search=%25sita_&"
                "ordering=due_at&user_id=00000000-0000-0000-0000-000000000007")
                .status,
            200);
  EXPECT_EQ(said->wanted.status, rental_status::overdue);
  EXPECT_EQ(said->wanted.payment_status, "PENDING");
  EXPECT_EQ(said->wanted.from, parse_rfc3339("2026-03-02T00:00:00+05:45"));
  EXPECT_EQ(said->wanted.search, "%sita_") << "what it means to LIKE is the database's business";
  EXPECT_EQ(said->wanted.order, rental_order::due_first);
  EXPECT_EQ(said->wanted.rider->text(), "00000000-0000-0000-0000-000000000007");
}

TEST_F(admin_rentals_door, what_cannot_be_meant_is_refused_by_name) {
  for (const auto* wrong :
       {"status=LOST", "recent=1y", "ordering=id;drop", "search=a", "page=0", "page_size=101",
        "start_date=2026-02-30", "start_date=2026-02-03&end_date=2026-02-01",
        "recent=24h&start_date=2026-02-03", "station_id=7"})
    EXPECT_EQ(get("/api/admin/rentals?" + std::string{wrong}).status, 400) << wrong;
}

TEST_F(admin_rentals_door, one_rental_shows_what_was_charged_paid_and_written) {
  said->story.found = row;
  said->story.charges = {{row.rental.id, charge_kind::base, 0, {50'00}, R"({"minutes":60})"}};
  said->story.payments = {{row.rental.id, 0, {}, {{30'00}, {}, 200}, false}};
  const auto noticed = sample_time + seconds{7};
  said->story.log = {{row.rental.id, 2, "returned", "4.8-4", sample_time, noticed, R"({"slot":3})"}};
  const auto path = "/api/admin/rentals/" + row.rental.id.text();
  const auto detail = get(path).json();
  EXPECT_EQ(at(detail, "/data/charges/0/basis/minutes"), "60");
  EXPECT_EQ(at(detail, "/data/payments/0/amount"), "50.00");
  EXPECT_EQ(at(detail, "/data/payments/0/points_used"), "200");
  EXPECT_EQ(at(detail, "/data/return_station"), "null");
  EXPECT_EQ(at(detail, "/data/closure_reason"), "null");
  const auto events = get(path + "/events").json();
  EXPECT_EQ(at(events, "/data/results/0/kind"), "returned");
  EXPECT_EQ(at(events, "/data/results/0/rule"), "4.8-4");
  EXPECT_EQ(at(events, "/data/results/0/occurred_at"), to_rfc3339(sample_time));
  EXPECT_EQ(at(events, "/data/results/0/recorded_at"), to_rfc3339(noticed));
  EXPECT_EQ(at(events, "/data/results/0/data/slot"), "3");
}

TEST_F(admin_rentals_door, an_operator_ends_a_rental_with_a_reason_and_answers_for_it) {
  role = operator_role::admin;
  row.rental.return_station = asan.facts.id;
  said->table = {{row}, 1};
  const auto path = "/api/admin/rentals/" + row.rental.id.text() + "/force-complete";
  open();
  caf::anon_send(lane, asan);
  const auto done = ask("POST", path,
                        R"({"resolution":"RETURNED","ended_at":"2026-01-01T00:30:00Z",)"
                        R"("charge_override":"0.00","bank_status":"MAINTENANCE",)"
                        R"("reason":"Left at the counter"})");
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(at(done.json(), "/data/rental/id"), row.rental.id.text());
  EXPECT_EQ(at(done.json(), "/data/rental/return_station/sn"), "ASAN");
  EXPECT_EQ(said->forced.rental, row.rental.id);
  EXPECT_EQ(said->forced.what, forced_resolution::returned);
  EXPECT_EQ(said->forced.ended_at, parse_rfc3339("2026-01-01T00:30:00Z"));
  EXPECT_EQ(said->forced.charge_override, money{});
  EXPECT_EQ(said->forced.bank, bank_status::maintenance);
  EXPECT_EQ(said->forced.by.who.value.data[15], 2);
  said->refuses_force = caf::make_error(rental_refusal::rental_already_completed);
  EXPECT_EQ(ask("POST", path, R"({"resolution":"LOST","reason":"Never came back"})").error_code(),
            "rental_already_completed");
}

// F-56: no arbitrary status, no arbitrary amount, nothing without a reason.
TEST_F(admin_rentals_door, an_end_is_one_of_three_with_a_reason_and_not_in_the_future) {
  role = operator_role::admin;
  const auto path = "/api/admin/rentals/" + row.rental.id.text() + "/force-complete";
  for (const auto* body :
       {R"({"resolution":"COMPLETED","reason":"Left at the counter"})", R"({"resolution":"RETURNED"})",
        R"({"resolution":"RETURNED","reason":"too short"})",
        R"({"resolution":"RETURNED","reason":"Left at the counter","charge_override":"-1.00"})",
        R"({"resolution":"RETURNED","reason":"Left at the counter","bank_status":"AVAILABLE"})",
        R"({"resolution":"CANCELLED","reason":"Left at the counter","charge_override":"5.00"})",
        R"({"resolution":"RETURNED","reason":"Left at the counter","ended_at":"2099-01-01T00:00:00Z"})",
        R"({"resolution":"RETURNED","reason":"Left at the counter","status":"COMPLETED"})"})
    EXPECT_EQ(ask("POST", path, body).status, 400) << body;
  EXPECT_TRUE(said->forced.reason.empty());
  EXPECT_EQ(ask("POST", "/api/admin/rentals/7/force-complete", "{}").status, 404);
}

TEST_F(admin_rentals_door, a_rental_is_explained_with_facts_rules_ledger_commands_and_reports) {
  said->explanation.story.found = row;
  const auto noticed = sample_time + seconds{7};
  said->explanation.story.log = {
      {row.rental.id, 2, "rental-returned", "3.9", sample_time, noticed, R"({"slot":3})"}};
  ledger_journal journal;
  journal.event_key = "rental:x:charge";
  journal.lines = {{"2000", {}, commodity::npr, 50'00, 0}, {"P200", {}, commodity::pts, 320, 0}};
  said->explanation.journals = {journal};
  command_image command;
  command.issued_by = "rider:" + row.rental.rider.text();
  said->explanation.commands = {command};
  cabinet_report report;
  report.frame_type = 0x40;
  report.raw = {0x00, 0xFF};
  said->explanation.reports = {report};
  const auto told = get("/api/admin/rentals/" + row.rental.id.text() + "/explanation").json();
  EXPECT_EQ(at(told, "/data/rental/rental_code"), row.rental.code);
  EXPECT_EQ(at(told, "/data/facts/0/at"), to_rfc3339(sample_time));
  EXPECT_EQ(at(told, "/data/facts/0/recorded_at"), to_rfc3339(noticed));
  EXPECT_EQ(at(told, "/data/facts/0/rule"), "3.9");
  EXPECT_NE(at(told, "/data/facts/0/rule_text").find("ends the rental"), std::string::npos);
  EXPECT_EQ(at(told, "/data/money/journals/0/lines/0/debit"), "50.00");
  EXPECT_EQ(at(told, "/data/money/journals/0/lines/1/debit"), "320");
  EXPECT_EQ(at(told, "/data/commands/0/issued_by"), "rider");
  EXPECT_EQ(at(told, "/data/reports/0/frame"), "0x40");
  EXPECT_EQ(at(told, "/data/reports/0/raw_hex"), "00ff");
}

TEST_F(admin_rentals_door, a_cabinet_is_explained_for_a_day_unless_told_otherwise) {
  open();
  caf::anon_send(lane, asan);
  const timestamp day = *parse_rfc3339("2026-03-02T00:00:00+05:45");
  said->cabinet.log = {
      {asan.facts.cabinet, sample_time, sample_time, "bank-missing", R"({"bank":"1001","slot":2})"}};
  station_status_change change;
  change.status = station_status::online;
  said->cabinet.status = {change};
  const auto told = get("/api/admin/stations/ASAN/explanation?until=2026-03-01&limit=50").json();
  EXPECT_EQ(at(told, "/data/facts/0/rule"), "2.7-5");
  EXPECT_EQ(at(told, "/data/facts/0/text"), "Two snapshots do not show bank 1001 in slot 2: it is missing.");
  EXPECT_EQ(at(told, "/data/status/0/status"), "ONLINE");
  EXPECT_EQ(said->cabinet_question.cabinet, asan.facts.cabinet);
  EXPECT_EQ(said->cabinet_question.station, asan.facts.id);
  EXPECT_EQ(said->cabinet_question.until, day);
  EXPECT_EQ(said->cabinet_question.from, day - hours{24});
  EXPECT_EQ(said->cabinet_question.limit, 50);
  EXPECT_EQ(get("/api/admin/stations/NEVER/explanation").error_code(), "station_not_found");
  for (const auto* wrong :
       {"limit=501", "from=2026-01-01&until=2026-01-09", "from=2026-01-02&until=2026-01-01"})
    EXPECT_EQ(get("/api/admin/stations/ASAN/explanation?" + std::string{wrong}).status, 400) << wrong;
}

TEST_F(admin_rentals_door, reports_about_rentals_are_listed_changed_and_taken_away) {
  rental_issue_view view;
  view.issue.id = id_named<issue_id>("issue");
  view.issue.rental = row.rental.id;
  view.issue.reporter = row.rental.rider;
  view.issue.type = rental_issue_type::power_bank_lost;
  view.issue.images = R"(["/media/1.jpg"])";
  view.rental_code = "AB12CD34";
  view.reporter_name = "asha";
  view.bank = bank_sn{1001};
  said->issues = {{view}, "next", -1};
  role = operator_role::admin;
  const auto listed =
      get("/api/admin/rentals/issues?status=REPORTED&type=POWER_BANK_LOST&limit=5&from=2026-01-01").json();
  EXPECT_EQ(at(listed, "/data/results/0/rental_code"), "AB12CD34");
  EXPECT_EQ(at(listed, "/data/results/0/bank_sn"), "1001");
  EXPECT_EQ(at(listed, "/data/results/0/reporter/username"), "asha");
  EXPECT_EQ(at(listed, "/data/results/0/images/0"), "/media/1.jpg");
  EXPECT_EQ(at(listed, "/data/next_cursor"), "next");
  EXPECT_EQ(said->issues_question.is_resolved, false);
  EXPECT_EQ(said->issues_question.type, rental_issue_type::power_bank_lost);
  EXPECT_EQ(said->issues_question.limit, 5);
  EXPECT_EQ(get("/api/admin/rentals/issues?status=OPEN").status, 400);

  const auto path = "/api/admin/rentals/issues/" + view.issue.id.text();
  EXPECT_EQ(at(get(path).json(), "/data/issue_type"), "POWER_BANK_LOST");
  EXPECT_EQ(said->issues_question.issue, view.issue.id);
  const auto solved = ask("PATCH", path, R"({"status":"RESOLVED","notes":"Found at the bus stop"})");
  EXPECT_EQ(at(solved.json(), "/data/status"), "RESOLVED");
  EXPECT_EQ(said->changed.notes, "Found at the bus stop");
  EXPECT_EQ(said->changed.by.who.value.data[15], 2);
  EXPECT_EQ(ask("PATCH", path, R"({"status":"IN_PROGRESS"})").status, 400);
  EXPECT_EQ(ask("DELETE", path, "").status, 200);
  EXPECT_EQ(said->removed.issue, view.issue.id);
  role = operator_role::station_operator;  // May see to issues, not to who rides.
  EXPECT_EQ(at(get(path).json(), "/data/reporter"), "null");
  said->issues = {};
  EXPECT_EQ(get(path).error_code(), "rental_issue_not_found");
  EXPECT_EQ(get("/api/admin/rentals/issues/7").error_code(), "rental_issue_not_found");
}

TEST_F(admin_rentals_door, a_rental_that_is_not_there_is_not_found) {
  for (const auto* id : {"00000000-0000-0000-0000-000000000007", "7"}) {
    EXPECT_EQ(get("/api/admin/rentals/" + std::string{id}).error_code(), "rental_not_found");
    EXPECT_EQ(get("/api/admin/rentals/" + std::string{id} + "/events").status, 404);
    EXPECT_EQ(get("/api/admin/rentals/" + std::string{id} + "/explanation").status, 404);
  }
}

}  // namespace
}  // namespace chautari::testing
