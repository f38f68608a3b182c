/// Changes of accounts while the broker answers, answers late, or does not.
#include <gtest/gtest.h>

#include "actors/kiosks/broker_accounts_actor.hpp"
#include "actors/timers/timers_actor.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/support/deterministic_system.hpp"

#include <boost/json.hpp>

namespace chautari {
namespace {

namespace json = boost::json;

struct account_world {
  testing::deterministic_system system{1};
  std::vector<json::object> said;  ///< First command of each message.
  std::optional<broker_refusal> line_refuses;
  timers_actor timers = system.spawn(chautari::timers, system.clock());
  broker_accounts_actor accounts = system.spawn(
      broker_accounts, broker_accounts_setup{[this](std::string_view words) -> std::optional<broker_refusal> {
                                               if (line_refuses) return line_refuses;
                                               const auto all = json::parse({words.data(), words.size()});
                                               said.push_back(all.at("commands").at(0).as_object());
                                               return {};
                                             },
                                             timers,
                                             system.ids(),
                                             {}});
  imei cabinet{"860000000000011"};

  template <class Wish>
  std::shared_ptr<testing::asked<account_changed>> ask(Wish wish) {
    auto reply = system.ask<account_changed>(accounts, std::move(wish));
    system.run();
    return reply;
  }
  void answer(std::size_t which, const char* error = nullptr) {
    json::object part{{"command", said.at(which).at("command")},
                      {"correlationData", said.at(which).at("correlationData")}};
    if (error != nullptr) part["error"] = error;
    system.tell(accounts, accounts_answer{json::serialize(json::object{{"responses", json::array{part}}})});
    system.run();
  }
  [[nodiscard]] std::string command(std::size_t which) const {
    return std::string{said.at(which).at("command").as_string()};
  }
};

std::optional<account_change_refusal> reason(const std::shared_ptr<testing::asked<account_changed>>& reply) {
  return reply->error ? reason_of<account_change_refusal>(*reply->error) : std::nullopt;
}

TEST(broker_accounts, an_account_that_is_not_there_is_made) {
  account_world world;
  const auto reply = world.ask(open_account{world.cabinet, "secret"});
  EXPECT_EQ(world.command(0), "setClientPassword");
  world.answer(0, "Client not found");
  EXPECT_FALSE(reply->is_answered());
  EXPECT_EQ(world.command(1), "createClient");
  world.answer(1);
  EXPECT_TRUE(reply->answer);
}

TEST(broker_accounts, an_account_made_by_a_try_whose_answer_was_lost_gets_its_password_again) {
  account_world world;
  const auto reply = world.ask(open_account{world.cabinet, "secret"});
  world.answer(0, "Client not found");
  world.system.advance(limits::account_answer_within + seconds{1});
  EXPECT_EQ(world.command(2), "createClient") << "asked again";
  world.answer(2, "Client already exists");
  EXPECT_EQ(world.command(3), "setClientPassword");
  world.answer(1);
  EXPECT_FALSE(reply->is_answered()) << "an answer to what was asked before";
  world.answer(3);
  EXPECT_TRUE(reply->answer);
}

TEST(broker_accounts, answers_are_matched_whatever_their_order) {
  account_world world;
  const auto one = world.ask(close_account{world.cabinet});
  const auto two = world.ask(close_account{imei{"860000000000022"}});
  world.answer(1);
  EXPECT_FALSE(one->is_answered());
  ASSERT_TRUE(two->answer);
  EXPECT_EQ(two->answer->cabinet.value, "860000000000022");
  world.answer(0, "Client not found");
  EXPECT_TRUE(one->answer) << "who never was is closed";
}

TEST(broker_accounts, a_silent_broker_is_asked_twice_and_given_up) {
  account_world world;
  const auto reply = world.ask(open_account{world.cabinet, "secret"});
  world.system.advance(seconds{20}, seconds{1});
  EXPECT_EQ(world.said.size(), 2U);
  EXPECT_EQ(reason(reply), account_change_refusal::unanswered);
  world.answer(1);  // Nobody waits any more.
}

TEST(broker_accounts, a_broker_that_is_away_or_refuses_is_said_so_at_once) {
  account_world world;
  world.line_refuses = broker_refusal::disconnected;
  EXPECT_EQ(reason(world.ask(open_account{world.cabinet, "x"})), account_change_refusal::disconnected);
  world.line_refuses.reset();
  const auto reply = world.ask(open_account{world.cabinet, "x"});
  world.answer(0, "Internal error");
  EXPECT_EQ(reason(reply), account_change_refusal::refused);
}

TEST(broker_accounts, no_more_changes_wait_than_the_limit) {
  account_world world;
  for (std::size_t n = 0; n < limits::account_changes_max; ++n)
    EXPECT_FALSE(world.ask(close_account{world.cabinet})->is_answered());
  EXPECT_EQ(reason(world.ask(close_account{world.cabinet})), account_change_refusal::overloaded);
}

}  // namespace
}  // namespace chautari
