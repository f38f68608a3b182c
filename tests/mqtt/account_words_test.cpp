#include "protocols/mqtt/account_words.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace chautari {
namespace {

const imei cabinet{"860000000000011"};

std::vector<std::string> commands_of(const std::string& words) {
  std::vector<std::string> names;
  const auto said = boost::json::parse(words);
  for (const auto& one : said.at("commands").as_array())
    names.emplace_back(one.at("command").as_string());
  return names;
}

TEST(account_words, an_account_opens_after_its_new_password_is_set) {
  const auto words = words_to_open(cabinet, "secret", "t1");
  EXPECT_EQ(commands_of(words), (std::vector<std::string>{"setClientPassword", "enableClient"}));
  const auto said = boost::json::parse(words);
  for (const auto& one : said.at("commands").as_array()) {
    EXPECT_EQ(one.at("username"), "860000000000011");
    EXPECT_EQ(one.at("correlationData"), "t1");
  }
}

TEST(account_words, a_new_account_is_bound_to_its_client_id) {
  const auto words = boost::json::parse(words_to_make(cabinet, "secret", "t1"));
  ASSERT_EQ(words.at("commands").as_array().size(), 1U);
  EXPECT_EQ(words.at("commands").at(0).at("clientid"), "860000000000011");
}

TEST(account_words, the_worst_part_of_an_answer_decides) {
  const auto replies = parse_account_replies(R"({"responses":[
    {"command":"setClientPassword","error":"Client not found","correlationData":"t1"},
    {"command":"enableClient","correlationData":"t1"},
    {"command":"createClient","error":"Client already exists","correlationData":"t2"},
    {"command":"disableClient","correlationData":"t3"},
    {"command":"createClient","error":"Internal error","correlationData":"t4"},
    {"command":"listClients"}]})");
  ASSERT_EQ(replies.size(), 4U);
  EXPECT_EQ(replies[0], (account_reply{"t1", account_outcome::not_found, "Client not found"}));
  EXPECT_EQ(replies[1].outcome, account_outcome::exists);
  EXPECT_EQ(replies[2], (account_reply{"t3", account_outcome::done, ""}));
  EXPECT_EQ(replies[3], (account_reply{"t4", account_outcome::refused, "Internal error"}));
}

TEST(account_words, no_text_makes_the_reader_fail) {
  for (const auto text : {"", "{", "[]", "null", R"({"responses":7})", R"({"responses":[1,null,{}]})",
                          R"({"responses":[{"correlationData":7,"error":[]}]})"}) {
    EXPECT_TRUE(parse_account_replies(text).empty()) << text;
  }
}

}  // namespace
}  // namespace chautari
