#include <gtest/gtest.h>

#include "tests/users/identity_world.hpp"

namespace chautari::testing {
namespace {

const std::string mail = "sita@example.com";
const std::string phone = "+9779812345678";

std::vector<std::string> actions_of(const identity_world& w) {
  std::vector<std::string> actions;
  for (const auto& entry : w.db->audit_log)
    actions.push_back(entry.action);
  return actions;
}

asked<signed_in> register_with(identity_world& w, const std::string& code) {
  auto wish = identity_world::wish_to_complete(phone, w.token_for(phone), "gita");
  wish.referral_code = code;
  return w.complete(std::move(wish));
}

TEST(audit_log, notes_who_registered_came_back_and_left_and_from_where) {
  identity_world w;
  const auto pair = w.sign_in_as(mail, "sita");
  w.pass(minutes{2});
  w.sign_in_as(mail);
  const auto fresh = w.refresh(pair.refresh);
  log_out wish;
  wish.session = *session_of_refresh_token(pair.refresh);
  wish.user = pair.user.id;
  wish.client = {"10.9.9.9", "phone", {}, "request-7"};
  wish.all_devices = true;
  ASSERT_TRUE(w.now<logged_out>(w.session_desk, wish).answer);
  EXPECT_EQ(actions_of(w),
            (std::vector<std::string>{"user.register", "user.login", "user.token_refresh", "user.logout"}));
  for (const auto& entry : w.db->audit_log) {
    EXPECT_EQ(entry.actor, audit_actor::user);
    EXPECT_EQ(entry.actor_id, pair.user.id.text());
    EXPECT_EQ(entry.entity_id, pair.user.id.text());
    EXPECT_TRUE(w.db->sessions.count(*session_id::parse(entry.session)));
  }
  EXPECT_EQ(w.db->audit_log.front().ip, "10.0.0.1");
  EXPECT_EQ(w.db->audit_log.back().ip, "10.9.9.9");
  EXPECT_EQ(w.db->audit_log.back().request_id, "request-7");
  EXPECT_EQ(w.db->audit_log.back().after, R"({"all_devices":true})");
}

TEST(audit_log, a_missed_code_is_nobodys_doing_and_a_strangers_is_not_noted) {
  identity_world w;
  ASSERT_TRUE(w.request(mail).answer);
  w.verify(mail, identity_world::another(w.code_of(mail)));
  EXPECT_TRUE(w.db->audit_log.empty()) << "there is nobody yet whom it could be about";
  w.pass(minutes{2});
  const auto pair = w.sign_in_as(mail, "sita");
  w.pass(minutes{2});
  ASSERT_TRUE(w.request(mail).answer);
  w.verify(mail, identity_world::another(w.code_of(mail)));
  const auto& entry = w.db->audit_log.back();
  EXPECT_EQ(entry.action, "user.login_failed");
  EXPECT_EQ(entry.actor, audit_actor::system);
  EXPECT_EQ(entry.entity_id, pair.user.id.text());
  EXPECT_EQ(entry.session, "");
}

TEST(audit_log, an_old_token_that_came_back_is_noted_with_the_address_it_came_from) {
  identity_world w;
  const auto stolen = w.sign_in_as(mail, "sita");
  ASSERT_TRUE(w.refresh(stolen.refresh).answer);
  w.pass(seconds{31});
  EXPECT_EQ(why(w.refresh(stolen.refresh)), "refresh_token_reused");
  const auto& entry = w.db->audit_log.back();
  EXPECT_EQ(entry.action, "user.token_reuse");
  EXPECT_EQ(entry.actor, audit_actor::system);
  EXPECT_EQ(entry.ip, "10.0.0.1");
}

TEST(audit_log, what_was_not_stored_is_not_noted) {
  identity_world w;
  const auto token = w.token_for(mail);
  w.db->journal_refuses = journal_refusal::unavailable;
  EXPECT_EQ(why(w.complete(identity_world::wish_to_complete(mail, token, "sita"))), "service_unavailable");
  EXPECT_TRUE(w.db->audit_log.empty());
  EXPECT_TRUE(w.db->users.empty());
}

TEST(referral, the_code_of_an_active_rider_leaves_a_link_that_waits_thirty_days) {
  identity_world w;
  const auto inviter = w.sign_in_as(mail, "sita").user;
  const auto done = register_with(w, inviter.referral_code);
  ASSERT_TRUE(done.answer);
  EXPECT_EQ(done.answer->user.referred_by, inviter.referral_code);
  ASSERT_EQ(w.db->referrals.size(), 1U);
  const auto& link = w.db->referrals.begin()->second;
  EXPECT_EQ(link.inviter, inviter.id);
  EXPECT_EQ(link.invitee, done.answer->user.id);
  EXPECT_EQ(link.status, "PENDING");
  EXPECT_EQ(link.expires_at, w.system.now() + hours{24 * 30});
  w.pass(minutes{2});
  w.sign_in_as(phone);
  EXPECT_EQ(w.db->referrals.size(), 1U) << "logging in invites nobody";
}

TEST(referral, a_code_that_is_nobodys_turns_nobody_away) {
  identity_world w;
  const auto done = register_with(w, "REFAAAAAA");
  ASSERT_TRUE(done.answer);
  EXPECT_EQ(done.answer->user.referred_by, "");
  EXPECT_TRUE(w.db->referrals.empty());
}

TEST(referral, who_is_barred_invites_nobody) {
  identity_world w;
  const auto inviter = w.sign_in_as(mail, "sita").user;
  w.db->users[inviter.id].status = user_status::banned;
  ASSERT_TRUE(register_with(w, inviter.referral_code).answer);
  EXPECT_TRUE(w.db->referrals.empty());
}

}  // namespace
}  // namespace chautari::testing
