/// The real kiosk and station against a cabinet that says what the test wants, under shuffled schedules.
#include <gtest/gtest.h>

#include "tests/support/cabinet_stories.hpp"

namespace chautari {
namespace {

using testing::cabinet_world;
using testing::under_all_schedules;

constexpr bank_sn bank_one{101};
constexpr bank_sn bank_two{102};

command_state stored_state(const cabinet_world& world, const eject_bank& wish) {
  return world.db->commands.at(wish.command.id).state;
}

TEST(kiosk_actor, an_ejection_is_stored_as_sent_before_it_is_published) {
  under_all_schedules([](cabinet_world& world) {
    world.db->after_each = [&](const record& entry) {
      for (const auto& part : entry.parts) {
        const auto* command = std::get_if<command_image>(&part);
        if (command != nullptr && command->state == command_state::sent &&
            command->kind == command_kind::popup_sn) {
          EXPECT_EQ(world.count_published("popup_sn"), 0U);
        }
      }
    };
    const auto wish = world.rent(bank_one);
    EXPECT_EQ(world.count_published("popup_sn"), 1U);
    EXPECT_EQ(stored_state(world, wish), command_state::sent);
    world.db->after_each = {};
  });
}

// F-04: at QoS 1 a late or second delivery ejects to nobody.
TEST(kiosk_actor, ejections_leave_at_qos_0_and_questions_at_qos_1) {
  cabinet_world world{1};
  world.go_online();
  world.rent(bank_one);
  for (const auto& command : world.log->published) {
    const bool is_ejection = command.json.find("popup_sn") != std::string::npos;
    EXPECT_EQ(command.qos, is_ejection ? 0 : 1);
    if (!is_ejection) continue;
    EXPECT_NE(command.json.find("\"101\""), std::string::npos) << "the server names the bank";
  }
}

TEST(kiosk_actor, success_is_told_to_the_rental_with_the_frame_that_proves_it) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = world.rent(bank_one);
    world.send_reply(bank_one, 0x01);
    ASSERT_EQ(world.log->outcomes.size(), 1U);
    const auto& outcome = *world.last_outcome();
    EXPECT_EQ(outcome.result, ejection_result::confirmed);
    EXPECT_EQ(outcome.rental, wish.command.rental);
    EXPECT_EQ(outcome.bank, bank_one);
    EXPECT_EQ(outcome.command.state, command_state::confirmed);
    EXPECT_EQ(outcome.command.reply_code, 1);
    EXPECT_TRUE(outcome.report.has_value());
    EXPECT_EQ(outcome.publishes, 1);
  });
}

TEST(kiosk_actor, without_a_journal_nothing_is_published_and_the_rental_learns_it) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = world.order(bank_one);
    world.db->journal_refuses = journal_refusal::unavailable;
    world.eject(wish);
    EXPECT_EQ(world.count_published("popup_sn"), 0U);
    ASSERT_NE(world.last_outcome(), nullptr);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::not_moved);
    EXPECT_EQ(world.last_outcome()->publishes, 0);
  });
}

TEST(kiosk_actor, without_a_broker_the_rental_learns_at_once_that_nothing_was_sent) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = world.order(bank_one);
    world.log->broker_refuses = broker_refusal::disconnected;
    world.eject(wish);
    ASSERT_NE(world.last_outcome(), nullptr);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::not_moved);
    EXPECT_EQ(world.last_outcome()->publishes, 0);
  });
}

// F-01
TEST(kiosk_actor, a_reply_after_sixteen_seconds_confirms_the_rental) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    world.advance(seconds{16});
    world.send_reply(bank_one, 0x01);
    ASSERT_NE(world.last_outcome(), nullptr);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::confirmed);
  });
}

// F-02
TEST(kiosk_actor, another_bank_that_came_out_is_adopted_with_its_facts) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    world.send_reply(bank_two, 0x01);
    ASSERT_EQ(world.log->outcomes.size(), 1U);
    EXPECT_EQ(world.last_outcome()->bank, bank_two);
    ASSERT_TRUE(world.last_outcome()->other_bank.has_value());
    EXPECT_EQ(world.last_outcome()->other_bank->serial, bank_two);
    EXPECT_EQ(world.last_outcome()->other_bank->station, world.station);
  });
}

