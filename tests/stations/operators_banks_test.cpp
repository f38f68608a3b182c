/// Banks in operators' hands: the real station and its directory, under shuffled schedules.
#include <gtest/gtest.h>

#include "protocols/base/refusal.hpp"
#include "tests/stations/office_world.hpp"

namespace chautari {
namespace {

using testing::nothing;
using testing::office_world;

constexpr bank_sn bank_one{101};
constexpr bank_sn bank_two{102};
constexpr bank_sn stranger{777};

template <class Place>
caf::error why(const Place& place) {
  return place->error.value_or(caf::error{});
}

// -- banks that operators take out
// ------------------------------------------------------------------------------------------

TEST(operators_banks, a_bank_that_an_operator_is_getting_is_nobody_elses) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    office_world world{seed, 1};
    const auto command = world.system.ids().make<command_id>();
    const auto mine = world.system.ask<bank_reservation>(
        world.world.station_office, take_out_bank{world.station, {}, command, "swollen", world.stamp});
    const auto theirs = world.system.ask<bank_reservation>(
        world.stations, reserve_bank{world.serial, world.system.ids().make<rental_id>(), {}, false});
    world.run();
    EXPECT_NE(mine->answer.has_value(), theirs->answer.has_value()) << "one bank, one taker";
    EXPECT_EQ(world.db->conflicts, 0U) << world.db->last_conflict;
  }
}

TEST(operators_banks, a_bank_taken_out_is_in_no_slot_and_its_holder_is_written_down) {
  office_world world{5};
  const auto command = world.system.ids().make<command_id>();
  const auto held =
      world.office<bank_reservation>(take_out_bank{world.station, bank_one, command, "swollen", world.stamp});
  ASSERT_TRUE(held->answer);
  EXPECT_EQ(held->answer->bank.slot, 1);
  EXPECT_TRUE(held->answer->bank.rental.is_nil());
  EXPECT_EQ(world.db->find_bank(bank_one)->status, bank_status::maintenance) << "stored before it moves";
  EXPECT_EQ(why(world.office<bank_reservation>(take_out_bank{
                world.station, bank_one, world.system.ids().make<command_id>(), "", world.stamp})),
            station_refusal::requested_powerbank_unavailable);

  world.slots.erase(1);
  world.send_snapshot();
  world.advance(seconds{10}, seconds{1});
  world.send_snapshot();
  EXPECT_NE(world.seated(bank_one), nullptr) << "its command says what became of it, no snapshot";
  const bank_taken_out out{world.station, bank_one,    bank_one,          command,
                           "swollen",     world.stamp, world.system.now()};
  ASSERT_TRUE(world.office<nothing>(out)->answer);
  EXPECT_EQ(world.seated(bank_one), nullptr);
  const auto* bank = world.db->find_bank(bank_one);
  EXPECT_EQ(bank->status, bank_status::maintenance);
  EXPECT_TRUE(bank->station.is_nil());
  EXPECT_EQ(bank->slot, 0);
  EXPECT_EQ(world.last_audit()->action, "powerbank.taken_out");
  EXPECT_NE(world.last_audit()->after.find(world.stamp.who.text()), std::string::npos);
  EXPECT_TRUE(world.db->has_logged("bank-taken-out"));

  world.slots[4] = {bank_one, 88, 1};
  world.send_snapshot();
  ASSERT_NE(world.seated(bank_one), nullptr) << "brought back";
  EXPECT_EQ(world.seated(bank_one)->status, bank_status::maintenance) << "only a person makes it AVAILABLE";
  const auto again =
      world.office<bank_image>(set_bank_status{{}, bank_one, bank_status::available, "checked", world.stamp});
  ASSERT_TRUE(again->answer);
  EXPECT_TRUE(world.reserve(bank_one)->answer);
}

TEST(operators_banks, a_bank_that_sits_in_another_cabinet_by_the_time_it_is_known_to_have_left_stays_there) {
  office_world world{5};
  const auto command = world.system.ids().make<command_id>();
  world.office<bank_reservation>(take_out_bank{world.station, bank_one, command, "swollen", world.stamp});
  auto elsewhere = *world.db->find_bank(bank_one);
  elsewhere.station = world.system.ids().make<station_id>();
  elsewhere.slot = 2;
  world.db->store(record{world.system.ids().make<record_id>(), world.system.now(), {elsewhere}});
  world.system.tell(world.stations, bank_seen_elsewhere{world.station, bank_one, world.system.now()});
  world.run();
  ASSERT_TRUE(world
                  .office<nothing>(bank_taken_out{world.station, bank_one, bank_one, command, "swollen",
                                                  world.stamp, world.system.now()})
                  ->answer);
  EXPECT_EQ(world.db->find_bank(bank_one)->station, elsewhere.station);
  EXPECT_EQ(world.db->find_bank(bank_one)->slot, 2);
  EXPECT_EQ(world.last_audit()->action, "powerbank.taken_out");
}

