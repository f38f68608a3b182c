/// Every route against every role. What is expected is written down here and not taken from the code: the
/// roles' permissions as the specification lists them, and what each row wants.

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <map>
#include <set>

#include "http/admin_door.hpp"
#include "http/riders_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/door.hpp"
#include "http/users/users_door.hpp"
#include "tests/support/rider_client.hpp"

namespace chautari {
namespace {

using testing::http_answer;
using testing::rider_client;

/// super_admin, admin, moderator, operator, finance: f full, l limited, r read, - none.
const std::map<std::string, std::string> grants{
    {"self", "fffff"},
    {"users.write", "ffr-r"},
    {"wallet.adjust", "f---f"},
    {"points.adjust", "ff--f"},
    {"kyc.review", "fff--"},
    {"stations.write", "ffrr-"},
    {"stations.command", "ff-l-"},
    {"fleet.write", "ffrf-"},
    {"rentals.override", "ffrrr"},
    {"issues.manage", "ffff-"},
    {"pricing.write", "flr-r"},
    {"finance.approve", "fr--f"},
    {"content.write", "fff--"},
    {"notify.broadcast", "ffl--"},
    {"ads.manage", "ffr-r"},
    {"partners.manage", "ff--r"},
    {"payouts.manage", "f---f"},
    {"analytics.read", "ffflf"},
    {"config.write", "fl---"},
    {"audit.read", "fr--r"},
    {"system.read", "fr---"},
    {"admins.manage", "f----"},
};
constexpr std::array<std::string_view, 5> roles{"super_admin", "admin", "moderator", "operator", "finance"};

/// "permission read" or "permission write", with "!" if it wants a fresh password. A new row does not pass
/// before somebody has written it down here.
const std::map<std::string, std::string> operators_rows{
    {"POST /api/admin/logout", "self write"},
    {"POST /api/admin/reauthenticate", "self write"},
    {"GET /api/admin/me", "self read"},
    {"PATCH /api/admin/me", "self write !"},
    {"GET /api/admin/roles", "self read"},
    {"GET /api/admin/sessions", "self read"},
    {"DELETE /api/admin/sessions/{id}", "self write"},
    {"GET /api/admin/profiles", "admins.manage read"},
    {"POST /api/admin/profiles", "admins.manage write !"},
    {"GET /api/admin/profiles/{id}", "admins.manage read"},
    {"PATCH /api/admin/profiles/{id}", "admins.manage write !"},
    {"DELETE /api/admin/profiles/{id}", "admins.manage write !"},
    {"GET /api/admin/audit", "audit.read read"},
    {"GET /api/admin/stations", "stations.write read"},
    {"POST /api/admin/stations", "stations.write write"},
    {"GET /api/admin/stations/{sn}", "stations.write read"},
    {"PATCH /api/admin/stations/{sn}", "stations.write write"},
    {"DELETE /api/admin/stations/{sn}", "stations.write write"},
    {"POST /api/admin/stations/{sn}/maintenance", "stations.write write"},
    {"GET /api/admin/amenities", "stations.write read"},
    {"POST /api/admin/amenities", "stations.write write"},
    {"GET /api/admin/amenities/{id}", "stations.write read"},
    {"PATCH /api/admin/amenities/{id}", "stations.write write"},
    {"DELETE /api/admin/amenities/{id}", "stations.write write"},
    {"GET /api/admin/powerbanks", "fleet.write read"},
    {"GET /api/admin/powerbanks/analytics/overview", "fleet.write read"},
    {"GET /api/admin/powerbanks/{id}", "fleet.write read"},
    {"GET /api/admin/powerbanks/{id}/history", "fleet.write read"},
    {"POST /api/admin/powerbanks/{id}/status", "fleet.write write"},
    {"GET /api/admin/stations/issues", "issues.manage read"},
    {"GET /api/admin/stations/issues/{id}", "issues.manage read"},
    {"PATCH /api/admin/stations/issues/{id}", "issues.manage write"},
    {"DELETE /api/admin/stations/issues/{id}", "issues.manage write"},
    {"GET /api/admin/rentals", "rentals.override read"},
    {"GET /api/admin/rentals/{id}", "rentals.override read"},
    {"GET /api/admin/rentals/{id}/events", "rentals.override read"},
    {"GET /api/admin/analytics/rentals-over-time", "analytics.read read"},
    {"GET /api/admin/analytics/station-performance", "analytics.read read"},
    {"GET /api/admin/analytics/powerbank-rentals", "analytics.read read"},
    {"GET /api/admin/rentals/{id}/explanation", "rentals.override read"},
    {"POST /api/admin/rentals/{id}/force-complete", "rentals.override write !"},
    {"GET /api/admin/payments/intents", "finance.approve read"},
    {"POST /api/admin/payments/intents/{id}/confirm", "finance.approve write"},
    {"POST /api/admin/payments/intents/{id}/review", "finance.approve write !"},
    {"GET /api/admin/rentals/issues", "issues.manage read"},
    {"GET /api/admin/rentals/issues/{id}", "issues.manage read"},
    {"PATCH /api/admin/rentals/issues/{id}", "issues.manage write"},
    {"DELETE /api/admin/rentals/issues/{id}", "issues.manage write"},
    {"GET /api/admin/stations/{sn}/explanation", "stations.write read"},
    {"GET /api/admin/cabinets/unknown", "stations.write read"},
    {"POST /api/admin/cabinets/unknown/{imei}/approve", "stations.write write"},
    {"POST /api/admin/cabinets/unknown/{imei}/reject", "stations.write write"},
    {"GET /api/admin/stations/{sn}/broker-account", "stations.write read"},
    {"POST /api/admin/stations/{sn}/broker-account", "stations.write write"},
    {"GET /api/admin/rental-packages", "pricing.write read"},
    {"POST /api/admin/rental-packages", "pricing.write write"},
    {"GET /api/admin/rental-packages/{id}", "pricing.write read"},
    {"PATCH /api/admin/rental-packages/{id}", "pricing.write write"},
    {"PUT /api/admin/rental-packages/{id}", "pricing.write write"},
    {"DELETE /api/admin/rental-packages/{id}", "pricing.write write"},
    {"GET /api/admin/late-fee-configs", "pricing.write read"},
    {"POST /api/admin/late-fee-configs", "pricing.write write"},
    {"GET /api/admin/late-fee-configs/{id}", "pricing.write read"},
    {"PATCH /api/admin/late-fee-configs/{id}", "pricing.write write"},
    {"PUT /api/admin/late-fee-configs/{id}", "pricing.write write"},
    {"DELETE /api/admin/late-fee-configs/{id}", "pricing.write write"},
    {"GET /api/admin/partners", "partners.manage read"},
    {"POST /api/admin/partners", "partners.manage write"},
    {"GET /api/admin/partners/{id}", "partners.manage read"},
    {"PATCH /api/admin/partners/{id}", "partners.manage write"},
    {"PUT /api/admin/partners/{id}", "partners.manage write"},
    {"DELETE /api/admin/partners/{id}", "partners.manage write"},
    {"GET /api/admin/station-partners", "partners.manage read"},
    {"POST /api/admin/station-partners", "partners.manage write"},
    {"GET /api/admin/station-partners/{id}", "partners.manage read"},
    {"DELETE /api/admin/station-partners/{id}", "partners.manage write"},
    {"GET /api/admin/revenue", "partners.manage read"},
    {"GET /api/admin/discounts", "pricing.write read"},
    {"POST /api/admin/discounts", "pricing.write write"},
    {"GET /api/admin/discounts/{id}", "pricing.write read"},
    {"PATCH /api/admin/discounts/{id}", "pricing.write write"},
    {"PUT /api/admin/discounts/{id}", "pricing.write write"},
    {"DELETE /api/admin/discounts/{id}", "pricing.write write"},
    {"GET /api/admin/late-fee-configs/active", "pricing.write read"},
    {"POST /api/admin/late-fee-configs/{id}/activate", "pricing.write write"},
    {"POST /api/admin/late-fee-configs/{id}/deactivate", "pricing.write write"},
    {"POST /api/admin/late-fee-configs/test-calculation", "pricing.write read"},
    {"GET /api/admin/discounts/{id}/analytics", "pricing.write read"},
    {"GET /api/admin/stations/{sn}/commands", "stations.write read"},
    {"GET /api/admin/commands/{id}", "stations.write read"},
    {"GET /api/admin/iot/history", "stations.write read"},
    {"GET /api/admin/iot/logs", "stations.command read"},
    {"POST /api/admin/stations/{sn}/command", "stations.command write"},
    {"POST /api/admin/stations/{sn}/check", "stations.command write"},
    {"POST /api/admin/stations/{sn}/eject", "stations.command write"},
    {"POST /api/admin/stations/{sn}/reboot", "stations.command write"},
    {"POST /api/admin/stations/{sn}/wifi/scan", "stations.command write"},
    {"POST /api/admin/stations/{sn}/wifi/connect", "stations.command write"},
    {"POST /api/admin/stations/{sn}/volume", "stations.command write"},
    {"POST /api/admin/stations/{sn}/mode", "stations.command write"},
    {"POST /api/internal/iot/check", "stations.command write"},
    {"POST /api/internal/iot/eject", "stations.command write"},
    {"POST /api/internal/iot/reboot", "stations.command write"},
    {"POST /api/internal/iot/wifi/scan", "stations.command write"},
    {"POST /api/internal/iot/wifi/connect", "stations.command write"},
    {"POST /api/internal/iot/volume", "stations.command write"},
    {"POST /api/internal/iot/mode", "stations.command write"},
    {"GET /api/internal/ads/distribute", "ads.manage read"},
    {"GET /api/admin/map/snapshot", "stations.write read"},
    {"GET /api/admin/stations/{sn}/overview", "stations.write read"},
    {"GET /api/admin/map/layers/{layer}", "stations.write read"},
};

/// Below /api/admin, or the page, and yet for everybody.
const std::set<std::string> public_rows{
    "POST /api/admin/login", "POST /api/admin/refresh",    "GET /admin",
    "GET /admin/{path...}",  "GET /api/admin/page-config",
};

std::string name_of(const endpoint& row) { return std::string{to_text(row.verb)} + " " + row.path; }

bool is_operators(const endpoint& row) {
  return row.path.starts_with("/api/admin") || row.path.starts_with("/api/internal") ||
         row.path.starts_with("/admin");
}

/// Every row of the server on one door. Behind each is nothing: what is asked is who gets that far.
class every_row : public ::testing::Test {
protected:
  every_row() {
    users_door users;
    riders_door riders{{.lanes = 1, .everybody = quiet(), .prices = std::make_shared<const price_list>()}};
    admin_door_setup setup;
    setup.everybody = quiet();
    setup.files = std::make_shared<const static_files>();
    setup.stations = &riders.stations();
    admin_door operators{setup};
    for (const auto& more : {riders.rows(), user_endpoints(users), operators.rows()}) {
      for (auto row : more) {
        row.handle = [](exchange& in) { in.answer("1"); };
        row.rates.clear();
        rows.push_back(std::move(row));
      }
    }
    door_options options;
    options.address = "127.0.0.1";
    options.port = 0;
    options.now = [] { return now; };
    options.authenticate = [](std::string_view token) { return judge(token); };
    options.standing = [this](const caller&, std::string_view) -> standing_result {
      return operator_standing{*parse_operator_role(roles.at(role)),
                               now - (is_stale ? minutes{5} : minutes{0})};
    };
    door_ = std::make_unique<door>(system_, std::move(options), rows);
    std::string why;
    if (!door_->start(why)) throw std::runtime_error(why);
  }