TEST(kiosk_actor, an_unknown_bank_that_came_out_is_adopted_without_facts) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    world.send_reply(bank_sn{777}, 0x01);
    ASSERT_EQ(world.log->outcomes.size(), 1U);
    EXPECT_EQ(world.last_outcome()->bank.value, 777U);
    EXPECT_FALSE(world.last_outcome()->other_bank.has_value());
  });
}

TEST(kiosk_actor, an_old_success_of_a_bank_that_is_out_already_is_not_adopted_by_the_next_rider) {
  under_all_schedules([](cabinet_world& world) {
    bank_image out = *world.db->find_bank(bank_two);
    out.status = bank_status::rented;
    out.station = {};
    out.slot = 0;
    out.rental = world.system.ids().make<rental_id>();
    world.system.tell(world.stations, bank_left{world.station, out.rental, bank_two, bank_two});
    world.db->store(record{world.system.ids().make<record_id>(), world.system.now(), {out}});
    world.rent(bank_one);
    world.send_reply(bank_two, 0x01);
    EXPECT_TRUE(world.log->outcomes.empty());
    EXPECT_TRUE(world.db->has_logged("ejection-reply-unmatched"));
    world.send_reply(bank_one, 0x01);
    ASSERT_EQ(world.log->outcomes.size(), 1U);
    EXPECT_EQ(world.last_outcome()->bank, bank_one);
  });
}

TEST(kiosk_actor, an_old_success_of_a_bank_that_is_back_in_another_cabinet_is_not_adopted_by_the_next_rider) {
  under_all_schedules([](cabinet_world& world) {
    bank_image back = *world.db->find_bank(bank_two);
    world.system.tell(world.stations,
                      bank_left{world.station, world.system.ids().make<rental_id>(), bank_two, bank_two});
    back.station = world.system.ids().make<station_id>();
    world.db->store(record{world.system.ids().make<record_id>(), world.system.now(), {back}});
    world.rent(bank_one);
    world.send_reply(bank_two, 0x01);
    EXPECT_TRUE(world.log->outcomes.empty());
    world.send_reply(bank_one, 0x01);
    ASSERT_EQ(world.log->outcomes.size(), 1U);
    EXPECT_EQ(world.last_outcome()->bank, bank_one);
  });
}

// F-09: waiters were keyed by device, so two riders got each other's result.
TEST(kiosk_actor, two_riders_at_one_cabinet_each_get_their_own_bank) {
  under_all_schedules([](cabinet_world& world) {
    const auto first = world.rent(bank_one);
    const auto second = world.rent(bank_two);
    EXPECT_EQ(world.count_published("popup_sn"), 1U) << "one ejection in flight";
    world.send_reply(bank_one, 0x01);
    EXPECT_EQ(world.count_published("popup_sn"), 2U);
    world.send_reply(bank_one, 0x01);  // Told twice.
    world.send_reply(bank_two, 0x01);
    ASSERT_EQ(world.log->outcomes.size(), 2U);
    EXPECT_EQ(world.log->outcomes[0].rental, first.command.rental);
    EXPECT_EQ(world.log->outcomes[0].bank, bank_one);
    EXPECT_EQ(world.log->outcomes[1].rental, second.command.rental);
    EXPECT_EQ(world.log->outcomes[1].bank, bank_two);
  });
}

TEST(kiosk_actor, who_waited_thirty_seconds_behind_another_ejection_is_not_served_late) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    const auto second = world.rent(bank_two);
    world.advance(seconds{31}, seconds{1});
    EXPECT_EQ(world.count_published("popup_sn"), 1U);
    ASSERT_FALSE(world.log->outcomes.empty());
    EXPECT_EQ(world.last_outcome()->rental, second.command.rental);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::not_moved);
    EXPECT_EQ(world.last_outcome()->publishes, 0);
  });
}

