#include <gtest/gtest.h>

#include <algorithm>

#include "tests/users/identity_world.hpp"

namespace chautari::testing {
namespace {

const std::string mail = "sita@example.com";

log_out wish_to_leave(const signed_in& pair, bool all_devices = false) {
  return {*session_of_refresh_token(pair.refresh),
          pair.user.id,
          true,
          *session_of_refresh_token(pair.refresh),
          sha256_hex(pair.refresh),
          all_devices};
}

TEST(session, a_refresh_gives_a_new_pair_and_the_chain_goes_on) {
  identity_world w;
  auto pair = w.sign_in_as(mail, "sita");
  for (int n = 0; n < 5; ++n) {
    w.pass(minutes{14});
    const auto next = w.refresh(pair.refresh);
    ASSERT_TRUE(next.answer);
    EXPECT_NE(next.answer->refresh, pair.refresh);
    EXPECT_NE(next.answer->access, pair.access);
    pair = *next.answer;
  }
  const auto unused = std::count_if(w.db->refresh_tokens.begin(), w.db->refresh_tokens.end(),
                                    [](const auto& one) { return !one.second.used_at; });
  EXPECT_EQ(unused, 1) << "one live token per session";
  EXPECT_EQ(w.db->sessions.begin()->second.last_used_at, w.system.now());
}

TEST(session, a_lost_answer_is_given_again_within_thirty_seconds) {
  identity_world w;
  const auto pair = w.sign_in_as(mail, "sita");
  const auto lost = w.refresh(pair.refresh);
  w.pass(seconds{29});
  const auto again = w.refresh(pair.refresh);
  ASSERT_TRUE(lost.answer && again.answer);
  EXPECT_EQ(again.answer->refresh, lost.answer->refresh);
  EXPECT_TRUE(w.refresh(again.answer->refresh).answer);
}

TEST(session, a_lost_answer_is_replaced_when_the_process_that_gave_it_is_gone) {
  identity_world w;
  const auto pair = w.sign_in_as(mail, "sita");
  const auto lost = w.refresh(pair.refresh);
  w.begin();
  const auto again = w.refresh(pair.refresh);
  ASSERT_TRUE(again.answer);
  EXPECT_NE(again.answer->refresh, lost.answer->refresh);
  EXPECT_TRUE(w.refresh(again.answer->refresh).answer);
}

TEST(session, an_old_token_that_comes_back_ends_the_session_and_the_doors_hear_it) {
  identity_world w;
  const auto stolen = w.sign_in_as(mail, "sita");
  const auto owners = w.refresh(stolen.refresh);
  w.pass(seconds{31});
  EXPECT_EQ(why(w.refresh(stolen.refresh)), "refresh_token_reused");
  ASSERT_EQ(w.heard->size(), 1U);
  EXPECT_EQ(w.heard->front().session, session_of_refresh_token(stolen.refresh));
  EXPECT_EQ(w.heard->front().user, stolen.user.id);
  EXPECT_EQ(w.db->sessions.begin()->second.revoke_reason, "refresh_token_reused");
  EXPECT_EQ(why(w.refresh(owners.answer->refresh)), "invalid_refresh_token") << "the whole family is gone";
  EXPECT_EQ(w.heard->size(), 1U);
}

TEST(session, whose_old_token_came_back_is_told_once) {
  identity_world w;
  const auto stolen = w.sign_in_as(mail, "sita");
  w.refresh(stolen.refresh);
  w.pass(seconds{31});
  EXPECT_EQ(why(w.refresh(stolen.refresh)), "refresh_token_reused");
  EXPECT_EQ(w.messages_to(mail, "session_ended"), 1U);
  w.refresh(stolen.refresh);
  EXPECT_EQ(w.messages_to(mail, "session_ended"), 1U);
}

TEST(session, reuse_is_not_answered_before_the_end_is_stored) {
  identity_world w;
  const auto pair = w.sign_in_as(mail, "sita");
  w.refresh(pair.refresh);
  w.pass(seconds{31});
  w.db->journal_refuses = journal_refusal::unavailable;
  EXPECT_EQ(why(w.refresh(pair.refresh)), "service_unavailable");
  EXPECT_TRUE(w.heard->empty());
  w.db->journal_refuses.reset();
  EXPECT_EQ(why(w.refresh(pair.refresh)), "refresh_token_reused");
}

TEST(session, two_refreshes_at_once_agree_on_one_successor_whatever_the_order) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    identity_world w{seed};
    const auto pair = w.sign_in_as(mail, "sita");
    const auto wish = identity_world::wish_to_refresh(pair.refresh);
    const auto a = w.system.ask<signed_in>(w.session_desk, wish);
    const auto b = w.system.ask<signed_in>(w.session_desk, wish);
    w.system.run();
    ASSERT_TRUE(a->answer && b->answer) << seed;
    EXPECT_EQ(a->answer->refresh, b->answer->refresh) << seed;
    EXPECT_EQ(w.db->refresh_tokens.size(), 2U) << seed;
  }
}

