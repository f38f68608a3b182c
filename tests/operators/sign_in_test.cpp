#include <algorithm>

#include "protocols/base/limits.hpp"
#include "tests/operators/operators_world.hpp"

namespace chautari::testing {
namespace {

const std::string mail = "sita@example.com";

access_claims claims_of(const operators_world& w, const operator_signed_in& pair) {
  const auto checked = w.keys->verify(pair.access, w.settings.issuer, w.settings.audience, w.system.now());
  EXPECT_TRUE(std::holds_alternative<access_claims>(checked));
  const auto* claims = std::get_if<access_claims>(&checked);
  return claims == nullptr ? access_claims{} : *claims;
}

TEST(operator_log_in, a_password_and_a_code_open_a_session_that_the_doors_know) {
  operators_world w;
  const auto sita = w.enrol(mail, operator_role::moderator);
  const auto pair = w.log_in(sita);
  const auto claims = claims_of(w, pair);
  EXPECT_EQ(claims.subject.value, sita.id.value);
  EXPECT_EQ(claims.session, pair.session.id);
  EXPECT_EQ(claims.role, "moderator");
  EXPECT_EQ(claims.expires_at - claims.issued_at, minutes{10});
  EXPECT_EQ(pair.who.last_login_at, w.system.now());
  ASSERT_EQ(w.doors->live.count(pair.session.id), 1U);
  const auto& known = w.doors->live.at(pair.session.id);
  EXPECT_EQ(known.role, operator_role::moderator);
  EXPECT_EQ(known.authenticated_at, w.system.now());
  EXPECT_EQ(known.expires_at, w.system.now() + hours{12});
}

// After the machine's clock was wrong and is right again, ours goes at half speed until they meet.
TEST(operator_log_in, a_code_is_judged_by_the_machines_clock_while_the_servers_time_is_ahead) {
  operators_world w;
  const auto sita = w.enrol(mail);
  w.server_ahead = hours{6};
  const auto of_server = totp_at(w.db->operators.at(sita.id).totp_secret, w.system.now());
  EXPECT_EQ(refusal_of(w.log_in(mail, good_password, of_server)), "invalid_credentials");
  const auto pair = w.log_in(sita);
  EXPECT_EQ(pair.who.last_login_at, w.system.now());
}

TEST(operator_log_in, answers_carry_no_secret) {
  operators_world w;
  const auto pair = w.log_in(w.enrol(mail));
  EXPECT_EQ(pair.who.password_hash + pair.who.totp_secret + pair.session.refresh_hash, "");
  const auto all = w.now<operator_list>(list_operators{});
  ASSERT_TRUE(all.answer && all.answer->operators.size() == 1);
  EXPECT_EQ(all.answer->operators[0].password_hash + all.answer->operators[0].totp_secret, "");
  const auto sessions = w.now<operator_session_list>(list_operator_sessions{pair.who.id});
  ASSERT_TRUE(sessions.answer && sessions.answer->sessions.size() == 1);
  EXPECT_EQ(sessions.answer->sessions[0].refresh_hash, "");
}

TEST(operator_log_in, every_failure_is_answered_the_same_and_costs_the_same) {
  operators_world w;
  const auto sita = w.enrol(mail);
  auto resting = w.enrol("resting@example.com");
  w.db->operators[resting.id].is_active = false;
  const auto code = w.fresh_code(sita);
  ASSERT_TRUE(w.log_in(mail, good_password, code).answer);
  struct attempt {
    const char* why;
    std::string email, password, code;
  };
  const auto next = w.fresh_code(sita);
  const attempt attempts[] = {
      {"unknown_email", "nobody@example.com", good_password, next},
      {"unknown_email", "no address", good_password, next},
      {"unknown_email", "", "", ""},
      {"wrong_password", mail, "correct horse batterz", next},
      {"wrong_code", mail, good_password, operators_world::another(next)},
      {"used_code", mail, good_password, code},
      {"inactive", "resting@example.com", good_password, totp_at(resting.totp_secret, w.system.now())},
      {"wrong_password", mail, "", next},
      {"wrong_code", mail, good_password, "12345"},
      {"locked", mail, good_password, next},
  };
  for (const auto& one : attempts) {
    const auto rows = w.db->audit_log.size(), records = w.db->records.size();
    const auto compared = *w.comparisons;
    const auto refused = w.log_in(one.email, one.password, one.code);
    EXPECT_EQ(refusal_of(refused), "invalid_credentials") << one.why;
    EXPECT_EQ(context_of(*refused.error), "") << one.why;
    EXPECT_EQ(*w.comparisons - compared, 1) << one.why;
    EXPECT_EQ(w.db->records.size() - records, 1U) << one.why;
    ASSERT_EQ(w.db->audit_log.size() - rows, 1U) << one.why;
    const auto& entry = w.db->audit_log.back();
    EXPECT_EQ(entry.action, "operator.login_failed");
    EXPECT_EQ(entry.reason, one.why);
    EXPECT_EQ(entry.actor, audit_actor::system) << "whoever tried need not be who they said";
    EXPECT_EQ(entry.ip, "10.0.0.7");
  }
  EXPECT_EQ(w.doors->live.size(), 1U);
}

TEST(operator_log_in, five_failures_lock_for_a_quarter_of_an_hour_and_a_restart_does_not_help) {
  operators_world w;
  const auto sita = w.enrol(mail);
  for (int n = 0; n < 5; ++n)
    w.log_in(mail, "guess number one", w.fresh_code(sita));
  const auto locked_at = w.system.now();
  EXPECT_EQ(refusal_of(w.log_in(mail, good_password, w.fresh_code(sita))), "invalid_credentials");
  w.begin();
  EXPECT_EQ(refusal_of(w.log_in(mail, good_password, w.fresh_code(sita))), "invalid_credentials");
  EXPECT_EQ(w.db->operators[sita.id].locked_until, locked_at + minutes{15});
  w.pass(minutes{14});
  EXPECT_FALSE(w.log_in(sita).access.empty());
  EXPECT_FALSE(w.db->operators[sita.id].locked_until);
}

TEST(operator_log_in, guesses_at_once_are_counted_one_by_one_whatever_the_order) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    operators_world w{seed};
    const auto sita = w.enrol(mail);
    const auto code = w.fresh_code(sita);
    std::vector<std::shared_ptr<asked<operator_signed_in>>> guesses;
    for (int n = 0; n < 12; ++n)
      guesses.push_back(w.system.ask<operator_signed_in>(
          w.desk, log_in_operator{mail, "guess number " + std::to_string(n), code, w.marks()}));
    w.system.run();
    for (const auto& guess : guesses)
      ASSERT_EQ(refusal_of(*guess), "invalid_credentials") << seed;
    ASSERT_TRUE(w.db->operators[sita.id].locked_until) << seed;
    const auto counted = std::count_if(w.db->audit_log.begin(), w.db->audit_log.end(),
                                       [](const auto& entry) { return entry.reason == "wrong_password"; });
    EXPECT_EQ(counted, 5) << seed << ": the others met the lock";
  }
}

