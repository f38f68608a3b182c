#include "http/server/router.hpp"
#include "tests/server/fixture.hpp"

namespace chautari::testing {
namespace {

class access_rules : public server_test {
protected:
  access_rules() {
    add(http_method::get, "/api/open", [](exchange& in) { in.answer("1"); });
    add(
        http_method::get, "/api/mine",
        [](exchange& in) {
          std::string data;
          append_json_text(data, in.user().text());
          in.answer(data);
        },
        access::user_access);
    add(
        http_method::get, "/api/admin/all", [](exchange& in) { in.answer("1"); }, access::admin_access);
  }

  static std::string bearer(std::string_view token) {
    return "Authorization: Bearer " + std::string{token} + "\r\n";
  }
};

TEST_F(access_rules, every_row_admits_exactly_its_own_callers) {
  open();
  raw_client client{port};
  for (const auto& row : entrance->rows()) {
    const auto nobody = client.get(row.path).status;
    const auto user = client.get(row.path, bearer("user-1")).status;
    const auto admin = client.get(row.path, bearer("admin-2")).status;
    EXPECT_EQ(nobody, row.who == access::public_access ? 200 : 401) << row.path;
    EXPECT_EQ(user, row.who == access::admin_access ? 403 : 200) << row.path;
    EXPECT_EQ(admin, row.who == access::user_access ? 403 : 200) << row.path;
  }
}

TEST_F(access_rules, an_operator_s_role_counts_as_of_each_request) {
  std::atomic<operator_role> role{operator_role::admin};
  std::atomic<int> asked{0};
  options.standing = [&](const caller& who, std::string_view ip) -> standing_result {
    EXPECT_EQ(who.as_operator.text(), user_number(2).text());
    EXPECT_EQ(ip, "127.0.0.1");
    if (++asked == 4) return auth_failure{401, "token_revoked"};
    return operator_standing{role, from_ms(dawn_ms)};
  };
  endpoint row{.verb = http_method::post,
               .path = "/api/admin/stations",
               .who = access::admin_access,
               .handle =
                   [](exchange& in) {
                     EXPECT_EQ(in.role(), operator_role::admin);
                     EXPECT_EQ(in.granted(), grant::full);
                     EXPECT_EQ(in.operator_stamp().who.text(), user_number(2).text());
                     EXPECT_EQ(in.operator_stamp().user_agent, "a ? browser");
                     in.answer("1");
                   },
               .wants = {{permission::stations, need::write}}};
  rows.push_back(row);
  row.verb = http_method::get;
  row.wants->level = need::read;
  row.handle = [](exchange& in) { in.answer("1"); };
  rows.push_back(row);
  open();
  raw_client client{port};
  const auto headers = bearer("admin-2") + "User-Agent: a \xff browser\r\n";
  EXPECT_EQ(client.post("/api/admin/stations", "", headers).status, 200);
  role = operator_role::moderator;
  EXPECT_EQ(client.post("/api/admin/stations", "", headers).error_code(), "permission_denied");
  EXPECT_EQ(client.get("/api/admin/stations", headers).status, 200) << "a moderator may look";
  EXPECT_EQ(client.get("/api/admin/stations", headers).error_code(), "token_revoked");
  EXPECT_EQ(judged, 1) << "the signature is checked once, the standing each time";
}

TEST_F(access_rules, what_is_sensitive_wants_a_fresh_password) {
  options.standing = [](const caller&, std::string_view) -> standing_result {
    return operator_standing{operator_role::super_admin, from_ms(dawn_ms)};
  };
  rows.push_back({.path = "/api/admin/secret",
                  .who = access::admin_access,
                  .handle = [](exchange& in) { in.answer("1"); },
                  .wants = {{permission::admins, need::write}},
                  .is_sensitive = true});
  open();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/admin/secret", bearer("admin-2")).status, 200);
  wind(minutes{5});
  EXPECT_EQ(client.get("/api/admin/secret", bearer("admin-2")).error_code(), "reauthentication_required");
}

TEST_F(access_rules, an_operators_row_without_a_permission_ends_the_process) {
  rows.push_back({.path = "/api/admin/open", .who = access::admin_access, .handle = [](exchange& in) {
                    in.answer("1");
                  }});
  EXPECT_DEATH(router{rows}, "wants");
}

TEST_F(access_rules, refusals_name_their_reason) {
  open();
  raw_client client{port};
  const auto nobody = client.get("/api/mine");
  EXPECT_EQ(nobody.error_code(), "unauthenticated");
  EXPECT_EQ(nobody.header("www-authenticate"), "Bearer");
  EXPECT_EQ(client.get("/api/mine", bearer("forged")).status, 401);
  EXPECT_EQ(client.get("/api/mine", "Authorization: Basic dXNlcjp4\r\n").status, 401);
  const auto banned = client.get("/api/mine", bearer("banned"));
  EXPECT_EQ(banned.status, 403);
  EXPECT_EQ(banned.error_code(), "account_banned");
}

TEST_F(access_rules, a_token_is_checked_once_until_it_expires) {
  open();
  raw_client client{port};
  for (int round = 0; round < 5; ++round)
    EXPECT_EQ(client.get("/api/mine", bearer("user-7")).status, 200);
  EXPECT_EQ(judged, 1);
  wind(minutes{15});
  raw_client later{port};
  EXPECT_EQ(later.get("/api/mine", bearer("user-7")).error_code(), "token_expired");
}

TEST_F(access_rules, an_invalidated_session_is_checked_again) {
  open();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/mine", bearer("user-7")).status, 200);
  EXPECT_EQ(client.get("/api/mine", bearer("user-8")).status, 200);
  std::promise<void> done;
  entrance->on_every_lane([&done](lane_parts& parts) {
    parts.revoke_session(session_number(7));
    done.set_value();
  });
  done.get_future().wait();
  EXPECT_EQ(client.get("/api/mine", bearer("user-7")).status, 200);
  EXPECT_EQ(client.get("/api/mine", bearer("user-8")).status, 200);
  EXPECT_EQ(judged, 3);
}

TEST_F(access_rules, remembered_tokens_are_bounded) {
  int checks = 0;
  authenticator few{[&checks](std::string_view) -> auth_result {
                      ++checks;
                      return caller{.expires_at = from_ms(10)};
                    },
                    2};
  for (const char* token : {"a", "b", "c", "a"})
    EXPECT_TRUE(std::holds_alternative<caller>(few.identify(token, from_ms(1))));
  EXPECT_EQ(few.remembered(), 2U);
  EXPECT_EQ(checks, 4);
}

TEST_F(access_rules, a_rate_refuses_with_the_time_to_wait_and_refills) {
  rows.push_back({.verb = http_method::post,
                  .path = "/api/otp",
                  .handle = [](exchange& in) { in.answer("1"); },
                  .body = body_kind::json,
                  .rates = {{"otp", 2, minutes{1}, rate_key::ip}}});
  open();
  raw_client client{port};
  const auto first = client.post("/api/otp", "{}");
  EXPECT_EQ(first.header("x-ratelimit-limit"), "2");
  EXPECT_EQ(first.header("x-ratelimit-remaining"), "1");
  EXPECT_EQ(client.post("/api/otp", "not json").status, 400)
      << "a bad body has used a token: rates come first";
  const auto refused = client.post("/api/otp", "{}");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.error_code(), "rate_limit_exceeded");
  EXPECT_EQ(refused.header("retry-after"), "30");
  wind(seconds{30});
  EXPECT_EQ(client.post("/api/otp", "{}").status, 200);
  EXPECT_EQ(client.post("/api/otp", "{}").status, 429);
}

TEST_F(access_rules, a_rate_by_user_does_not_mix_users) {
  rows.push_back({.path = "/api/start",
                  .who = access::user_access,
                  .handle = [](exchange& in) { in.answer("1"); },
                  .rates = {{"start", 1, minutes{1}, rate_key::user}}});
  open();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/start", bearer("user-1")).status, 200);
  EXPECT_EQ(client.get("/api/start", bearer("user-1")).status, 429);
  EXPECT_EQ(client.get("/api/start", bearer("user-2")).status, 200);
}

TEST_F(access_rules, forwarded_addresses_count_only_from_trusted_proxies) {
  add(http_method::get, "/api/ip", [](exchange& in) { in.answer('"' + std::string{in.client_ip()} + '"'); });
  options.trusted_proxies = {"127.0.0.0/8", "10.0.0.7"};
  open();
  raw_client client{port};
  const auto seen = [&](std::string_view forwarded) {
    const auto heard = client.get("/api/ip", "X-Forwarded-For: " + std::string{forwarded} + "\r\n");
    return std::string{heard.json().at("data").as_string().c_str()};
  };
  EXPECT_EQ(seen("203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(seen("1.1.1.1, 203.0.113.9, 10.0.0.7"), "203.0.113.9") << "what stands left of it is hearsay";
  EXPECT_EQ(seen("203.0.113.9, nonsense"), "127.0.0.1");
}

TEST_F(access_rules, a_forged_line_in_front_of_the_proxy_s_own_is_hearsay) {
  add(http_method::get, "/api/ip", [](exchange& in) { in.answer('"' + std::string{in.client_ip()} + '"'); });
  options.trusted_proxies = {"127.0.0.0/8", "10.0.0.7"};
  open();
  raw_client client{port};
  const auto heard = client.get("/api/ip",
                                "X-Forwarded-For: 1.1.1.1\r\nAccept: a/b\r\nx-forwarded-for: 203.0.113.9\r\n"
                                "X-Forwarded-For: 10.0.0.7\r\n");
  EXPECT_EQ(heard.json().at("data").as_string(), "203.0.113.9");
}

TEST_F(access_rules, an_untrusted_peer_cannot_choose_its_address) {
  add(http_method::get, "/api/ip", [](exchange& in) { in.answer('"' + std::string{in.client_ip()} + '"'); });
  options.trusted_proxies = {"192.0.2.1"};
  open();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/ip", "X-Forwarded-For: 203.0.113.9\r\n").json().at("data").as_string(),
            "127.0.0.1");
}

TEST_F(access_rules, only_listed_origins_are_told_that_they_may) {
  open();
  raw_client client{port};
  const std::string preflight =
      "OPTIONS /api/mine HTTP/1.1\r\nHost: t\r\nAccess-Control-Request-Method: GET\r\nOrigin: ";
  client.say(preflight + "https://app.example\r\n\r\n");
  const auto friendly = client.hear();
  EXPECT_EQ(friendly.status, 204);
  EXPECT_EQ(friendly.header("access-control-allow-origin"), "https://app.example");
  EXPECT_EQ(friendly.header("access-control-max-age"), "600");
  EXPECT_EQ(friendly.header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
  client.say(preflight + "https://app.example.evil\r\n\r\n");
  EXPECT_EQ(client.hear().header("access-control-allow-origin"), "");
  EXPECT_EQ(client.get("/api/open", "Origin: https://app.example\r\n").header("access-control-allow-origin"),
            "https://app.example");
  EXPECT_EQ(
      client.get("/api/open", "Origin: https://other.example\r\n").header("access-control-allow-origin"), "");
}

TEST_F(access_rules, an_idempotency_key_is_visible_ascii_and_demanded_where_it_matters) {
  rows.push_back({.verb = http_method::post,
                  .path = "/api/pay",
                  .handle = [](exchange& in) { in.answer('"' + std::string{*in.idempotency_key()} + '"'); },
                  .wants_idempotency_key = true});
  open();
  raw_client client{port};
  EXPECT_EQ(client.post("/api/pay", "{}", "Idempotency-Key: k-1\r\n").json().at("data").as_string(), "k-1");
  EXPECT_EQ(client.post("/api/pay", "{}").status, 400);
  EXPECT_EQ(client.post("/api/pay", "{}", "Idempotency-Key: a b\r\n").status, 400);
  EXPECT_EQ(client.post("/api/pay", "{}", "Idempotency-Key: " + std::string(256, 'k') + "\r\n").status, 400);
}

TEST_F(access_rules, messages_come_in_the_language_of_the_caller) {
  open();
  raw_client client{port};
  const auto english = client.get("/api/nowhere").json().at("error").at("message");
  const auto nepali =
      client.get("/api/nowhere", "Accept-Language: ne-NP,en;q=0.8\r\n").json().at("error").at("message");
  EXPECT_EQ(english.as_string(), "There is nothing here.");
  EXPECT_EQ(nepali.as_string(), "यहाँ केही भेटिएन।");
}

}  // namespace
}  // namespace chautari::testing
