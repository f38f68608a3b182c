/// What operators may ask of a cabinet, and how what they asked ends: the rules alone.
#include "actors/kiosks/operator_commands_rules.hpp"

#include <gtest/gtest.h>

#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

using kind = command_kind;
using state = command_state;

constexpr timestamp noon = from_ms(1'767'225'600'000);

operator_command wish_of(kind what) {
  operator_command wish;
  wish.kind = what;
  wish.slot = 3;
  wish.bank = bank_sn{101};
  wish.ssid = "shop";
  wish.reason = "technician on site";
  return wish;
}

command_setting calm() {
  command_setting setting;
  setting.is_online = true;
  return setting;
}

std::optional<command_refusal> why_not(const operator_command& wish, const command_setting& setting) {
  const auto ban = ban_of(wish, setting, noon);
  return ban ? std::optional{ban->why} : std::nullopt;
}

TEST(operator_commands, a_calm_cabinet_takes_every_command_it_knows) {
  for (const auto what :
       {kind::check, kind::check_all, kind::popup_sn, kind::reboot, kind::wifi_scan, kind::wifi_connect,
        kind::volume, kind::mode, kind::update_firmware, kind::lock_slot, kind::unlock_slot})
    EXPECT_FALSE(why_not(wish_of(what), calm())) << to_string(what);
}

TEST(operator_commands, what_a_cabinet_would_not_take_is_refused_before_it_is_stored) {
  auto wish = wish_of(kind::volume);
  for (const auto wrong : {-1, 101}) {
    wish.volume = wrong;
    EXPECT_EQ(why_not(wish, calm()), command_refusal::invalid_command);
  }
  wish = wish_of(kind::wifi_connect);
  wish.ssid = std::string(33, 'x');
  EXPECT_EQ(why_not(wish, calm()), command_refusal::invalid_command);
  wish.ssid = "shop";
  wish.password = "short";
  EXPECT_EQ(why_not(wish, calm()), command_refusal::invalid_command);
  wish = wish_of(kind::unlock_slot);
  for (const auto wrong : {0, -1, 81}) {
    wish.slot = wrong;
    EXPECT_EQ(why_not(wish, calm()), command_refusal::slot_not_found);
  }
}

// 9.1: nobody ejects without a reason; a station operator gives one for firmware, too.
TEST(operator_commands, what_moves_a_bank_wants_a_reason_of_everybody) {
  for (const auto what : {kind::popup_sn, kind::unlock_slot}) {
    auto wish = wish_of(what);
    wish.reason.clear();
    EXPECT_EQ(why_not(wish, calm()), command_refusal::reason_required);
  }
  auto wish = wish_of(kind::update_firmware);
  wish.reason.clear();
  EXPECT_FALSE(why_not(wish, calm()));
  wish.must_give_reason = true;
  EXPECT_EQ(why_not(wish, calm()), command_refusal::reason_required);
  wish.kind = kind::reboot;
  EXPECT_FALSE(why_not(wish, calm()));
}

TEST(operator_commands, an_absent_cabinet_is_told_nothing_but_the_servers_own_still_works) {
  command_setting gone = calm();
  gone.is_online = false;
  EXPECT_EQ(why_not(wish_of(kind::check), gone), command_refusal::station_offline);
  EXPECT_EQ(why_not(wish_of(kind::popup_sn), gone), command_refusal::station_offline);
  EXPECT_FALSE(why_not(wish_of(kind::lock_slot), gone));
  EXPECT_FALSE(why_not(wish_of(kind::sync_time), gone)) << "it is unsupported, wherever the cabinet is";
}

TEST(operator_commands, nothing_that_cuts_the_line_is_sent_while_a_bank_is_on_its_way_out) {
  command_setting ejecting = calm();
  ejecting.is_ejecting = true;
  for (const auto what : {kind::reboot, kind::mode, kind::wifi_connect, kind::update_firmware})
    EXPECT_EQ(why_not(wish_of(what), ejecting), command_refusal::ejection_in_flight) << to_string(what);
  for (const auto what : {kind::check, kind::wifi_scan, kind::volume, kind::popup_sn})
    EXPECT_FALSE(why_not(wish_of(what), ejecting)) << to_string(what);
}