TEST(operator_log_in, one_code_lets_one_in_of_two_at_once_whatever_the_order) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    operators_world w{seed};
    const auto code = w.fresh_code(w.enrol(mail));
    const log_in_operator wish{mail, good_password, code, w.marks()};
    const auto a = w.system.ask<operator_signed_in>(w.desk, wish);
    const auto b = w.system.ask<operator_signed_in>(w.desk, wish);
    w.system.run();
    ASSERT_TRUE(a->is_answered() && b->is_answered()) << seed;
    EXPECT_NE(a->answer.has_value(), b->answer.has_value()) << seed;
    EXPECT_EQ(w.db->operator_sessions.size(), 1U) << seed;
  }
}

TEST(operator_log_in, is_refused_as_unavailable_and_changes_nothing_while_storage_is_away) {
  operators_world w;
  const auto sita = w.enrol(mail);
  w.db->journal_refuses = journal_refusal::unavailable;
  const auto code = w.fresh_code(sita);
  EXPECT_EQ(refusal_of(w.log_in(mail, good_password, code)), "service_unavailable");
  EXPECT_EQ(refusal_of(w.log_in(mail, "guess number one", code)), "service_unavailable");
  EXPECT_TRUE(w.doors->told.empty());
  w.db->journal_refuses.reset();
  w.db->reader_refuses = reader_refusal::unavailable;
  EXPECT_EQ(refusal_of(w.log_in(mail, good_password, code)), "service_unavailable");
  w.db->reader_refuses.reset();
  EXPECT_TRUE(w.log_in(mail, good_password, code).answer) << "the code was not used up";
  EXPECT_EQ(w.db->operators[sita.id].failures, 0);
}