TEST(kiosk_actor, a_silent_ejection_is_settled_by_snapshots_without_a_second_publish) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    const auto sent_at = world.system.now();
    world.slots.erase(1);
    world.advance(seconds{21}, seconds{1});
    EXPECT_GE(world.count_published("check"), 1U);
    world.send_snapshot();
    ASSERT_NE(world.last_outcome(), nullptr);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::confirmed);
    EXPECT_EQ(world.last_outcome()->at, sent_at + seconds{3});
    EXPECT_EQ(world.count_published("popup_sn"), 1U);
  });
}

TEST(kiosk_actor, a_jammed_bank_is_refuted_by_two_snapshots) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    world.send_reply(bank_one, 0x04);
    world.advance(seconds{11}, seconds{1});
    world.send_snapshot();
    EXPECT_TRUE(world.log->outcomes.empty());
    world.advance(seconds{6}, seconds{1});
    world.send_snapshot();
    ASSERT_NE(world.last_outcome(), nullptr);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::refuted);
    EXPECT_EQ(world.last_outcome()->command.state, command_state::refuted);
  });
}

TEST(kiosk_actor, a_busy_cabinet_gets_the_same_bank_once_more_and_it_is_stored_first) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = world.rent(bank_one);
    world.send_reply(bank_one, 0xFE);
    EXPECT_EQ(world.count_published("popup_sn"), 1U);
    world.advance(seconds{6});
    EXPECT_EQ(world.count_published("popup_sn"), 2U);
    EXPECT_EQ(world.db->commands.at(wish.command.id).attempt, 2);
    world.send_reply(bank_one, 0xFE);
    ASSERT_EQ(world.log->outcomes.size(), 1U);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::not_moved);
    EXPECT_EQ(world.last_outcome()->publishes, 2);
    world.advance(seconds{60}, seconds{1});
    EXPECT_EQ(world.count_published("popup_sn"), 2U);
  });
}

// The second SENT is refused just when the cabinet says that the bank is out after all.
TEST(kiosk_actor, a_success_told_while_the_repeat_could_not_be_stored_stays_a_success) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = world.rent(bank_one);
    world.send_reply(bank_one, 0xFE);
    world.log->rentals_refuse = caf::make_error(journal_refusal::unavailable);
    bool is_said = false;
    world.db->is_unreachable = [&](const record& entry) {
      const bool is_repeat = std::any_of(entry.parts.begin(), entry.parts.end(), [](const auto& part) {
        const auto* command = std::get_if<command_image>(&part);
        return command != nullptr && command->kind == command_kind::popup_sn;
      });
      if (is_repeat && !std::exchange(is_said, true)) world.send_reply(bank_one, 0x01);
      return is_repeat;
    };
    world.advance(seconds{6}, seconds{1});
    ASSERT_TRUE(is_said);
    world.log->rentals_refuse.reset();
    world.advance(seconds{61}, seconds{1});
    ASSERT_FALSE(world.log->outcomes.empty());
    EXPECT_EQ(world.last_outcome()->rental, wish.command.rental);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::confirmed);
  });
}

TEST(kiosk_actor, a_dark_cabinet_is_uncertain_after_two_minutes_and_given_up_after_a_day) {
  cabinet_world world{7};
  world.go_online();
  world.rent(bank_one);
  world.advance(seconds{121}, seconds{1});
  ASSERT_EQ(world.log->outcomes.size(), 1U);
  EXPECT_EQ(world.last_outcome()->result, ejection_result::uncertain);
  EXPECT_EQ(world.last_outcome()->command.state, command_state::sent) << "still looked for after a restart";
  world.advance(hours{24}, seconds{60});
  ASSERT_EQ(world.log->outcomes.size(), 2U);
  EXPECT_EQ(world.last_outcome()->result, ejection_result::dark);
}

TEST(kiosk_actor, an_outcome_is_kept_until_the_rental_could_store_it) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    world.log->rentals_refuse = caf::make_error(journal_refusal::unavailable);
    world.send_reply(bank_one, 0x01);
    world.advance(seconds{300}, seconds{1});
    EXPECT_TRUE(world.log->outcomes.empty());
    world.log->rentals_refuse.reset();
    world.advance(seconds{61}, seconds{1});
    ASSERT_EQ(world.log->outcomes.size(), 1U);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::confirmed);
  });
}

