#include <gtest/gtest.h>

#include <algorithm>

#include "tests/users/identity_world.hpp"

namespace chautari::testing {
namespace {

const std::string mail = "sita@example.com";
const std::string phone = "+9779812345678";

TEST(sign_in, a_new_address_registers_and_the_next_time_logs_in) {
  identity_world w;
  const auto first = w.sign_in_as(phone, "sita");
  EXPECT_TRUE(first.is_new_user);
  EXPECT_EQ(first.user.phone, phone);
  EXPECT_EQ(first.user.email, "");
  EXPECT_EQ(first.expires_in, seconds{900});
  w.pass(minutes{2});
  const auto second = w.sign_in_as(phone);
  EXPECT_FALSE(second.is_new_user);
  EXPECT_EQ(second.user.id, first.user.id);
  EXPECT_EQ(second.user.last_login_at, w.system.now());
  EXPECT_EQ(w.db->users.size(), 1U);
  EXPECT_EQ(w.db->sessions.size(), 2U);
  EXPECT_EQ(w.db->conflicts, 0U) << w.db->last_conflict;
}

TEST(sign_in, the_access_token_says_who_and_which_session) {
  identity_world w;
  const auto done = w.sign_in_as(mail, "sita");
  const auto checked = w.keys->verify(done.access, "chautari", "app", w.system.now());
  const auto* claims = std::get_if<access_claims>(&checked);
  ASSERT_NE(claims, nullptr);
  EXPECT_EQ(claims->subject, done.user.id);
  EXPECT_EQ(claims->session, session_of_refresh_token(done.refresh));
  EXPECT_TRUE(w.db->sessions.count(claims->session));
}

TEST(sign_in, who_registers_is_welcomed_once) {
  identity_world w;
  w.sign_in_as(mail, "sita");
  EXPECT_EQ(w.messages_to(mail, "welcome"), 1U);
  w.pass(minutes{2});
  w.sign_in_as(mail);
  EXPECT_EQ(w.messages_to(mail, "welcome"), 1U);
}

TEST(sign_in, registering_gives_the_signup_points_once_and_balanced) {
  identity_world w;
  const auto done = w.sign_in_as(mail, "sita");
  EXPECT_EQ(w.db->balance("P200", done.user.id.value, commodity::pts), 50);
  EXPECT_EQ(w.db->balance("2400"), 500);
  EXPECT_EQ(w.db->balance("5200.signup"), -500);
  w.pass(minutes{2});
  w.sign_in_as(mail);
  EXPECT_EQ(w.db->balance("P200", done.user.id.value, commodity::pts), 50);
  EXPECT_EQ(w.db->journals.count("points:signup:" + done.user.id.text()), 1U);
}

TEST(sign_in, nothing_stored_or_logged_shows_a_code_or_a_token) {
  identity_world w;
  const auto token = w.token_for(mail);
  const auto code = w.code_of(mail);
  ASSERT_EQ(code.size(), 6U);
  for (const auto& [id, row] : w.db->outbox)
    EXPECT_EQ(row.variables.find(code), std::string::npos);
  for (const auto& [key, image] : w.db->otps)
    EXPECT_NE(image.hash, code);
  EXPECT_EQ(w.db->verification_tokens.count(token), 0U);
  const auto done = w.complete(identity_world::wish_to_complete(mail, token, "sita"));
  ASSERT_TRUE(done.answer);
  for (const auto& [id, image] : w.db->refresh_tokens)
    EXPECT_EQ(image.hash, sha256_hex(done.answer->refresh));
  for (const auto& entry : *w.logged) {
    for (const auto& [name, value] : entry.fields)
      EXPECT_EQ(value.find(code), std::string::npos) << entry.id;
  }
}

TEST(sign_in, the_answer_to_a_request_does_not_tell_whether_an_account_exists) {
  identity_world known;
  known.sign_in_as(mail, "sita");
  known.pass(minutes{2});
  identity_world unknown;
  unknown.pass(minutes{2});
  const auto a = known.request(mail);
  const auto b = unknown.request(mail);
  ASSERT_TRUE(a.answer && b.answer);
  EXPECT_EQ(a.answer->identifier, b.answer->identifier);
  EXPECT_EQ(a.answer->expires_in, b.answer->expires_in);
  EXPECT_EQ(a.answer->resend_after, b.answer->resend_after);
  EXPECT_EQ(known.provider->sent.back().template_id, unknown.provider->sent.back().template_id);
}

TEST(sign_in, the_purpose_is_told_only_to_whoever_has_the_code) {
  identity_world w;
  w.request(mail);
  EXPECT_EQ(w.verify(mail, w.code_of(mail)).answer->purpose, sign_in_purpose::register_user);
  w.pass(minutes{2});
  w.sign_in_as(mail, "sita");
  w.pass(minutes{2});
  w.request(mail);
  EXPECT_EQ(w.verify(mail, w.code_of(mail)).answer->purpose, sign_in_purpose::log_in);
}

TEST(sign_in, a_username_is_no_address_to_log_in_with) {
  identity_world w;
  w.sign_in_as(mail, "x9812345678");
  const auto other = w.sign_in_as(phone, "gita");
  EXPECT_TRUE(other.is_new_user);
  EXPECT_EQ(w.db->users.size(), 2U);
}

TEST(sign_in, limits_of_an_address_survive_a_restart) {
  identity_world w;
  EXPECT_TRUE(w.request(mail).answer);
  w.begin();
  EXPECT_EQ(why(w.request(mail)), "rate_limit_exceeded");
  EXPECT_TRUE(w.request(phone).answer) << "another address is not concerned";
}

TEST(sign_in, misses_are_stored_before_they_are_answered) {
  identity_world w;
  w.request(mail);
  const auto wrong = identity_world::another(w.code_of(mail));
  for (int miss = 1; miss <= 4; ++miss) {
    EXPECT_EQ(why(w.verify(mail, wrong)), "invalid_otp");
    EXPECT_EQ(w.db->otps.begin()->second.attempts, miss);
    w.begin();  // A restart gives no attempt back.
  }
  EXPECT_EQ(why(w.verify(mail, wrong)), "invalid_otp");
  EXPECT_EQ(why(w.verify(mail, w.code_of(mail))), "otp_expired") << "the fifth miss killed the code";
}

TEST(sign_in, three_killed_codes_lock_for_a_quarter_of_an_hour) {
  identity_world w;
  for (int n = 0; n < 3; ++n) {
    ASSERT_TRUE(w.request(mail).answer);
    const auto wrong = identity_world::another(w.code_of(mail));
    for (int miss = 0; miss < 5; ++miss)
      w.verify(mail, wrong);
    w.pass(minutes{2});
  }
  EXPECT_EQ(why(w.verify(mail, w.code_of(mail))), "otp_locked");
  EXPECT_EQ(why(w.request(mail)), "rate_limit_exceeded");
  w.pass(minutes{13});
  EXPECT_TRUE(w.request(mail).answer);
  EXPECT_TRUE(w.verify(mail, w.code_of(mail)).answer);
}

TEST(sign_in, of_many_tries_at_once_only_five_count_whatever_the_order) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    identity_world w{seed};
    w.request(mail);
    const auto right = w.code_of(mail);
    std::vector<std::shared_ptr<asked<code_verified>>> tries;
    for (int n = 0; n < 8; ++n)
      tries.push_back(w.system.ask<code_verified>(
          w.sign_in_desk,
          verify_code{mail, code_purpose::auth, identity_world::another(right), identity_world::marks()}));
    w.system.run();
    const auto misses =
        std::count_if(tries.begin(), tries.end(), [](const auto& one) { return why(*one) == "invalid_otp"; });
    EXPECT_EQ(misses, 5) << seed;
    EXPECT_EQ(why(w.verify(mail, right)), "otp_expired") << seed;
  }
}