  static network quiet() {
    network everybody;
    everybody.now = [] { return now; };
    return everybody;
  }
  static auth_result judge(std::string_view token) {
    caller who;
    who.expires_at = now + hours{1};
    if (token == "expired") return auth_failure{401, "token_expired"};
    if (token == "operator") who.role = caller_role::admin;
    return who;
  }
  /// Asks as a good client would, whatever the row wants besides the right.
  http_answer ask(const endpoint& row, const std::string& path, rider_client& client) {
    std::string asked;
    for (std::string_view rest = path; !rest.empty();) {
      const auto open = std::min(rest.find('{'), rest.size());
      asked += rest.substr(0, open);
      rest.remove_prefix(open);
      if (rest.empty()) break;
      asked += 'x';
      rest.remove_prefix(rest.find('}') + 1);
    }
    const bool has_body = row.body != body_kind::none;
    return client.ask(to_text(row.verb), asked, has_body ? "{}" : "", {{"Idempotency-Key", "k"}});
  }
  /// 200, or the code of the refusal.
  std::string outcome(const endpoint& row, const std::string& path, rider_client& client) {
    const auto answer = ask(row, path, client);
    return answer.status == 200 ? "200" : answer.code();
  }
  static std::vector<std::string> paths_of(const endpoint& row) {
    auto paths = row.aliases;
    paths.push_back(row.path);
    return paths;
  }

