/// A bank that an operator takes out: with the care of a rental, and nobody pays.
#include <gtest/gtest.h>

#include "protocols/base/refusal.hpp"
#include "tests/support/operator_stories.hpp"

namespace chautari {
namespace {

using namespace testing;
using kind = command_kind;
using state = command_state;

constexpr bank_sn bank_one{101};
constexpr bank_sn bank_two{102};

operator_command eject_wish(cabinet_world& world, bank_sn bank = bank_one) {
  auto wish = wish_for(world, kind::popup_sn);
  wish.bank = bank;
  return wish;
}

operator_command open_wish(cabinet_world& world, int slot) {
  auto wish = wish_for(world, kind::unlock_slot);
  wish.slot = slot;
  return wish;
}

void reply_of_slot(cabinet_world& world, int slot, std::uint8_t code) {
  world.send(slot_ejection_reply{1, static_cast<std::uint8_t>(slot), code, 2});
}

const bank_image& bank_of(const cabinet_world& world, bank_sn serial) { return *world.db->find_bank(serial); }

TEST(operators_ejection, the_bank_is_maintenance_from_the_first_moment_and_out_when_the_cabinet_says_so) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = eject_wish(world);
    EXPECT_EQ(given(world, wish).command->state, state::queued);
    EXPECT_EQ(world.count_published("popup_sn"), 1U);
    EXPECT_EQ(bank_of(world, bank_one).status, bank_status::maintenance);
    EXPECT_EQ(bank_of(world, bank_one).slot, 1);
    world.send_reply(bank_one, 0x01);
    EXPECT_EQ(in_ledger(world, wish).state, state::confirmed);
    EXPECT_EQ(bank_of(world, bank_one).status, bank_status::maintenance);
    EXPECT_TRUE(bank_of(world, bank_one).station.is_nil());
    EXPECT_EQ(bank_of(world, bank_one).slot, 0);
    EXPECT_EQ(told(world, wish), (std::vector{state::queued, state::sent, state::confirmed}));
    EXPECT_TRUE(world.log->outcomes.empty()) << "no rental hears of it";
    EXPECT_TRUE(world.db->journals.empty()) << "nobody pays";
    world.slots.erase(1);
    world.advance(seconds{10}, seconds{1});
    world.send_snapshot();
    EXPECT_EQ(bank_of(world, bank_one).status, bank_status::maintenance);
  });
}

TEST(operators_ejection, without_a_serial_number_the_station_picks_one_no_rider_has_a_claim_on) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    const auto wish = eject_wish(world, no_bank_sn);
    const auto answer = given(world, wish);
    ASSERT_TRUE(answer.command);
    EXPECT_NE(answer.command->bank, bank_one);
    EXPECT_TRUE(is_readable(answer.command->bank));
    EXPECT_EQ(world.count_published("popup_sn"), 1U) << "one motor at a time";
    world.send_reply(bank_one, 0x01);
    EXPECT_EQ(world.count_published("popup_sn"), 2U);
  });
}

TEST(operators_ejection, a_bank_promised_to_a_rider_or_not_here_is_refused) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    const auto taken = given(world, eject_wish(world));
    ASSERT_TRUE(taken.error);
    EXPECT_EQ(reason_of<station_refusal>(*taken.error), station_refusal::requested_powerbank_unavailable);
    const auto unknown = given(world, eject_wish(world, bank_sn{999}));
    EXPECT_EQ(reason_of<station_refusal>(*unknown.error), station_refusal::powerbank_not_found);
    EXPECT_EQ(world.count_published("popup_sn"), 1U) << "the rider's";
  });
}

TEST(operators_ejection, a_jammed_bank_is_refuted_by_two_pictures_and_is_what_it_was) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = eject_wish(world);
    given(world, wish);
    world.send_reply(bank_one, 0x04);
    world.advance(seconds{11}, seconds{1});
    world.send_snapshot();
    world.advance(seconds{6}, seconds{1});
    world.send_snapshot();
    EXPECT_EQ(in_ledger(world, wish).state, state::refuted);
    EXPECT_EQ(bank_of(world, bank_one).status, bank_status::available);
    EXPECT_EQ(bank_of(world, bank_one).slot, 1);
    EXPECT_EQ(world.count_published("popup_sn"), 1U) << "never published again";
  });
}

