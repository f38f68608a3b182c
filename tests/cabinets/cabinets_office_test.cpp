/// Operators and cabinets: strangers become stations or are sent away, logins are opened, renewed, revoked.
#include "http/cabinets/cabinets_office.hpp"

#include "protocols/actors.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/server/fixture.hpp"
#include "tests/support/rider_samples.hpp"

namespace chautari::testing {
namespace {

struct office_script {
  std::optional<stranger_image> known;
  stranger_page page;
  list_strangers asked;
  create_station made;
  judge_stranger judged;
  change_broker_account changed;
  std::optional<broker_account_image> account;
  std::optional<caf::error> error;
  std::vector<std::string> order;  ///< Who was asked, one after another.
};

caf::behavior scripted_office(caf::event_based_actor*, std::shared_ptr<office_script> said) {
  return {[said](const list_strangers& question) {
            said->asked = question;
            return said->page;
          },
          [said](const load_registry_entry&) {
            return registry_entry{{}, said->known, {}};
          },
          [said](const create_station& wish) -> caf::result<station_inside> {
            said->order.push_back("create");
            said->made = wish;
            if (said->error) return *said->error;
            station_inside born;
            born.facts = wish.facts;
            return born;
          },
          [said](const judge_stranger& wish) {
            said->order.push_back("judge");
            said->judged = wish;
            auto after = *said->known;
            after.state = wish.state;
            after.notes = wish.notes;
            return after;
          },
          [said](const look_at_broker_account&) { return broker_account_view{said->account}; },
          [said](const change_broker_account& wish) -> caf::result<broker_account_view> {
            said->changed = wish;
            if (said->error) return *said->error;
            return broker_account_view{said->account};
          }};
}

class cabinets_at_the_office : public server_test {
protected:
  std::shared_ptr<office_script> said = std::make_shared<office_script>();
  caf::actor everybody = system->spawn(scripted_office, said);
  stations_door stations{1, caf::actor_cast<accounts_actor>(everybody)};
  cabinets_office office{caf::actor_cast<cabinet_registry_actor>(everybody),
                         {stations,
                          caf::actor_cast<stations_office_actor>(everybody),
                          {},
                          {},
                          caf::actor_cast<reader_actor>(everybody)}};
  std::atomic<operator_role> role{operator_role::admin};
  imei cabinet{"860000000000099"};

