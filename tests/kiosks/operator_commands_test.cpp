/// Operators' commands through the real kiosk and station: stored, then sent once, and ended as it was.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "tests/support/operator_stories.hpp"

namespace chautari {
namespace {

using namespace testing;
using kind = command_kind;
using state = command_state;

TEST(kiosk_commands, a_command_is_stored_as_sent_with_its_audit_line_before_it_is_published) {
  under_all_schedules([](cabinet_world& world) {
    world.log->published.clear();
    world.db->after_each = [&](const record& entry) {
      for (const auto& part : entry.parts) {
        const auto* command = std::get_if<command_image>(&part);
        if (command == nullptr || command->kind != kind::wifi_scan) continue;
        EXPECT_EQ(command->state, state::sent);
        EXPECT_EQ(world.count_published("getWifi"), 0U);
      }
    };
    const auto wish = wish_for(world, kind::wifi_scan);
    const auto answer = given(world, wish);
    world.db->after_each = {};
    ASSERT_TRUE(answer.command);
    EXPECT_EQ(answer.command->state, state::sent);
    EXPECT_EQ(world.count_published("getWifi"), 1U);
    const auto line = audit_of(world, wish.id);
    ASSERT_TRUE(line);
    EXPECT_EQ(line->action, "command.wifi_scan");
    EXPECT_EQ(line->actor_id, wish.by.who.text());
    EXPECT_EQ(answer.command->issued_by, "operator:" + wish.by.who.text());
  });
}

TEST(kiosk_commands, without_a_journal_nothing_is_sent_and_the_operator_learns_it) {
  under_all_schedules([](cabinet_world& world) {
    world.db->journal_refuses = journal_refusal::unavailable;
    const auto answer = given(world, wish_for(world, kind::reboot));
    EXPECT_EQ(reason_of<journal_refusal>(*answer.error), journal_refusal::unavailable);
    world.advance(seconds{5});
    EXPECT_EQ(world.count_published("reboot"), 0U);
  });
}

TEST(kiosk_commands, without_a_broker_a_command_has_failed_and_says_so) {
  under_all_schedules([](cabinet_world& world) {
    world.log->broker_refuses = broker_refusal::disconnected;
    const auto wish = wish_for(world, kind::volume);
    given(world, wish);
    EXPECT_EQ(in_ledger(world, wish).state, state::failed);
    EXPECT_EQ(in_ledger(world, wish).result, R"({"error":"disconnected"})");
    EXPECT_EQ(told(world, wish), (std::vector{state::sent, state::failed}));
  });
}

TEST(kiosk_commands, a_restart_that_never_left_us_may_be_asked_for_again_at_once) {
  under_all_schedules([](cabinet_world& world) {
    world.log->broker_refuses = broker_refusal::disconnected;
    given(world, wish_for(world, kind::reboot));
    world.log->broker_refuses.reset();
    EXPECT_FALSE(refused(world, wish_for(world, kind::reboot)));
    EXPECT_EQ(world.count_published("reboot"), 1U);
    EXPECT_EQ(refused(world, wish_for(world, kind::reboot)), command_refusal::rate_limit_exceeded);
  });
}

TEST(kiosk_commands, a_check_that_waits_is_answered_with_the_decoded_picture) {
  under_all_schedules([](cabinet_world& world) {
    auto wish = wish_for(world, kind::check_all);
    wish.waits_for_end = true;
    const auto asked = ask(world, wish);
    EXPECT_FALSE(asked->is_answered());
    world.slots[2].code = 6;
    world.send_snapshot();
    ASSERT_TRUE(asked->answer);
    EXPECT_EQ(asked->answer->command.state, state::ok);
    const auto result = boost::json::parse(asked->answer->command.result);
    const auto& slots = result.at("slots").as_array();
    ASSERT_EQ(slots.size(), 8U);
    EXPECT_EQ(slots[0].at("serial").as_string(), "101");
    EXPECT_EQ(slots[0].at("power_percent").as_int64(), 90);
    EXPECT_EQ(slots[0].at("status").as_string(), "OCCUPIED");
    EXPECT_EQ(slots[1].at("status").as_string(), "ERROR");
    EXPECT_EQ(slots[7].at("status").as_string(), "AVAILABLE");
    EXPECT_EQ(slots[7].at("micro_switch").as_string(), "open");
    EXPECT_TRUE(slots[7].at("serial").is_null());
  });
}

TEST(kiosk_commands, silence_is_a_timeout_and_a_late_reply_corrects_it) {
  under_all_schedules([](cabinet_world& world) {
    auto wish = wish_for(world, kind::wifi_scan);
    wish.waits_for_end = true;
    const auto asked = ask(world, wish);
    world.advance(seconds{16});
    ASSERT_TRUE(asked->answer);
    EXPECT_EQ(asked->answer->command.state, state::timeout);
    EXPECT_EQ(count_events(world, "operator.action", feed_severity::warning), 1U);
    world.advance(seconds{60}, seconds{1});
    world.send(wifi_list{{"shop, upstairs", "guest"}});
    EXPECT_EQ(in_ledger(world, wish).state, state::ok);
    EXPECT_EQ(in_ledger(world, wish).result, R"({"networks":["shop, upstairs","guest"]})");
    EXPECT_EQ(told(world, wish), (std::vector{state::sent, state::timeout, state::ok}));
    world.send(wifi_list{{"another"}});
    EXPECT_NE(in_ledger(world, wish).result.find("guest"), std::string::npos) << "a second list is nobody's";
  });
}

TEST(kiosk_commands, a_restart_is_done_when_the_cabinet_is_back) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = wish_for(world, kind::reboot);
    given(world, wish);
    world.advance(seconds{3});
    connect(world, false);
    world.advance(seconds{40}, seconds{1});
    EXPECT_EQ(in_ledger(world, wish).state, state::sent);
    connect(world, true);
    EXPECT_EQ(in_ledger(world, wish).state, state::ok);
    EXPECT_EQ(refused(world, wish_for(world, kind::reboot)), command_refusal::rate_limit_exceeded);
    world.advance(minutes{5}, seconds{5});
    world.send_heartbeat();
    EXPECT_FALSE(refused(world, wish_for(world, kind::reboot)));
  });
}

