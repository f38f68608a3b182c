#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/support/rider_client.hpp"
#include "tests/support/riders_stage.hpp"

namespace chautari {
namespace {

using testing::rider_client;
using testing::riders_stage;
using testing::stage_options;

/// Who may call what. A new row does not pass before somebody has written it down here.
const std::map<std::string, access> matrix{
    {"GET /api/stations", access::public_access},
    {"GET /api/stations/nearby", access::public_access},
    {"GET /api/stations/{sn}", access::public_access},
    {"GET /api/payments/packages", access::public_access},
    {"GET /api/rentals/packages", access::public_access},
    {"POST /api/payments/calculate-options", access::user_access},
    {"GET /api/stations/favorites", access::user_access},
    {"POST /api/stations/{sn}/favorite", access::user_access},
    {"DELETE /api/stations/{sn}/favorite", access::user_access},
    {"POST /api/stations/{sn}/report-issue", access::user_access},
    {"GET /api/stations/{sn}/issues", access::user_access},
    {"GET /api/issues/my-reports", access::user_access},
    {"GET /api/app/issue-types", access::public_access},
    {"POST /api/rentals/start", access::user_access},
    {"GET /api/rentals/active", access::user_access},
    {"GET /api/rentals/history", access::user_access},
    {"GET /api/rentals/stats", access::user_access},
    {"GET /api/rentals/{id}", access::user_access},
    {"GET /api/rentals/{id}/explanation", access::user_access},
    {"GET /api/rentals/{id}/calculate-due", access::user_access},
    {"POST /api/rentals/{id}/extend", access::user_access},
    {"POST /api/rentals/{id}/swap", access::user_access},
    {"POST /api/rentals/{id}/cancel", access::user_access},
    {"POST /api/rentals/{id}/pay-due", access::user_access},
    {"POST /api/rentals/{id}/issues", access::user_access},
    {"POST /api/rentals/{id}/location", access::user_access},
    {"GET /api/payments/wallet/balance", access::user_access},
    {"GET /api/payments/transactions", access::user_access},
    {"POST /api/payments/wallet/demo-credit", access::user_access},
    {"GET /api/payments/methods", access::public_access},
    {"POST /api/payments/wallet/topup-intent", access::user_access},
    {"GET /api/payments/status/{id}", access::user_access},
    {"POST /api/payments/verify", access::user_access},
    {"POST /api/payments/cancel/{id}", access::user_access},
};

std::string name_of(const endpoint& row) { return std::string{to_text(row.verb)} + " " + row.path; }

struct access_matrix_test : ::testing::Test {
  riders_stage stage{stage_options{.has_demo_credit = true}};
};

TEST_F(access_matrix_test, every_row_is_open_to_whom_the_matrix_says_and_no_row_is_missing) {
  std::map<std::string, access> served;
  for (const auto& row : stage.rows())
    EXPECT_TRUE(served.emplace(name_of(row), row.who).second) << name_of(row) << " is there twice";
  EXPECT_EQ(served, matrix);
}

TEST_F(access_matrix_test, under_overload_a_start_is_a_new_rental_and_whatever_is_read_is_a_read) {
  for (const auto& row : stage.rows()) {
    const bool is_start = name_of(row) == "POST /api/rentals/start";
    const auto wanted = is_start                       ? work_kind::new_rental
                        : row.verb == http_method::get ? work_kind::reads
                                                       : work_kind::rider;
    EXPECT_EQ(work_of(row), wanted) << name_of(row);
  }
}

TEST_F(access_matrix_test, without_the_flag_only_the_demo_credit_is_gone) {
  riders_stage real;
  EXPECT_EQ(real.rows().size() + 1, stage.rows().size());
  for (const auto& row : real.rows())
    EXPECT_EQ(row.path.find("demo"), std::string::npos);
}

TEST_F(access_matrix_test, rows_that_are_not_public_refuse_who_may_not_call_under_all_their_names) {
  rider_client anybody{stage.port()};
  rider_client late{stage.port(), "expired"};
  rider_client operators{stage.port(), "admin"};
  for (const auto& row : stage.rows()) {
    if (row.who == access::public_access) continue;
    auto paths = row.aliases;
    paths.push_back(row.path);
    for (const auto& path : paths) {
      EXPECT_EQ(anybody.ask(to_text(row.verb), path).status, 401) << path;
      EXPECT_EQ(late.ask(to_text(row.verb), path).code(), "token_expired") << path;
      EXPECT_EQ(operators.ask(to_text(row.verb), path).status, 403) << path;
    }
  }
}

TEST_F(access_matrix_test, openapi_describes_every_row_and_who_may_call_it) {
  rider_client anybody{stage.port()};
  const auto document = anybody.get("/api/openapi.json");
  EXPECT_EQ(document.status, 200);
  const auto paths = document.json().at("paths").as_object();
  for (const auto& row : stage.rows()) {
    ASSERT_TRUE(paths.contains(row.path)) << row.path;
    std::string verb{to_text(row.verb)};
    for (char& c : verb)
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const auto& verbs = paths.at(row.path).as_object();
    ASSERT_TRUE(verbs.contains(verb)) << name_of(row);
    const auto& operation = verbs.at(verb).as_object();
    EXPECT_FALSE(operation.at("summary").as_string().empty()) << name_of(row);
    EXPECT_EQ(operation.contains("security"), row.who != access::public_access) << name_of(row);
    EXPECT_EQ(operation.contains("requestBody"), row.body == body_kind::json) << name_of(row);
    EXPECT_EQ(boost::json::value(operation).at("responses").as_object().contains("200"), true);
  }
}

TEST_F(access_matrix_test, whatever_moves_money_or_a_cabinet_wants_an_idempotency_key) {
  const std::set<std::string> moving{"POST /api/rentals/start",
                                     "POST /api/rentals/{id}/extend",
                                     "POST /api/rentals/{id}/swap",
                                     "POST /api/rentals/{id}/cancel",
                                     "POST /api/rentals/{id}/pay-due",
                                     "POST /api/payments/wallet/demo-credit",
                                     "POST /api/payments/wallet/topup-intent"};
  for (const auto& row : stage.rows())
    EXPECT_EQ(row.wants_idempotency_key, moving.contains(name_of(row))) << name_of(row);
}

}  // namespace
}  // namespace chautari
