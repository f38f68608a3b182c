#include "tests/server/fixture.hpp"

#include <zlib.h>

namespace chautari::testing {
namespace {

std::string inflated(const std::string& packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string in = packed;
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

class caching : public server_test {
protected:
  caching() {
    const auto list = render(success_envelope("OK", '"' + std::string(5000, 's') + '"'), "public, max-age=5");
    add(http_method::get, "/api/list", [list](exchange& in) { in.reply_rendered(list); });
    add(http_method::get, "/api/composed",
        [](exchange& in) { in.answer_cached("[1,2]", "public, max-age=1"); });
    add(http_method::get, "/api/private",
        [](exchange& in) { in.answer('"' + std::string(5000, 'p') + '"'); });
    add(http_method::get, "/api/small", [](exchange& in) { in.answer("1"); });
  }
};

TEST_F(caching, a_known_tag_is_answered_with_304_and_no_body) {
  open();
  raw_client client{port};
  const auto first = client.get("/api/list");
  EXPECT_EQ(first.header("cache-control"), "public, max-age=5");
  const auto tag = first.header("etag");
  client.say("GET /api/list HTTP/1.1\r\nHost: t\r\nIf-None-Match: \"other\", " + tag + "\r\n\r\n");
  const auto second = client.hear(false);
  EXPECT_EQ(second.status, 304);
  EXPECT_EQ(second.header("etag"), tag);
  EXPECT_EQ(second.header("content-length"), "");
  EXPECT_EQ(client.get("/api/list", "If-None-Match: \"other\"\r\n").status, 200);
}

TEST_F(caching, a_composed_answer_has_a_tag_of_its_content) {
  open();
  raw_client client{port};
  const auto first = client.get("/api/composed");
  EXPECT_EQ(client.get("/api/composed").header("etag"), first.header("etag"));
  EXPECT_EQ(client.get("/api/composed", "If-None-Match: " + first.header("etag") + "\r\n").status, 304);
}

TEST_F(caching, large_answers_are_compressed_for_those_who_accept_it) {
  open();
  raw_client client{port};
  for (const char* path : {"/api/list", "/api/private"}) {
    const auto plain = client.get(path);
    const auto packed = client.get(path, "Accept-Encoding: br, gzip\r\n");
    EXPECT_EQ(packed.header("content-encoding"), "gzip") << path;
    EXPECT_LT(packed.body.size(), plain.body.size());
    EXPECT_EQ(inflated(packed.body), plain.body);
    EXPECT_EQ(client.get(path, "Accept-Encoding: gzip;q=0\r\n").header("content-encoding"), "");
  }
  EXPECT_EQ(client.get("/api/small", "Accept-Encoding: gzip\r\n").header("content-encoding"), "");
  EXPECT_EQ(client.get("/api/private").header("cache-control"), "no-store");
}

TEST_F(caching, the_api_describes_itself_from_the_table) {
  rows.push_back({.verb = http_method::post,
                  .path = "/api/stations/{sn}/favorite",
                  .who = access::user_access,
                  .summary = "Keep a station",
                  .handle = [](exchange& in) { in.answer("1"); },
                  .aliases = {"/api/favorites/{sn}"},
                  .body = body_kind::json_optional,
                  .wants_idempotency_key = true,
                  .query = {{"toggle", "Old clients", false}}});
  open();
  raw_client client{port};
  const auto document = client.get("/api/openapi.json").json();
  EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
  const auto& row = document.at("paths").at("/api/stations/{sn}/favorite").at("post").as_object();
  EXPECT_EQ(row.at("summary").as_string(), "Keep a station");
  EXPECT_EQ(row.at("parameters").as_array().size(), 3U);
  EXPECT_TRUE(row.at("security").is_array());
  EXPECT_EQ(row.at("tags").at(0).as_string(), "stations");
  EXPECT_FALSE(document.at("paths").as_object().contains("/api/favorites/{sn}"));
  EXPECT_TRUE(document.at("paths").as_object().contains("/api/openapi.json"));
}

TEST(quality_values, decide_between_codings_and_languages) {
  EXPECT_TRUE(accepts_gzip("gzip"));
  EXPECT_TRUE(accepts_gzip("deflate, GZIP;q=0.1"));
  EXPECT_TRUE(accepts_gzip("*"));
  EXPECT_FALSE(accepts_gzip("*;q=0"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0.000, *"));
  EXPECT_FALSE(accepts_gzip(""));
  EXPECT_EQ(choose_language("ne"), language::ne);
  EXPECT_EQ(choose_language("en;q=0.5, ne-NP;q=0.7"), language::ne);
  EXPECT_EQ(choose_language("ne;q=0"), language::en);
  EXPECT_EQ(choose_language("fr"), language::en);
}

TEST(header_lines, cannot_be_broken_by_a_value) {
  std::string out;
  append_header(out, "X-Name", "a\r\nSet-Cookie: b");
  EXPECT_EQ(out, "X-Name: aSet-Cookie: b\r\n");
}

}  // namespace
}  // namespace chautari::testing
