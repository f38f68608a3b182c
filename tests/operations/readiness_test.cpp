#include "config/readiness.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <functional>
#include <string>
#include <vector>

namespace chautari {
namespace {

const timestamp now = from_ms(1'767'225'600'000);

readiness_facts all_is_well() {
  readiness_facts facts;
  facts.is_recovered = true;
  facts.is_broker_connected = true;
  facts.database_answered_at = now - seconds{1};
  facts.backlog_records = 10;
  facts.backlog_records_max = 1'000;
  return facts;
}

std::vector<std::string> failing(const readiness_facts& facts) {
  std::vector<std::string> names;
  for (const auto& check : judge(facts, now)) {
    if (!check.is_ok) names.push_back(check.name);
  }
  return names;
}

TEST(readiness, all_is_well_is_ready) {
  EXPECT_TRUE(failing(all_is_well()).empty());
  EXPECT_TRUE(all_ok(judge(all_is_well(), now)));
}

TEST(readiness, each_fact_alone_turns_its_own_check_red) {
  struct red_case {
    std::string check;
    std::function<void(readiness_facts&)> spoil;
  };
  const std::vector<red_case> cases{
      {"recovery", [](readiness_facts& f) { f.is_recovered = false; }},
      {"serving", [](readiness_facts& f) { f.is_draining = true; }},
      {"database", [](readiness_facts& f) { f.database_answered_at = {}; }},
      {"database",
       [](readiness_facts& f) { f.database_answered_at = now - database_answer_age_max - milliseconds{1}; }},
      {"database", [](readiness_facts& f) { f.is_database_up = false; }},
      {"journal", [](readiness_facts& f) { f.backlog_records = 900; }},
      {"broker", [](readiness_facts& f) { f.is_broker_connected = false; }},
  };
  for (const auto& [check, spoil] : cases) {
    auto facts = all_is_well();
    spoil(facts);
    EXPECT_EQ(failing(facts), std::vector<std::string>{check});
  }
}

TEST(readiness, the_last_moment_of_each_bound_is_still_green) {
  auto facts = all_is_well();
  facts.database_answered_at = now - database_answer_age_max;
  facts.backlog_records = 899;
  EXPECT_TRUE(failing(facts).empty());
}

TEST(readiness, a_clock_that_was_set_back_does_not_turn_the_database_red) {
  auto facts = all_is_well();
  facts.database_answered_at = now + hours{1};
  EXPECT_TRUE(failing(facts).empty());
}

TEST(readiness, the_json_names_every_check_with_its_state_and_detail) {
  auto facts = all_is_well();
  facts.is_broker_connected = false;
  const auto json = boost::json::parse(render(judge(facts, now))).as_object();
  EXPECT_EQ(json.at("status").as_string(), "not_ready");
  const auto& checks = json.at("checks").as_object();
  EXPECT_EQ(checks.size(), 5U);
  EXPECT_FALSE(checks.at("broker").at("ok").as_bool());
  EXPECT_EQ(checks.at("broker").at("detail").as_string(), "not connected");
  EXPECT_TRUE(checks.at("database").at("ok").as_bool());
}

}  // namespace
}  // namespace chautari
