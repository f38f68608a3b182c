/// What cabinets are answered over HTTP, on both families of paths, with the published signatures.
#include "http/cabinets/cabinets_door.hpp"

#include "protocols/actors.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/kiosks/cabinet_sign.hpp"
#include "tests/server/fixture.hpp"

namespace chautari::testing {
namespace {

/// What the registry was told, and what it says.
struct registry_script {
  connect_cabinet connect;
  upload_snapshot upload;
  claim_return claim;
  int calls = 0;
  std::optional<caf::error> error;
};

caf::behavior scripted_registry(caf::event_based_actor*, std::shared_ptr<registry_script> said) {
  const auto judged = [said]() -> caf::result<void> {
    ++said->calls;
    if (said->error) return *said->error;
    return caf::unit;
  };
  return {[said](const connect_cabinet& call) -> caf::result<broker_login> {
            ++said->calls;
            said->connect = call;
            if (said->error) return *said->error;
            return broker_login{call.cabinet.value, call.cabinet.value, "0123456789abcdef"};
          },
          [=](const upload_snapshot& call) {
            said->upload = call;
            return judged();
          },
          [=](const claim_return& call) {
            said->claim = call;
            return judged();
          },
          [](const look_at_kiosk& question) -> caf::result<kiosk_view> {
            if (question.cabinet.value != "860000000000011")
              return refuse(station_refusal::station_not_found);
            return kiosk_view{};
          }};
}

class cabinets_at_the_door : public server_test {
protected:
  std::shared_ptr<registry_script> said = std::make_shared<registry_script>();
  caf::actor everybody = system->spawn(scripted_registry, said);
  cabinets_door door{caf::actor_cast<cabinet_registry_actor>(everybody),
                     caf::actor_cast<kiosks_actor>(everybody),
                     {"broker.example", 1883, 357, 1'000}};

  cabinets_at_the_door() { rows = cabinet_endpoints(door); }
  ~cabinets_at_the_door() override {
    entrance.reset();
    caf::anon_send_exit(everybody, caf::exit_reason::user_shutdown);
  }
  answered call(std::string_view verb, std::string_view target, std::string_view body = "") {
    if (!entrance) open();
    raw_client client{port};
    return client.ask(std::string{verb} + ' ' + std::string{target} +
                      " HTTP/1.1\r\nHost: t\r\nContent-Type: text/plain\r\nContent-Length: " +
                      std::to_string(body.size()) + "\r\n\r\n" + std::string{body});
  }
  static void expect_failure(const answered& answer, int status) {
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_EQ(answer.json().at("code"), status);
    EXPECT_TRUE(answer.json().at("data").is_null());
  }
};

constexpr std::string_view s4 =
    "uuid=860000000000011&deviceId=0&simUUID=89000000000000000001&simMobile=&sign="
    "2df04c6e91777ebe08c714bb1db89262";
constexpr std::string_view s1 =
    "rentboxSN=860000000000011&signal=CSQ%3A21&ssid=shop&sign=55f35c5fc0c30086c544dd8fbac46949";
constexpr std::string_view s6 =
    "rentboxSN=860000000000011&singleSN=40000001&hole=2&power=61&sign=6cf04f8f20c1650ba3d84b7105dfa519";

TEST_F(cabinets_at_the_door, a_connect_is_answered_with_seven_fields_on_every_path) {
  for (const auto& [verb, path] : {std::pair{"GET", "/api/iot/client/con?"},
                                   {"POST", "/api/iot/client/con?"},
                                   {"POST", "/api/rentbox/client/connect?"}}) {
    SCOPED_TRACE(path);
    const auto answer = call(verb, std::string{path} + std::string{s4},
                             std::string_view{verb} == "POST" ? "hardware=V6086&software=7" : "");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.json().at("code"), 200);
    EXPECT_EQ(answer.json().at("type"), 0);
    EXPECT_EQ(answer.json().at("msg"), "OK");
    EXPECT_EQ(answer.json().at("time"), dawn_ms);
    const std::string csv{answer.json().at("data").as_string()};
    EXPECT_EQ(csv, "860000000000011,powerbank,broker.example,1883,860000000000011,0123456789abcdef," +
                       std::to_string(dawn_ms));
    EXPECT_EQ(said->connect.sim, "89000000000000000001");
  }
  EXPECT_EQ(said->connect.hardware, "hardware=V6086&software=7");
  EXPECT_EQ(said->connect.address, "127.0.0.1");
}

TEST_F(cabinets_at_the_door, a_connect_without_a_sim_is_signed_over_empty_text) {
  const auto answer = call(
      "GET", "/api/iot/client/con?uuid=860000000000011&deviceId=0&sign=38f20bb04e2d370742436157e3612372");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(said->connect.sim, "");
}

TEST_F(cabinets_at_the_door, a_wrong_or_missing_sign_is_refused_before_anybody_is_asked) {
  const std::string wrong(32, 'a');
  const std::vector<std::pair<std::string, std::string>> calls{
      {"GET", "/api/iot/client/con?uuid=860000000000011&deviceId=0&simUUID=&simMobile="},
      {"POST", "/api/rentbox/client/upload?rentboxSN=860000000000011&signal=CSQ:21"},
      {"POST", "/api/rentbox/upload/data?rentboxSN=860000000000011&signal=CSQ:21"},
      {"GET", "/api/rentbox/order/return?rentboxSN=860000000000011&singleSN=40000001&hole=2"},
      {"GET", "/api/rentbox/config/data?rentboxSN=860000000000011"},
      {"GET", "/api/advert/rentbox/distribute/list?uuid=860000000000011"}};
  for (const auto& [verb, target] : calls) {
    SCOPED_TRACE(target);
    expect_failure(call(verb, target), 401);
    expect_failure(call(verb, target + "&sign="), 401);
    expect_failure(call(verb, target + "&sign=" + wrong), 401);
  }
  EXPECT_EQ(said->calls, 0);
}

TEST_F(cabinets_at_the_door, refusals_are_401_403_or_429_and_everything_else_is_500) {
  const std::vector<std::pair<registry_refusal, int>> table{
      {registry_refusal::unknown_cabinet, 403},    {registry_refusal::not_provisioned, 403},
      {registry_refusal::cabinet_rejected, 403},   {registry_refusal::call_too_often, 429},
      {registry_refusal::broker_unavailable, 500}, {registry_refusal::call_not_read, 500},
      {registry_refusal::duplicate_call, 500}};
  for (const auto& [why, status] : table) {
    said->error = refuse(why, R"({"retry_after":77})");
    const auto answer = call("GET", "/api/iot/client/con?" + std::string{s4});
    expect_failure(answer, status);
    EXPECT_EQ(answer.header("retry-after"), status == 429 ? "77" : "");
  }
  said->error = refuse(journal_refusal::unavailable);
  expect_failure(call("POST", "/api/rentbox/client/upload?" + std::string{s1}, "x"), 500);
}

TEST_F(cabinets_at_the_door, an_upload_hands_on_the_raw_frame_and_what_was_said_beside_it) {
  const std::string frame{"\xA8\x00\x05\x10\x00", 5};
  for (const std::string path : {"/api/rentbox/client/upload?", "/api/rentbox/upload/data?"}) {
    const auto answer = call("POST", path + std::string{s1}, frame);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_TRUE(answer.json().at("data").is_null());
    EXPECT_EQ((std::string{said->upload.frame.begin(), said->upload.frame.end()}), frame);
    EXPECT_EQ(said->upload.hardware, R"({"ssid":"shop"})");
  }
  const auto on_port_one = call("POST",
                                "/api/rentbox/upload/data?rentboxSN=860000000000011&signal=CSQ:21&io=1&sign="
                                "53da9ac712fb6e39d650ad99d5217c0d",
                                frame);
  EXPECT_EQ(on_port_one.status, 200);
  const auto without_signal =
      call("POST", "/api/rentbox/upload/data?rentboxSN=860000000000011&sign=c4bf4a694759f06ec0353cb51cc78fbb",
           frame);
  EXPECT_EQ(without_signal.status, 200);
}

TEST_F(cabinets_at_the_door, a_body_larger_than_any_frame_is_not_read) {
  EXPECT_EQ(call("POST", "/api/rentbox/client/upload?" + std::string{s1}, std::string(5'000, 'x')).status,
            413);
  EXPECT_EQ(said->calls, 0);
}

TEST_F(cabinets_at_the_door, a_return_is_handed_on_as_a_claim) {
  const auto answer = call("GET", "/api/rentbox/order/return?" + std::string{s6});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(said->claim.cabinet.value, "860000000000011");
  EXPECT_EQ(said->claim.bank, bank_sn{40000001});
  EXPECT_EQ(said->claim.slot, 2);
  EXPECT_EQ(said->claim.battery, 61);
}

TEST_F(cabinets_at_the_door, configuration_and_adverts_are_for_cabinets_of_stations) {
  const auto signed_call = [](std::string target, std::vector<signed_parameter> over) {
    return target + "&sign=" + cabinet_sign(over);
  };
  const auto config = call("GET", signed_call("/api/rentbox/config/data?rentboxSN=860000000000011",
                                              {{"rentboxSN", "860000000000011"}}));
  ASSERT_EQ(config.status, 200) << config.body;
  const auto parameters = boost::json::parse(config.json().at("data").as_string());
  EXPECT_EQ(parameters.at("dAreaConfig"), 357);
  EXPECT_EQ(parameters.at("dRotationRefer"), 15);
  EXPECT_EQ(parameters.as_object().size(), 7U);
  // Older boards sign a position that they do not send.
  const auto adverts = call("GET",
                            "/api/advert/rentbox/distribute/list?uuid=860000000000011&sign="
                            "c0c3a8d11bad28c111e4fb28b47e6dc6");
  ASSERT_EQ(adverts.status, 200);
  EXPECT_TRUE(adverts.json().at("data").as_array().empty());
  expect_failure(call("GET", signed_call("/api/rentbox/config/data?rentboxSN=860000000000099",
                                         {{"rentboxSN", "860000000000099"}})),
                 403);
}

// Whoever knows a number could otherwise throw a cabinet out.
TEST_F(cabinets_at_the_door, nobody_clears_a_login_over_http_and_there_is_no_firmware) {
  expect_failure(call("GET", "/api/iot/client/clear?deviceName=860000000000011"), 403);
  for (const auto path :
       {"/api/iot/app/version/publish", "/api/iot/app/version/test/mcu", "/api/iot/app/version/publish/chip",
        "/api/rentbox/client/version/main?id=1", "/api/rentbox/client/version/control?id=1"})
    expect_failure(call("GET", path), 500);
  EXPECT_EQ(said->calls, 0);
}

TEST_F(cabinets_at_the_door, no_call_of_a_cabinet_is_ever_refused_for_overload) {
  for (const auto& row : rows)
    EXPECT_EQ(work_of(row), work_kind::cabinets) << row.path;
}

TEST_F(cabinets_at_the_door, one_address_connects_no_oftener_than_the_setting_says) {
  door.values.connects_per_hour = 2;
  rows = cabinet_endpoints(door);
  const auto target = "/api/iot/client/con?" + std::string{s4};
  EXPECT_EQ(call("GET", target).status, 200);
  EXPECT_EQ(call("POST", "/api/rentbox/client/connect?" + std::string{s4}).status, 200);
  const auto refused = call("GET", target);
  EXPECT_EQ(refused.status, 429);
  EXPECT_FALSE(refused.header("retry-after").empty());
  EXPECT_EQ(said->calls, 2);
}

}  // namespace
}  // namespace chautari::testing
