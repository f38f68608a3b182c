/// The operators' rows through a real door: sockets in front, the operators' actor and twins of journal and
/// reader behind.

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <regex>

#include "http/operators/operators_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/door.hpp"
#include "http/users/token_gate.hpp"
#include "tests/operators/operators_world.hpp"
#include "tests/support/rider_client.hpp"

namespace chautari::testing {
namespace {

const std::string root_mail = "root@example.com";
const std::string own_origin = "http://localhost";

class operator_rows : public ::testing::Test {
protected:
  operator_rows() {
    config_.set("scheduler.max-threads", std::size_t{1});
    config_.set("logger.verbosity", caf::atom("quiet"));
    system_ = std::make_unique<caf::actor_system>(config_);
    everybody_.now = [this] { return from_ms(now_ms_); };
    everybody_.ids = {everybody_.now, [engine = std::make_shared<std::mt19937_64>(1),
                                       guard = std::make_shared<std::mutex>()] {
                        const std::lock_guard hold{*guard};
                        return (*engine)();
                      }};
    everybody_.journal = own(system_->spawn(memory_journal, db_));
    everybody_.reader = own(system_->spawn(memory_reader, db_));
    root_ = enrol(root_mail, operator_role::super_admin);
  }
  ~operator_rows() override {
    door_.reset();
    for (const auto& one : actors_)
      caf::anon_send_exit(one, caf::exit_reason::user_shutdown);
    actors_.clear();
    rows_ = {};
    everybody_ = {};
  }

  template <class Handle>
  Handle own(Handle handle) {
    actors_.push_back(caf::actor_cast<caf::actor>(handle));
    return handle;
  }

  void open() {
    gate_ = std::make_shared<operator_gate>(test_keys(), settings_, everybody_.now);
    operators_setup setup;
    setup.settings = settings_;
    setup.keys = test_keys();
    setup.passwords = own(system_->spawn(passwords, passwords_setup{cheap_password, everybody_.ids.random}));
    setup.watch = [gate = gate_](const operator_state_change& change) { gate->note(change); };
    const auto desk = own(system_->spawn(operators, std::move(setup)));
    const auto riders = std::make_shared<token_gate>(test_keys(), test_settings(), everybody_.now);
    rows_.operators = desk;
    rows_.reader = everybody_.reader;
    rows_.gate = gate_;
    rows_.rates.logins_per_hour = logins_per_hour;
    door_options options;
    options.address = "127.0.0.1";
    options.port = 0;
    options.websockets = {{.path = "/ws/admin", .role = caller_role::admin}};
    options.now = everybody_.now;
    options.authenticate = operator_gate::function_of(gate_, token_gate::function_of(riders));
    options.standing = operator_gate::standing_of(gate_);
    auto rows = operator_endpoints(rows_);
    rows.push_back(
        {.path = "/api/mine", .who = access::user_access, .handle = [](exchange& in) { in.answer("1"); }});
    door_ = std::make_unique<door>(*system_, std::move(options), std::move(rows), [this](lane_parts& lane) {
      follow_operators(lane);
      everybody_.announce_to.push_back(lane.announcements.as<door_actor>());
    });
    std::string why_not;
    ASSERT_TRUE(door_->start(why_not)) << why_not;
    caf::anon_send(desk, meet_network{everybody_});
    caf::anon_send(desk, adopt_operators{});
  }

  operator_image enrol(const std::string& email, operator_role role) {
    operator_image who;
    who.id = everybody_.ids.make<operator_id>();
    who.email = email;
    who.name = email.substr(0, email.find('@'));
    who.role = role;
    who.password_hash = hash_of_password(good_password, cheap_password, everybody_.ids.random);
    who.totp_secret = draw_totp_secret(everybody_.ids.random);
    who.created_at = everybody_.now();
    db_->operators[who.id] = who;
    return who;
  }
  /// Not used yet: the clock goes on by a step.
  std::string fresh_code(const operator_image& who) {
    now_ms_ += 30'000;
    return totp_at(who.totp_secret, everybody_.now());
  }

  http_answer ask(std::string_view verb, const std::string& path, const boost::json::object& body = {},
                  std::string token = {}, const rider_client::header_list& headers = {}) {
    rider_client client{door_->port(), std::move(token)};
    return client.ask(verb, "/api/admin/" + path, body.empty() ? "" : boost::json::serialize(body), headers);
  }
  http_answer log_in(const std::string& email, const std::string& password, const std::string& code) {
    return ask("POST", "login", {{"email", email}, {"password", password}, {"totp", code}});
  }
  /// The access token.
  std::string signed_in(const operator_image& who) {
    const auto done = log_in(who.email, good_password, fresh_code(who));
    EXPECT_EQ(done.status, 200) << done.body;
    return text(done, "/data/access");
  }
  static std::string text(const http_answer& answer, std::string_view pointer) {
    const auto value = answer.at(pointer);
    return value.is_string() ? std::string{value.as_string()} : "";
  }

