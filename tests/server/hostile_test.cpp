/// What no well-meaning client does. Each ends as designed, in bounded memory, and the server answers others
/// afterwards.
#include <string>

#include "http/server/response.hpp"
#include "protocols/base/limits.hpp"
#include "tests/server/socket_client.hpp"

namespace chautari::testing {
namespace {

constexpr std::string_view echo_head =
    "POST /api/echo HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n";

class hostile_client : public server_test {
protected:
  hostile_client() {
    add(http_method::get, "/api/hello", [](exchange& in) { in.answer("\"hello\""); });
    add(http_method::get, "/api/number/{n}",
        [](exchange& in) { in.answer("\"" + std::string{in.path_text("n")} + "\""); });
    add(http_method::get, "/api/wait", [this](exchange& in) {
      in.ask<doubled>(
          seer, keep_waiting{},
          [](exchange& out, const doubled& view) { out.answer(std::to_string(view.number)); },
          [](exchange& out, const caf::error&) { out.fail({}); });
    });
    rows.push_back({.verb = http_method::post,
                    .path = "/api/echo",
                    .summary = "says the body",
                    .handle =
                        [this](exchange& in) {
                          ++echoed;
                          in.answer_created(boost::json::serialize(in.json()));
                        },
                    .body = body_kind::json});
  }

  void TearDown() override {
    if (!entrance) return;
    raw_client other{port};
    EXPECT_EQ(other.get("/api/hello").status, 200) << "the server answers others";
    EXPECT_EQ(probe->failures, 0);
  }

