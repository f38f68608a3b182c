#include "http/kiosks/kiosks_door.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/journal/interface.hpp"
#include "protocols/stations/interface.hpp"
#include "tests/server/fixture.hpp"

namespace chautari::testing {
namespace {

/// What the kiosk was asked last, and what it says; what the reader does.
struct kiosk_script {
  operator_command wish;
  command_answer answer;
  std::optional<caf::error> error;
  list_commands listed;
  list_cabinet_reports reported;
  command_page page;
  cabinet_report_page reports;
};

caf::behavior scripted_kiosks(caf::event_based_actor*, std::shared_ptr<kiosk_script> said) {
  return {[said](const operator_command& wish) -> caf::result<command_answer> {
            said->wish = wish;
            if (said->error) return *said->error;
            auto answer = said->answer;
            answer.command.id = wish.id;
            return answer;
          },
          [said](const list_commands& question) {
            said->listed = question;
            return said->page;
          },
          [said](const list_cabinet_reports& question) {
            said->reported = question;
            return said->reports;
          },
          [](const load_command&) { return command_lookup{}; }};
}

class commands_door : public server_test {
protected:
  std::shared_ptr<kiosk_script> said = std::make_shared<kiosk_script>();
  caf::actor kiosks = system->spawn(scripted_kiosks, said);
  kiosks_door door{caf::actor_cast<kiosks_actor>(kiosks), caf::actor_cast<reader_actor>(kiosks), {}};
  std::atomic<operator_role> role{operator_role::admin};
  std::uint64_t randomness = 0;

