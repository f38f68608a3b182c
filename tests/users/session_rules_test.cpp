#include "actors/users/session_rules.hpp"

#include <gtest/gtest.h>

#include "tests/users/identity_world.hpp"

namespace chautari {
namespace {

using testing::test_settings;

constexpr timestamp start = from_ms(1'767'225'600'000);

struct family {
  session_facts facts;

  family() {
    session_image session;
    session.created_at = start;
    facts.session = session;
    facts.user.emplace();
    add("first");
  }
  refresh_token_image& add(const std::string& hash) {
    refresh_token_image token;
    token.hash = hash;
    token.issued_at = start;
    token.expires_at = start + hours{24 * 30};
    facts.tokens.insert(facts.tokens.begin(), token);
    return facts.tokens.front();
  }
  [[nodiscard]] refresh_step step(const std::string& hash, timestamp now,
                                  const std::string& live = "") const {
    return judge_refresh(facts, hash, live, now, test_settings()).step;
  }
};

TEST(refresh, the_live_token_rotates_until_it_expires) {
  const family f;
  EXPECT_EQ(f.step("first", start), refresh_step::rotate);
  EXPECT_EQ(f.step("first", start + hours{24 * 30} - milliseconds{1}), refresh_step::rotate);
  EXPECT_EQ(f.step("first", start + hours{24 * 30}), refresh_step::refused);
  EXPECT_EQ(f.step("unknown", start), refresh_step::refused);
}

TEST(refresh, a_used_token_counts_thirty_seconds_and_is_an_alarm_after_that) {
  family f;
  f.facts.tokens.front().used_at = start;
  f.add("second");
  EXPECT_EQ(f.step("first", start + milliseconds{29'999}, "second"), refresh_step::repeat);
  EXPECT_EQ(f.step("first", start + milliseconds{29'999}), refresh_step::replace_lost)
      << "its text is not known here";
  EXPECT_EQ(f.step("first", start + seconds{30}, "second"), refresh_step::reused);
}

TEST(refresh, a_successor_that_was_used_itself_is_not_said_again) {
  family f;
  f.facts.tokens.front().used_at = start;
  f.add("second").used_at = start + seconds{5};
  EXPECT_EQ(f.step("first", start + seconds{10}, "second"), refresh_step::replace_lost);
}

TEST(refresh, an_ended_session_stays_silent_even_about_reuse) {
  family f;
  f.facts.tokens.front().used_at = start;
  f.facts.session->revoked_at = start;
  EXPECT_EQ(f.step("first", start + hours{1}), refresh_step::refused);
}

TEST(refresh, no_session_outlives_half_a_year) {
  family f;
  f.facts.tokens.front().expires_at = start + hours{24 * 400};
  EXPECT_EQ(f.step("first", start + hours{24 * 180} - milliseconds{1}), refresh_step::rotate);
  EXPECT_EQ(f.step("first", start + hours{24 * 180}), refresh_step::refused);
  const id_source ids{[] { return start; }, [] { return std::uint64_t{7}; }};
  const auto drawn = draw_token_of(*f.facts.session, start + hours{24 * 170}, ids, test_settings());
  EXPECT_EQ(drawn.image.expires_at, start + hours{24 * 180}) << "the last token ends with the session";
}

TEST(refresh, whoever_is_barred_gets_no_new_pair) {
  family f;
  f.facts.user->status = user_status::banned;
  EXPECT_EQ(reason_of<identity_refusal>(*judge_refresh(f.facts, "first", "", start, test_settings()).refusal),
            identity_refusal::account_banned);
  f.facts.user->status = user_status::deleted;
  EXPECT_EQ(f.step("first", start), refresh_step::refused);
  f.facts.user.reset();
  EXPECT_EQ(f.step("first", start), refresh_step::refused);
}

TEST(leaving, the_reason_tells_what_the_token_was_worth) {
  family f;
  log_out wish;
  EXPECT_EQ(judge_log_out(f.facts, wish, start), log_out_reason::token_missing);
  wish.has_token = true;
  wish.token_hash = "first";
  EXPECT_EQ(judge_log_out(f.facts, wish, start), log_out_reason::valid_blacklisted);
  EXPECT_EQ(judge_log_out(f.facts, wish, start + hours{24 * 31}), log_out_reason::already_invalid);
  wish.token_hash = "unknown";
  EXPECT_EQ(judge_log_out(f.facts, wish, start), log_out_reason::token_mismatch);
  wish.token_hash = "first";
  wish.token_session = *session_id::parse("0197a000-0000-7000-8000-000000000001");
  EXPECT_EQ(judge_log_out(f.facts, wish, start), log_out_reason::token_mismatch)
      << "it claims another session";
  f.facts.session->revoked_at = start;
  EXPECT_EQ(judge_log_out(f.facts, wish, start), log_out_reason::already_invalid);
}

}  // namespace
}  // namespace chautari