TEST(operator_commands, commands_whose_ends_could_not_be_told_apart_exclude_each_other) {
  command_setting scanning = calm();
  scanning.under_way = {kind::wifi_scan};
  EXPECT_EQ(why_not(wish_of(kind::wifi_scan), scanning), command_refusal::command_busy);
  EXPECT_FALSE(why_not(wish_of(kind::check), scanning));
  command_setting restarting = calm();
  restarting.under_way = {kind::reboot};
  EXPECT_EQ(why_not(wish_of(kind::check), restarting), command_refusal::command_busy);
  EXPECT_FALSE(why_not(wish_of(kind::lock_slot), restarting));
  command_setting checking = calm();
  checking.under_way = {kind::check};
  EXPECT_FALSE(why_not(wish_of(kind::check), checking)) << "one picture answers both";
}

TEST(operator_commands, thirty_a_minute_and_a_restart_every_five_minutes) {
  command_setting eager = calm();
  for (std::size_t n = 0; n < limits::station_commands_a_minute_max; ++n)
    eager.issued.push_back(noon - seconds{40} + milliseconds{n});
  EXPECT_EQ(ban_of(wish_of(kind::check), eager, noon),
            (command_ban{command_refusal::rate_limit_exceeded, seconds{20}}));
  eager.issued.pop_back();
  EXPECT_FALSE(why_not(wish_of(kind::check), eager));
  command_setting fresh = calm();
  fresh.rebooted_at = noon - minutes{4};
  EXPECT_EQ(ban_of(wish_of(kind::reboot), fresh, noon),
            (command_ban{command_refusal::rate_limit_exceeded, seconds{60}}));
  EXPECT_FALSE(why_not(wish_of(kind::check), fresh));
  fresh.rebooted_at = noon - minutes{5};
  EXPECT_FALSE(why_not(wish_of(kind::reboot), fresh));
}

TEST(operator_commands, the_password_is_masked_in_what_the_ledger_keeps) {
  auto wish = wish_of(kind::wifi_connect);
  wish.password = "opensesame";
  EXPECT_EQ(parameters_of(wish), R"({"wifi_ssid":"shop","wifi_password":"***"})");
  EXPECT_NE(order_of(wish, noon, 25)->payload.find("opensesame"), std::string::npos)
      << "the cabinet needs it";
}

TEST(operator_commands, a_slot_of_the_second_port_is_opened_by_its_own_number) {
  EXPECT_NE(open_slot_order(3, noon, 25).payload.find(R"("data":"3","io":"0")"), std::string::npos);
  EXPECT_NE(open_slot_order(28, noon, 25).payload.find(R"("data":"3","io":"1")"), std::string::npos);
  EXPECT_NE(open_slot_order(11, noon, 8).payload.find(R"("data":"3","io":"1")"), std::string::npos);
}

// -- how it ends
// ------------------------------------------------------------------------------------------

struct ending {
  const char* story;
  kind what;
  exchange_event event;
  seconds after;
  std::optional<state> end;
};

TEST(operator_commands, each_kind_ends_by_what_proves_it_and_by_nothing_else) {
  const auto news = [](bool is_back, seconds after) { return line_news{is_back, noon + after}; };
  const ending table[] = {
      {"a picture answers a check", kind::check, snapshot_came{}, seconds{1}, state::ok},
      {"a list does not", kind::check, wifi_list_came{}, seconds{1}, {}},
      {"a check waits 10 s", kind::check, exchange_clock{}, seconds{9}, {}},
      {"and not longer", kind::check, exchange_clock{}, seconds{10}, state::timeout},
      {"a list answers a scan", kind::wifi_scan, wifi_list_came{}, seconds{1}, state::ok},
      {"a scan waits 15 s", kind::wifi_scan, exchange_clock{}, seconds{15}, state::timeout},
      {"the slot opened", kind::unlock_slot, slot_replied{3, ejection_class::ejected}, seconds{1}, state::ok},
      {"it did not", kind::unlock_slot, slot_replied{3, ejection_class::mechanical}, seconds{1},
       state::failed},
      {"another slot", kind::unlock_slot, slot_replied{4, ejection_class::ejected}, seconds{1}, {}},
      {"gone is not back", kind::reboot, news(false, seconds{3}), seconds{3}, {}},
      {"a new session is a restart", kind::reboot, news(true, seconds{40}), seconds{40}, state::ok},
      {"old news is not", kind::reboot, news(true, seconds{-1}), seconds{1}, {}},
      {"a restart has 180 s", kind::reboot, exchange_clock{}, seconds{180}, state::timeout},
      {"a picture is no restart", kind::reboot, snapshot_came{}, seconds{60}, {}},
      {"firmware: gone", kind::update_firmware, news(false, seconds{9}), seconds{9}, state::ok},
      {"firmware: nobody knows", kind::update_firmware, exchange_clock{}, seconds{180}, state::unanswered},
      {"volume: nobody ever knows", kind::volume, exchange_clock{}, seconds{0}, state::unanswered},
      {"adverts: nobody ever knows", kind::load_ad, exchange_clock{}, seconds{0}, state::unanswered},
      {"another network", kind::mode, news(true, seconds{30}), seconds{30}, state::ok},
      {"no new connection", kind::mode, exchange_clock{}, seconds{180}, state::timeout},
  };
  for (const auto& one : table) {
    SCOPED_TRACE(one.story);
    EXPECT_EQ(decide(exchange_sent(one.what, 3, noon), one.event, noon + one.after).end, one.end);
  }
}