TEST(kiosk_commands, a_restart_nobody_obeys_times_out_after_three_minutes) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = wish_for(world, kind::reboot);
    given(world, wish);
    world.advance(seconds{179}, seconds{1});
    EXPECT_EQ(in_ledger(world, wish).state, state::sent);
    world.advance(seconds{2}, seconds{1});
    EXPECT_EQ(in_ledger(world, wish).state, state::timeout);
  });
}

TEST(kiosk_commands, volume_is_never_answered_and_firmware_is_done_when_the_cabinet_leaves) {
  under_all_schedules([](cabinet_world& world) {
    auto volume = wish_for(world, kind::volume);
    volume.volume = 40;
    given(world, volume);
    EXPECT_EQ(in_ledger(world, volume).state, state::unanswered);
    EXPECT_EQ(in_ledger(world, volume).parameters, R"({"volume":40})");
    const auto firmware = wish_for(world, kind::update_firmware);
    given(world, firmware);
    EXPECT_EQ(in_ledger(world, firmware).state, state::sent);
    world.advance(seconds{10});
    connect(world, false);
    EXPECT_EQ(in_ledger(world, firmware).state, state::ok);
  });
}

TEST(kiosk_commands, what_no_cabinet_can_do_is_kept_as_unsupported_and_never_sent) {
  under_all_schedules([](cabinet_world& world) {
    world.log->published.clear();
    for (const auto what : {kind::sync_time, kind::clear_cache, kind::reset_hardware}) {
      const auto wish = wish_for(world, what);
      EXPECT_EQ(given(world, wish).command->state, state::unsupported);
      EXPECT_EQ(in_ledger(world, wish).state, state::unsupported);
      EXPECT_EQ(world.log->news.back().command.state, state::unsupported) << "and operators' pages hear it";
    }
    EXPECT_TRUE(world.log->published.empty());
  });
}

TEST(kiosk_commands, no_new_connection_after_a_wifi_change_brings_back_the_sim_card) {
  under_all_schedules([](cabinet_world& world) {
    auto wish = wish_for(world, kind::wifi_connect);
    wish.ssid = "shop";
    wish.password = "opensesame";
    given(world, wish);
    world.advance(seconds{182}, seconds{1});
    EXPECT_EQ(in_ledger(world, wish).state, state::timeout);
    EXPECT_EQ(world.count_published("setMode"), 1U);
    EXPECT_EQ(world.log->published.back().json, R"({"cmd":"setMode","data":"4g"})");
    connect(world, true);
    EXPECT_EQ(in_ledger(world, wish).state, state::timeout) << "the SIM card's connection, not the shop's";
  });
}

TEST(kiosk_commands, a_wifi_change_is_confirmed_by_a_new_connection) {
  under_all_schedules([](cabinet_world& world) {
    auto wish = wish_for(world, kind::wifi_connect);
    wish.ssid = "shop";
    given(world, wish);
    world.advance(seconds{8});
    connect(world, false);
    world.advance(seconds{8});
    connect(world, true);
    EXPECT_EQ(in_ledger(world, wish).state, state::ok);
    world.advance(minutes{4}, seconds{1});
    EXPECT_EQ(world.count_published("setMode"), 0U);
  });
}