// F-05, and step 10: nothing a crash interrupts is ejected twice or forgotten.
TEST(kiosk_actor, after_a_crash_a_sent_ejection_is_verified_and_never_published_again) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    world.crash();
    world.slots.erase(1);
    world.start();
    world.send_heartbeat();
    world.advance(seconds{6}, seconds{1});
    world.send_snapshot();
    EXPECT_EQ(world.count_published("popup_sn"), 0U);
    ASSERT_EQ(world.log->outcomes.size(), 1U);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::confirmed);
    EXPECT_EQ(world.last_outcome()->bank, bank_one);
  });
}

TEST(kiosk_actor, after_a_crash_a_queued_ejection_is_told_as_never_sent) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = world.order(bank_one);
    world.crash();
    world.start();
    ASSERT_EQ(world.log->outcomes.size(), 1U);
    EXPECT_EQ(world.last_outcome()->rental, wish.command.rental);
    EXPECT_EQ(world.last_outcome()->result, ejection_result::not_moved);
    EXPECT_EQ(world.last_outcome()->publishes, 0);
    EXPECT_EQ(world.last_outcome()->command.state, command_state::expired);
  });
}

// F-06 and step 9.
TEST(kiosk_actor, success_after_refutation_loses_the_bank_and_charges_nobody) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = world.rent(bank_one);
    world.send_reply(bank_one, 0x00);
    world.advance(seconds{11}, seconds{1});
    world.send_snapshot();
    world.advance(seconds{6}, seconds{1});
    world.send_snapshot();
    ASSERT_EQ(world.log->outcomes.size(), 1U);
    world.system.tell(world.stations, release_bank{world.station, wish.command.rental, bank_one, true});
    world.run();
    world.send_reply(bank_one, 0x01);
    EXPECT_EQ(world.log->outcomes.size(), 1U);
    EXPECT_EQ(world.db->find_bank(bank_one)->status, bank_status::missing);
    EXPECT_TRUE(world.db->has_logged("ejection-incident"));
  });
}

TEST(kiosk_actor, an_idle_kiosk_keeps_nothing_of_its_business) {
  cabinet_world world{3};
  world.go_online();
  world.rent(bank_one);
  world.send_reply(bank_one, 0x01);
  EXPECT_FALSE(world.kiosk().is_ejecting);
  world.advance(seconds{130}, seconds{1});
  world.slots.erase(1);
  world.send_snapshot();
  world.rent(bank_two);
  EXPECT_TRUE(world.kiosk().is_ejecting) << "and it is ready for the next one";
}

TEST(kiosk_actor, a_full_queue_says_so_at_once) {
  cabinet_world world{3};
  world.go_online();
  for (int i = 0; i < 18; ++i)
    world.eject(world.order(bank_one));
  EXPECT_EQ(world.kiosk().queued, 16);
  ASSERT_EQ(world.log->outcomes.size(), 1U);
  EXPECT_EQ(world.last_outcome()->result, ejection_result::not_moved);
}

TEST(kiosk_actor, the_same_wish_told_twice_is_one_ejection) {
  cabinet_world world{3};
  world.go_online();
  const auto wish = world.order(bank_one);
  world.eject(wish);
  world.eject(wish);
  world.send_reply(bank_one, 0x01);
  world.eject(wish);
  EXPECT_EQ(world.count_published("popup_sn"), 1U);
  EXPECT_EQ(world.log->outcomes.size(), 1U);
}

// F-19: the station's serial number is in URLs and codes; only the modem's id means the cabinet.
TEST(kiosk_actor, a_command_goes_to_the_modem_and_never_to_the_stations_serial_number) {
  static_assert(!std::is_convertible_v<station_sn, imei> && !std::is_convertible_v<imei, station_sn>);
  cabinet_world world{1};
  world.go_online();
  world.rent(bank_one);
  ASSERT_FALSE(world.log->published.empty());
  for (const auto& command : world.log->published) {
    EXPECT_EQ(command.cabinet, world.cabinet);
    EXPECT_EQ(command.json.find(world.serial.value), std::string::npos);
  }
}

}  // namespace
}  // namespace chautari