TEST(session, invented_tokens_are_refused_and_end_nothing) {
  identity_world w;
  const auto pair = w.sign_in_as(mail, "sita");
  const auto session = *session_of_refresh_token(pair.refresh);
  for (int n = 0; n < 40; ++n) {
    const auto invented = draw_refresh_token(w.everybody.ids.random, session);
    EXPECT_EQ(why(w.refresh(invented)), "invalid_refresh_token");
  }
  EXPECT_EQ(why(w.refresh(draw_refresh_token(w.everybody.ids.random, session_id{}))),
            "invalid_refresh_token");
  EXPECT_TRUE(w.refresh(pair.refresh).answer) << "guesses use up nothing of the owner's share";
}

TEST(session, refreshing_is_limited_to_thirty_an_hour) {
  identity_world w;
  auto pair = w.sign_in_as(mail, "sita");
  for (int n = 0; n < 30; ++n) {
    const auto next = w.refresh(pair.refresh);
    ASSERT_TRUE(next.answer) << n;
    pair = *next.answer;
  }
  EXPECT_EQ(why(w.refresh(pair.refresh)), "rate_limit_exceeded");
  w.pass(hours{1});
  EXPECT_TRUE(w.refresh(pair.refresh).answer);
}

TEST(session, a_session_dies_of_idleness_and_of_age) {
  identity_world w;
  auto pair = w.sign_in_as(mail, "sita");
  for (int month = 0; month < 6; ++month) {
    w.pass(hours{24 * 29});
    const auto next = w.refresh(pair.refresh);
    ASSERT_TRUE(next.answer) << month;
    pair = *next.answer;
  }
  w.pass(hours{24 * 7});
  EXPECT_EQ(why(w.refresh(pair.refresh)), "invalid_refresh_token") << "half a year is over";
  w.pass(minutes{2});
  pair = w.sign_in_as(mail);
  w.pass(hours{24 * 30});
  EXPECT_EQ(why(w.refresh(pair.refresh)), "invalid_refresh_token") << "nobody came for a month";
}

TEST(session, logging_out_ends_it_and_doing_it_again_is_no_error) {
  identity_world w;
  const auto pair = w.sign_in_as(mail, "sita");
  const auto done = w.now<logged_out>(w.session_desk, wish_to_leave(pair));
  ASSERT_TRUE(done.answer);
  EXPECT_TRUE(done.answer->token_revoked);
  EXPECT_EQ(done.answer->reason, log_out_reason::valid_blacklisted);
  EXPECT_EQ(w.heard->size(), 1U);
  EXPECT_EQ(why(w.refresh(pair.refresh)), "invalid_refresh_token");
  const auto again = w.now<logged_out>(w.session_desk, wish_to_leave(pair));
  ASSERT_TRUE(again.answer);
  EXPECT_EQ(again.answer->reason, log_out_reason::already_invalid);
  EXPECT_EQ(w.heard->size(), 1U);
}

TEST(session, logging_out_with_the_token_of_another_ends_only_the_callers) {
  identity_world w;
  const auto mine = w.sign_in_as(mail, "sita");
  const auto theirs = w.sign_in_as("gita@example.com", "gita");
  auto wish = wish_to_leave(mine);
  wish.token_session = *session_of_refresh_token(theirs.refresh);
  wish.token_hash = sha256_hex(theirs.refresh);
  const auto done = w.now<logged_out>(w.session_desk, wish);
  EXPECT_EQ(done.answer->reason, log_out_reason::token_mismatch);
  EXPECT_FALSE(done.answer->token_revoked);
  EXPECT_TRUE(w.refresh(theirs.refresh).answer);
  EXPECT_EQ(why(w.refresh(mine.refresh)), "invalid_refresh_token");
}

TEST(session, all_devices_end_in_whatever_order_even_when_two_ask_for_it) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    identity_world w{seed, test_settings(), seed % 2 == 0 ? 2U : 1'000U};
    std::vector<signed_in> pairs{w.sign_in_as(mail, "sita")};
    for (int n = 0; n < 3; ++n) {
      w.pass(minutes{2});
      pairs.push_back(w.sign_in_as(mail));
    }
    const auto stranger = w.sign_in_as("gita@example.com", "gita");
    const auto a = w.system.ask<logged_out>(w.session_desk, wish_to_leave(pairs[0], true));
    const auto b = w.system.ask<logged_out>(w.session_desk, wish_to_leave(pairs[1], true));
    const auto c = w.system.ask<signed_in>(w.session_desk, identity_world::wish_to_refresh(pairs[2].refresh));
    w.system.run();
    ASSERT_TRUE(a->answer && b->answer && c->is_answered()) << seed;
    for (const auto& [id, session] : w.db->sessions)
      EXPECT_EQ(session.revoked_at.has_value(), session.user == pairs[0].user.id) << seed;
    EXPECT_EQ(w.heard->size(), 4U) << "each session is announced once, seed " << seed;
    EXPECT_TRUE(w.refresh(stranger.refresh).answer) << seed;
  }
}

TEST(session, leaving_on_all_devices_does_not_wake_sessions_that_have_outlived_themselves) {
  identity_world w;
  const auto old = w.sign_in_as(mail, "sita");
  w.pass(hours{24 * 181});
  const auto pair = w.sign_in_as(mail);
  ASSERT_TRUE(w.now<logged_out>(w.session_desk, wish_to_leave(pair, true)).answer);
  EXPECT_FALSE(w.db->sessions.at(*session_of_refresh_token(old.refresh)).revoked_at);
  EXPECT_TRUE(w.db->sessions.at(*session_of_refresh_token(pair.refresh)).revoked_at);
}

}  // namespace
}  // namespace chautari::testing
