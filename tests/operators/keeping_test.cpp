#include <algorithm>

#include "tests/operators/operators_world.hpp"

namespace chautari::testing {
namespace {

/// A super_admin who is in, and a moderator who is in.
struct office : operators_world {
  operator_image chief = enrol("chief@example.com");
  operator_image helper = enrol("helper@example.com", operator_role::moderator);
  operator_signed_in chiefs = log_in(chief);
  operator_signed_in helpers = log_in(helper);

  explicit office(std::uint64_t seed = 1) : operators_world{seed} {
    begin();  // The doors begin with both of them known.
  }
};

TEST(keeping_operators, a_new_operator_logs_in_with_what_is_told_once) {
  office w;
  const auto made =
      w.now<operator_kept>(create_operator{w.stamp_of(w.chiefs), " New.One@Example.com ", "New One",
                                           operator_role::finance, "a good long password"});
  ASSERT_TRUE(made.answer) << refusal_of(made);
  const auto& who = made.answer->who;
  EXPECT_EQ(who.email, "new.one@example.com");
  EXPECT_EQ(who.created_by, w.chief.id);
  EXPECT_NE(made.answer->otpauth_url.find(made.answer->totp_secret), std::string::npos);
  const auto pair = w.log_in(who, "a good long password");
  EXPECT_EQ(w.doors->live.at(pair.session.id).role, operator_role::finance);
  const auto looked = w.now<operator_image>(look_at_operator{who.id});
  ASSERT_TRUE(looked.answer);
  EXPECT_EQ(looked.answer->totp_secret, "");
}

TEST(keeping_operators, two_with_one_address_at_once_become_one_whatever_the_order) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    office w{seed};
    const create_operator wish{w.stamp_of(w.chiefs), "new@example.com", "New", operator_role::finance,
                               "a good long password"};
    const auto a = w.system.ask<operator_kept>(w.desk, wish), b = w.system.ask<operator_kept>(w.desk, wish);
    w.system.run();
    EXPECT_NE(a->answer.has_value(), b->answer.has_value()) << seed;
    EXPECT_EQ(refusal_of(a->answer ? *b : *a), "email_taken") << seed;
    EXPECT_EQ(w.db->conflicts, 0U) << seed;
  }
}

TEST(keeping_operators, a_demotion_is_stored_and_known_to_the_doors_before_it_is_answered) {
  office w;
  auto wish = w.wish_for(w.chiefs, w.helper);
  wish.role = operator_role::finance;
  wish.reason = "another job";
  bool was_told_when_stored = true;
  w.db->after_each = [&](const record&) { was_told_when_stored = !w.doors->told.empty(); };
  const auto told_before = w.doors->told.size();
  w.doors->told.clear();
  const auto place = w.system.ask<operator_kept>(w.desk, wish);
  while (!place->is_answered() && w.system.run(1) > 0) {
    const bool is_stored = w.db->operators[w.helper.id].role == operator_role::finance;
    EXPECT_TRUE(is_stored || w.doors->told.empty()) << "told before it was stored";
  }
  w.db->after_each = {};
  ASSERT_TRUE(place->answer) << refusal_of(*place);
  EXPECT_GT(told_before, 0U);
  EXPECT_FALSE(was_told_when_stored);
  EXPECT_EQ(w.doors->live.at(w.helpers.session.id).role, operator_role::finance);
  w.system.run();
  ASSERT_EQ(w.doors->heard.size(), 1U);
  EXPECT_EQ(w.doors->heard[0].who, w.helper.id);
  EXPECT_TRUE(w.doors->heard[0].session.is_nil());
  const auto& entry = w.db->audit_log.back();
  EXPECT_EQ(entry.action, "operator.role");
  EXPECT_EQ(entry.before, R"({"role":"moderator"})");
  EXPECT_EQ(entry.after, R"({"role":"finance"})");
  EXPECT_EQ(entry.reason, "another job");
  EXPECT_EQ(entry.actor_id, w.chief.id.text());
  EXPECT_EQ(entry.request_id, "request-2");
}