TEST(operators_ejection, a_lost_reply_is_found_out_by_a_picture) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = eject_wish(world);
    given(world, wish);
    world.slots.erase(1);
    world.advance(seconds{22}, seconds{1});
    EXPECT_EQ(in_ledger(world, wish).state, state::sent);
    world.send_snapshot();
    EXPECT_EQ(in_ledger(world, wish).state, state::confirmed);
    EXPECT_TRUE(bank_of(world, bank_one).station.is_nil());
  });
}

TEST(operators_ejection, another_bank_that_comes_out_is_the_operators_and_the_planned_one_stays) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = eject_wish(world);
    given(world, wish);
    world.slots.erase(2);
    world.send_reply(bank_two, 0x01);
    EXPECT_EQ(in_ledger(world, wish).state, state::confirmed);
    EXPECT_EQ(in_ledger(world, wish).reply_bank, bank_two);
    EXPECT_EQ(bank_of(world, bank_two).status, bank_status::maintenance);
    EXPECT_TRUE(bank_of(world, bank_two).station.is_nil());
    EXPECT_EQ(bank_of(world, bank_one).status, bank_status::available);
    EXPECT_EQ(bank_of(world, bank_one).slot, 1);
  });
}

TEST(operators_ejection, two_banks_that_come_out_while_nothing_can_be_stored_are_both_missed) {
  under_all_schedules([](cabinet_world& world) {
    given(world, eject_wish(world));
    world.db->journal_refuses = journal_refusal::unavailable;
    world.send_reply(bank_two, 0x01);
    world.send_reply(bank_one, 0x01);
    world.db->journal_refuses.reset();
    world.advance(seconds{61}, seconds{1});
    EXPECT_EQ(bank_of(world, bank_two).status, bank_status::maintenance) << "the operator's";
    EXPECT_TRUE(bank_of(world, bank_two).station.is_nil());
    EXPECT_EQ(bank_of(world, bank_one).status, bank_status::missing) << "an incident";
    EXPECT_TRUE(bank_of(world, bank_one).station.is_nil());
  });
}

TEST(operators_ejection, a_success_after_it_was_given_up_is_still_the_operators) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = eject_wish(world);
    given(world, wish);
    world.send_reply(bank_one, 0x04);
    for (int n = 0; n < 2; ++n) {
      world.advance(seconds{11}, seconds{1});
      world.send_snapshot();
    }
    ASSERT_EQ(in_ledger(world, wish).state, state::refuted);
    world.send_reply(bank_one, 0x01);
    EXPECT_EQ(in_ledger(world, wish).state, state::confirmed);
    EXPECT_EQ(bank_of(world, bank_one).status, bank_status::maintenance);
    EXPECT_TRUE(bank_of(world, bank_one).station.is_nil());
  });
}

TEST(operators_ejection, after_a_restart_it_is_looked_for_and_never_ejected_again) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = eject_wish(world);
    given(world, wish);
    world.slots.erase(1);
    world.crash();
    world.start();
    world.send_heartbeat();
    world.advance(seconds{6}, seconds{1});
    world.send_snapshot();
    EXPECT_EQ(in_ledger(world, wish).state, state::confirmed);
    EXPECT_EQ(world.count_published("popup_sn"), 0U);
    EXPECT_NE(bank_of(world, bank_one).status, bank_status::available);
    EXPECT_EQ(bank_of(world, bank_one).slot, 0);
  });
}

TEST(operators_ejection, one_that_still_waited_when_the_server_died_has_expired) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    const auto wish = eject_wish(world, bank_two);
    given(world, wish);
    ASSERT_EQ(in_ledger(world, wish).state, state::queued);
    world.crash();
    world.start();
    EXPECT_EQ(in_ledger(world, wish).state, state::expired);
    world.advance(minutes{3}, seconds{1});
    EXPECT_EQ(world.count_published("popup_sn"), 0U);
    EXPECT_EQ(bank_of(world, bank_two).slot, 2);
  });
}