  std::atomic<std::int64_t> now_ms_{1'767'225'600'000};
  std::int64_t logins_per_hour = 1'000;
  operator_settings settings_ = test_operator_settings();
  std::shared_ptr<memory_store> db_ = std::make_shared<memory_store>();
  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  std::vector<caf::actor> actors_;
  network everybody_;
  operator_image root_;
  std::shared_ptr<operator_gate> gate_;
  operators_door rows_;
  std::unique_ptr<door> door_;
};

TEST_F(operator_rows, an_operator_signs_in_looks_at_itself_and_leaves) {
  open();
  const auto done = log_in(root_mail, good_password, fresh_code(root_));
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(done.at("/data/expires_in").as_int64(), 600);
  EXPECT_EQ(text(done, "/data/operator/email"), root_mail);
  EXPECT_FALSE(text(done, "/data/refresh").empty());
  EXPECT_EQ(done.header("set-cookie"), "");
  const auto access = text(done, "/data/access");

  const auto me = ask("GET", "me", {}, access);
  ASSERT_EQ(me.status, 200) << me.body;
  EXPECT_EQ(text(me, "/data/operator/role"), "super_admin");
  EXPECT_EQ(text(me, "/data/permissions/admins.manage"), "full");
  EXPECT_EQ(text(me, "/data/session/expires_at"), to_rfc3339(everybody_.now() + hours{12}));
  EXPECT_EQ(me.body.find("argon2"), std::string::npos);
  EXPECT_EQ(me.body.find(root_.totp_secret), std::string::npos);

  const auto left = ask("POST", "logout", {}, access);
  EXPECT_EQ(left.status, 200) << left.body;
  EXPECT_NE(left.header("set-cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(ask("GET", "me", {}, access).code(), "token_revoked") << "the very next request";
}

TEST_F(operator_rows, every_log_in_that_fails_is_answered_with_the_same_bytes) {
  const auto resting = enrol("resting@example.com", operator_role::admin);
  db_->operators[resting.id].is_active = false;
  const auto locked = enrol("locked@example.com", operator_role::admin);
  db_->operators[locked.id].locked_until = from_ms(now_ms_) + hours{1};
  open();
  const auto used = fresh_code(root_);
  EXPECT_EQ(log_in(root_mail, good_password, used).status, 200);
  const std::vector<http_answer> failures{
      log_in("nobody@example.com", good_password, "123456"),
      log_in("no address at all", good_password, "123456"),
      log_in(root_mail, "wrong password", fresh_code(root_)),
      log_in(root_mail, good_password, used),
      log_in(root_mail, good_password, "12ab"),
      log_in(resting.email, good_password, fresh_code(resting)),
      log_in(locked.email, good_password, fresh_code(locked)),
  };
  const auto plain = [](const http_answer& answer) {
    auto body = std::regex_replace(answer.body, std::regex{R"("timestamp":"[^"]*")"}, "");
    return std::regex_replace(body, std::regex{R"("request_id":"[^"]*")"}, "");
  };
  for (const auto& answer : failures) {
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.code(), "invalid_credentials");
    EXPECT_EQ(plain(answer), plain(failures.front()));
    auto names = answer.headers, first = failures.front().headers;
    for (auto* headers : {&names, &first}) {
      for (const char* own : {"date", "x-request-id", "x-ratelimit-remaining", "x-ratelimit-reset"})
        headers->erase(own);
    }
    EXPECT_EQ(names, first);
  }
}

TEST_F(operator_rows, one_address_has_so_many_tries) {
  logins_per_hour = 2;
  open();
  for (int attempt = 0; attempt < 2; ++attempt)
    EXPECT_EQ(log_in("nobody@example.com", good_password, "123456").status, 401);
  const auto refused = log_in(root_mail, good_password, fresh_code(root_));
  EXPECT_EQ(refused.status, 429);
  EXPECT_FALSE(refused.header("retry-after").empty());
}

TEST_F(operator_rows, a_demotion_counts_on_the_next_request_and_closes_the_socket) {
  const auto clerk = enrol("clerk@example.com", operator_role::admin);
  open();
  const auto boss = signed_in(root_);
  const auto access = signed_in(clerk);
  rider_socket socket{door_->port(), access, "/ws/admin"};
  EXPECT_EQ(ask("GET", "audit", {}, access).status, 200);
  const auto changed =
      ask("PATCH", "profiles/" + clerk.id.text(), {{"role", "moderator"}, {"reason", "moved on"}}, boss);
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(ask("GET", "audit", {}, access).code(), "permission_denied");
  EXPECT_EQ(socket.close_code(), 4401);
  EXPECT_EQ(text(ask("GET", "me", {}, access), "/data/operator/role"), "moderator");

  const auto put_to_rest = ask("DELETE", "profiles/" + clerk.id.text(), {}, boss);
  ASSERT_EQ(put_to_rest.status, 200) << put_to_rest.body;
  EXPECT_EQ(ask("GET", "me", {}, access).code(), "token_revoked");
}

TEST_F(operator_rows, the_page_s_refresh_token_lives_in_a_cookie_of_one_path_and_one_origin) {
  open();
  const auto done = ask("POST", "login",
                        {{"email", root_mail},
                         {"password", good_password},
                         {"totp", fresh_code(root_)},
                         {"keep_in_cookie", true}});
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_FALSE(done.at("/data").as_object().contains("refresh"));
  const auto cookie = done.header("set-cookie");
  EXPECT_TRUE(std::regex_match(
      cookie, std::regex{R"(chautari_refresh=[\w-]+; Path=/api/admin/refresh; HttpOnly; Secure; )"
                         R"(SameSite=Strict; Max-Age=43200)"}))
      << cookie;
  const auto kept = cookie.substr(0, cookie.find(';'));

  EXPECT_EQ(ask("POST", "refresh", {}, {}, {{"Origin", own_origin}}).code(), "invalid_refresh_token");
  EXPECT_EQ(ask("POST", "refresh", {}, {}, {{"Cookie", kept}}).code(), "forbidden") << "nobody's page";
  EXPECT_EQ(ask("POST", "refresh", {}, {}, {{"Cookie", kept}, {"Origin", "https://evil.example"}}).code(),
            "forbidden");
  const auto renewed =
      ask("POST", "refresh", {}, {}, {{"Cookie", "theme=dark; " + kept}, {"Origin", own_origin}});
  ASSERT_EQ(renewed.status, 200) << renewed.body;
  EXPECT_FALSE(renewed.at("/data").as_object().contains("refresh"));
  EXPECT_NE(renewed.header("set-cookie").substr(0, kept.size()), kept);
  EXPECT_EQ(ask("GET", "me", {}, text(renewed, "/data/access")).status, 200);
  EXPECT_EQ(ask("GET", "me", {}, {}, {{"Cookie", kept}}).status, 401) << "a cookie opens nothing else";
}

TEST_F(operator_rows, a_refresh_token_in_the_body_comes_back_in_the_body) {
  open();
  const auto done = log_in(root_mail, good_password, fresh_code(root_));
  const auto renewed = ask("POST", "refresh", {{"refresh", text(done, "/data/refresh")}});
  ASSERT_EQ(renewed.status, 200) << renewed.body;
  EXPECT_FALSE(text(renewed, "/data/refresh").empty());
  EXPECT_EQ(renewed.header("set-cookie"), "");
}

TEST_F(operator_rows, keeping_operators_wants_a_fresh_password_and_tells_a_secret_once) {
  open();
  const auto boss = signed_in(root_);
  const boost::json::object wish{{"email", "New@Example.com"},
                                 {"name", "Maya"},
                                 {"role", "operator"},
                                 {"password", "a long enough one"}};
  now_ms_ += 5 * 60'000;
  EXPECT_EQ(ask("POST", "profiles", wish, boss).code(), "reauthentication_required");
  EXPECT_EQ(ask("POST", "reauthenticate", {{"password", "wrong"}, {"totp", fresh_code(root_)}}, boss).code(),
            "invalid_credentials");
  const auto again =
      ask("POST", "reauthenticate", {{"password", good_password}, {"totp", fresh_code(root_)}}, boss);
  ASSERT_EQ(again.status, 200) << again.body;
  const auto made = ask("POST", "profiles", wish, boss);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(text(made, "/data/operator/email"), "new@example.com");
  EXPECT_EQ(text(made, "/data/totp/secret").size(), 32U);
  EXPECT_TRUE(text(made, "/data/totp/otpauth_url").starts_with("otpauth://totp/"));
  EXPECT_EQ(ask("POST", "profiles", wish, boss).code(), "email_taken");

  const auto listed = ask("GET", "profiles?page_size=1&page=2", {}, boss);
  EXPECT_EQ(text(listed, "/data/results/0/name"), "Maya");
  EXPECT_EQ(listed.at("/data/pagination/total_count").as_int64(), 2);
  EXPECT_EQ(listed.body.find(text(made, "/data/totp/secret")), std::string::npos);
  const auto wrong = ask("POST", "profiles", {{"email", "x@example.com"}, {"role", "king"}}, boss);
  EXPECT_EQ(wrong.problems(),
            (std::vector<std::string>{"name:required", "role:not_a_choice", "password:required"}));
  const auto own = ask("PATCH", "profiles/" + root_.id.text(), {{"role", "finance"}}, boss);
  EXPECT_EQ(own.status, 409) << own.body;
}

TEST_F(operator_rows, sessions_are_seen_and_ended_by_their_owner_and_by_those_who_keep_operators) {
  const auto clerk = enrol("clerk@example.com", operator_role::moderator);
  open();
  const auto boss = signed_in(root_);
  const auto first = signed_in(clerk);
  const auto second = signed_in(clerk);
  const auto seen = ask("GET", "sessions", {}, second);
  ASSERT_EQ(seen.status, 200) << seen.body;
  ASSERT_EQ(seen.at("/data/results").as_array().size(), 2U);
  EXPECT_TRUE(seen.at("/data/results/0/is_current").as_bool()) << "newest first";
  EXPECT_EQ(seen.body.find("hash"), std::string::npos);
  EXPECT_EQ(ask("GET", "sessions?operator_id=" + root_.id.text(), {}, second).code(), "permission_denied");
  EXPECT_EQ(
      ask("GET", "sessions?operator_id=" + clerk.id.text(), {}, boss).at("/data/results").as_array().size(),
      2U);

  EXPECT_EQ(ask("DELETE", "sessions/" + text(seen, "/data/results/1/id"), {}, second).status, 200);
  EXPECT_EQ(ask("GET", "me", {}, first).code(), "token_revoked");
  EXPECT_EQ(ask("DELETE", "sessions/" + text(seen, "/data/results/0/id"), {}, boss).status, 200);
  EXPECT_EQ(ask("GET", "me", {}, second).code(), "token_revoked");
  EXPECT_EQ(ask("DELETE", "sessions/nonsense", {}, boss).code(), "session_not_found");
}

TEST_F(operator_rows, operators_come_from_where_they_may_and_no_other_realm_s_token_counts) {
  settings_.allowed_networks = {"10.0.0.0/8"};
  open();
  EXPECT_EQ(log_in(root_mail, good_password, fresh_code(root_)).code(), "ip_not_allowed");
  EXPECT_EQ(ask("POST", "refresh", {{"refresh", "anything"}}).code(), "ip_not_allowed");
}

TEST_F(operator_rows, realms_are_separate) {
  open();
  access_claims rider;
  rider.issuer = "chautari";
  rider.audience = "app";
  rider.subject = user_id{root_.id.value};
  rider.role = "user";
  rider.issued_at = rider.not_before = everybody_.now();
  rider.expires_at = everybody_.now() + minutes{15};
  const auto token = test_keys()->sign(rider);
  EXPECT_EQ(ask("GET", "me", {}, token).status, 403);
  EXPECT_EQ(rider_client(door_->port(), token).get("/api/mine").status, 200);
  const auto boss = signed_in(root_);
  EXPECT_EQ(rider_client(door_->port(), boss).get("/api/mine").status, 403);
  now_ms_ += 10 * 60'000;
  EXPECT_EQ(ask("GET", "me", {}, boss).code(), "token_expired");
}

TEST_F(operator_rows, the_log_tells_who_did_what_from_where) {
  open();
  const auto boss = signed_in(root_);
  log_in(root_mail, "wrong password", "123456");
  const auto log = ask("GET", "audit?entity=operator&limit=1", {}, boss);
  ASSERT_EQ(log.status, 200) << log.body;
  EXPECT_EQ(text(log, "/data/results/0/ip"), "127.0.0.1");
  EXPECT_EQ(log.at("/data/results").as_array().size(), 1U);
  EXPECT_FALSE(text(log, "/data/next_cursor").empty());
  const auto older = ask("GET", "action-logs?cursor=" + text(log, "/data/next_cursor"), {}, boss);
  EXPECT_EQ(text(older, "/data/results/0/actor_id"), root_.id.text());
  EXPECT_EQ(ask("GET", "audit?from=2026-02-02&until=2026-02-01", {}, boss).status, 400);
  EXPECT_EQ(ask("GET", "audit?from=0001-01-01", {}, boss).status, 400) << "the year 0 in UTC";
}

}  // namespace
}  // namespace chautari::testing
