#include "http/users/token_gate.hpp"

#include <gtest/gtest.h>

#include "tests/users/identity_world.hpp"

namespace chautari::testing {
namespace {

struct gate_fixture {
  timestamp now = from_ms(1'767'225'600'000);
  id_source ids{[this] { return now; },
                [n = std::uint64_t{0}]() mutable { return ++n * 0x9E3779B97F4A7C15ULL; }};
  token_gate gate;
  user_id user = ids.make<user_id>();
  session_id session = ids.make<session_id>();

  explicit gate_fixture(std::size_t barred_max = 100)
      : gate{test_keys(), test_settings(), [this] { return now; }, barred_max} {}

  std::string token(const std::string& role = "user", const std::string& audience = "app") {
    return test_keys()->sign(
        {"chautari", audience, user, session, ids.make<token_id>(), role, 1, now, now, now + minutes{15}});
  }
  /// "" if the token opens the gate.
  std::string verdict(const std::string& text) {
    const auto checked = gate.check(text);
    const auto* why = std::get_if<auth_failure>(&checked);
    return why == nullptr ? "" : std::to_string(why->status) + " " + why->code;
  }
};

TEST(token_gate, a_good_token_names_its_caller) {
  gate_fixture f;
  const auto checked = f.gate.check(f.token());
  const auto* who = std::get_if<caller>(&checked);
  ASSERT_NE(who, nullptr);
  EXPECT_EQ(who->user, f.user);
  EXPECT_EQ(who->session, f.session);
  EXPECT_EQ(who->role, caller_role::user);
  EXPECT_EQ(who->expires_at, f.now + minutes{15});
}

TEST(token_gate, anything_else_stays_outside) {
  gate_fixture f;
  EXPECT_EQ(f.verdict(""), "401 unauthenticated");
  EXPECT_EQ(f.verdict(f.token("admin")), "401 unauthenticated");
  EXPECT_EQ(f.verdict(f.token("user", "admin")), "401 unauthenticated");
  const auto token = f.token();
  f.now += minutes{15};
  EXPECT_EQ(f.verdict(token), "401 token_expired");
}

TEST(token_gate, an_ended_session_is_barred_at_once_and_its_neighbour_is_not) {
  gate_fixture f;
  const auto token = f.token();
  f.session = f.ids.make<session_id>();
  const auto neighbour = f.token();
  const auto ended = std::get<access_claims>(test_keys()->verify(token, "chautari", "app", f.now)).session;
  f.gate.bar({ended, f.user, f.now});
  f.gate.bar({ended, f.user, f.now});
  EXPECT_EQ(f.verdict(token), "401 token_revoked");
  EXPECT_EQ(f.verdict(neighbour), "");
  EXPECT_EQ(f.gate.remembered(), 1U);
}

TEST(token_gate, a_user_is_barred_for_what_was_given_out_before) {
  gate_fixture f;
  const auto before = f.token();
  f.gate.bar({session_id{}, f.user, f.now + milliseconds{500}});
  EXPECT_EQ(f.verdict(before), "401 token_revoked");
  f.now += seconds{1};
  EXPECT_EQ(f.verdict(f.token()), "");
  EXPECT_EQ(f.verdict(before), "401 token_revoked");
}

TEST(token_gate, what_was_barred_before_a_restart_stays_barred) {
  gate_fixture f;
  const auto banned = f.ids.make<user_id>();
  f.gate.recover({{f.session, f.now - minutes{1}}}, {banned});
  EXPECT_EQ(f.verdict(f.token()), "401 token_revoked");
  f.session = f.ids.make<session_id>();
  EXPECT_EQ(f.verdict(f.token()), "");
  f.user = banned;
  EXPECT_EQ(f.verdict(f.token()), "403 account_banned");
}

TEST(token_gate, memory_is_as_long_as_a_token_lives_and_never_longer_than_its_limit) {
  gate_fixture f{10};
  for (int n = 0; n < 100; ++n)
    f.gate.bar({f.ids.make<session_id>(), f.user, f.now});
  EXPECT_LE(f.gate.remembered(), 10U);
  f.now += minutes{15};
  f.gate.bar({f.ids.make<session_id>(), f.user, f.now});
  EXPECT_EQ(f.gate.remembered(), 1U);
}

}  // namespace
}  // namespace chautari::testing
