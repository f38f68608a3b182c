/// The server's small parts, without a socket.
#include <gtest/gtest.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <caf/all.hpp>
#include <memory>

#include "http/server/client_address.hpp"
#include "http/server/desk.hpp"
#include "http/server/rate_limiter.hpp"
#include "http/server/router.hpp"
#include "http/server/text.hpp"

namespace chautari {
namespace {

void nothing(exchange&) {}

endpoint row_of(http_method verb, std::string path, std::vector<std::string> aliases = {}) {
  return {.verb = verb, .path = std::move(path), .handle = nothing, .aliases = std::move(aliases)};
}

TEST(router, prefers_fixed_segments_but_comes_back_to_parameters) {
  const endpoints rows{
      row_of(http_method::get, "/api/stations/{sn}"), row_of(http_method::get, "/api/stations/nearby"),
      row_of(http_method::get, "/api/stations/{sn}/slots"), row_of(http_method::get, "/api/{a}/nearby/{b}")};
  const router routes{rows};
  router::match found;
  routes.find(http_method::get, "/api/stations/nearby", found);
  EXPECT_EQ(found.row, &rows[1]);
  routes.find(http_method::get, "/api/stations/nearby/slots", found);
  ASSERT_EQ(found.row, &rows[2]);
  EXPECT_EQ(found.parameters.at(0).second, "nearby");
  routes.find(http_method::head, "/api/v1/stations/KTM/", found);
  ASSERT_EQ(found.row, &rows[0]);
  EXPECT_EQ(found.parameters.at(0).first, "sn");
  EXPECT_EQ(found.parameters.at(0).second, "KTM");
}

TEST(router, does_not_match_halves_or_empty_segments) {
  const endpoints rows{row_of(http_method::get, "/api/stations/{sn}")};
  const router routes{rows};
  router::match found;
  for (const char* path :
       {"/api", "/api/stations", "/api/stations/", "/api//stations/a", "/api/stations/a/b", "", "x"}) {
    routes.find(http_method::get, path, found);
    EXPECT_FALSE(found.is_path_known) << path;
  }
}

TEST(router_deathtest, two_rows_may_not_share_verb_and_path) {
  const endpoints same{row_of(http_method::get, "/api/a/{x}"), row_of(http_method::get, "/api/a/{y}")};
  EXPECT_DEATH(router{same}, "is_duplicate");
  const endpoints alias{row_of(http_method::get, "/api/a"), row_of(http_method::get, "/api/b", {"/api/a"})};
  EXPECT_DEATH(router{alias}, "is_duplicate");
  const endpoints fine{row_of(http_method::get, "/api/a"), row_of(http_method::post, "/api/a")};
  EXPECT_EQ(router{fine}.allowed("/api/a"), "GET, HEAD, POST, OPTIONS");
}

TEST(rate_limiter, refills_evenly_and_never_beyond_its_burst) {
  rate_limiter limiter{10};
  const rate_rule rule{"r", 3, milliseconds{3000}, rate_key::ip};
  const auto take = [&](std::int64_t ms) { return limiter.take(rule, "k", milliseconds{ms}).allowed; };
  EXPECT_TRUE(take(0) && take(0) && take(0));
  EXPECT_FALSE(take(0));
  EXPECT_FALSE(take(999));
  EXPECT_TRUE(take(1000));
  EXPECT_FALSE(take(1000));
  EXPECT_TRUE(take(100'000) && take(100'000) && take(100'000));
  EXPECT_FALSE(take(100'000));
}

TEST(rate_limiter, forgets_the_bucket_that_was_idle_longest) {
  rate_limiter limiter{2};
  const rate_rule rule{"r", 1, milliseconds{1000}, rate_key::ip};
  const auto take = [&](std::string_view key) { return limiter.take(rule, key, milliseconds{0}).allowed; };
  EXPECT_TRUE(take("a"));
  EXPECT_TRUE(take("b"));
  EXPECT_FALSE(take("a"));
  EXPECT_TRUE(take("c"));
  EXPECT_EQ(limiter.buckets(), 2U);
  EXPECT_FALSE(take("a")) << "b was the idle one";
  EXPECT_TRUE(take("b"));
}

TEST(client_address, knows_blocks_of_both_families) {
  const auto trusted = trusted_peers::parse({"10.0.0.0/8", "2001:db8::/32", "192.0.2.1"});
  ASSERT_TRUE(trusted);
  EXPECT_TRUE(trusted->contains("10.255.0.1"));
  EXPECT_TRUE(trusted->contains("::ffff:10.1.1.1"));
  EXPECT_TRUE(trusted->contains("2001:db8:1::1"));
  EXPECT_FALSE(trusted->contains("11.0.0.1"));
  EXPECT_FALSE(trusted->contains("2001:db9::1"));
  EXPECT_FALSE(trusted->contains("192.0.2.2"));
  EXPECT_EQ(trusted->client_of("10.0.0.1", "1.1.1.1, 10.0.0.2"), "1.1.1.1");
  EXPECT_EQ(trusted->client_of("8.8.8.8", "1.1.1.1"), "8.8.8.8");
  EXPECT_FALSE(trusted_peers::parse({"10.0.0.0/33"}));
  EXPECT_FALSE(trusted_peers::parse({"proxy.example"}));
}

TEST(client_address, one_household_has_one_rate) {
  EXPECT_EQ(rate_key_of("2001:db8::1"), rate_key_of("2001:db8::ffff"));
  EXPECT_NE(rate_key_of("2001:db8::1"), rate_key_of("2001:db8:0:1::1"));
  EXPECT_NE(rate_key_of("10.0.0.1"), rate_key_of("10.0.0.2"));
}

TEST(clean_text, is_utf8_without_tricks) {
  EXPECT_TRUE(is_clean_text("नमस्ते 🙏"));
  EXPECT_FALSE(is_clean_text("\xC0\xAF")) << "overlong";
  EXPECT_FALSE(is_clean_text("\xED\xA0\x80")) << "surrogate";
  EXPECT_FALSE(is_clean_text("\xF4\x90\x80\x80")) << "beyond U+10FFFF";
  EXPECT_FALSE(is_clean_text("\xE0\xA4")) << "cut short";
  EXPECT_FALSE(is_clean_text(std::string_view{"\0", 1}));
  EXPECT_FALSE(percent_decoded("%e0%a4", false));
  EXPECT_EQ(percent_decoded("%E0%A4%A8+x", false), "न+x");
}

TEST(cleaned_text, is_cut_between_characters_and_shows_what_was_no_text) {
  EXPECT_EQ(cleaned_text("नमस्ते", 18), "नमस्ते");
  EXPECT_EQ(cleaned_text("नमस्ते", 17), "नमस्त");
  EXPECT_EQ(cleaned_text("a\xC0\xAF\xE0\xA4z", 255), "a????z");
  EXPECT_EQ(cleaned_text("\xFF\xFF\xFF", 2), "??");
}

TEST(desk, that_has_gone_is_not_woken_by_what_came_before) {
  boost::asio::io_context loop;
  caf::actor_system_config cold;
  caf::actor_system system{cold};
  alignas(desk) std::array<std::byte, sizeof(desk)> room;
  auto* const gone = std::construct_at(reinterpret_cast<desk*>(room.data()), loop, system, 4U);
  int heard = 0;
  gone->on<std::string>([&heard](const std::string&) { ++heard; });
  caf::anon_send(gone->as<caf::actor>(), std::string{"too late"});
  std::destroy_at(gone);
  room.fill(std::byte{0});  // Whoever touches it now, ends the test.
  loop.run();
  EXPECT_EQ(heard, 0);
}

}  // namespace
}  // namespace chautari