// -- by slot
// ------------------------------------------------------------------------------------------

TEST(operators_ejection, opening_a_slot_takes_out_the_bank_in_it) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = open_wish(world, 2);
    const auto answer = given(world, wish);
    ASSERT_TRUE(answer.command);
    EXPECT_EQ(answer.command->bank, bank_two);
    EXPECT_EQ(world.count_published("popup"), 1U);
    EXPECT_EQ(world.count_published("popup_sn"), 0U);
    EXPECT_EQ(world.log->published.back().qos, 0);
    reply_of_slot(world, 2, 0x01);
    EXPECT_EQ(in_ledger(world, wish).state, state::confirmed);
    EXPECT_EQ(bank_of(world, bank_two).status, bank_status::maintenance);
    EXPECT_TRUE(bank_of(world, bank_two).station.is_nil());
  });
}

TEST(operators_ejection, opening_an_empty_slot_ends_with_the_reply_of_that_slot) {
  under_all_schedules([](cabinet_world& world) {
    const auto wish = open_wish(world, 7);
    EXPECT_EQ(given(world, wish).command->state, state::sent);
    reply_of_slot(world, 6, 0x01);
    EXPECT_EQ(in_ledger(world, wish).state, state::sent);
    reply_of_slot(world, 7, 0x11);
    EXPECT_EQ(in_ledger(world, wish).state, state::failed);
    EXPECT_EQ(in_ledger(world, wish).reply_code, 0x11);
    const auto beyond = given(world, open_wish(world, 40));
    EXPECT_EQ(reason_of<command_refusal>(*beyond.error), command_refusal::slot_not_found);
  });
}

TEST(operators_ejection, a_locked_slot_is_locked_without_a_word_to_the_cabinet_and_opened_with_one) {
  under_all_schedules([](cabinet_world& world) {
    world.log->published.clear();
    auto wish = wish_for(world, kind::lock_slot);
    wish.slot = 7;
    EXPECT_EQ(given(world, wish).command->state, state::ok);
    EXPECT_TRUE(world.log->published.empty());
    EXPECT_TRUE(world.db->slots.at({world.station, 7}).is_disabled);
    given(world, open_wish(world, 7));
    EXPECT_FALSE(world.db->slots.at({world.station, 7}).is_disabled);
    EXPECT_EQ(world.count_published("popup"), 1U);
  });
}

TEST(operators_ejection, a_slot_and_a_rider_at_the_same_moment_turn_one_motor) {
  under_all_schedules([](cabinet_world& world) {
    const auto rider = world.order(bank_one);
    const auto opened = world.system.ask<command_answer>(world.kiosks, open_wish(world, 7));
    world.system.run(world.system.random_below(16));  // Somewhere on its way.
    world.eject(rider);
    ASSERT_TRUE(opened->is_answered());
    EXPECT_EQ(world.count_published("popup") + world.count_published("popup_sn"), 1U);
  });
}

TEST(operators_ejection, a_rider_behind_a_restart_that_cannot_be_stored_has_his_turn_at_once) {
  under_all_schedules([](cabinet_world& world) {
    const auto order = world.order(bank_sn{101});
    world.db->journal_refuses = journal_refusal::unavailable;
    const auto restart = world.system.ask<command_answer>(world.kiosks, wish_for(world, kind::reboot));
    world.system.run(world.system.random_below(16));  // Somewhere on its way.
    world.eject(order);
    ASSERT_TRUE(restart->error);
    EXPECT_NE(world.last_outcome(), nullptr) << "told at once that it cannot be stored either";
  });
}

TEST(operators_ejection, while_a_slot_opens_riders_wait_for_their_turn) {
  under_all_schedules([](cabinet_world& world) {
    given(world, open_wish(world, 7));
    world.rent(bank_one);
    EXPECT_EQ(world.count_published("popup_sn"), 0U);
    reply_of_slot(world, 7, 0x01);
    EXPECT_EQ(world.count_published("popup_sn"), 1U);
  });
}

}  // namespace
}  // namespace chautari