  /// Refused with this, and nothing that follows on the connection is taken for a request.
  void is_refused(std::string_view request, int status) {
    const int before = echoed;
    raw_client client{port};
    client.say(std::string{request} + "GET /api/number/7 HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_EQ(client.hear().status, status) << request;
    EXPECT_TRUE(client.hears_the_end()) << request;
    EXPECT_EQ(echoed, before) << request;
  }

  std::atomic<int> echoed{0};
};

TEST_F(hostile_client, a_header_that_dribbles_in_is_cut_off_however_busy_it_looks) {
  open();
  raw_client client{port};
  client.say("GET /api/hello HTTP/1.1\r\n");
  // A byte each second: never silent, never done.
  const auto is_heard = [&] {
    client.say("X");
    return client.has_something_to_hear(1);
  };
  ASSERT_TRUE(wind_until(is_heard, seconds{1}));
  EXPECT_GE(wall_ms - dawn_ms, 30'000);
  EXPECT_LE(wall_ms - dawn_ms, 60'000);
  EXPECT_EQ(client.hear().status, 408);
  EXPECT_TRUE(client.hears_the_end());
}

TEST_F(hostile_client, a_body_that_dribbles_in_is_cut_off_too) {
  open();
  raw_client client{port};
  client.say(std::string{echo_head} + "Content-Length: 60000\r\n\r\n");
  const auto is_heard = [&] {
    client.say(" ");
    return client.has_something_to_hear(1);
  };
  ASSERT_TRUE(wind_until(is_heard, seconds{1}));
  EXPECT_EQ(client.hear().status, 408);
  EXPECT_TRUE(client.hears_the_end());
  EXPECT_EQ(echoed, 0);
}

TEST_F(hostile_client, who_has_said_everything_and_closed_that_half_is_still_answered) {
  open();
  raw_client client{port};
  client.say("GET /api/hello HTTP/1.1\r\nHost: t\r\n\r\nGET /api/wait HTTP/1.1\r\nHost: t\r\n\r\n");
  client.finish_saying();
  EXPECT_EQ(client.hear().status, 200);
  asked_to_wait->wait(0);
  caf::anon_send(seer, answer_waiting{});
  EXPECT_EQ(client.hear().json().at("data").as_int64(), 99);
  EXPECT_TRUE(client.hears_the_end());
}

TEST_F(hostile_client, a_thousand_pipelined_requests_are_answered_in_order) {
  open();
  raw_client client{port};
  std::string all;
  for (int number = 0; number < 1'000; ++number)
    all += "GET /api/number/" + std::to_string(number) + " HTTP/1.1\r\nHost: t\r\n\r\n";
  client.say(all);
  for (int number = 0; number < 1'000; ++number)
    ASSERT_EQ(client.hear().json().at("data").as_string(), std::to_string(number));
}

TEST_F(hostile_client, a_packed_body_is_refused_unopened) {
  open();
  const auto bomb = compress_gzip(std::string(8 * 1024 * 1024, ' ') + "{}");
  ASSERT_LT(bomb.size(), 64U * 1024);
  raw_client client{port};
  for (const auto* coding : {"gzip", "deflate", "br", "gzip, gzip"}) {
    EXPECT_EQ(client.post("/api/echo", bomb, "Content-Encoding: " + std::string{coding} + "\r\n").status,
              415);
  }
  EXPECT_EQ(client.post("/api/echo", "{}", "Content-Encoding: identity\r\n").status, 201);
}

TEST_F(hostile_client, a_chunked_body_cannot_grow_by_what_stands_between_its_chunks) {
  open();
  const std::string chunked = std::string{echo_head} + "Transfer-Encoding: chunked\r\n\r\n";
  for (const auto* endless : {"2;a=", "0\r\nX-Trailer: "}) {
    raw_client client{port};
    client.say(chunked + endless);
    for (int piece = 0; piece < 8 && !client.has_something_to_hear(0); ++piece)
      client.say(std::string(8 * 1024, 'x'));
    EXPECT_EQ(client.hear().status, 431) << endless;
    EXPECT_TRUE(client.hears_the_end());
  }
  EXPECT_EQ(echoed, 0);
}

TEST_F(hostile_client, a_body_whose_end_could_be_read_in_two_ways_is_refused) {
  open();
  const std::string head{echo_head};
  is_refused(head + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
  is_refused(head + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n", 400);
  is_refused(head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", 400);
  is_refused(head + "Content-Length: 2, 3\r\n\r\n{} ", 400);
  is_refused(head + "Content-Length: +2\r\n\r\n{}", 400);
  is_refused(head + "Content-Length: 0x2\r\n\r\n{}", 400);
  is_refused(head + "Content-Length: 99999999999999999999\r\n\r\n{}", 400);
  is_refused(head + "Content-Length : 2\r\n\r\n{}", 400);
  is_refused(head + "Transfer-Encoding: gzip\r\n\r\n", 400);
  is_refused(head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400);
  is_refused(head + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400);
  is_refused(head + "Transfer-Encoding: xchunked\r\n\r\n", 400);
  is_refused(head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400);
  is_refused("POST /api/echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
  is_refused(head + "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n", 400);
  is_refused(head + "Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n", 400);
  is_refused(head + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n", 400);
}

TEST_F(hostile_client, what_follows_a_request_and_is_none_ends_the_connection_and_not_the_answer) {
  open();
  raw_client client{port};
  client.say("GET /api/hello HTTP/1.1\r\nHost: t\r\n\r\n" + std::string("\0\x01\x02 garbage\r\n\r\n", 14));
  EXPECT_EQ(client.hear().status, 200);
  EXPECT_EQ(client.hear().status, 400);
  EXPECT_TRUE(client.hears_the_end());
}

TEST_F(hostile_client, nul_bytes_are_no_part_of_a_request) {
  open();
  using namespace std::string_literals;
  is_refused("GET /api/hel\0lo HTTP/1.1\r\nHost: t\r\n\r\n"s, 400);
  is_refused("GET /api/hello HTTP/1.1\r\nHost: t\0\r\n\r\n"s, 400);
  is_refused("\0\0\0\0\r\n\r\n"s, 400);
  raw_client client{port};
  EXPECT_EQ(client.get("/api/number/%00").status, 404);
  EXPECT_EQ(client.get("/api/hello?q=%00").status, 400);
  EXPECT_EQ(client.post("/api/echo", "{\"a\":\"\0\"}"s).status, 400);
}

TEST_F(hostile_client, a_refusal_is_json_whatever_bytes_it_names) {
  open();
  raw_client client{port};
  for (const auto* name : {"\xff\xfe", "%", "%ff%", "\xe0\xa4"}) {
    const auto heard = client.get("/api/hello?" + std::string{name} + "=%zz");
    EXPECT_EQ(heard.status, 400);
    EXPECT_EQ(heard.error_code(), "validation_error") << "readable as JSON";
  }
}

TEST_F(hostile_client, hundreds_of_idle_connections_are_bounded_and_make_room_when_they_leave) {
  options.connections_max = 16;
  open();
  std::vector<std::unique_ptr<raw_client>> idle;
  for (int number = 0; number < 300; ++number)
    idle.push_back(std::make_unique<raw_client>(port));
  // They are taken in their order: when the last one is closed, all have been judged.
  ASSERT_TRUE(idle.back()->has_something_to_hear(20'000));
  EXPECT_EQ(probe->refused, 300 - 16);
  std::map<int, std::size_t> told;
  for (const auto& client : idle)
    ++told[client->get("/api/hello").status];
  EXPECT_EQ(told[200], 16U);
  EXPECT_EQ(told[503], limits::surplus_connections_max);
  EXPECT_EQ(told[0], 300U - 16U - limits::surplus_connections_max) << "closed without a word";
  idle.clear();
  EXPECT_TRUE(wind_until([this] { return probe->connections == 0; }, seconds{1}));
}

// ---- WebSockets, byte by byte

std::string frame(unsigned first_byte, std::string_view payload) {
  std::string made(1, static_cast<char>(first_byte));
  if (payload.size() < 126) {
    made += static_cast<char>(0x80U | payload.size());
  } else {
    made += static_cast<char>(0xFEU);
    made += static_cast<char>(payload.size() >> 8U);
    made += static_cast<char>(payload.size() & 0xFFU);
  }
  return made.append(4, '\0').append(payload);  // A mask of zeros is a mask.
}

constexpr unsigned text_begins = 0x01, goes_on = 0x00, whole_text = 0x81, packed_text = 0xC1, ping = 0x89;

class hostile_socket : public hostile_client {
protected:
  void upgrade(raw_client& client, std::string_view more = "") {
    client.say(
        "GET /ws HTTP/1.1\r\nHost: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: "
        "13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: chautari.v1, "
        "bearer.user-1\r\n" +
        std::string{more} + "\r\n");
    const auto answer = client.hear(false);
    ASSERT_EQ(answer.status, 101);
    EXPECT_EQ(answer.header("sec-websocket-extensions"), "") << "nothing is ever packed";
    ASSERT_EQ(hear_frame(client).first, 0x81) << "the welcome";
  }

  /// First byte and payload of the server's next frame; zero if it closed.
  static std::pair<int, std::string> hear_frame(raw_client& client) {
    const auto head = client.hear_bytes(2);
    if (head.size() < 2) return {0, {}};
    std::size_t length = static_cast<unsigned char>(head[1]);
    if (length == 126) {
      const auto more = client.hear_bytes(2);
      length = static_cast<unsigned char>(more[0]) * 256U + static_cast<unsigned char>(more[1]);
    }
    return {static_cast<unsigned char>(head[0]), client.hear_bytes(length)};
  }

  /// The code of the close frame that comes next.
  static int hear_close(raw_client& client) {
    const auto [first, payload] = hear_frame(client);
    if (first != 0x88 || payload.size() < 2) return 0;
    return static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
  }
};

TEST_F(hostile_socket, fragments_without_end_are_one_message_too_big) {
  open();
  raw_client client{port};
  upgrade(client);
  client.say(frame(text_begins, "{"));
  for (int piece = 0; piece < 70; ++piece)
    client.say(frame(goes_on, std::string(1'000, ' ')));
  EXPECT_EQ(hear_close(client), 1009);
}

TEST_F(hostile_socket, empty_fragments_without_end_are_cut_off_by_the_heartbeat_or_the_token) {
  open();
  raw_client client{port};
  upgrade(client);
  client.say(frame(text_begins, ""));
  const auto is_heard = [&] {
    for (int piece = 0; piece < 100; ++piece)
      client.say(frame(goes_on, ""));
    return probe->websockets == 0;
  };
  EXPECT_TRUE(wind_until(is_heard, minutes{1}));
}

TEST_F(hostile_socket, a_packed_frame_is_refused_because_packing_is_never_agreed) {
  open();
  raw_client client{port};
  upgrade(client, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
  // 1,000 to 1 under permessage-deflate.
  client.say(frame(packed_text, "\xec\xc1\x01\x01\x00\x00\x00\x82\x20\xff\xaf\x6e\x48\x40\x01\x00"));
  EXPECT_EQ(hear_close(client), 1002);
}

TEST_F(hostile_socket, a_flood_of_pings_is_answered_or_merged_and_words_still_count) {
  open();
  raw_client client{port};
  upgrade(client);
  const auto one = frame(ping, std::string(125, 'p'));
  std::string flood;
  for (int number = 0; number < 100; ++number)
    flood += one;
  for (int round = 0; round < 20; ++round)
    client.say(flood);
  client.say(frame(whole_text, R"({"type":"subscribe","id":5,"topics":["none"]})"));
  int pongs = 0;
  auto heard = hear_frame(client);
  for (; heard.first == 0x8A; heard = hear_frame(client))
    ++pongs;
  EXPECT_EQ(heard.first, 0x81);
  EXPECT_NE(heard.second.find("\"id\":5"), std::string::npos);
  EXPECT_GT(pongs, 0);
  EXPECT_LE(pongs, 2'000);
}

TEST_F(hostile_socket, a_broken_frame_while_the_door_is_closing_leaves_no_socket_behind) {
  open();
  for (int number = 0; number < 5; ++number) {
    raw_client client{port};
    client.say(
        "GET /ws HTTP/1.1\r\nHost: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Protocol: chautari.v1\r\n\r\n");
    ASSERT_EQ(client.hear(false).status, 101);
    // The first ends the socket with 4401, the second is no frame at all.
    client.say(frame(whole_text, "who am I?") + frame(whole_text, "\xff\xfe"));
    EXPECT_EQ(hear_close(client), 4401);
  }
  EXPECT_TRUE(wind_until([this] { return probe->websockets == 0; }, seconds{1}));
}

TEST_F(hostile_socket, frames_that_are_none_close_with_1002) {
  open();
  for (const auto& wrong : {std::string{"\x81\x02{}"},                      // Not masked.
                            frame(0x83, ""), frame(0x8B, ""),               // Opcodes of the future.
                            frame(0x09, "half a ping"), frame(0x80, "?"),   // A fragment of nothing.
                            std::string{"\x89\xFE\x00\x7E\0\0\0\0", 8}}) {  // A long ping.
    raw_client client{port};
    upgrade(client);
    client.say(wrong);
    EXPECT_EQ(hear_close(client), 1002);
  }
  raw_client client{port};
  upgrade(client);
  client.say(std::string{"\x81\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\0{}", 16});
  EXPECT_EQ(hear_close(client), 1009) << "as long as a number can be";
}

}  // namespace
}  // namespace chautari::testing