  static constexpr timestamp now = from_ms(1'767'225'600'000);
  endpoints rows;
  std::atomic<std::size_t> role{0};  ///< Of `roles`: whom the door takes the operator's token for.
  std::atomic<bool> is_stale{false};
  caf::actor_system_config config_;
  caf::actor_system system_{config_};
  std::unique_ptr<door> door_;
};

TEST_F(every_row, is_written_down_with_what_it_wants) {
  std::map<std::string, std::string> served;
  std::set<std::string> open;
  for (const auto& row : rows) {
    if (!is_operators(row)) {
      EXPECT_NE(row.who, access::admin_access)
          << name_of(row) << " is the operators' and not below /api/admin";
      continue;
    }
    if (row.who == access::public_access) {
      open.insert(name_of(row));
      continue;
    }
    ASSERT_EQ(row.who, access::admin_access) << name_of(row);
    served[name_of(row)] = std::string{to_text(row.wants->what)} +
                           (row.wants->level == need::read ? " read" : " write") +
                           (row.is_sensitive ? " !" : "");
  }
  EXPECT_EQ(served, operators_rows);
  EXPECT_EQ(open, public_rows);
}

TEST_F(every_row, lets_in_exactly_the_roles_that_may_under_all_its_names) {
  rider_client client{door_->port(), "operator"};
  for (const auto& row : rows) {
    if (row.who != access::admin_access) continue;
    const auto& wants = operators_rows.at(name_of(row));
    const auto& may = grants.at(wants.substr(0, wants.find(' ')));
    const bool is_change = wants.find(" write") != std::string::npos;
    const bool is_sensitive = wants.ends_with('!');
    for (std::size_t at = 0; at < roles.size(); ++at) {
      role = at;
      const bool is_allowed = is_change ? may[at] == 'f' || may[at] == 'l' : may[at] != '-';
      for (const auto& path : paths_of(row)) {
        is_stale = false;
        EXPECT_EQ(outcome(row, path, client), is_allowed ? "200" : "permission_denied")
            << to_text(row.verb) << ' ' << path << " as " << roles.at(at);
        is_stale = true;
        const std::string_view late = is_sensitive ? "reauthentication_required" : "200";
        EXPECT_EQ(outcome(row, path, client), is_allowed ? late : "permission_denied")
            << to_text(row.verb) << ' ' << path << " as " << roles.at(at) << ", long after the log-in";
      }
    }
  }
}

TEST_F(every_row, refuses_other_realms_and_nobody) {
  rider_client anybody{door_->port()}, late{door_->port(), "expired"}, rider{door_->port(), "rider"},
      officer{door_->port(), "operator"};
  for (const auto& row : rows) {
    const bool is_open = row.who == access::public_access;
    for (const auto& path : paths_of(row)) {
      const auto name = std::string{to_text(row.verb)} + ' ' + path;
      EXPECT_EQ(outcome(row, path, anybody), is_open ? "200" : "unauthenticated") << name;
      EXPECT_EQ(outcome(row, path, late), is_open ? "200" : "token_expired") << name;
      EXPECT_EQ(outcome(row, path, rider), row.who == access::admin_access ? "forbidden" : "200") << name;
      if (row.who == access::user_access) {
        EXPECT_EQ(outcome(row, path, officer), "forbidden") << name;
      }
    }
  }
}

TEST_F(every_row, that_is_not_there_is_404_with_the_envelope_whoever_asks) {
  for (const char* token : {"", "rider", "operator"}) {
    rider_client client{door_->port(), token};
    const auto answer = client.get("/api/admin/nowhere");
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.code(), "not_found");
    EXPECT_FALSE(answer.json().at("success").as_bool());
    EXPECT_FALSE(answer.json().at("request_id").as_string().empty());
  }
}

TEST_F(every_row, that_is_a_get_only_looks_and_nobody_sends_raw_commands) {
  // Asked with a body, changes nothing.
  const std::set<std::string> calculations{"POST /api/admin/late-fee-configs/test-calculation"};
  for (const auto& row : rows) {
    const bool is_get = row.verb == http_method::get;
    if (row.wants && !calculations.contains(name_of(row))) {
      EXPECT_EQ(is_get, row.wants->level == need::read) << name_of(row);
    }
    if (is_get) {
      EXPECT_FALSE(row.wants_idempotency_key) << name_of(row);
      EXPECT_EQ(row.body, body_kind::none) << name_of(row);
    }
    for (const auto& path : paths_of(row))
      EXPECT_FALSE(path.ends_with("/send") || path.ends_with("/raw")) << path;
  }
}

TEST_F(every_row, takes_no_brokers_word_over_http) {
  for (const auto& row : rows) {
    for (const auto& path : paths_of(row))
      EXPECT_EQ(path.find("webhook"), std::string::npos) << path << ": the broker is heard on its own line";
  }
}

}  // namespace
}  // namespace chautari