TEST(sign_in, two_who_share_the_last_attempt_do_not_both_get_in) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    identity_world w{seed};
    w.request(mail);
    const auto right = w.code_of(mail);
    for (int miss = 0; miss < 4; ++miss)
      w.verify(mail, identity_world::another(right));
    const verify_code wish{mail, code_purpose::auth, right, identity_world::marks()};
    const auto a = w.system.ask<code_verified>(w.sign_in_desk, wish);
    const auto b = w.system.ask<code_verified>(w.sign_in_desk, wish);
    w.system.run();
    EXPECT_NE(a->answer.has_value(), b->answer.has_value()) << seed;
  }
}

TEST(sign_in, one_verification_token_makes_one_user_whatever_the_order) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    identity_world w{seed};
    const auto token = w.token_for(mail);
    const auto a =
        w.system.ask<signed_in>(w.sign_in_desk, identity_world::wish_to_complete(mail, token, "sita"));
    const auto b =
        w.system.ask<signed_in>(w.sign_in_desk, identity_world::wish_to_complete(mail, token, "gita"));
    w.system.run();
    EXPECT_NE(a->answer.has_value(), b->answer.has_value()) << seed;
    EXPECT_EQ(w.db->users.size(), 1U) << seed;
    EXPECT_EQ(w.db->sessions.size(), 1U) << seed;
    EXPECT_EQ(w.db->conflicts, 0U) << seed;
  }
}