TEST(operator_commands, a_reply_two_minutes_late_still_counts_and_then_no_more) {
  auto step = decide(exchange_sent(kind::check, 0, noon), exchange_clock{}, noon + seconds{10});
  EXPECT_EQ(step.end, state::timeout);
  EXPECT_EQ(decide(step.facts, snapshot_came{}, noon + seconds{129}).end, state::ok);
  step = decide(step.facts, exchange_clock{}, noon + seconds{130});
  EXPECT_FALSE(decide(step.facts, snapshot_came{}, noon + seconds{130}).end);
  EXPECT_FALSE(next_wake(step.facts));
}

TEST(operator_commands, a_reply_told_twice_ends_a_command_once) {
  const auto step = decide(exchange_sent(kind::wifi_scan, 0, noon), wifi_list_came{}, noon + seconds{2});
  EXPECT_EQ(step.end, state::ok);
  EXPECT_FALSE(decide(step.facts, wifi_list_came{}, noon + seconds{3}).end);
}

TEST(operator_commands, a_late_session_ends_a_restart_only_if_it_began_in_time) {
  auto late = decide(exchange_sent(kind::reboot, 0, noon), exchange_clock{}, noon + seconds{180}).facts;
  EXPECT_FALSE(decide(late, line_news{true, noon + seconds{200}}, noon + seconds{200}).end)
      << "why it connected, nobody knows";
  auto gone =
      decide(exchange_sent(kind::reboot, 0, noon), line_news{false, noon + seconds{5}}, noon + seconds{5})
          .facts;
  gone = decide(gone, exchange_clock{}, noon + seconds{180}).facts;
  EXPECT_EQ(decide(gone, line_news{true, noon + seconds{200}}, noon + seconds{200}).end, state::ok);
}

TEST(operator_commands, a_network_that_was_never_joined_is_given_up_for_the_sim_card) {
  const auto step = decide(exchange_sent(kind::wifi_connect, 0, noon), exchange_clock{}, noon + minutes{3});
  EXPECT_EQ(step.end, state::timeout);
  EXPECT_TRUE(step.fall_back);
  EXPECT_FALSE(decide(step.facts, line_news{true, noon + seconds{190}}, noon + seconds{190}).end)
      << "that is the SIM card";
}

TEST(operator_commands, what_the_line_said_while_the_server_was_away_nobody_knows) {
  for (const auto what : {kind::reboot, kind::wifi_connect, kind::mode}) {
    auto facts = exchange_sent(what, 0, noon);
    facts.is_recovered = true;
    const auto step = decide(facts, exchange_clock{}, noon + minutes{3});
    EXPECT_EQ(step.end, state::unanswered);
    EXPECT_FALSE(step.fall_back) << "it may be happy where it is";
  }
}

TEST(operator_commands, nothing_is_ejected_while_the_cabinet_may_be_about_to_restart) {
  EXPECT_TRUE(holds_ejections(exchange_sent(kind::reboot, 0, noon), noon + seconds{9}));
  EXPECT_FALSE(holds_ejections(exchange_sent(kind::reboot, 0, noon), noon + seconds{10}));
  EXPECT_TRUE(holds_ejections(exchange_sent(kind::unlock_slot, 3, noon), noon + seconds{14}));
  EXPECT_FALSE(holds_ejections(exchange_sent(kind::check, 0, noon), noon));
}

}  // namespace
}  // namespace chautari
