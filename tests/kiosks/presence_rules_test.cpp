#include "actors/kiosks/presence_rules.hpp"

#include <gtest/gtest.h>

namespace chautari {
namespace {

constexpr bank_sn bank{40000001};
using sight = ejection_evidence::sight;

observed_slot slot(std::int32_t number, std::int32_t code, bank_sn inside = {}) {
  observed_slot shown;
  shown.number = number;
  shown.device_code = code;
  shown.bank = inside;
  return shown;
}

TEST(presence_rules, only_success_with_a_readable_number_is_a_return) {
  for (int code = 0; code <= 0xFF; ++code) {
    const bool is_success = code == 0x01 || code == 0x03;
    EXPECT_EQ(handle_return(static_cast<std::uint8_t>(code), bank).is_fact, is_success) << code;
    EXPECT_FALSE(handle_return(static_cast<std::uint8_t>(code), no_bank_sn).is_fact) << code;
    EXPECT_FALSE(handle_return(static_cast<std::uint8_t>(code), unreadable_bank_sn).is_fact) << code;
  }
}

// 4.6: a failed return is an incident for people, not silence.
TEST(presence_rules, whoever_pushed_a_bank_in_for_nothing_is_an_incident) {
  for (const int code : {0x00, 0x02, 0x06, 0x10, 0x11, 0x21, 0x22, 0x23, 0x77})
    EXPECT_TRUE(handle_return(static_cast<std::uint8_t>(code), bank).is_incident) << code;
  for (const int code : {0x01, 0x03, 0x12, 0x13, 0x14, 0x24})
    EXPECT_FALSE(handle_return(static_cast<std::uint8_t>(code), bank).is_incident) << code;
  const auto nameless = handle_return(0x01, no_bank_sn);
  EXPECT_TRUE(nameless.is_incident);
  EXPECT_EQ(nameless.checks[0], seconds{5}) << "a snapshot may read it";
}

TEST(presence_rules, a_broken_switch_is_a_return_into_a_slot_that_needs_a_person) {
  EXPECT_TRUE(handle_return(0x03, bank).has_switch_fault);
  EXPECT_FALSE(handle_return(0x01, bank).has_switch_fault);
}

TEST(presence_rules, doubtful_returns_ask_for_a_snapshot_and_foreign_banks_do_not) {
  EXPECT_GT(handle_return(0x12, bank).checks[0].count(), 0);
  EXPECT_GT(handle_return(0x13, bank).checks[0].count(), 0);
  EXPECT_EQ(handle_return(0x24, bank).checks[0], seconds{300}) << "the self-test has five minutes";
  EXPECT_EQ(handle_return(0x21, bank).checks[0], seconds{5});
  EXPECT_EQ(handle_return(0x21, bank).checks[1], seconds{60});
  EXPECT_EQ(handle_return(0x10, bank).checks[0].count(), 0);
  EXPECT_EQ(handle_return(0x10, bank).log, "return-foreign-bank");
  EXPECT_GT(handle_return(0x77, bank).checks[0].count(), 0);
}

// F-31: two ports must not overwrite each other's slots.
TEST(presence_rules, slots_of_the_second_port_have_numbers_of_their_own) {
  cabinet_snapshot snapshot;
  board_record first{1, 0, 0, 25, 1, 1, {slot_record{}}};
  first.slots[0].slot = 1;
  board_record second = first;
  second.index = 0x50;
  snapshot.boards = {first, second};
  for (const int offset : {25, 8}) {
    const auto slots = slots_of(snapshot, offset);
    ASSERT_EQ(slots.size(), 2U);
    EXPECT_EQ(slots[0].number, 1);
    EXPECT_EQ(slots[1].number, offset + 1);
  }
  EXPECT_EQ(slot_of(return_report{0x50, 3, 0, bank, 1, {}}, 8).number, 11);
  EXPECT_EQ(slot_of(return_report{0x4F, 3, 0, bank, 1, {}}, 8).number, 3);
  EXPECT_EQ(slot_of(return_self_test{0x5A, second.slots[0]}, 8).number, 9);
}

TEST(presence_rules, an_invalid_charge_is_unknown) {
  cabinet_snapshot snapshot;
  board_record board{1, 0, 0, 25, 1, 1, {slot_record{}}};
  board.slots[0].slot = 1;
  board.slots[0].charge_percent = 255;
  snapshot.boards = {board};
  EXPECT_EQ(slots_of(snapshot, 25)[0].battery, -1);
}

TEST(presence_rules, a_bank_is_present_in_whatever_slot_it_is_shown) {
  EXPECT_EQ(evidence_of({slot(1, 0), slot(2, 1, bank)}, bank, 1, 25).bank, sight::present);
}

TEST(presence_rules, a_bank_is_absent_when_its_slot_is_empty_or_holds_another) {
  EXPECT_EQ(evidence_of({slot(1, 0), slot(2, 1, bank_sn{7})}, bank, 1, 25).bank, sight::absent);
  EXPECT_EQ(evidence_of({slot(1, 1, bank_sn{7})}, bank, 1, 25).bank, sight::absent);
  EXPECT_EQ(evidence_of({slot(2, 1, bank_sn{7})}, bank, 1, 25).bank, sight::absent)
      << "empty slots may be left out";
}

TEST(presence_rules, a_jammed_slot_without_a_number_or_a_port_that_is_not_shown_proves_nothing) {
  EXPECT_EQ(evidence_of({slot(1, 4, unreadable_bank_sn)}, bank, 1, 25).bank, sight::unreadable);
  EXPECT_EQ(evidence_of({slot(26, 0)}, bank, 1, 25).bank, sight::unreadable);
  EXPECT_EQ(evidence_of({slot(9, 0)}, bank, 1, 8).bank, sight::unreadable);
  EXPECT_EQ(evidence_of({slot(9, 0)}, bank, 1, 25).bank, sight::absent) << "one port, then";
}

}  // namespace
}  // namespace chautari
