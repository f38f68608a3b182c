#include "tests/server/fixture.hpp"

namespace chautari::testing {
namespace {

class http_framing : public server_test {
protected:
  http_framing() {
    add(http_method::get, "/api/hello", [](exchange& in) { in.answer("\"hello\""); });
    add(http_method::get, "/api/people/{name}", [](exchange& in) {
      std::string data;
      append_json_text(data, in.path_text("name"));
      in.answer(data);
    });
    add(http_method::get, "/api/query", [](exchange& in) {
      std::string data;
      append_json_text(data, in.query("q").value_or("none"));
      in.answer(data);
    });
    add(http_method::get, "/api/throws", [](exchange&) { throw std::runtime_error{"secret"}; });
    add(http_method::get, "/api/forgets", [](exchange&) {});
    add(http_method::get, "/api/large",
        [](exchange& in) { in.answer('"' + std::string(200'000, 'x') + '"'); });
    rows.push_back({.verb = http_method::post,
                    .path = "/api/echo",
                    .summary = "Says it again",
                    .handle = [](exchange& in) { in.answer_created(boost::json::serialize(in.json())); },
                    .aliases = {"/api/parrot"},
                    .body = body_kind::json});
    options.request_within = seconds{30};
    options.idle_within = seconds{60};
  }
};

TEST_F(http_framing, a_connection_serves_one_request_after_another) {
  open();
  raw_client client{port};
  const auto first = client.get("/api/hello");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.body, R"({"success":true,"message":"OK","data":"hello"})");
  EXPECT_EQ(first.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(client.get("/api/hello").status, 200);
}

TEST_F(http_framing, pipelined_requests_are_answered_in_their_order) {
  add(http_method::get, "/api/slow", [this](exchange& in) {
    in.ask<doubled>(
        seer, double_it{21},
        [](exchange& out, const doubled& view) { out.answer(std::to_string(view.number)); },
        [](exchange& out, const caf::error&) { out.overloaded(); });
  });
  open();
  raw_client client{port};
  client.say(
      "GET /api/people/a HTTP/1.1\r\nHost: t\r\n\r\nGET /api/slow HTTP/1.1\r\nHost: t\r\n\r\n"
      "GET /api/people/b HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(client.hear().json().at("data").as_string(), "a");
  EXPECT_EQ(client.hear().json().at("data").as_int64(), 42);
  EXPECT_EQ(client.hear().json().at("data").as_string(), "b");
}

TEST_F(http_framing, a_request_may_arrive_byte_by_byte) {
  open();
  raw_client client{port};
  for (const char c : std::string{"POST /api/echo HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"
                                  "Content-Length: 7\r\n\r\n{\"a\":1}"}) {
    client.say({&c, 1});
  }
  const auto heard = client.hear();
  EXPECT_EQ(heard.status, 201);
  EXPECT_EQ(heard.json().at("data").at("a").as_int64(), 1);
}

TEST_F(http_framing, a_chunked_body_is_put_together) {
  open();
  raw_client client{port};
  const auto heard = client.ask(
      "POST /api/echo HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nTransfer-Encoding: "
      "chunked\r\n\r\n"
      "3\r\n{\"a\r\n4\r\n\":2}\r\n0\r\n\r\n");
  EXPECT_EQ(heard.status, 201);
  EXPECT_EQ(heard.json().at("data").at("a").as_int64(), 2);
  EXPECT_EQ(client.get("/api/hello").status, 200);
}

TEST_F(http_framing, a_client_that_expects_100_is_told_to_continue) {
  open();
  raw_client client{port};
  client.say(
      "POST /api/echo HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
      "Content-Length: 2\r\n\r\n");
  EXPECT_EQ(client.hear(false).status, 100);
  client.say("{}");
  EXPECT_EQ(client.hear().status, 201);
}

TEST_F(http_framing, head_is_get_without_the_body) {
  open();
  raw_client client{port};
  client.say("HEAD /api/hello HTTP/1.1\r\nHost: t\r\n\r\n");
  const auto heard = client.hear(false);
  EXPECT_EQ(heard.status, 200);
  EXPECT_EQ(heard.header("content-length"), "46");
  EXPECT_EQ(client.get("/api/hello").status, 200);
}

TEST_F(http_framing, unknown_paths_and_verbs_are_refused_in_the_envelope) {
  open();
  raw_client client{port};
  const auto nowhere = client.get("/api/nowhere");
  EXPECT_EQ(nowhere.status, 404);
  EXPECT_EQ(nowhere.error_code(), "not_found");
  EXPECT_EQ(nowhere.json().at("request_id").as_string(), nowhere.header("x-request-id"));
  const auto verb = client.ask("DELETE /api/echo HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(verb.status, 405);
  EXPECT_EQ(verb.header("allow"), "POST, OPTIONS");
  EXPECT_EQ(verb.error_code(), "method_not_allowed");
}

TEST_F(http_framing, v1_and_aliases_are_the_same_row) {
  open();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/v1/people/a%20b").json().at("data").as_string(), "a b");
  EXPECT_EQ(client.post("/api/v1/parrot", "[1]").status, 201);
  const std::lock_guard guard{probe->lock};
  EXPECT_EQ(probe->seen.back().first, "/api/echo");
}

TEST_F(http_framing, a_large_body_is_refused_before_it_is_read) {
  open();
  raw_client client{port};
  const auto heard = client.ask(
      "POST /api/echo HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"
      "Content-Length: 9999999999\r\n\r\n{");
  EXPECT_EQ(heard.status, 413);
  EXPECT_EQ(heard.error_code(), "payload_too_large");
  EXPECT_EQ(heard.header("connection"), "close");
  EXPECT_TRUE(client.hears_the_end());
}

TEST_F(http_framing, a_chunked_body_cannot_grow_past_the_limit) {
  open();
  raw_client client{port};
  client.say(
      "POST /api/echo HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nTransfer-Encoding: "
      "chunked\r\n\r\n");
  for (int chunk = 0; chunk < 5; ++chunk)
    client.say("4000\r\n" + std::string(0x4000, ' ') + "\r\n");
  EXPECT_EQ(client.hear().status, 413);
}

TEST_F(http_framing, only_json_is_taken_where_json_is_wanted) {
  open();
  raw_client client{port};
  const auto heard = client.ask(
      "POST /api/echo HTTP/1.1\r\nHost: t\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_EQ(heard.status, 415);
  EXPECT_EQ(client.post("/api/echo", "{}").status, 201) << "the refused body was read past";
}

TEST_F(http_framing, malformed_json_is_a_validation_error) {
  open();
  raw_client client{port};
  EXPECT_EQ(client.post("/api/echo", "{\"a\":").error_code(), "validation_error");
  EXPECT_EQ(client.post("/api/echo", "").status, 400);
  EXPECT_EQ(client.post("/api/echo", std::string(100, '[') + std::string(100, ']')).status, 400);
}

TEST_F(http_framing, a_repeated_or_malformed_query_parameter_is_refused) {
  open();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/query?q=a+b%21").json().at("data").as_string(), "a b!");
  EXPECT_EQ(client.get("/api/query?q=1&q=2").status, 400);
  EXPECT_EQ(client.get("/api/query?q=%zz").status, 400);
  EXPECT_EQ(client.get("/api/query?q=%ff").status, 400);
}

TEST_F(http_framing, too_much_header_is_431_and_too_long_an_address_is_414) {
  open();
  raw_client header{port};
  EXPECT_EQ(header.get("/api/hello", "X-Long: " + std::string(17'000, 'x') + "\r\n").status, 431);
  raw_client address{port};
  EXPECT_EQ(address.get("/api/hello?" + std::string(8'300, 'x')).status, 414);
  raw_client endless{port};
  EXPECT_EQ(endless.get("/" + std::string(40'000, 'x')).status, 414);
}

TEST_F(http_framing, nonsense_is_answered_with_400_and_closed) {
  open();
  raw_client client{port};
  const auto heard = client.ask("HELLO\r\n\r\n");
  EXPECT_EQ(heard.status, 400);
  EXPECT_FALSE(heard.header("x-request-id").empty());
  EXPECT_TRUE(client.hears_the_end());
}

TEST_F(http_framing, half_a_request_is_answered_with_408) {
  open();
  raw_client client{port};
  client.say("GET /api/hello HTTP/1.1\r\nHost: t\r\n\r\nGET /api/hel");
  EXPECT_EQ(client.hear().status, 200);
  ASSERT_TRUE(wind_until_heard(client, seconds{31}));
  const auto heard = client.hear();
  EXPECT_EQ(heard.status, 408);
  EXPECT_TRUE(client.hears_the_end());
}

TEST_F(http_framing, an_idle_connection_is_closed_without_a_word) {
  open();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/hello").status, 200);
  ASSERT_TRUE(wind_until_heard(client, seconds{61}));
  EXPECT_TRUE(client.hears_the_end());
}

TEST_F(http_framing, a_handler_that_throws_or_forgets_is_500_without_its_secrets) {
  open();
  raw_client client{port};
  const auto thrown = client.get("/api/throws");
  EXPECT_EQ(thrown.status, 500);
  EXPECT_EQ(thrown.error_code(), "internal_error");
  EXPECT_EQ(thrown.body.find("secret"), std::string::npos);
  const auto forgotten = client.get("/api/forgets", "X-Request-Id: mine-7\r\n");
  EXPECT_EQ(forgotten.status, 500);
  // What it was stays with us, under the id that the caller can name.
  EXPECT_EQ(probe->failed, (std::vector<std::string>{"/api/throws: secret: " + thrown.header("x-request-id"),
                                                     "/api/forgets: no answer: mine-7"}));
  EXPECT_EQ(probe->request_ids, (std::vector<std::string>{thrown.header("x-request-id"), "mine-7"}));
}

TEST_F(http_framing, a_connection_too_many_is_told_503) {
  options.connections_max = 2;
  open();
  raw_client first{port}, second{port};
  EXPECT_EQ(first.get("/api/hello").status, 200);
  EXPECT_EQ(second.get("/api/hello").status, 200);
  raw_client third{port};
  const auto heard = third.get("/api/hello");
  EXPECT_EQ(heard.status, 503);
  EXPECT_EQ(heard.header("retry-after"), "1");
  EXPECT_EQ(heard.error_code(), "service_unavailable");
  EXPECT_EQ(probe->refused, 1);
}

TEST_F(http_framing, a_valid_request_id_is_kept_and_another_is_replaced) {
  open();
  raw_client client{port};
  EXPECT_EQ(client.get("/api/hello", "X-Request-Id: abc.DEF_1-2\r\n").header("x-request-id"), "abc.DEF_1-2");
  const auto replaced = client.get("/api/hello", "X-Request-Id: a b\r\n").header("x-request-id");
  EXPECT_EQ(replaced.size(), 16U);
  EXPECT_NE(client.get("/api/hello").header("x-request-id"), replaced);
}

TEST_F(http_framing, http_1_0_and_connection_close_end_the_connection) {
  open();
  raw_client old{port};
  EXPECT_EQ(old.ask("GET /api/hello HTTP/1.0\r\n\r\n").status, 200);
  EXPECT_TRUE(old.hears_the_end());
  raw_client modern{port};
  EXPECT_EQ(modern.get("/api/hello", "Connection: close\r\n").header("connection"), "close");
  EXPECT_TRUE(modern.hears_the_end());
}

TEST_F(http_framing, a_client_that_reads_slowly_still_gets_a_large_answer_whole) {
  open();
  raw_client client{port};
  for (int round = 0; round < 30; ++round)
    client.say("GET /api/large HTTP/1.1\r\nHost: t\r\n\r\n");
  for (int round = 0; round < 30; ++round) {
    const auto heard = client.hear();
    ASSERT_EQ(heard.status, 200);
    ASSERT_EQ(heard.body.size(), 200'000U + 41U);
  }
}

TEST_F(http_framing, a_client_that_takes_nothing_is_closed) {
  options.write_within = seconds{10};
  rows.push_back(
      {.path = "/api/huge", .summary = "Larger than any socket buffer", .handle = [](exchange& in) {
         in.reply_raw(200, "application/octet-stream", std::string(32 * 1024 * 1024, 'x'));
       }});
  open();
  raw_client client{port};
  client.say("GET /api/huge HTTP/1.1\r\nHost: t\r\n\r\n");
  ASSERT_TRUE(client.has_something_to_hear(10'000));
  EXPECT_TRUE(wind_until([this] { return probe->connections == 0; }, seconds{11}));
  EXPECT_LT(client.hear().body.size(), 32U * 1024 * 1024);
}

}  // namespace
}  // namespace chautari::testing
