#include "config/operator_commands.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "config/clock.hpp"
#include "persistence/operations/audit_log.hpp"
#include "persistence/reader/questions.hpp"
#include "protocols/operators/secrets.hpp"
#include "tests/support/postgres_fixture.hpp"

namespace chautari::testing {
namespace {

class operator_commands : public ::testing::Test {
protected:
  operator_commands() {
    values.database = postgres_server::instance().make_migrated_database();
    values.operators.cost = {8, 1, 1};
    said.email = "First.Admin@Example.com";
    said.name = "First";
    said.wants_json = true;
  }
  /// What the command printed.
  boost::json::object told(int (*act)(const settings&, const operator_words&)) {
    ::testing::internal::CaptureStdout();
    EXPECT_EQ(act(values, said), 0);
    return boost::json::parse(::testing::internal::GetCapturedStdout()).as_object();
  }
  int failure(int (*act)(const settings&, const operator_words&)) {
    ::testing::internal::CaptureStderr();
    const int status = act(values, said);
    EXPECT_FALSE(::testing::internal::GetCapturedStderr().empty());
    return status;
  }
  operator_image stored() {
    database_connection database{values.database, session_kind::asking};
    const auto all = answer(database, load_operators{{}, "first.admin@example.com", false, system_clock()()});
    EXPECT_EQ(all->operators.size(), 1U);
    return all->operators.empty() ? operator_image{} : all->operators.front();
  }
  static std::string word(const boost::json::object& from, const char* field) {
    return std::string{from.at(field).as_string()};
  }

  settings values;
  operator_words said;
};

TEST_F(operator_commands, who_is_created_can_sign_in_with_what_was_printed) {
  const auto printed = told(create_operator_account);
  const auto who = stored();
  EXPECT_EQ(who.role, operator_role::super_admin);
  EXPECT_TRUE(is_password(word(printed, "password"), who.password_hash));
  const auto now = system_clock()();
  EXPECT_TRUE(step_of_totp(who.totp_secret, totp_at(word(printed, "totp_secret"), now), now));
  EXPECT_NE(word(printed, "otpauth_url").find(who.totp_secret), std::string::npos);

  EXPECT_EQ(failure(create_operator_account), 1) << "the address is taken";
  said.email = "other@example.com";
  EXPECT_EQ(failure(reset_operator_password), 1) << "nobody has it";
  said.email = "no address";
  EXPECT_EQ(failure(reset_operator_password), 1);
  said.email = "other@example.com";
  said.role = "emperor";
  EXPECT_EQ(failure(create_operator_account), 1);
  EXPECT_EQ(query(values.database, "select count(*) from operators"), "1");
}

TEST_F(operator_commands, a_reset_replaces_one_secret_ends_sessions_and_is_in_the_log_without_secrets) {
  const auto first = told(create_operator_account);
  const auto before = stored();
  run_sql(values.database,
          "insert into operator_sessions select gen_random_uuid(), id, now(), now(), now() + interval '1 h', "
          "now(), '', '', 'hash', null, now() from operators");
  const auto second = told(reset_operator_totp);
  EXPECT_FALSE(second.contains("password"));
  EXPECT_NE(word(second, "totp_secret"), before.totp_secret);
  EXPECT_EQ(stored().totp_secret, word(second, "totp_secret"));
  EXPECT_EQ(stored().password_hash, before.password_hash);
  EXPECT_EQ(query(values.database, "select revoke_reason from operator_sessions"), "credentials_changed");
  const auto third = told(reset_operator_password);
  EXPECT_TRUE(is_password(word(third, "password"), stored().password_hash));
  EXPECT_FALSE(is_password(word(first, "password"), stored().password_hash));

  const auto log = query(values.database, "select string_agg(l::text, ' ' order by seq) from audit_log as l");
  for (const auto* action : {"operator.create", "operator.totp", "operator.password", "chautari operators"})
    EXPECT_NE(log.find(action), std::string::npos) << log;
  for (const auto& secret : {word(first, "password"), before.totp_secret, word(second, "totp_secret"),
                             word(third, "password"), std::string{"argon2"}})
    EXPECT_EQ(log.find(secret), std::string::npos) << log;
  const auto report = verify_audit_log(values.database);
  EXPECT_EQ(report.finding + report.problem, "");
  EXPECT_EQ(report.rows, 3);
}

}  // namespace
}  // namespace chautari::testing