TEST(operator_log_in, more_passwords_than_can_wait_are_refused_at_once) {
  operators_world w;
  const auto code = w.fresh_code(w.enrol(mail));
  std::vector<std::shared_ptr<asked<operator_signed_in>>> crowd;
  for (std::size_t n = 0; n < 3 * limits::passwords_waiting_max; ++n)
    crowd.push_back(w.system.ask<operator_signed_in>(
        w.desk, log_in_operator{"nobody@example.com", good_password, code, w.marks()}));
  w.system.run();
  const auto turned_away = std::count_if(
      crowd.begin(), crowd.end(), [](const auto& one) { return refusal_of(*one) == "service_unavailable"; });
  EXPECT_EQ(static_cast<std::size_t>(*w.comparisons) + static_cast<std::size_t>(turned_away), crowd.size());
  EXPECT_TRUE(w.log_in(mail, good_password, code).answer) << "there is room again";
}

TEST(operator_log_in, an_eleventh_session_ends_the_oldest) {
  operators_world w;
  const auto sita = w.enrol(mail);
  const auto first = w.log_in(sita);
  for (std::size_t n = 1; n < limits::operator_sessions_max; ++n)
    w.log_in(sita);
  EXPECT_EQ(w.doors->live.size(), limits::operator_sessions_max);
  w.log_in(sita);
  EXPECT_EQ(w.doors->live.size(), limits::operator_sessions_max);
  EXPECT_EQ(w.db->operator_sessions[first.session.id].revoke_reason, "too_many_sessions");
  EXPECT_EQ(refusal_of(w.refresh(first.refresh)), "invalid_refresh_token");
}

TEST(operator_refresh, gives_new_pairs_until_twelve_hours_after_the_log_in_and_no_token_lives_longer) {
  operators_world w;
  auto pair = w.log_in(w.enrol(mail));
  const auto began = w.system.now();
  while (w.system.now() + minutes{9} < began + hours{12}) {
    w.pass(minutes{9});
    const auto next = w.refresh(pair.refresh);
    ASSERT_TRUE(next.answer) << refusal_of(next);
    EXPECT_NE(next.answer->refresh, pair.refresh);
    EXPECT_LE(claims_of(w, *next.answer).expires_at, began + hours{12});
    pair = *next.answer;
  }
  w.pass(minutes{9});
  EXPECT_EQ(refusal_of(w.refresh(pair.refresh)), "invalid_refresh_token");
}

TEST(operator_refresh, is_in_the_log_once_with_where_it_came_from) {
  operators_world w;
  const auto first = w.log_in(w.enrol(mail));
  ASSERT_TRUE(w.refresh(first.refresh).answer);
  ASSERT_TRUE(w.refresh(first.refresh).answer) << "the same answer again";
  EXPECT_EQ(w.actions(), (std::vector<std::string>{"operator.login", "operator.token_refresh"}));
  const auto& entry = w.db->audit_log.back();
  EXPECT_EQ(entry.actor_id, first.who.id.text());
  EXPECT_EQ(entry.entity_id, first.session.id.text());
  EXPECT_EQ(entry.ip, "10.0.0.7");
}

TEST(operator_refresh, a_lost_answer_is_given_again_within_thirty_seconds_and_after_a_restart_replaced) {
  operators_world w;
  const auto pair = w.log_in(w.enrol(mail));
  const auto lost = w.refresh(pair.refresh);
  w.pass(seconds{15});
  const auto again = w.refresh(pair.refresh);
  ASSERT_TRUE(lost.answer && again.answer);
  EXPECT_EQ(again.answer->refresh, lost.answer->refresh);
  w.begin();
  w.pass(seconds{14});
  const auto replaced = w.refresh(pair.refresh);
  ASSERT_TRUE(replaced.answer);
  EXPECT_NE(replaced.answer->refresh, lost.answer->refresh);
  EXPECT_TRUE(w.refresh(replaced.answer->refresh).answer);
}

