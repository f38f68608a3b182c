/// The exact JSON a cabinet is sent.

#include <gtest/gtest.h>

#include "protocols/kiosks/cabinet_command.hpp"

namespace chautari {
namespace {

using kind = cabinet_command_kind;

constexpr timestamp at_noon = from_ms(1'767'225'600'999);

TEST(cabinet_command, commands_without_parameters_are_one_word) {
  const struct {
    kind command;
    std::string_view payload;
  } table[]{{kind::check, R"({"cmd":"check"})"},
            {kind::check_all, R"({"cmd":"check_all"})"},
            {kind::check_log, R"({"cmd":"check_log"})"},
            {kind::upload_all, R"({"cmd":"upload_all"})"},
            {kind::get_wifi, R"({"cmd":"getWifi"})"},
            {kind::reboot, R"({"cmd":"reboot"})"},
            {kind::close, R"({"cmd":"close"})"},
            {kind::load_ad, R"({"cmd":"load_ad"})"},
            {kind::push_version_publish, R"({"cmd":"push_version_publish"})"},
            {kind::push_version_apk, R"({"cmd":"push_version_apk"})"}};
  for (const auto& [command, payload] : table) {
    const auto built = plain_command(command);
    ASSERT_TRUE(built) << payload;
    EXPECT_EQ(built->kind, command);
    EXPECT_EQ(built->payload, payload);
  }
  EXPECT_EQ(check_command(), plain_command(kind::check));
  EXPECT_EQ(check_all_command(), plain_command(kind::check_all));
}

TEST(cabinet_command, a_command_with_parameters_cannot_be_built_without_them) {
  for (const kind command :
       {kind::popup, kind::popup_sn, kind::set_wifi, kind::set_mode, kind::volume, kind::open}) {
    EXPECT_FALSE(plain_command(command)) << to_string(command);
  }
}

TEST(cabinet_command, an_ejection_carries_time_and_lifetime_as_text) {
  EXPECT_EQ(popup_sn_command(bank_sn{40000001}, at_noon).payload,
            R"({"cmd":"popup_sn","data":"40000001","timestamp":"1767225600","ttl":"15"})");
  EXPECT_EQ(popup_sn_command(unreadable_bank_sn, at_noon, seconds{7}).payload,
            R"({"cmd":"popup_sn","data":"4294967295","timestamp":"1767225600","ttl":"7"})");
  EXPECT_EQ(popup_command(3, 0, at_noon).payload,
            R"({"cmd":"popup","data":"3","io":"0","timestamp":"1767225600","ttl":"15"})");
  EXPECT_EQ(popup_command(80, 1, at_noon).payload,
            R"({"cmd":"popup","data":"80","io":"1","timestamp":"1767225600","ttl":"15"})");
}

TEST(cabinet_command, quotes_in_a_network_name_stay_inside_the_name) {
  const auto command = set_wifi_command(R"(a","cmd":"reboot)", "pass\\word\"1");
  ASSERT_TRUE(command);
  EXPECT_EQ(command->payload,
            R"({"cmd":"setWifi","username":"a\",\"cmd\":\"reboot","password":"pass\\word\"1"})");
}

TEST(cabinet_command, a_network_name_has_1_to_32_bytes_and_a_password_8_to_63_or_none) {
  EXPECT_FALSE(set_wifi_command("", "password"));
  EXPECT_TRUE(set_wifi_command(std::string(32, 'x'), "password"));
  EXPECT_FALSE(set_wifi_command(std::string(33, 'x'), "password"));
  EXPECT_FALSE(set_wifi_command("shop", "short12"));
  EXPECT_TRUE(set_wifi_command("shop", std::string(63, 'x')));
  EXPECT_FALSE(set_wifi_command("shop", std::string(64, 'x')));
  const auto open_network = set_wifi_command("shop", "");
  ASSERT_TRUE(open_network);
  EXPECT_EQ(open_network->payload, R"({"cmd":"setWifi","username":"shop","password":""})");
}

TEST(cabinet_command, a_password_is_never_loggable) {
  const auto command = set_wifi_command("shop \"one\"", "very secret");
  ASSERT_TRUE(command);
  EXPECT_EQ(loggable_payload(*command), R"({"cmd":"setWifi","username":"shop \"one\"","password":"***"})");
  EXPECT_EQ(loggable_payload({kind::set_wifi, "very secret and no json"}), R"({"cmd":"setWifi"})");
  EXPECT_EQ(loggable_payload(check_command()), check_command().payload);
}

TEST(cabinet_command, mode_volume_and_screen_take_text_values) {
  EXPECT_EQ(set_mode_command(network_mode::wifi).payload, R"({"cmd":"setMode","data":"wifi"})");
  EXPECT_EQ(set_mode_command(network_mode::mobile).payload, R"({"cmd":"setMode","data":"4g"})");
  EXPECT_EQ(volume_command(0)->payload, R"({"cmd":"volume","data":"0"})");
  EXPECT_EQ(volume_command(100)->payload, R"({"cmd":"volume","data":"100"})");
  EXPECT_FALSE(volume_command(101));
  EXPECT_EQ(open_command(hours{1}).payload, R"({"cmd":"open","data":"3600"})");
}

TEST(cabinet_command, only_ejections_go_at_quality_zero) {
  for (auto command = kind::check; command <= kind::push_version_apk;
       command = static_cast<kind>(static_cast<int>(command) + 1)) {
    const bool ejects = command == kind::popup || command == kind::popup_sn;
    EXPECT_EQ(quality_of_service(command), ejects ? 0 : 1) << to_string(command);
  }
}

TEST(cabinet_command, a_command_knows_its_answer_and_how_long_to_wait) {
  EXPECT_EQ(reply_of(kind::check), a8_command::snapshot);
  EXPECT_EQ(reply_of(kind::check_all), a8_command::snapshot);
  EXPECT_EQ(reply_of(kind::popup), a8_command::slot_ejection);
  EXPECT_EQ(reply_of(kind::popup_sn), a8_command::bank_ejection);
  EXPECT_EQ(reply_of(kind::get_wifi), a8_command::wifi_scan);
  EXPECT_FALSE(reply_of(kind::upload_all));
  EXPECT_EQ(reply_wait(kind::check), seconds{10});
  EXPECT_EQ(reply_wait(kind::popup_sn), seconds{15});
  EXPECT_EQ(reply_wait(kind::upload_all), seconds{30});
  EXPECT_EQ(reply_wait(kind::reboot), seconds{180});
  EXPECT_EQ(reply_wait(kind::volume), seconds{0});
}

}  // namespace
}  // namespace chautari