// F-46: passwords in URLs and logs.
TEST(kiosk_commands, a_password_is_in_no_record_no_log_no_news_and_no_answer) {
  const std::string secret = "opensesame\"1";
  under_all_schedules([&](cabinet_world& world) {
    std::string everything;
    world.db->after_each = [&](const record& entry) {
      for (const auto& part : entry.parts)
        everything += text_of(part);
    };
    auto wish = wish_for(world, kind::wifi_connect);
    wish.ssid = "shop";
    wish.password = secret;
    const auto answer = given(world, wish);
    everything += text_of(*answer.command);
    world.log->broker_refuses = broker_refusal::buffer_full;
    world.advance(minutes{4}, seconds{1});
    auto again = wish;
    again.id = world.system.ids().make<command_id>();
    given(world, again);
    world.advance(minutes{4}, seconds{1});
    world.db->after_each = {};
    for (const auto& news : world.log->news)
      everything += text_of(news.command);
    for (const auto& event : world.log->events)
      everything += event.data;
    for (const auto& line : world.log->log) {
      everything += line.message;
      for (const auto& [name, value] : line.fields)
        everything += value;
    }
    EXPECT_NE(everything.find("shop"), std::string::npos) << "the net is wide enough";
    EXPECT_EQ(everything.find("opensesame"), std::string::npos);
    EXPECT_EQ(world.count_published("setWifi"), 1U);
  });
}

// -- again, and too often
// ------------------------------------------------------------------------------------------

TEST(kiosk_commands, the_same_key_is_answered_again_and_another_body_refused) {
  under_all_schedules([](cabinet_world& world) {
    auto wish = wish_for(world, kind::wifi_scan);
    wish.body_hash = 7;
    const auto first = ask(world, wish);
    const auto second = ask(world, wish);
    ASSERT_TRUE(first->answer && second->answer);
    EXPECT_EQ(world.count_published("getWifi"), 1U);
    world.send(wifi_list{{"guest"}});
    const auto third = given(world, wish);
    EXPECT_TRUE(third.answer->is_replay);
    EXPECT_EQ(third.command->state, state::ok);
    world.advance(minutes{3}, seconds{1});
    EXPECT_TRUE(given(world, wish).answer->is_replay) << "from the database";
    wish.body_hash = 8;
    EXPECT_EQ(refused(world, wish), command_refusal::idempotency_key_reused);
    EXPECT_EQ(world.count_published("getWifi"), 1U);
  });
}

TEST(kiosk_commands, no_station_gets_more_than_thirty_commands_a_minute) {
  under_all_schedules(
      [](cabinet_world& world) {
        for (std::size_t n = 0; n < limits::station_commands_a_minute_max; ++n)
          EXPECT_FALSE(refused(world, wish_for(world, kind::volume)));
        const auto answer = given(world, wish_for(world, kind::volume));
        EXPECT_EQ(reason_of<command_refusal>(*answer.error), command_refusal::rate_limit_exceeded);
        EXPECT_EQ(context_of(*answer.error), R"({"retry_after":60})");
        world.advance(seconds{61}, seconds{1});
        EXPECT_FALSE(refused(world, wish_for(world, kind::volume)));
      },
      10);
}

TEST(kiosk_commands, a_cabinet_that_ejects_is_not_restarted_and_one_that_restarts_ejects_later) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_sn{101});
    EXPECT_EQ(refused(world, wish_for(world, kind::reboot)), command_refusal::ejection_in_flight);
    world.send_reply(bank_sn{101}, 0x01);
    world.slots.erase(1);
    world.send_snapshot();
    EXPECT_FALSE(refused(world, wish_for(world, kind::reboot)));
    world.log->published.clear();
    world.rent(bank_sn{102});
    world.advance(seconds{8});
    EXPECT_EQ(world.count_published("popup_sn"), 0U);
    world.advance(seconds{3});
    EXPECT_EQ(world.count_published("popup_sn"), 1U) << "it did not restart, so the rider gets the bank";
  });
}

TEST(kiosk_commands, a_station_nobody_knows_and_a_cabinet_that_is_away_are_refused) {
  cabinet_world world{3};
  auto wish = wish_for(world, kind::check);
  EXPECT_EQ(refused(world, wish), command_refusal::station_offline);
  wish.station = {};
  wish.station_serial = world.serial;
  EXPECT_EQ(refused(world, wish), command_refusal::station_offline) << "found by its serial number, too";
  wish.station_serial = station_sn{"nobody's"};
  const auto answer = given(world, wish);
  EXPECT_EQ(reason_of<station_refusal>(*answer.error), station_refusal::station_not_found);
}