TEST(operators_banks, a_bank_that_is_held_already_is_held_for_the_same_command) {
  office_world world{5};
  const auto command = world.system.ids().make<command_id>();
  const take_out_bank wish{world.station, {}, command, "swollen", world.stamp};
  const auto first = world.office<bank_reservation>(wish);
  const auto again = world.office<bank_reservation>(wish);
  ASSERT_TRUE(first->answer && again->answer);
  EXPECT_EQ(again->answer->bank.serial, first->answer->bank.serial);
  EXPECT_TRUE(again->answer->bank.rental.is_nil());
  EXPECT_EQ(world.audited("powerbank.take_out"), 1U);
}

TEST(operators_banks, a_bank_that_stayed_is_what_it_was_unless_nobody_knows) {
  for (const bool is_in_doubt : {false, true}) {
    office_world world{6};
    const auto command = world.system.ids().make<command_id>();
    world.office<bank_reservation>(take_out_bank{world.station, bank_one, command, "x", world.stamp});
    world.system.tell(world.world.station_office,
                      bank_stayed{world.station, bank_one, command, true, is_in_doubt});
    world.run();
    const auto expected = is_in_doubt ? bank_status::maintenance : bank_status::available;
    EXPECT_EQ(world.db->find_bank(bank_one)->status, expected);
    EXPECT_EQ(world.db->slots.at({world.station, 1}).faults_in_a_row, 1);
    EXPECT_EQ(world.reserve(bank_one)->answer.has_value(), !is_in_doubt);
  }
}

TEST(operators_banks, a_damaged_bank_that_stayed_is_still_damaged) {
  office_world world{6};
  world.office<bank_image>(set_bank_status{{}, bank_one, bank_status::damaged, "cracked", world.stamp});
  const auto command = world.system.ids().make<command_id>();
  world.office<bank_reservation>(take_out_bank{world.station, bank_one, command, "x", world.stamp});
  world.system.tell(world.world.station_office, bank_stayed{world.station, bank_one, command, false, false});
  world.run();
  EXPECT_EQ(world.db->find_bank(bank_one)->status, bank_status::damaged);
}

TEST(operators_banks, a_bank_that_another_one_pushed_out_of_its_slot_waits_for_the_next_picture) {
  office_world world{6};
  const auto command = world.system.ids().make<command_id>();
  world.office<bank_reservation>(take_out_bank{world.station, bank_one, command, "x", world.stamp});
  world.system.ask<nothing>(world.stations,
                            prepare_slot{world.station, 1, stranger, world.system.now(), false});
  world.run();
  ASSERT_EQ(world.seated(bank_one)->slot, 0);
  world.system.tell(world.world.station_office, bank_stayed{world.station, bank_one, command, false, false});
  world.run();
  const auto judged =
      world.office<bank_image>(set_bank_status{{}, bank_one, bank_status::damaged, "bent", world.stamp});
  ASSERT_TRUE(judged->is_answered());
  EXPECT_EQ(world.db->conflicts, 0U) << world.db->last_conflict;
  world.slots.erase(1);
  world.slots[6] = {bank_one, 80, 1};
  world.send_snapshot();
  ASSERT_NE(world.seated(bank_one), nullptr);
  EXPECT_EQ(world.db->find_bank(bank_one)->slot, 6);
  EXPECT_EQ(world.db->find_bank(bank_one)->status, world.seated(bank_one)->status);
  EXPECT_EQ(world.db->conflicts, 0U) << world.db->last_conflict;
}

// Whatever happens to the command, no rider gets the bank.
TEST(operators_banks, after_a_crash_a_bank_that_was_being_taken_out_is_not_for_rent) {
  office_world world{7};
  const auto command = world.system.ids().make<command_id>();
  world.office<bank_reservation>(take_out_bank{world.station, bank_one, command, "x", world.stamp});
  world.crash();
  world.start();
  world.go_online();
  EXPECT_EQ(why(world.reserve(bank_one)), station_refusal::requested_powerbank_unavailable);
  const bank_taken_out out{world.station, bank_one, bank_one, command, "x", world.stamp, world.system.now()};
  ASSERT_TRUE(world.office<nothing>(out)->answer) << "its end may be told to a station that forgot it";
  EXPECT_EQ(world.seated(bank_one), nullptr);
}

// F-02: the cabinet gave another one.
TEST(operators_banks, another_bank_that_came_out_is_the_operators_and_the_one_meant_is_free) {
  office_world world{8};
  const auto command = world.system.ids().make<command_id>();
  world.office<bank_reservation>(take_out_bank{world.station, bank_one, command, "x", world.stamp});
  const bank_taken_out out{world.station, bank_two, bank_one, command, "x", world.stamp, world.system.now()};
  ASSERT_TRUE(world.office<nothing>(out)->answer);
  EXPECT_TRUE(world.db->find_bank(bank_two)->station.is_nil());
  EXPECT_EQ(world.db->find_bank(bank_two)->status, bank_status::maintenance);
  EXPECT_EQ(world.db->find_bank(bank_one)->status, bank_status::available);
  EXPECT_EQ(world.seated(bank_two), nullptr) << "memory and disk agree";
  EXPECT_EQ(why(world.reserve(bank_two)), station_refusal::requested_powerbank_unavailable);
  EXPECT_TRUE(world.reserve(bank_one)->answer);
  EXPECT_EQ(world.db->conflicts, 0U) << world.db->last_conflict;
}