TEST(sign_in, two_addresses_that_want_one_name_at_once_make_one_user_and_one_may_choose_again) {
  int raced = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    identity_world w{seed};
    const auto token_a = w.token_for(mail);
    const auto token_b = w.token_for(phone);
    const auto a =
        w.system.ask<signed_in>(w.sign_in_desk, identity_world::wish_to_complete(mail, token_a, "sita"));
    const auto b =
        w.system.ask<signed_in>(w.sign_in_desk, identity_world::wish_to_complete(phone, token_b, "Sita"));
    w.system.run();
    ASSERT_NE(a->answer.has_value(), b->answer.has_value()) << seed;
    EXPECT_EQ(why(a->answer ? *b : *a), "username_taken") << seed;
    raced += w.db->conflicts > 0 ? 1 : 0;
    const auto again = a->answer ? w.complete(identity_world::wish_to_complete(phone, token_b, "gita"))
                                 : w.complete(identity_world::wish_to_complete(mail, token_a, "gita"));
    EXPECT_TRUE(again.answer) << "a taken name does not use up the token, seed " << seed;
    EXPECT_EQ(w.db->users.size(), 2U);
  }
  EXPECT_GT(raced, 0) << "no schedule reached the database's guard";
}

TEST(sign_in, a_referral_code_drawn_twice_is_drawn_again) {
  // The same seed draws the same codes: the first history tells what the second one will draw.
  const auto history = [](const std::string& taken) {
    identity_world w{7};
    w.sign_in_as(mail, "sita");
    if (!taken.empty()) w.db->users.begin()->second.referral_code = taken;
    return std::pair{w.sign_in_as(phone, "gita").user.referral_code, w.db->conflicts};
  };
  const auto [drawn, quiet] = history("");
  EXPECT_EQ(quiet, 0U);
  const auto [drawn_again, conflicts] = history(drawn);
  EXPECT_EQ(conflicts, 1U);
  EXPECT_TRUE(drawn_again.starts_with("REF"));
  EXPECT_NE(drawn_again, drawn);
}

TEST(sign_in, strangers_who_invent_tokens_lock_nobody_out_and_tokens_of_the_address_are_counted) {
  identity_world w;
  const auto others = w.token_for(phone);
  for (int n = 0; n < 2 * w.settings.completes_per_hour; ++n) {
    w.complete(identity_world::wish_to_complete(mail, n % 2 == 0 ? others : "nonsense", "gita"));
  }
  const auto token = w.token_for(mail);
  ASSERT_TRUE(w.complete(identity_world::wish_to_complete(mail, token, "sita")).answer);
  for (int n = 1; n < w.settings.completes_per_hour; ++n) {
    EXPECT_EQ(why(w.complete(identity_world::wish_to_complete(mail, token, "sita"))),
              "verification_token_expired");
  }
  EXPECT_EQ(why(w.complete(identity_world::wish_to_complete(mail, token, "sita"))), "rate_limit_exceeded");
  w.pass(hours{1});
  EXPECT_EQ(why(w.complete(identity_world::wish_to_complete(mail, token, "sita"))),
            "verification_token_expired");
}

