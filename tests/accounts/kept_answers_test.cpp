#include <gtest/gtest.h>

#include "actors/accounts/account_rules.hpp"
#include "protocols/base/limits.hpp"
#include "tests/support/sample_records.hpp"

namespace chautari::testing {
namespace {

struct kept_answers : ::testing::Test {
  sample_maker make;
  account_memory memory;

  stored_answer answer(int status) {
    return {make.id<command_id>(),
            make.id<user_id>(),
            "POST /api/rentals/start",
            7,
            status,
            status == 0 ? "" : R"({"rental_id":"x"})",
            make.now()};
  }
};

TEST_F(kept_answers, of_many_commands_all_are_known_and_the_newest_have_their_text) {
  std::vector<command_id> given;
  for (std::size_t n = 0; n < limits::stored_answers_max; ++n) {
    remember_answer(memory, answer(201));
    given.push_back(memory.answers.front().id);
  }
  const auto now = make.now();
  for (std::size_t age = 0; age < given.size(); ++age) {
    const auto* known = find_answer(memory, given[given.size() - 1 - age], now);
    ASSERT_NE(known, nullptr);
    EXPECT_EQ(is_whole(*known), age < whole_answers_max);
    EXPECT_EQ(known->body_hash, 7U) << "another body is still noticed";
  }
  EXPECT_TRUE(memory.remembers_all_answers);
}

TEST_F(kept_answers, an_open_one_is_never_looked_for_in_the_database) {
  const auto open = answer(0);
  remember_answer(memory, open);
  for (std::size_t n = 0; n <= whole_answers_max; ++n)
    remember_answer(memory, answer(201));
  EXPECT_TRUE(is_whole(*find_answer(memory, open.id, make.now())));
  auto done = open;
  done.status = 409;
  done.data = "{}";
  remember_answer(memory, done);
  EXPECT_FALSE(is_whole(*find_answer(memory, open.id, make.now())));
}

}  // namespace
}  // namespace chautari::testing