TEST(keeping_operators, a_change_that_is_not_stored_is_told_to_nobody) {
  office w;
  auto wish = w.wish_for(w.chiefs, w.helper);
  wish.is_active = false;
  w.db->journal_refuses = journal_refusal::unavailable;
  EXPECT_EQ(refusal_of(w.change(wish)), "service_unavailable");
  EXPECT_EQ(w.doors->live.at(w.helpers.session.id).role, operator_role::moderator);
  EXPECT_TRUE(w.doors->heard.empty());
}

TEST(keeping_operators, who_is_put_to_rest_is_out_at_once_and_stays_out) {
  office w;
  auto wish = w.wish_for(w.chiefs, w.helper);
  wish.is_active = false;
  ASSERT_TRUE(w.change(wish).answer);
  EXPECT_EQ(w.doors->live.count(w.helpers.session.id), 0U);
  EXPECT_EQ(w.db->operator_sessions[w.helpers.session.id].revoke_reason, "deactivated");
  EXPECT_EQ(refusal_of(w.refresh(w.helpers.refresh)), "invalid_refresh_token");
  EXPECT_EQ(refusal_of(w.log_in(w.helper.email, good_password, w.fresh_code(w.helper))),
            "invalid_credentials");
  wish.is_active = true;
  ASSERT_TRUE(w.change(wish).answer);
  EXPECT_FALSE(w.log_in(w.helper).access.empty());
}

TEST(keeping_operators, two_super_admins_who_demote_each_other_at_once_leave_one_whatever_the_order) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    office w{seed};
    const auto other = w.enrol("other@example.com");
    const auto others = w.log_in(other);
    auto mine = w.wish_for(w.chiefs, other), theirs = w.wish_for(others, w.chief);
    mine.role = theirs.role = operator_role::admin;
    const auto a = w.system.ask<operator_kept>(w.desk, mine), b = w.system.ask<operator_kept>(w.desk, theirs);
    w.system.run();
    EXPECT_NE(a->answer.has_value(), b->answer.has_value()) << seed;
    EXPECT_EQ(refusal_of(a->answer ? *b : *a), "permission_denied") << seed;
  }
}

TEST(keeping_operators, a_new_password_ends_every_session_but_the_callers_own) {
  office w;
  const auto second = w.log_in(w.chief);
  auto own = w.wish_for(second, w.chief);
  own.new_password = "an even longer password";
  ASSERT_TRUE(w.change(own).answer);
  EXPECT_EQ(w.doors->live.count(w.chiefs.session.id), 0U);
  EXPECT_EQ(w.doors->live.count(second.session.id), 1U);
  EXPECT_EQ(refusal_of(w.log_in(w.chief.email, good_password, w.fresh_code(w.chief))), "invalid_credentials");
  w.log_in(w.chief, "an even longer password");

  auto others = w.wish_for(second, w.helper);
  others.reset_totp = true;
  const auto reset = w.change(others);
  ASSERT_TRUE(reset.answer);
  EXPECT_NE(reset.answer->totp_secret, w.helper.totp_secret);
  EXPECT_EQ(w.doors->live.count(w.helpers.session.id), 0U);
  EXPECT_FALSE(w.log_in(w.helper).access.empty()) << "with a code of the new secret";
}

TEST(keeping_operators, a_change_that_changes_nothing_leaves_no_trace) {
  office w;
  auto wish = w.wish_for(w.chiefs, w.helper);
  wish.name = w.helper.name;
  wish.role = w.helper.role;
  wish.is_active = true;
  const auto records = w.db->records.size();
  EXPECT_TRUE(w.change(wish).answer);
  EXPECT_EQ(w.db->records.size(), records);
}

TEST(keeping_operators, ones_own_sessions_are_ended_by_oneself_others_by_who_keeps_operators) {
  office w;
  const auto second = w.log_in(w.helper);
  const auto end = [&](const operator_signed_in& by, session_id session) {
    return w.now<nothing>(revoke_operator_session{w.stamp_of(by), session, "lost laptop"});
  };
  EXPECT_EQ(refusal_of(end(w.helpers, w.chiefs.session.id)), "session_not_found");
  EXPECT_TRUE(end(w.helpers, second.session.id).answer);
  EXPECT_EQ(w.doors->live.count(second.session.id), 0U);
  EXPECT_EQ(refusal_of(end(w.helpers, second.session.id)), "session_not_found");
  EXPECT_TRUE(end(w.chiefs, w.helpers.session.id).answer);
  EXPECT_EQ(refusal_of(end(w.helpers, w.helpers.session.id)), "session_not_found") << "they are out";
  EXPECT_EQ(w.db->audit_log.back().action, "operator.session_revoked");
  EXPECT_EQ(w.db->audit_log.back().reason, "lost laptop");
}