// -- restarts
// ------------------------------------------------------------------------------------------

TEST(kiosk_commands, a_restart_of_the_server_never_sends_again_and_ends_what_was_under_way) {
  under_all_schedules([](cabinet_world& world) {
    const auto scan = wish_for(world, kind::wifi_scan);
    given(world, scan);
    const auto reboot = wish_for(world, kind::reboot);
    given(world, reboot);
    world.crash();
    world.advance(seconds{60}, seconds{1});
    world.start();
    world.advance(seconds{1});
    EXPECT_EQ(in_ledger(world, scan).state, state::timeout);
    EXPECT_EQ(in_ledger(world, reboot).state, state::sent);
    connect(world, true);
    EXPECT_EQ(in_ledger(world, reboot).state, state::ok) << "it came back in time";
    world.advance(minutes{5}, seconds{5});
    EXPECT_EQ(world.count_published("reboot") + world.count_published("getWifi"), 0U);
  });
}

TEST(kiosk_commands, a_network_joined_while_the_server_was_away_is_not_given_up) {
  under_all_schedules([](cabinet_world& world) {
    auto wish = wish_for(world, kind::wifi_connect);
    wish.ssid = "shop";
    given(world, wish);
    world.crash();
    world.advance(minutes{4}, seconds{5});
    world.start();
    world.send_heartbeat();
    world.advance(minutes{3}, seconds{5});
    EXPECT_EQ(in_ledger(world, wish).state, state::unanswered);
    EXPECT_EQ(world.count_published("setMode"), 0U);
  });
}

TEST(kiosk_commands, an_end_the_database_cannot_take_is_kept_until_it_can) {
  under_all_schedules([](cabinet_world& world) {
    auto wish = wish_for(world, kind::wifi_scan);
    wish.waits_for_end = true;
    const auto asked = ask(world, wish);
    world.db->journal_refuses = journal_refusal::unavailable;
    world.advance(seconds{16});
    EXPECT_FALSE(asked->is_answered()) << "no answer before the commit";
    world.send(wifi_list{{"guest"}});
    world.advance(seconds{20}, seconds{1});
    world.db->journal_refuses.reset();
    world.advance(seconds{61}, seconds{1});
    EXPECT_EQ(in_ledger(world, wish).state, state::ok);
    ASSERT_TRUE(asked->answer);
    EXPECT_EQ(asked->answer->command.state, state::ok);
  });
}

TEST(kiosk_commands, a_kiosk_that_dies_is_born_again_and_has_heard_everything) {
  under_all_schedules([](cabinet_world& world) {
    const auto scan = wish_for(world, kind::wifi_scan);
    given(world, scan);
    const auto rental = world.rent(bank_sn{101});
    kill_kiosk(world);
    world.log->answers[bank_sn{555}] = sighting_answer::closed;
    world.system.tell(world.kiosks, frame_of(world, return_of(6, bank_sn{555})));
    world.run();
    ASSERT_EQ(world.log->sightings.size(), 1U) << "told while nobody lived";
    world.send_reply(bank_sn{101}, 0x01);
    ASSERT_NE(world.last_outcome(), nullptr);
    EXPECT_EQ(world.last_outcome()->rental, rental.command.rental);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::confirmed);
    EXPECT_EQ(world.count_published("popup_sn"), 1U) << "never again";
    world.send(wifi_list{{"guest"}});
    EXPECT_EQ(in_ledger(world, scan).state, state::ok);
  });
}

TEST(kiosk_commands, a_cabinet_that_leaves_its_station_is_a_stranger_and_its_commands_expire) {
  under_all_schedules([](cabinet_world& world) {
    const auto reboot = wish_for(world, kind::reboot);
    given(world, reboot);
    world.system.tell(world.kiosks, retire_cabinet{world.cabinet});
    world.run();
    EXPECT_EQ(in_ledger(world, reboot).state, state::expired);
    const auto answer = given(world, wish_for(world, kind::check));
    EXPECT_EQ(reason_of<station_refusal>(*answer.error), station_refusal::station_not_found);
    const auto reports = world.db->reports.size();
    world.send_heartbeat();
    EXPECT_EQ(world.db->reports.size(), reports);
    world.system.tell(world.kiosks,
                      register_cabinet{world.cabinet, world.station, world.serial, "Thamel Gate", 8});
    world.send_heartbeat();
    EXPECT_FALSE(refused(world, wish_for(world, kind::check)));
  });
}

}  // namespace
}  // namespace chautari
