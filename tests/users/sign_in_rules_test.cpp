#include "actors/users/sign_in_rules.hpp"

#include <gtest/gtest.h>

#include "tests/users/identity_world.hpp"

namespace chautari {
namespace {

using testing::test_settings;

constexpr timestamp start = from_ms(1'767'225'600'000);

std::string word(const std::optional<caf::error>& why) {
  return why ? to_string(*reason_of<identity_refusal>(*why)) : "";
}

otp_image image_with(const std::string& hash, timestamp now = start) {
  return with_new_code({}, hash, now, test_settings());
}

/// Misses a fresh code until it is dead; what the last miss was told.
std::string kill(otp_image& image, timestamp now) {
  image = with_new_code(image, "right", now, test_settings());
  std::string said;
  for (int miss = 0; miss < test_settings().code_attempts_max; ++miss) {
    const auto verdict = judge_code(image, "wrong", now, test_settings());
    said = word(verdict.refusal) + context_of(*verdict.refusal);
    if (verdict.next) image = *verdict.next;
  }
  return said;
}

TEST(windows, room_comes_back_when_the_oldest_of_the_window_leaves_it) {
  std::vector<timestamp> times;
  EXPECT_FALSE(wait_for_room(times, start, seconds{60}, 2));
  note_time(times, start, seconds{60}, 2);
  note_time(times, start + seconds{10}, seconds{60}, 2);
  EXPECT_EQ(wait_for_room(times, start + seconds{20}, seconds{60}, 2), seconds{40});
  EXPECT_EQ(wait_for_room(times, start + milliseconds{59'500}, seconds{60}, 2), seconds{1});
  EXPECT_FALSE(wait_for_room(times, start + seconds{60}, seconds{60}, 2));
  note_time(times, start + seconds{60}, seconds{60}, 2);
  EXPECT_EQ(times.size(), 2U);
  EXPECT_EQ(wait_for_room(times, start + seconds{61}, seconds{60}, 2), seconds{9});
}

TEST(code_requests, one_a_minute_five_an_hour_ten_a_day) {
  otp_image image;
  const auto ask = [&](timestamp at) {
    const auto why = refuse_code(image, at, test_settings());
    if (!why) image = with_new_code(image, "hash", at, test_settings());
    return why ? context_of(*why) : "";
  };
  EXPECT_EQ(ask(start), "");
  EXPECT_EQ(ask(start + seconds{1}), R"({"retry_after_seconds":59})");
  for (int n = 1; n < 5; ++n)
    EXPECT_EQ(ask(start + n * minutes{1}), "");
  EXPECT_EQ(ask(start + minutes{5}), R"({"retry_after_seconds":3300})");
  for (int n = 0; n < 5; ++n)
    EXPECT_EQ(ask(start + hours{2} + n * minutes{1}), "");
  EXPECT_EQ(ask(start + hours{4}), R"({"retry_after_seconds":72000})");
  EXPECT_EQ(ask(start + hours{24}), "");
  EXPECT_EQ(image.requested_at.size(), 10U);
}

TEST(code_requests, a_new_code_replaces_the_old_one_and_forgives_no_kill) {
  auto image = image_with("old");
  image.attempts = 4;
  image.kills = 2;
  image = with_new_code(image, "new", start + minutes{1}, test_settings());
  EXPECT_EQ(image.hash, "new");
  EXPECT_EQ(image.attempts, 0);
  EXPECT_EQ(image.kills, 2);
  EXPECT_EQ(word(judge_code(image, "old", start + minutes{1}, test_settings()).refusal), "invalid_otp");
}

TEST(codes, the_right_code_counts_once_and_until_it_expires) {
  const auto image = image_with("right");
  EXPECT_EQ(word(judge_code(image, "right", start + seconds{300}, test_settings()).refusal), "otp_expired");
  const auto verdict = judge_code(image, "right", start + seconds{299}, test_settings());
  ASSERT_FALSE(verdict.refusal);
  ASSERT_TRUE(verdict.next);
  EXPECT_EQ(word(judge_code(*verdict.next, "right", start + seconds{299}, test_settings()).refusal),
            "otp_expired");
  EXPECT_EQ(word(judge_code({}, "", start, test_settings()).refusal), "otp_expired")
      << "no code was ever asked for";
}

TEST(codes, the_fifth_miss_kills_and_the_right_code_comes_too_late) {
  auto image = image_with("right");
  for (int left = 4; left >= 0; --left) {
    const auto verdict = judge_code(image, "wrong", start, test_settings());
    EXPECT_EQ(context_of(*verdict.refusal), "{\"attempts_left\":" + std::to_string(left) + "}");
    image = *verdict.next;
  }
  const auto late = judge_code(image, "right", start, test_settings());
  EXPECT_EQ(word(late.refusal), "otp_expired");
  EXPECT_FALSE(late.next);
}

TEST(codes, three_killed_codes_within_an_hour_lock_and_locks_double_up_to_a_day) {
  otp_image image;
  auto now = start;
  for (const auto* wanted : {"900", "1800", "3600", "7200", "14400", "28800", "57600", "86400", "86400"}) {
    kill(image, now);
    kill(image, now + minutes{10});
    EXPECT_EQ(kill(image, now + minutes{20}),
              std::string{R"(otp_locked{"retry_after_seconds":)"} + wanted + "}");
    EXPECT_EQ(word(judge_code(image, "right", now + minutes{21}, test_settings()).refusal), "otp_locked");
    EXPECT_EQ(word(refuse_code(image, now + minutes{21}, test_settings())), "rate_limit_exceeded");
    now = *image.locked_until;
    EXPECT_NE(word(judge_code(image, "right", now, test_settings()).refusal), "otp_locked")
        << "the lock is over";
  }
}

TEST(codes, kills_an_hour_apart_do_not_lock) {
  otp_image image;
  for (int n = 0; n < 6; ++n)
    EXPECT_EQ(kill(image, start + n * minutes{31}).substr(0, 11),
              n == 2 || n == 5 ? "invalid_otp" : "invalid_otp");
  EXPECT_FALSE(image.locked_until);
}

TEST(codes, a_day_after_a_lock_and_a_right_code_both_begin_again_at_a_quarter_of_an_hour) {
  otp_image image;
  for (int n = 0; n < 3; ++n)
    kill(image, start);
  ASSERT_EQ(image.lock_minutes, 15);
  auto later = *image.locked_until + hours{24};
  auto after_a_day = image;
  for (int n = 0; n < 3; ++n)
    kill(after_a_day, later);
  EXPECT_EQ(after_a_day.lock_minutes, 15);

  auto after_success = with_new_code(image, "right", *image.locked_until, test_settings());
  after_success = *judge_code(after_success, "right", *image.locked_until, test_settings()).next;
  EXPECT_EQ(after_success.lock_minutes, 0);
  EXPECT_FALSE(after_success.locked_until);
}

TEST(completion, whoever_is_barred_or_wants_another_outcome_is_told_so) {
  user_image owner;
  const complete_sign_in plain{"a@example.com", "t", "", "", {}, {}};
  auto log_in = plain;
  log_in.insists = sign_in_purpose::log_in;
  auto registering = plain;
  registering.username = "sita";
  registering.insists = sign_in_purpose::register_user;
  EXPECT_EQ(word(refuse_completion({}, plain)), "username_required");
  EXPECT_EQ(word(refuse_completion({}, log_in)), "user_not_found");
  EXPECT_EQ(word(refuse_completion({}, registering)), "");
  EXPECT_EQ(word(refuse_completion(owner, plain)), "");
  EXPECT_EQ(word(refuse_completion(owner, log_in)), "");
  EXPECT_EQ(word(refuse_completion(owner, registering)), "user_already_exists");
  owner.status = user_status::banned;
  EXPECT_EQ(word(refuse_completion(owner, plain)), "account_banned");
  owner.status = user_status::deleted;
  EXPECT_EQ(word(refuse_completion(owner, plain)), "account_deactivated");
}

TEST(completion, signing_in_wakes_an_account_that_only_idleness_had_put_to_rest) {
  user_image owner;
  owner.status = user_status::inactive;
  EXPECT_EQ(word(refuse_completion(owner, {})), "");
  EXPECT_EQ(after_log_in(owner, start).status, user_status::active);
  EXPECT_EQ(after_log_in(owner, start).last_login_at, start);
}

TEST(settings, a_start_without_pepper_or_with_senseless_figures_is_refused) {
  EXPECT_EQ(check(test_settings()), "");
  EXPECT_NE(check(identity_settings{}), "");
  auto settings = test_settings();
  settings.code_requests_per_day = 11;
  EXPECT_NE(check(settings), "");
  settings = test_settings();
  settings.access_life = hours{2};
  EXPECT_NE(check(settings), "");
}

}  // namespace
}  // namespace chautari