TEST(keeping_operators, each_change_and_its_audit_entry_are_one_record) {
  office w;
  std::vector<std::string> bare;
  w.db->after_each = [&](const record& entry) {
    const auto has = [&](auto is_it) {
      return std::any_of(entry.parts.begin(), entry.parts.end(),
                         [&](const auto& part) { return std::visit(is_it, part); });
    };
    const bool changes_somebody =
        has([]<class Part>(const Part&) { return std::is_same_v<Part, operator_image>; });
    const bool is_audited = has([]<class Part>(const Part&) { return std::is_same_v<Part, audit_entry>; });
    if (changes_somebody && !is_audited) bare.push_back(entry.id.text());
  };
  w.now<operator_kept>(create_operator{w.stamp_of(w.chiefs), "new@example.com", "New", operator_role::finance,
                                       "a good long password"});
  auto wish = w.wish_for(w.chiefs, w.helper);
  wish.name = "Another";
  w.change(wish);
  wish.new_password = "an even longer password";
  wish.reset_totp = true;
  w.change(wish);
  w.log_in(w.helper.email, "guess number one", "000000");
  w.log_in(w.helper, "an even longer password");
  EXPECT_TRUE(bare.empty());
  EXPECT_EQ(w.db->audit_log.size(), 2U + 5U);
}

TEST(keeping_operators, no_secret_is_in_the_audit_log) {
  office w;
  std::vector<std::string> secrets{good_password, "an even longer password", "a good long password",
                                   "guess number one"};
  const auto made = w.now<operator_kept>(create_operator{w.stamp_of(w.chiefs), "new@example.com", "New",
                                                         operator_role::finance, "a good long password"});
  auto wish = w.wish_for(w.chiefs, w.helper);
  wish.new_password = "an even longer password";
  wish.reset_totp = true;
  w.change(wish);
  w.log_in(w.helper.email, "guess number one", "000000");
  w.log_in("nobody@example.com", "guess number one", "000000");
  w.refresh(w.chiefs.refresh);
  w.pass(seconds{31});
  w.refresh(w.chiefs.refresh);
  secrets.push_back(made.answer->totp_secret);
  secrets.push_back(w.chiefs.refresh);
  for (const auto& [id, who] : w.db->operators) {
    secrets.push_back(who.password_hash);
    secrets.push_back(who.totp_secret);
  }
  for (const auto& [id, session] : w.db->operator_sessions)
    secrets.push_back(session.refresh_hash);
  for (const auto& entry : w.db->audit_log) {
    const auto text = entry.before + entry.after + entry.reason + entry.entity_id + entry.actor_id;
    for (const auto& secret : secrets)
      EXPECT_EQ(text.find(secret), std::string::npos) << entry.action << ": " << text;
    EXPECT_EQ(text.find("nobody@"), std::string::npos) << "addresses nobody has are masked";
  }
  EXPECT_EQ(w.db->audit_log.back().action, "operator.refresh_reused");
}

TEST(keeping_operators, what_the_command_line_writes_beside_us_counts_without_a_restart) {
  office w;
  const auto fresh = w.enrol("fresh@example.com", operator_role::finance);
  const auto pair = w.log_in(fresh);
  EXPECT_EQ(w.doors->live.at(pair.session.id).role, operator_role::finance);

  // A reset: another password, and the sessions are over.
  w.db->operators[fresh.id].password_hash =
      hash_of_password("an even longer password", cheap_password, w.everybody.ids.random);
  w.db->operator_sessions[pair.session.id].revoked_at = w.system.now();
  EXPECT_EQ(refusal_of(w.refresh(pair.refresh)), "invalid_refresh_token");
  EXPECT_EQ(w.doors->live.count(pair.session.id), 0U);
  EXPECT_EQ(refusal_of(w.log_in(fresh.email, good_password, w.fresh_code(fresh))), "invalid_credentials");
  EXPECT_FALSE(w.log_in(fresh, "an even longer password").access.empty());
}

}  // namespace
}  // namespace chautari::testing