TEST(operators_banks, a_bank_that_came_out_here_is_in_no_other_cabinet) {
  office_world world{9};
  bank_image elsewhere;
  elsewhere.id = world.system.ids().make<bank_id>();
  elsewhere.serial = stranger;
  elsewhere.station = world.system.ids().make<station_id>();
  elsewhere.slot = 3;
  world.db->store(record{world.system.ids().make<record_id>(), world.system.now(), {elsewhere}});
  const auto command = world.system.ids().make<command_id>();
  world.office<bank_reservation>(take_out_bank{world.station, bank_one, command, "x", world.stamp});
  const bank_taken_out out{world.station, stranger, bank_one, command, "x", world.stamp, world.system.now()};
  ASSERT_TRUE(world.office<nothing>(out)->answer);
  EXPECT_TRUE(world.db->find_bank(stranger)->station.is_nil());
  EXPECT_EQ(world.db->find_bank(stranger)->status, bank_status::maintenance);
}

// -- the fleet
// ------------------------------------------------------------------------------------------

TEST(operators_banks, the_status_of_a_bank_with_a_rider_is_not_changed) {
  office_world world{9};
  const auto held = world.reserve(bank_one);
  ASSERT_TRUE(held->answer);
  const set_bank_status wish{{}, bank_one, bank_status::damaged, "x", world.stamp};
  EXPECT_EQ(why(world.office<bank_image>(wish)), station_refusal::invalid_status_change);
  bank_image rented = *world.db->find_bank(bank_two);
  rented.status = bank_status::rented;
  rented.station = {};
  rented.slot = 0;
  rented.rental = world.system.ids().make<rental_id>();
  world.db->store(record{world.system.ids().make<record_id>(), world.system.now(), {rented}});
  EXPECT_EQ(why(world.office<bank_image>(
                set_bank_status{{}, bank_two, bank_status::maintenance, "x", world.stamp})),
            station_refusal::invalid_status_change);
  EXPECT_EQ(
      why(world.office<bank_image>(set_bank_status{{}, stranger, bank_status::damaged, "x", world.stamp})),
      station_refusal::powerbank_not_found);
}

TEST(operators_banks, an_admin_accepts_a_quarantined_bank) {
  office_world world{9};
  world.slots[5] = {stranger, 95, 1};
  world.send_snapshot();
  ASSERT_NE(world.seated(stranger), nullptr);
  EXPECT_EQ(world.seated(stranger)->status, bank_status::quarantined);
  EXPECT_EQ(why(world.reserve(stranger)), station_refusal::requested_powerbank_unavailable);
  ASSERT_TRUE(
      world.office<bank_image>(set_bank_status{{}, stranger, bank_status::available, "ours", world.stamp})
          ->answer);
  EXPECT_TRUE(world.reserve(stranger)->answer);
  EXPECT_EQ(world.audited("powerbank.status"), 1U);
}

/// A bank that nobody has: a station finds it just when an operator condemns it.
TEST(operators_banks, a_bank_condemned_while_a_station_takes_it_in_has_one_writer) {
  int condemned = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    office_world world{seed};
    bank_image lost;
    lost.id = world.system.ids().make<bank_id>();
    lost.serial = stranger;
    lost.status = bank_status::missing;
    world.db->store(record{world.system.ids().make<record_id>(), world.system.now(), {lost}});
    const auto adopted = world.system.ask<bank_adopted>(
        world.stations, adopt_bank{world.station, {5, 1, stranger, 70, 25, 0, 0, 0}, world.system.now()});
    const auto judged = world.system.ask<bank_image>(
        world.world.station_office, set_bank_status{{}, stranger, bank_status::damaged, "fire", world.stamp});
    world.run();
    ASSERT_TRUE(adopted->answer);
    ASSERT_TRUE(judged->is_answered());
    const auto* stored = world.db->find_bank(stranger);
    EXPECT_EQ(stored->station, world.station) << "it sits where it was seen";
    const bool is_condemned = judged->answer.has_value();
    EXPECT_EQ(stored->status, is_condemned ? bank_status::damaged : bank_status::available);
    ASSERT_NE(world.seated(stranger), nullptr);
    EXPECT_EQ(world.seated(stranger)->status, stored->status) << "memory and disk agree";
    condemned += is_condemned ? 1 : 0;
  }
  EXPECT_GT(condemned, 0);
}

}  // namespace
}  // namespace chautari
