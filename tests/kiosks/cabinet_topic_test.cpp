/// The cabinet's name is the second level of its topic, and nothing else is a topic.

#include <gtest/gtest.h>

#include "protocols/kiosks/cabinet_topic.hpp"

namespace chautari {
namespace {

const imei cabinet{"860000000000011"};

TEST(cabinet_topic, the_cabinet_is_the_level_after_the_product) {
  const struct {
    std::string_view text;
    cabinet_channel channel;
  } table[]{{"/powerbank/860000000000011/user/update", cabinet_channel::update},
            {"/powerbank/860000000000011/user/heart", cabinet_channel::heart},
            {"/powerbank/860000000000011/user/upload", cabinet_channel::upload}};
  for (const auto& [text, channel] : table) {
    EXPECT_EQ(parse_cabinet_topic(text), (cabinet_topic{cabinet, channel})) << text;
    EXPECT_EQ(topic_of(cabinet, channel), text);
  }
}

TEST(cabinet_topic, commands_go_to_get_and_get_is_nothing_a_cabinet_says) {
  EXPECT_EQ(command_topic(cabinet), "/powerbank/860000000000011/user/get");
  EXPECT_FALSE(parse_cabinet_topic(command_topic(cabinet)));
}

TEST(cabinet_topic, anything_else_is_not_a_topic_of_ours) {
  for (const std::string_view text : {"",
                                      "/",
                                      "powerbank/860000000000011/user/update",
                                      "//860000000000011/user/update",
                                      "/powerbank",
                                      "/powerbank/",
                                      "/powerbank/860000000000011",
                                      "/powerbank/860000000000011/user",
                                      "/powerbank/860000000000011/user/",
                                      "/powerbank/860000000000011/user/update/",
                                      "/powerbank/860000000000011/user/updates",
                                      "/powerbank/860000000000011/user/UPDATE",
                                      "/powerbank/860000000000011/admin/update",
                                      "/powerbank//user/update",
                                      "/powerbank/+/user/update",
                                      "/powerbank/86000000000001x/user/update",
                                      "/powerbank/ 860000000000011/user/update",
                                      "/powerbank/-1/user/update",
                                      "/powerbank/123456789012345678901/user/update",
                                      "/other/860000000000011/user/update"}) {
    EXPECT_FALSE(parse_cabinet_topic(text)) << text;
  }
}

TEST(cabinet_topic, an_imei_has_one_to_twenty_digits) {
  EXPECT_EQ(parse_imei("1"), imei{"1"});
  EXPECT_EQ(parse_imei("12345678901234567890"), imei{"12345678901234567890"});
  EXPECT_FALSE(parse_imei(""));
  EXPECT_FALSE(parse_imei("123456789012345678901"));
  EXPECT_FALSE(parse_imei("86a"));
  EXPECT_FALSE(parse_imei("\xD9\xA1"));
  EXPECT_FALSE(parse_imei(std::string_view{"1\0", 2}));
}

TEST(cabinet_topic, a_shared_subscription_keeps_the_leading_slash) {
  EXPECT_EQ(shared_subscription("chautari", cabinet_subscriptions[0]),
            "$share/chautari//powerbank/+/user/update");
  EXPECT_EQ(cabinet_subscriptions[1], "/powerbank/+/user/heart");
  EXPECT_EQ(cabinet_subscriptions[2], "/powerbank/+/user/upload");
}

}  // namespace
}  // namespace chautari
