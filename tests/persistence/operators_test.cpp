#include <gtest/gtest.h>

#include "persistence/journal/batch_writer.hpp"
#include "persistence/reader/questions.hpp"
#include "persistence/recovery/recover.hpp"
#include "tests/support/postgres_fixture.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

using kind = record_fate::kind;

class operators_on_postgres : public ::testing::Test {
protected:
  database_settings database = postgres_server::instance().make_migrated_database();
  batch_writer writer{database};
  sample_maker make;

  operator_image person(const std::string& email) {
    operator_image one;
    one.id = make.id<operator_id>();
    one.email = email;
    one.name = "Sita";
    one.role = operator_role::station_operator;
    one.password_hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";
    one.totp_secret = "JBSWY3DPEHPK3PXP";
    one.created_at = make.now();
    return one;
  }
  operator_session_image session_of(const operator_image& owner) {
    operator_session_image session;
    session.id = make.id<session_id>();
    session.owner = owner.id;
    session.created_at = session.last_used_at = session.authenticated_at = session.rotated_at = make.now();
    session.expires_at = session.created_at + hours{12};
    session.refresh_hash = session.id.text();
    return session;
  }
  template <class... Parts>
  std::string refusal(const Parts&... parts) {
    auto entry = make.empty_record();
    (entry.add(parts), ...);
    const auto fate = writer.write({entry}).front();
    return fate.what == kind::stored ? std::string{} : fate.constraint;
  }
  network_image recovered() {
    auto report = recover(database, make.now());
    EXPECT_EQ(report.problem, "");
    return std::move(report.network);
  }
};

TEST_F(operators_on_postgres, come_back_with_their_live_sessions_and_no_others) {
  auto sita = person("sita@example.com");
  sita.failures = 3;
  sita.lock_minutes = 15;
  sita.locked_until = make.now();
  sita.totp_last_step = 55'000'000;
  auto gone = person("gone@example.com");
  gone.is_active = false;
  gone.created_by = sita.id;
  auto live = session_of(sita);
  live.previous_hash = "before";
  auto revoked = session_of(sita);
  revoked.revoked_at = make.now();
  revoked.revoke_reason = "logout";
  auto expired = session_of(sita);
  expired.created_at -= hours{13};
  expired.expires_at -= hours{13};
  ASSERT_EQ(refusal(sita, gone, live, revoked, expired), "");

  const auto known = recovered().operators;
  ASSERT_EQ(known.operators.size(), 2U);
  EXPECT_EQ(known.operators[0].role, operator_role::station_operator);
  EXPECT_EQ(known.operators[0].password_hash, sita.password_hash);
  EXPECT_EQ(known.operators[0].totp_last_step, sita.totp_last_step);
  EXPECT_EQ(known.operators[0].locked_until, sita.locked_until);
  EXPECT_FALSE(known.operators[0].created_by);
  EXPECT_FALSE(known.operators[1].is_active);
  EXPECT_EQ(known.operators[1].created_by, sita.id);
  ASSERT_EQ(known.sessions.size(), 1U);
  EXPECT_EQ(known.sessions[0].id, live.id);
  EXPECT_EQ(known.sessions[0].previous_hash, "before");
  EXPECT_EQ(known.sessions[0].expires_at, live.expires_at);
}

TEST_F(operators_on_postgres, one_address_is_one_operator) {
  ASSERT_EQ(refusal(person("sita@example.com")), "");
  EXPECT_EQ(refusal(person("sita@example.com")), "operators_email");
  EXPECT_EQ(refusal(person("Sita@Example.com")), "operators_email_check");
  auto plain = person("ram@example.com");
  plain.password_hash = "secret";
  EXPECT_EQ(refusal(plain), "operators_password_hash_check");
}

TEST_F(operators_on_postgres, a_refusal_tells_the_guard_and_nothing_of_the_row) {
  auto plain = person("ram@example.com");
  plain.password_hash = "hunter2";
  const auto fate = writer.write({make.empty_record().add(plain)}).front();
  EXPECT_NE(fate.message.find("operators_password_hash_check"), std::string::npos) << fate.message;
  for (const auto& secret : {plain.password_hash, plain.totp_secret})
    EXPECT_EQ(fate.message.find(secret), std::string::npos) << fate.message;
}

TEST_F(operators_on_postgres, are_asked_for_by_id_by_address_or_all_with_their_live_sessions) {
  const auto sita = person("sita@example.com"), ram = person("ram@example.com");
  const auto live = session_of(sita);
  auto ended = session_of(sita);
  ended.revoked_at = make.now();
  ASSERT_EQ(refusal(sita, ram, live, ended), "");
  database_connection asking{database, session_kind::asking};
  const auto found = [&](operator_id id, const std::string& email, bool everyone, timestamp at) {
    std::string names;
    const auto all = answer(asking, load_operators{id, email, everyone, at});
    for (const auto& who : all->operators)
      names += who.email.substr(0, who.email.find('@')) + ' ';
    for (const auto& session : all->sessions)
      names += session.id == live.id ? "live" : "another";
    return names;
  };
  EXPECT_EQ(found(sita.id, "", false, make.now()), "sita live");
  EXPECT_EQ(found({}, ram.email, false, make.now()), "ram ");
  EXPECT_EQ(found({}, "", true, make.now()), "sita ram live");
  EXPECT_EQ(found({}, "", false, make.now()), "") << "no address belongs to nobody";
  EXPECT_EQ(found({}, "' or true --", false, make.now()), "");
  EXPECT_EQ(found(sita.id, "", false, live.expires_at), "sita ");
}