TEST(sign_in, a_token_of_another_address_an_old_one_and_another_clients_do_not_count) {
  identity_world w;
  const auto token = w.token_for(mail);
  EXPECT_EQ(why(w.complete(identity_world::wish_to_complete(phone, token, "sita"))), "identifier_mismatch");
  EXPECT_EQ(why(w.complete(identity_world::wish_to_complete(mail, "nonsense", "sita"))),
            "verification_token_expired");
  auto stolen = identity_world::wish_to_complete(mail, token, "sita");
  stolen.client.fingerprint = sha256_hex("another client");
  EXPECT_EQ(why(w.complete(stolen)), "verification_token_expired");
  w.pass(minutes{10});
  EXPECT_EQ(why(w.complete(identity_world::wish_to_complete(mail, token, "sita"))),
            "verification_token_expired");
  EXPECT_TRUE(w.db->users.empty());
}

TEST(sign_in, a_correctable_refusal_leaves_the_token_usable_and_a_success_does_not) {
  identity_world w;
  const auto token = w.token_for(mail);
  EXPECT_EQ(why(w.complete(identity_world::wish_to_complete(mail, token, ""))), "username_required");
  EXPECT_TRUE(w.complete(identity_world::wish_to_complete(mail, token, "sita")).answer);
  EXPECT_EQ(why(w.complete(identity_world::wish_to_complete(mail, token, "sita"))),
            "verification_token_expired");
}

TEST(sign_in, a_ban_counts_at_the_next_sign_in) {
  identity_world w;
  const auto done = w.sign_in_as(mail, "sita");
  w.db->users[done.user.id].status = user_status::banned;
  w.pass(minutes{2});
  const auto token = w.token_for(mail);
  EXPECT_EQ(why(w.complete(identity_world::wish_to_complete(mail, token, ""))), "account_banned");
  EXPECT_EQ(w.db->sessions.size(), 1U);
}

TEST(sign_in, a_database_that_is_away_changes_nothing) {
  identity_world w;
  w.db->reader_refuses = reader_refusal::unavailable;
  EXPECT_EQ(why(w.request(mail)), "service_unavailable");
  w.db->reader_refuses.reset();
  w.db->journal_refuses = journal_refusal::unavailable;
  EXPECT_EQ(why(w.request(mail)), "service_unavailable");
  EXPECT_TRUE(w.provider->sent.empty()) << "a code that is not stored is not sent";
  w.db->journal_refuses.reset();
  const auto token = w.token_for(mail);
  w.db->journal_refuses = journal_refusal::overloaded;
  EXPECT_EQ(why(w.complete(identity_world::wish_to_complete(mail, token, "sita"))), "service_unavailable");
  w.db->journal_refuses.reset();
  EXPECT_TRUE(w.complete(identity_world::wish_to_complete(mail, token, "sita")).answer);
}

TEST(sign_in, a_provider_that_is_out_of_order_is_told_and_costs_no_attempt) {
  identity_world w;
  w.provider->answer = {delivery_outcome::try_again, "no line"};
  EXPECT_TRUE(w.request(mail).answer) << "nobody knew yet";
  EXPECT_EQ(why(w.request(phone)), "otp_delivery_unavailable");
  w.provider->answer = {};
  w.pass(seconds{5});
  EXPECT_EQ(w.code_of(mail).size(), 6U) << "the message was kept and sent later";
  EXPECT_TRUE(w.request(phone).answer);
}

TEST(sign_in, a_full_house_lets_the_oldest_sleep_and_loses_nothing) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    identity_world w{seed, test_settings(), 2};
    std::vector<std::shared_ptr<asked<code_requested>>> all;
    for (int n = 0; n < 12; ++n)
      all.push_back(w.system.ask<code_requested>(w.sign_in_desk,
                                                 request_code{"r" + std::to_string(n % 6) + "@example.com"}));
    w.system.run();
    EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const auto& one) { return one->answer.has_value(); }),
              6)
        << seed;
    EXPECT_EQ(std::count_if(all.begin(), all.end(),
                            [](const auto& one) { return why(*one) == "rate_limit_exceeded"; }),
              6);
  }
}

}  // namespace
}  // namespace chautari::testing