TEST(operator_refresh, a_used_token_that_comes_back_ends_the_session_however_old_it_is) {
  for (const int generations : {1, 2, 5}) {
    operators_world w;
    const auto stolen = w.log_in(w.enrol(mail));
    auto thiefs = stolen;
    for (int n = 0; n < generations; ++n)
      thiefs = *w.refresh(thiefs.refresh).answer;
    w.pass(seconds{31});
    EXPECT_EQ(refusal_of(w.refresh(stolen.refresh)), "refresh_token_reused") << generations;
    EXPECT_TRUE(w.doors->live.empty()) << generations;
    ASSERT_EQ(w.doors->heard.size(), 1U);
    EXPECT_EQ(w.doors->heard[0].session, stolen.session.id);
    EXPECT_EQ(w.db->operator_sessions[stolen.session.id].revoke_reason, "refresh_token_reused");
    EXPECT_EQ(w.db->audit_log.back().action, "operator.refresh_reused");
    EXPECT_EQ(refusal_of(w.refresh(thiefs.refresh)), "invalid_refresh_token") << "the thief is out";
  }
}

TEST(operator_refresh, invented_tokens_are_refused_and_end_nothing) {
  operators_world w;
  const auto pair = w.log_in(w.enrol(mail));
  for (int n = 0; n < 20; ++n)
    EXPECT_EQ(refusal_of(w.refresh(draw_operator_token(w.everybody.ids.random, "guess", pair.session.id))),
              "invalid_refresh_token");
  EXPECT_EQ(refusal_of(w.refresh("")), "invalid_refresh_token");
  EXPECT_TRUE(w.refresh(pair.refresh).answer);
}

TEST(operator_refresh, reuse_is_not_answered_before_the_end_is_stored) {
  operators_world w;
  const auto pair = w.log_in(w.enrol(mail));
  w.refresh(pair.refresh);
  w.pass(seconds{31});
  w.db->journal_refuses = journal_refusal::unavailable;
  EXPECT_EQ(refusal_of(w.refresh(pair.refresh)), "service_unavailable");
  EXPECT_EQ(w.doors->live.size(), 1U);
  w.db->journal_refuses.reset();
  EXPECT_EQ(refusal_of(w.refresh(pair.refresh)), "refresh_token_reused");
}

TEST(operator_refresh, sessions_outlive_a_restart) {
  operators_world w;
  const auto sita = w.enrol(mail, operator_role::finance);
  const auto pair = w.log_in(sita), ended = w.log_in(sita);
  w.now<nothing>(log_out_operator{w.stamp_of(ended)});
  w.begin();
  ASSERT_EQ(w.doors->live.size(), 1U) << "only the live one";
  EXPECT_EQ(w.doors->live.at(pair.session.id).role, operator_role::finance);
  EXPECT_EQ(w.doors->live.at(pair.session.id).authenticated_at, pair.session.authenticated_at);
  EXPECT_TRUE(w.refresh(pair.refresh).answer);
}

TEST(operator_log_out, ends_the_session_once_and_is_always_answered) {
  operators_world w;
  const auto pair = w.log_in(w.enrol(mail));
  const log_out_operator wish{w.stamp_of(pair)};
  EXPECT_TRUE(w.now<nothing>(wish).answer);
  EXPECT_TRUE(w.doors->live.empty());
  EXPECT_EQ(refusal_of(w.refresh(pair.refresh)), "invalid_refresh_token");
  EXPECT_TRUE(w.now<nothing>(wish).answer);
  EXPECT_EQ(w.actions(), (std::vector<std::string>{"operator.login", "operator.logout"}));
}

TEST(operator_reauthentication, renews_what_the_doors_know_and_its_failures_count_for_the_lock) {
  operators_world w;
  const auto sita = w.enrol(mail);
  const auto pair = w.log_in(sita);
  const auto again = [&](const std::string& password) {
    return w.now<operator_reauthenticated>(
        reauthenticate_operator{w.stamp_of(pair), password, w.fresh_code(sita)});
  };
  w.pass(minutes{20});
  ASSERT_TRUE(again(good_password).answer);
  EXPECT_EQ(w.doors->live.at(pair.session.id).authenticated_at, w.system.now());
  for (int n = 0; n < 5; ++n)
    EXPECT_EQ(refusal_of(again("guess number one")), "invalid_credentials");
  EXPECT_EQ(refusal_of(again(good_password)), "invalid_credentials") << "locked";
  EXPECT_TRUE(w.db->operators[sita.id].locked_until);
  EXPECT_EQ(w.doors->live.size(), 1U) << "who is in stays in";
  w.pass(hours{12});
  EXPECT_EQ(refusal_of(again(good_password)), "session_over");
}

}  // namespace
}  // namespace chautari::testing