TEST_F(operators_on_postgres, a_command_keeps_what_its_operator_said_and_what_came_back) {
  command_image command;
  command.id = make.id<command_id>();
  command.cabinet = imei{"860000000000001"};
  command.kind = command_kind::wifi_scan;
  command.state = command_state::sent;
  command.created_at = make.now();
  command.parameters = R"({"wait":1})";
  command.reason = "no signal";
  command.body_hash = 0xFFFF'0000'1234'5678U;
  ASSERT_EQ(refusal(command), "");
  const auto open = recovered().open_commands;
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].kind, command_kind::wifi_scan);
  EXPECT_EQ(open[0].parameters, command.parameters);
  EXPECT_EQ(open[0].reason, "no signal");
  EXPECT_EQ(open[0].result, "");
  EXPECT_EQ(open[0].body_hash, command.body_hash);
  command.state = command_state::unanswered;
  command.result = R"({"networks":["a"]})";
  ASSERT_EQ(refusal(command), "");
  EXPECT_TRUE(recovered().open_commands.empty());
  EXPECT_EQ(query(database, "select result->'networks'->>0 from device_commands"), "a");
}

TEST_F(operators_on_postgres, every_kind_and_state_of_a_command_has_a_place) {
  for (int at = 0; at <= static_cast<int>(command_kind::reset_hardware); ++at) {
    for (int how = 0; how <= static_cast<int>(command_state::unsupported); ++how) {
      command_image command;
      command.id = make.id<command_id>();
      command.cabinet = imei{"860000000000001"};
      command.kind = static_cast<command_kind>(at);
      command.state = static_cast<command_state>(how);
      ASSERT_EQ(refusal(command), "") << to_string(command.kind) << ' ' << to_string(command.state);
    }
  }
}

TEST_F(operators_on_postgres, what_is_reported_and_offered_at_stations_has_its_guards) {
  station_issue_image issue;
  issue.id = make.id<issue_id>();
  issue.station = make.id<station_id>();
  issue.reporter = make.id<user_id>();
  issue.description = "The screen is dark";
  issue.images = R"(["a","b"])";
  issue.reported_at = issue.updated_at = make.now();
  ASSERT_EQ(refusal(issue), "");
  issue.status = issue_status::resolved;
  EXPECT_EQ(refusal(issue), "station_issues_resolved_has_a_time");
  issue.resolved_at = make.now();
  EXPECT_EQ(refusal(issue), "");

  amenity_image wifi{make.id<amenity_id>(), "WiFi", "wifi", "", true, false};
  ASSERT_EQ(refusal(wifi), "");
  auto twin = wifi;
  twin.id = make.id<amenity_id>();
  twin.name = "wifi";
  EXPECT_EQ(refusal(twin), "amenities_name");
  wifi.is_deleted = true;
  ASSERT_EQ(refusal(wifi), "");
  EXPECT_EQ(refusal(twin), "");
  const auto amenities = recovered().amenities;
  ASSERT_EQ(amenities.size(), 1U);
  EXPECT_EQ(amenities[0].name, "wifi");
}

TEST_F(operators_on_postgres, a_station_is_written_and_read_again) {
  station_image station;
  station.id = make.id<station_id>();
  station.serial = station_sn{"KTM-9001"};
  station.cabinet = imei{"860000000000001"};
  station.name = "Thamel \"Chowk\"";
  station.latitude = 27.7154;
  station.longitude = 85.3123;
  station.total_slots = 8;
  ASSERT_EQ(refusal(station), "");
  station.is_maintenance = true;
  station.landmark = "Beside the well";
  ASSERT_EQ(refusal(station), "");
  const auto network = recovered();
  ASSERT_EQ(network.stations.size(), 1U);
  EXPECT_EQ(network.stations[0].facts.landmark, "Beside the well");
  EXPECT_EQ(network.stations[0].facts.latitude, 27.7154);
  EXPECT_TRUE(network.stations[0].facts.is_maintenance);
  station.id = make.id<station_id>();
  EXPECT_EQ(refusal(station), "stations_serial");
}

TEST_F(operators_on_postgres, somebody_is_invited_once_and_by_somebody_else) {
  referral_image link{
      make.id<referral_id>(),     make.id<user_id>(), make.id<user_id>(), "PENDING", make.now(),
      make.now() + hours{24 * 30}};
  ASSERT_EQ(refusal(link), "");
  auto second = link;
  second.id = make.id<referral_id>();
  second.inviter = make.id<user_id>();
  EXPECT_EQ(refusal(second), "referrals_invitee");
  second.invitee = second.inviter;
  EXPECT_EQ(refusal(second), "referrals_not_oneself");
  link.status = "EXPIRED";
  EXPECT_EQ(refusal(link), "");
}

}  // namespace
}  // namespace chautari::testing
