#include "actors/operators/operator_rules.hpp"

#include <gtest/gtest.h>

#include "protocols/base/limits.hpp"
#include "protocols/operators/secrets.hpp"

namespace chautari::testing {
namespace {

const timestamp noon = from_ms(1'767'268'800'000);
const std::string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const operator_settings figures;

operator_id id_of(std::uint64_t number) { return operator_id{make_uuid_v7(noon, 1, number << 8)}; }
session_id session_of(std::uint64_t number) { return session_id{make_uuid_v7(noon, 2, number << 8)}; }

operator_image person(std::uint64_t number, operator_role role) {
  operator_image who;
  who.id = id_of(number);
  who.email = "person" + std::to_string(number) + "@example.com";
  who.role = role;
  who.totp_secret = secret;
  return who;
}

operator_session_image session_for(std::uint64_t number, operator_id owner, timestamp authenticated_at) {
  operator_session_image session;
  session.id = session_of(number);
  session.owner = owner;
  session.authenticated_at = authenticated_at;
  session.expires_at = authenticated_at + hours{12};
  return session;
}

/// 1 and 2 are super_admins, 3 is an admin, 4 a moderator; each in a session of their number.
operator_book book_of_four() {
  operator_book book;
  const operator_role roles[] = {operator_role::super_admin, operator_role::super_admin, operator_role::admin,
                                 operator_role::moderator};
  for (std::uint64_t number = 1; number <= 4; ++number) {
    book.operators[id_of(number)] = person(number, roles[number - 1]);
    book.sessions[session_of(number)] = session_for(number, id_of(number), noon);
  }
  return book;
}

change_operator wish(std::uint64_t by, std::uint64_t whom) {
  change_operator made;
  made.stamp = {id_of(by), session_of(by), {}, {}, {}};
  made.id = id_of(whom);
  return made;
}

std::string word(std::optional<operator_refusal> why) { return why ? to_string(*why) : "allowed"; }

TEST(operator_locks, the_fifth_failure_locks_and_each_lock_within_a_day_is_twice_as_long) {
  auto who = person(1, operator_role::admin);
  auto now = noon;
  for (const int length : {15, 30, 60, 120, 240, 480, 960, 1440, 1440}) {
    for (int failure = 1; failure <= 5; ++failure) {
      EXPECT_FALSE(who.locked_until && *who.locked_until > now) << length << "/" << failure;
      who = *judge_credentials(&who, false, "", now, now, figures).next;
    }
    ASSERT_TRUE(who.locked_until);
    EXPECT_EQ(*who.locked_until - now, minutes{length});
    now = *who.locked_until;
  }
  now += hours{25};
  for (int failure = 1; failure <= 5; ++failure)
    who = *judge_credentials(&who, false, "", now, now, figures).next;
  EXPECT_EQ(*who.locked_until - now, minutes{15}) << "a day later it begins anew";
}

TEST(operator_locks, a_locked_operator_is_refused_whatever_they_show_and_it_does_not_count) {
  auto who = person(1, operator_role::admin);
  who.locked_until = noon + minutes{15};
  const auto right = judge_credentials(&who, true, totp_at(secret, noon), noon, noon, figures);
  EXPECT_EQ(right.why, "locked");
  EXPECT_FALSE(right.next);
  EXPECT_FALSE(judge_credentials(&who, false, "", noon, noon, figures).next);
  const auto later = noon + minutes{15};
  const auto verdict = judge_credentials(&who, true, totp_at(secret, later), later, later, figures);
  ASSERT_TRUE(verdict.is_good());
  EXPECT_EQ(verdict.next->failures, 0);
  EXPECT_FALSE(verdict.next->locked_until);
  EXPECT_EQ(verdict.next->lock_minutes, 0);
}

TEST(operator_codes, no_time_step_counts_twice_and_none_before_it) {
  auto who = person(1, operator_role::admin);
  const auto first = judge_credentials(&who, true, totp_at(secret, noon), noon, noon, figures);
  ASSERT_TRUE(first.is_good());
  who = *first.next;
  EXPECT_EQ(judge_credentials(&who, true, totp_at(secret, noon), noon, noon, figures).why, "used_code");
  EXPECT_EQ(judge_credentials(&who, true, totp_at(secret, noon - seconds{30}), noon, noon, figures).why,
            "used_code");
  EXPECT_TRUE(
      judge_credentials(&who, true, totp_at(secret, noon + seconds{30}), noon, noon, figures).is_good());
}

TEST(operator_refreshes, follow_the_table) {
  const auto owner = person(1, operator_role::admin);
  auto inactive = owner;
  inactive.is_active = false;
  auto session = session_for(1, owner.id, noon);
  session.refresh_hash = "live";
  session.previous_hash = "past";
  session.rotated_at = noon;
  const auto judge = [&](const operator_image& who, const char* hash, bool is_known, milliseconds after) {
    return judge_refresh(&session, &who, hash, is_known, noon + after, figures);
  };
  EXPECT_EQ(judge(owner, "live", false, hours{1}), operator_refresh::rotate);
  EXPECT_EQ(judge(owner, "past", true, milliseconds{29'999}), operator_refresh::repeat);
  EXPECT_EQ(judge(owner, "past", false, milliseconds{29'999}), operator_refresh::replace_lost);
  EXPECT_EQ(judge(owner, "past", true, seconds{30}), operator_refresh::reused);
  EXPECT_EQ(judge(owner, "old1", true, seconds{1}), operator_refresh::reused);
  EXPECT_EQ(judge(owner, "live", true, hours{12}), operator_refresh::refused);
  EXPECT_EQ(judge(inactive, "live", true, seconds{1}), operator_refresh::refused);
  EXPECT_EQ(judge_refresh(nullptr, &owner, "live", true, noon, figures), operator_refresh::refused);
}

TEST(operator_refreshes, a_replaced_successor_does_not_lengthen_the_grace_of_its_predecessor) {
  auto session = session_for(1, id_of(1), noon);
  session.refresh_hash = "first";
  session = renewed(session, operator_refresh::rotate, "second", {}, noon);
  session = renewed(session, operator_refresh::replace_lost, "third", {}, noon + seconds{20});
  EXPECT_EQ(session.refresh_hash, "third");
  EXPECT_EQ(session.previous_hash, "first");
  EXPECT_EQ(session.rotated_at, noon);
}

TEST(keeping_operators, follows_the_table) {
  struct row {
    const char* what;
    std::uint64_t by, whom;
    void (*ask)(change_operator&);
    const char* expected;
  };
  const auto demote = [](change_operator& made) { made.role = operator_role::moderator; };
  const auto put_to_rest = [](change_operator& made) { made.is_active = false; };
  const auto rename = [](change_operator& made) { made.name = "another"; };
  const auto repassword = [](change_operator& made) { made.new_password = "a good long password"; };
  const auto weaken = [](change_operator& made) { made.new_password = "short"; };
  const row rows[] = {
      {"a super_admin demotes another", 1, 2, demote, "allowed"},
      {"and puts them to rest", 1, 2, put_to_rest, "allowed"},
      {"nobody changes their own role", 1, 1, demote, "own_role"},
      {"nobody puts themselves to rest", 1, 1, put_to_rest, "own_activity"},
      {"one's own name", 4, 4, rename, "allowed"},
      {"one's own password", 4, 4, repassword, "allowed"},
      {"a moderator's own role", 4, 4, [](change_operator& made) { made.role = operator_role::super_admin; },
       "own_role"},
      {"an admin keeps nobody", 3, 4, rename, "permission_denied"},
      {"not even passwords", 3, 4, repassword, "permission_denied"},
      {"a short password", 1, 4, weaken, "unfit_password"},
      {"somebody unknown", 1, 9, rename, "operator_not_found"},
      {"a caller without session", 9, 1, demote, "session_over"},
  };
  for (const auto& one : rows) {
    auto made = wish(one.by, one.whom);
    one.ask(made);
    EXPECT_EQ(word(refuse_change(book_of_four(), made, noon)), one.expected) << one.what;
  }
}

TEST(keeping_operators, the_last_active_super_admin_stays) {
  auto book = book_of_four();
  EXPECT_FALSE(book.is_last_super_admin(id_of(1)));
  book.operators[id_of(2)].is_active = false;
  EXPECT_TRUE(book.is_last_super_admin(id_of(1)));
  // Whoever may keep operators is a super_admin, so only a matrix that lets others do it could get here.
  auto demoted = wish(2, 1);
  book.operators[id_of(2)].is_active = true;
  demoted.role = operator_role::finance;
  EXPECT_EQ(word(refuse_change(book, demoted, noon)), "allowed");
  book.operators[id_of(1)].role = operator_role::finance;
  EXPECT_TRUE(book.is_last_super_admin(id_of(2)));
}

TEST(keeping_operators, wants_a_password_and_a_code_shown_within_five_minutes) {
  auto made = wish(1, 2);
  made.name = "another";
  EXPECT_EQ(word(refuse_change(book_of_four(), made, noon + minutes{5} - milliseconds{1})), "allowed");
  EXPECT_EQ(word(refuse_change(book_of_four(), made, noon + minutes{5})), "reauthentication_required");
  made = wish(4, 4);
  made.name = "another";
  EXPECT_EQ(word(refuse_change(book_of_four(), made, noon + minutes{5})), "reauthentication_required");
  EXPECT_EQ(word(refuse_change(book_of_four(), made, noon + hours{12})), "session_over");
}

TEST(keeping_operators, ending_somebody_elses_session_wants_a_fresh_password_ending_ones_own_does_not) {
  const auto book = book_of_four();
  const auto end = [&](std::uint64_t by, std::uint64_t whose, timestamp now) {
    return word(refuse_revocation(book, wish(by, by).stamp, book.live(session_of(whose), now), now));
  };
  EXPECT_EQ(end(1, 4, noon), "allowed");
  EXPECT_EQ(end(1, 4, noon + minutes{5}), "reauthentication_required");
  EXPECT_EQ(end(4, 4, noon + minutes{5}), "allowed");
  EXPECT_EQ(end(4, 1, noon + minutes{5}), "session_not_found") << "nobody learns of others' sessions";
  EXPECT_EQ(end(1, 9, noon), "session_not_found");
  EXPECT_EQ(end(9, 1, noon), "session_not_found");
}

TEST(keeping_operators, there_is_a_limit_to_them) {
  auto book = book_of_four();
  create_operator made;
  made.stamp = wish(1, 1).stamp;
  made.password = "a good long password";
  EXPECT_EQ(word(refuse_creation(book, made, "new@example.com", noon)), "allowed");
  EXPECT_EQ(word(refuse_creation(book, made, "person2@example.com", noon)), "email_taken");
  EXPECT_EQ(word(refuse_creation(book, made, {}, noon)), "invalid_email");
  for (std::uint64_t number = 5; number <= limits::operators_max; ++number)
    book.operators[id_of(number)] = person(number, operator_role::finance);
  EXPECT_EQ(word(refuse_creation(book, made, "new@example.com", noon)), "too_many_operators");
}

TEST(operator_sessions, those_that_a_change_ends_follow_from_what_it_changes) {
  const auto ended = [](void (*ask)(change_operator&), std::uint64_t whom) {
    auto made = wish(1, whom);
    ask(made);
    return sessions_ended_by(book_of_four(), made, noon).size();
  };
  EXPECT_EQ(ended([](change_operator& made) { made.is_active = false; }, 2), 1U);
  EXPECT_EQ(ended([](change_operator& made) { made.new_password = "x"; }, 2), 1U);
  EXPECT_EQ(ended([](change_operator& made) { made.reset_totp = true; }, 2), 1U);
  EXPECT_EQ(ended([](change_operator& made) { made.role = operator_role::finance; }, 2), 0U);
  EXPECT_EQ(ended([](change_operator& made) { made.new_password = "x"; }, 1), 0U) << "the caller's own";
}

TEST(operator_sessions, one_more_than_the_limit_ends_the_oldest) {
  std::vector<operator_session_image> newest_first;
  for (std::uint64_t number = 12; number > 0; --number)
    newest_first.push_back(session_for(number, id_of(1), noon));
  const auto surplus = surplus_of(newest_first, 10);
  ASSERT_EQ(surplus.size(), 3U);
  EXPECT_EQ(surplus.front().id, session_of(3));
  EXPECT_EQ(surplus.back().id, session_of(1));
  newest_first.resize(9);
  EXPECT_TRUE(surplus_of(newest_first, 10).empty());
}

}  // namespace
}  // namespace chautari::testing