  commands_door() {
    door.ids = {[] { return from_ms(dawn_ms); }, [this] { return ++randomness; }};
    rows = kiosk_endpoints(door);
    options.standing = [this](const caller&, std::string_view) -> standing_result {
      return operator_standing{role, from_ms(dawn_ms)};
    };
    said->answer.station_serial = station_sn{"ST-1"};
    said->answer.command.state = command_state::sent;
  }
  ~commands_door() override {
    entrance.reset();
    caf::anon_send_exit(kiosks, caf::exit_reason::user_shutdown);
  }
  answered post(std::string_view target, std::string_view body, std::string_view key = "") {
    if (!entrance) open();
    raw_client client{port};
    std::string headers = "Authorization: Bearer admin-2\r\n";
    if (!key.empty()) headers += "Idempotency-Key: " + std::string{key} + "\r\n";
    return client.post(target, body, headers);
  }
  answered get(std::string_view target) {
    if (!entrance) open();
    raw_client client{port};
    return client.get(target, "Authorization: Bearer admin-2\r\n");
  }
  static boost::json::value at(const answered& answer, std::string_view pointer) {
    return boost::json::value(answer.json()).at_pointer(pointer);
  }
};

TEST_F(commands_door, old_dashboards_words_mean_what_they_say) {
  const auto answer = post("/api/admin/stations/ST-1/command",
                           R"({"command":"UNLOCK_SLOT","parameters":{"slot":3,"reason":"stuck"}})");
  EXPECT_EQ(answer.status, 202) << answer.body;
  EXPECT_EQ(at(answer, "/data/command/outcome"), "sent");
  EXPECT_EQ(at(answer, "/data/command/station_sn"), "ST-1");
  EXPECT_EQ(said->wish.kind, command_kind::unlock_slot);
  EXPECT_EQ(said->wish.slot, 3);
  EXPECT_EQ(said->wish.reason, "stuck");
  EXPECT_EQ(said->wish.station_serial.value, "ST-1");
  EXPECT_FALSE(said->wish.by.who.is_nil());
}

TEST_F(commands_door, what_no_cabinet_can_do_is_501_and_names_its_row_in_the_ledger) {
  said->answer.command.state = command_state::unsupported;
  const auto answer = post("/api/admin/stations/ST-1/command", R"({"command":"CLEAR_CACHE"})");
  EXPECT_EQ(answer.status, 501);
  EXPECT_EQ(answer.error_code(), "command_not_supported");
  EXPECT_EQ(at(answer, "/error/context/command_id").as_string(), said->wish.id.text());
}

TEST_F(commands_door, every_action_says_the_same_below_a_station_and_below_iot) {
  struct one {
    std::string_view path, body, iot_body;
    command_kind kind;
  };
  const one table[] = {
      {"reboot", "{}", R"({"station_id":"ST-1"})", command_kind::reboot},
      {"check", R"({"checkAll":true})", R"({"station_id":"ST-1","checkAll":true})", command_kind::check_all},
      {"wifi/scan", "{}", R"({"station_id":"ST-1"})", command_kind::wifi_scan},
      {"wifi/connect", R"({"wifi_ssid":"shop","wifi_password":"opensesame"})",
       R"({"station_id":"ST-1","wifi_ssid":"shop","wifi_password":"opensesame"})",
       command_kind::wifi_connect},
      {"volume", R"({"volume":40})", R"({"station_id":"ST-1","volume":40})", command_kind::volume},
      {"mode", R"({"mode":"wifi"})", R"({"station_id":"ST-1","mode":"wifi"})", command_kind::mode},
      {"eject", R"({"powerbank_sn":"101","reason":"old"})",
       R"({"station_id":"ST-1","powerbank_sn":"101","reason":"old"})", command_kind::popup_sn}};
  for (const auto& action : table) {
    SCOPED_TRACE(action.path);
    EXPECT_EQ(post("/api/admin/stations/ST-1/" + std::string{action.path}, action.body).status, 202);
    const auto direct = said->wish;
    EXPECT_EQ(direct.kind, action.kind);
    const auto answer = post("/api/internal/iot/" + std::string{action.path}, action.iot_body);
    EXPECT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(answer.body.find("opensesame"), std::string::npos);
    EXPECT_EQ(said->wish.kind, action.kind);
    EXPECT_EQ(said->wish.station_serial, direct.station_serial);
    EXPECT_EQ(said->wish.password, direct.password);
    EXPECT_EQ(said->wish.volume, direct.volume);
    EXPECT_EQ(said->wish.mode, direct.mode);
    EXPECT_EQ(said->wish.bank, direct.bank);
  }
}

TEST_F(commands_door, a_station_may_be_named_by_its_id) {
  post("/api/internal/iot/reboot", R"({"station_id":"00000000-0000-0000-0000-000000000007"})");
  EXPECT_EQ(said->wish.station.text(), "00000000-0000-0000-0000-000000000007");
}

TEST_F(commands_door, values_out_of_range_are_named_and_asked_of_nobody) {
  const std::pair<std::string_view, std::string_view> wrong[] = {
      {"volume", R"({"volume":101})"},
      {"mode", R"({"mode":"5g"})"},
      {"wifi/connect", R"({"wifi_ssid":""})"},
      {"wifi/connect", R"({"wifi_ssid":"123456789012345678901234567890123"})"},
      {"wifi/connect", R"({"wifi_ssid":"shop","wifi_password":"short"})"},
      {"eject", R"({"powerbank_sn":"4294967296","reason":"old"})"},
      {"command", R"({"command":"UNLOCK_SLOT"})"},
      {"command", R"({"command":"FLY"})"},
      {"reboot", R"({"forever":true})"}};
  for (const auto& [path, body] : wrong) {
    const auto answer = post("/api/admin/stations/ST-1/" + std::string{path}, body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_EQ(answer.error_code(), "validation_error") << body;
  }
  EXPECT_TRUE(said->wish.id.is_nil());
}

TEST_F(commands_door, an_iot_check_waits_and_hands_back_the_picture) {
  said->answer.command.kind = command_kind::check;
  said->answer.command.state = command_state::ok;
  said->answer.command.result =
      R"({"slots":[{"index":1,"status":"OCCUPIED"},{"index":2,"status":"AVAILABLE"}]})";
  const auto whole = post("/api/internal/iot/check", R"({"station_id":"ST-1"})");
  EXPECT_EQ(whole.status, 200);
  EXPECT_TRUE(said->wish.waits_for_end);
  EXPECT_EQ(at(whole, "/data/answer/slots").as_array().size(), 2U);
  const auto full = post("/api/internal/iot/check", R"({"station_id":"ST-1","include_empty":false})");
  EXPECT_EQ(at(full, "/data/answer/slots").as_array().size(), 1U);
  EXPECT_EQ(post("/api/admin/stations/ST-1/check", "{}").status, 202);
  EXPECT_FALSE(said->wish.waits_for_end);
  EXPECT_EQ(post("/api/admin/stations/ST-1/check?wait=1", "{}").status, 200);
}

TEST_F(commands_door, a_cabinet_that_does_not_answer_is_504_and_one_that_was_never_told_502) {
  said->answer.command.kind = command_kind::check;
  said->answer.command.state = command_state::timeout;
  const auto late = post("/api/internal/iot/check", R"({"station_id":"ST-1"})");
  EXPECT_EQ(late.status, 504);
  EXPECT_EQ(late.error_code(), "check_failed");
  said->answer.command.kind = command_kind::reboot;
  said->answer.command.state = command_state::failed;
  const auto never = post("/api/internal/iot/reboot", R"({"station_id":"ST-1"})");
  EXPECT_EQ(never.status, 502);
  EXPECT_EQ(never.error_code(), "reboot_failed");
}

TEST_F(commands_door, the_key_makes_the_id_and_the_password_no_part_of_the_hash) {
  const std::string_view path = "/api/admin/stations/ST-1/wifi/connect";
  post(path, R"({"wifi_ssid":"shop","wifi_password":"opensesame"})", "k1");
  const auto first = said->wish;
  said->answer.is_replay = true;
  const auto again = post(path, R"({"wifi_ssid":"shop","wifi_password":"sesameopen"})", "k1");
  EXPECT_EQ(said->wish.id, first.id);
  EXPECT_EQ(said->wish.body_hash, first.body_hash);
  EXPECT_EQ(again.header("idempotency-replayed"), "true");
  post(path, R"({"wifi_ssid":"cafe","wifi_password":"opensesame"})", "k1");
  EXPECT_NE(said->wish.body_hash, first.body_hash);
  post("/api/admin/stations/ST-2/wifi/connect", R"({"wifi_ssid":"shop"})", "k1");
  EXPECT_EQ(said->wish.id, first.id) << "the same key...";
  EXPECT_NE(said->wish.body_hash, first.body_hash) << "...for another station is another request";
  post(path, R"({"wifi_ssid":"shop"})", "k2");
  EXPECT_NE(said->wish.id, first.id);
}

TEST_F(commands_door, refusals_have_their_status_and_say_when_to_come_back) {
  const std::tuple<caf::error, int, std::string_view, std::string_view> table[] = {
      {refuse(command_refusal::rate_limit_exceeded, R"({"retry_after":17})"), 429, "rate_limit_exceeded",
       "17"},
      {refuse(command_refusal::station_offline), 503, "station_offline", "60"},
      {refuse(command_refusal::command_busy), 409, "command_busy", "10"},
      {refuse(command_refusal::reason_required), 400, "reason_required", ""},
      {refuse(command_refusal::idempotency_key_reused), 409, "idempotency_key_reused", ""},
      {caf::make_error(station_refusal::station_not_found), 404, "station_not_found", ""},
      {caf::make_error(journal_refusal::unavailable), 503, "service_unavailable", "5"}};
  for (const auto& [why, status, code, pause] : table) {
    said->error = why;
    const auto answer = post("/api/admin/stations/ST-1/reboot", "");
    EXPECT_EQ(answer.status, status) << code;
    EXPECT_EQ(answer.error_code(), code);
    EXPECT_EQ(answer.header("retry-after"), pause) << code;
  }
}

TEST_F(commands_door, a_station_operator_must_give_reasons_and_a_moderator_gives_no_commands) {
  role = operator_role::station_operator;
  EXPECT_EQ(post("/api/admin/stations/ST-1/reboot", "{}").status, 202);
  EXPECT_TRUE(said->wish.must_give_reason);
  role = operator_role::moderator;
  EXPECT_EQ(post("/api/admin/stations/ST-1/reboot", "{}").error_code(), "permission_denied");
  EXPECT_EQ(get("/api/admin/stations/ST-1/commands").status, 200) << "but reads what others did";
}

TEST_F(commands_door, lists_ask_for_what_they_promise) {
  command_image command;
  command.state = command_state::confirmed;
  command.parameters = R"({"powerbank_sn":"101"})";
  said->page = {{{command, {}, station_sn{"ST-1"}}}, "next", -1};
  const auto answer = get("/api/admin/stations/ST-1/commands?limit=5");
  EXPECT_EQ(at(answer, "/data/results/0/outcome"), "acknowledged");
  EXPECT_EQ(at(answer, "/data/next_cursor"), "next");
  EXPECT_EQ(said->listed.station, station_sn{"ST-1"});
  EXPECT_TRUE(said->listed.is_operators_only);
  get("/api/admin/stations/ST-1/commands?all=1");
  EXPECT_FALSE(said->listed.is_operators_only);
  said->page.rows.front().command.issued_by = "rider:0197b0a0-0000-7000-8000-000000000001";
  EXPECT_EQ(at(get("/api/admin/stations/ST-1/commands?all=1"), "/data/results/0/issued_by"), "rider");
  get("/api/admin/iot/logs?type=history");
  EXPECT_FALSE(said->listed.station);
  EXPECT_EQ(get("/api/admin/commands/7").error_code(), "command_not_found");
}

TEST_F(commands_door, the_inbox_shows_frames_of_a_bounded_time) {
  cabinet_report report;
  report.frame_type = 0x40;
  report.error = 102;
  report.raw = {0xA8, 0x0F};
  said->reports = {{{report, station_sn{"ST-1"}}}, ""};
  const auto answer = get("/api/admin/iot/logs?type=sync&station_sn=ST-1");
  EXPECT_EQ(at(answer, "/data/results/0/sync_type"), "RETURNED");
  EXPECT_EQ(at(answer, "/data/results/0/status"), "FAILED");
  EXPECT_EQ(at(answer, "/data/results/0/error"), "checksum");
  EXPECT_EQ(at(answer, "/data/results/0/frame"), "a80f");
  EXPECT_EQ(said->reported.until - said->reported.from, hours{1});
  EXPECT_EQ(get("/api/admin/iot/logs?from=2026-01-01&until=2026-01-03").status, 400);
  EXPECT_EQ(get("/api/admin/iot/logs?type=everything").status, 400);
}

}  // namespace
}  // namespace chautari::testing