  cabinets_at_the_office() {
    rows = cabinet_office_endpoints(office);
    options.standing = [this](const caller&, std::string_view) -> standing_result {
      return operator_standing{role, from_ms(dawn_ms)};
    };
    said->known.emplace();
    said->known->cabinet = cabinet;
    said->known->first_seen_at = said->known->last_seen_at = from_ms(dawn_ms);
    said->known->calls = 7;
  }
  ~cabinets_at_the_office() override {
    entrance.reset();
    caf::anon_send_exit(everybody, caf::exit_reason::user_shutdown);
  }
  answered post(std::string_view target, std::string_view body) {
    if (!entrance) open();
    raw_client client{port};
    return client.post(target, body, "Authorization: Bearer admin-2\r\n");
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

constexpr std::string_view approve = "/api/admin/cabinets/unknown/860000000000099/approve";
constexpr std::string_view reject = "/api/admin/cabinets/unknown/860000000000099/reject";
constexpr std::string_view new_station = R"({"station_name":"Patan Dhoka","serial_number":"LAL-9001",
  "latitude":27.68,"longitude":85.32,"address":"Patan Dhoka 4","total_slots":8})";

TEST_F(cabinets_at_the_office, strangers_are_listed_with_all_that_is_known_of_them) {
  said->known->sim = "sim-9";
  said->page = {{*said->known}, 41};
  const auto answer = get("/api/admin/cabinets/unknown?status=WAITING&search=8600&page=2&page_size=20");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(said->asked.state, stranger_state::waiting);
  EXPECT_EQ(said->asked.search, "8600");
  EXPECT_EQ(said->asked.page, 2);
  EXPECT_EQ(at(answer, "/data/results/0/imei"), "860000000000099");
  EXPECT_EQ(at(answer, "/data/results/0/status"), "WAITING");
  EXPECT_EQ(at(answer, "/data/results/0/calls"), 7);
  EXPECT_EQ(at(answer, "/data/results/0/sim"), "sim-9");
  EXPECT_EQ(at(answer, "/data/pagination/total_count"), 41);
}

TEST_F(cabinets_at_the_office, an_approved_stranger_is_a_station_first_and_may_come_for_an_hour) {
  const auto answer = post(approve, new_station);
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(said->order, (std::vector<std::string>{"create", "judge"}));
  EXPECT_EQ(said->made.facts.cabinet, cabinet);
  EXPECT_EQ(said->made.facts.serial.value, "LAL-9001");
  EXPECT_EQ(said->made.facts.total_slots, 8);
  EXPECT_FALSE(said->made.stamp.who.is_nil());
  EXPECT_EQ(said->judged.cabinet, cabinet);
  EXPECT_EQ(said->judged.state, stranger_state::approved);
  EXPECT_EQ(at(answer, "/data/station/serial_number"), "LAL-9001");
  EXPECT_EQ(at(answer, "/data/provisioning_until").as_string(), to_rfc3339(from_ms(dawn_ms) + hours{1}));
}

TEST_F(cabinets_at_the_office, nobody_is_approved_who_never_called_or_whose_station_is_wrong) {
  EXPECT_EQ(post(approve, R"({"station_name":"x","unheard_of":1})").status, 400);
  said->error = refuse(station_refusal::station_already_exists);
  EXPECT_EQ(post(approve, new_station).status, 409);
  EXPECT_EQ(said->order, std::vector<std::string>{"create"}) << "not judged without its station";
  said->known.reset();
  EXPECT_EQ(post(approve, new_station).error_code(), "unknown_cabinet");
  EXPECT_EQ(post("/api/admin/cabinets/unknown/not-a-number/approve", new_station).status, 404);
  EXPECT_EQ(said->order.size(), 1U);
}

TEST_F(cabinets_at_the_office, a_rejection_wants_a_reason) {
  EXPECT_EQ(post(reject, "{}").status, 400);
  const auto answer = post(reject, R"({"reason":"not ours"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(said->judged.state, stranger_state::rejected);
  EXPECT_EQ(said->judged.notes, "not ours");
  EXPECT_EQ(at(answer, "/data/status"), "REJECTED");
}

TEST_F(cabinets_at_the_office, who_may_not_change_stations_may_not_let_cabinets_in) {
  role = operator_role::finance;
  EXPECT_EQ(post(approve, new_station).status, 403);
  EXPECT_EQ(post(reject, R"({"reason":"x"})").status, 403);
  EXPECT_EQ(post("/api/admin/stations/ST-1/broker-account", R"({"action":"rotate","reason":"x"})").status,
            403);
}

class broker_account_at_the_office : public cabinets_at_the_office {
protected:
  broker_account_at_the_office() {
    set_up = [this](lane_parts& parts) {
      stations.set_up(parts, options.now);
      announcing = parts.announcements.as<door_actor>();
    };
    said->account.emplace();
    said->account->cabinet = imei{"860000000000011"};
    said->account->username = "860000000000011";
    said->account->sim = "sim-1";
    said->account->issued_at = from_ms(dawn_ms);
    said->account->issues = 3;
  }
  /// Heard by the lane before any request that is sent after it.
  void announce_station() {
    open();
    auto station = a_station("ST-1", "Patan Dhoka", 27.68, 85.32);
    station.facts.cabinet = imei{"860000000000011"};
    caf::anon_send(announcing, station);
  }
  door_actor announcing;
};

constexpr std::string_view account_path = "/api/admin/stations/ST-1/broker-account";

TEST_F(broker_account_at_the_office, a_login_is_shown_without_its_password) {
  announce_station();
  const auto answer = get(account_path);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(at(answer, "/data/account/imei"), "860000000000011");
  EXPECT_EQ(at(answer, "/data/account/issues"), 3);
  EXPECT_EQ(at(answer, "/data/account/is_revoked"), false);
  EXPECT_EQ(answer.body.find("password"), std::string::npos);
  said->account.reset();
  EXPECT_TRUE(at(get(account_path), "/data/account").is_null());
}

TEST_F(broker_account_at_the_office, each_action_is_handed_on_with_its_reason_and_the_operator) {
  announce_station();
  for (const auto& [word, action] : {std::pair{"provision", broker_account_action::provision},
                                     {"rotate", broker_account_action::rotate},
                                     {"revoke", broker_account_action::revoke}}) {
    const auto body = R"({"action":")" + std::string{word} + R"(","reason":"new SIM"})";
    ASSERT_EQ(post(account_path, body).status, 200);
    EXPECT_EQ(said->changed.cabinet.value, "860000000000011");
    EXPECT_EQ(said->changed.action, action);
    EXPECT_EQ(said->changed.reason, "new SIM");
    EXPECT_FALSE(said->changed.by.who.is_nil());
  }
  EXPECT_EQ(post(account_path, R"({"action":"rotate"})").status, 400);
  EXPECT_EQ(post(account_path, R"({"action":"open","reason":"x"})").status, 400);
  EXPECT_EQ(post("/api/admin/stations/ST-9/broker-account", R"({"action":"rotate","reason":"x"})").status,
            404);
}

TEST_F(broker_account_at_the_office, a_broker_that_is_away_is_503_and_a_login_under_change_is_409) {
  announce_station();
  said->error = refuse(registry_refusal::broker_unavailable);
  const auto away = post(account_path, R"({"action":"revoke","reason":"stolen"})");
  EXPECT_EQ(away.status, 503);
  EXPECT_EQ(away.error_code(), "broker_unavailable");
  EXPECT_FALSE(away.header("retry-after").empty());
  said->error = refuse(registry_refusal::duplicate_call);
  EXPECT_EQ(post(account_path, R"({"action":"revoke","reason":"stolen"})").status, 409);
}

}  // namespace
}  // namespace chautari::testing
