/// The bridge's door on real sockets, with a clerk that says what it is told to.
#include "http/compatibility/compatibility_door.hpp"

#include "http/compatibility/sync_signature.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/server/fixture.hpp"

namespace chautari::testing {
namespace {

constexpr std::string_view path = "/api/internal/stations/data";
constexpr std::string_view report =
    R"({"type":"status","device":{"imei":"860000000000011","status":"ONLINE"},)"
    R"("event_id":"01890a5d-ac96-774b-bcce-b302099a8057"})";

struct clerk_script {
  std::vector<cabinet_sync> heard;
  std::optional<sync_refusal> refusal;
  bool is_replay = false;
};

sync_clerk_actor::behavior_type scripted_clerk(sync_clerk_actor::pointer,
                                               std::shared_ptr<clerk_script> script) {
  return {[script](const cabinet_sync& said) -> caf::result<sync_answer> {
    script->heard.push_back(said);
    if (script->refusal) return caf::make_error(*script->refusal);
    return sync_answer{R"({"status":"ONLINE"})", script->is_replay};
  }};
}

class compatibility_rows : public server_test {
protected:
  std::shared_ptr<clerk_script> script = std::make_shared<clerk_script>();
  sync_clerk_actor clerk = system->spawn(scripted_clerk, script);
  compatibility_door door{clerk, {true, "a secret of the bridge"}};
  operator_role role = operator_role::admin;

  compatibility_rows() {
    rows = compatibility_endpoints(door);
    options.standing = [this](const caller&, std::string_view) -> standing_result {
      return operator_standing{role, from_ms(dawn_ms)};
    };
  }
  ~compatibility_rows() override {
    entrance.reset();
    caf::anon_send_exit(clerk, caf::exit_reason::user_shutdown);
  }
  [[nodiscard]] static std::string now_text() { return std::to_string(dawn_ms / 1000); }
  [[nodiscard]] std::string signed_headers(std::string_view body) const {
    return "X-Timestamp: " + now_text() +
           "\r\nX-Signature: " + sync_signature(door.settings.secret, body, now_text()) + "\r\n";
  }
  answered post(std::string_view body, const std::string& headers,
                const std::string& who = "Authorization: Bearer admin-2\r\n") {
    if (!entrance) open();
    raw_client client{port};
    return client.post(path, body, who + headers);
  }
};

TEST_F(compatibility_rows, a_signed_report_of_an_operator_reaches_the_clerk) {
  const auto answer = post(report, signed_headers(report));
  EXPECT_EQ(answer.status, 200) << answer.body;
  ASSERT_EQ(script->heard.size(), 1U);
  EXPECT_EQ(script->heard[0].cabinet.value, "860000000000011");
  EXPECT_FALSE(script->heard[0].id.is_nil());
  post(report, signed_headers(report));
  EXPECT_EQ(script->heard[1].id, script->heard[0].id) << "the same event";
  script->is_replay = true;
  EXPECT_EQ(post(report, signed_headers(report)).header("idempotency-replayed"), "true");
}

TEST_F(compatibility_rows, whoever_is_no_operator_or_may_not_change_stations_is_turned_away) {
  EXPECT_EQ(post(report, signed_headers(report), "").status, 401);
  EXPECT_EQ(post(report, signed_headers(report), "Authorization: Bearer user-1\r\n").status, 403);
  role = operator_role::finance;
  EXPECT_EQ(post(report, signed_headers(report)).status, 403);
  EXPECT_TRUE(script->heard.empty());
}

// F-48: a bad signature was 400, and signed requests could be played again.
TEST_F(compatibility_rows, what_is_not_signed_now_for_this_body_is_not_heard) {
  EXPECT_EQ(post(report, "").error_code(), "missing_headers");
  EXPECT_EQ(post(report, "X-Timestamp: 12\r\nX-Signature: x\r\n").error_code(), "invalid_timestamp");
  const auto other = post(std::string{report} + " ", signed_headers(report));
  EXPECT_EQ(other.status, 401);
  EXPECT_EQ(other.error_code(), "invalid_signature");
  EXPECT_TRUE(script->heard.empty());
}

TEST_F(compatibility_rows, refusals_keep_the_bridges_words) {
  EXPECT_EQ(post("{", signed_headers("{")).error_code(), "invalid_data_format");
  script->refusal = sync_refusal::station_not_found;
  const auto unknown = post(report, signed_headers(report));
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.error_code(), "station_not_found");
  script->refusal = sync_refusal::invalid_signature;
  EXPECT_EQ(post(report, signed_headers(report)).status, 401);
}

TEST(compatibility_switch, a_server_that_was_not_told_to_has_no_such_door) {
  const compatibility_door closed{};
  EXPECT_TRUE(compatibility_endpoints(closed).empty());
}

}  // namespace
}  // namespace chautari::testing
