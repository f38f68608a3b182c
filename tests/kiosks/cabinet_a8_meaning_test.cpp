/// The tables of the maker, code by code, and what is made of codes that stand in none.

#include <gtest/gtest.h>

#include <map>

#include "protocols/kiosks/cabinet_a8_meaning.hpp"

namespace chautari {
namespace {

template <class Meaning>
using code_table = std::map<unsigned, Meaning>;

TEST(cabinet_a8_meaning, every_ejection_code_has_its_class_and_only_01_is_success) {
  using enum ejection_class;
  const code_table<ejection_class> table{
      {0x00, mechanical}, {0x01, ejected},    {0x02, mechanical}, {0x03, mechanical}, {0x04, mechanical},
      {0x05, mechanical}, {0x06, mechanical}, {0x08, mechanical}, {0x11, mechanical}, {0x12, ambiguous},
      {0x13, mechanical}, {0x14, mechanical}, {0x21, mechanical}, {0x22, mechanical}, {0x23, mechanical},
      {0x24, mechanical}, {0x87, not_moved},  {0x88, not_moved},  {0xFB, not_moved},  {0xFC, not_moved},
      {0xFD, not_moved},  {0xFE, busy},       {0xFF, not_moved}};
  for (unsigned code = 0; code < 256; ++code) {
    const auto entry = table.find(code);
    EXPECT_EQ(classify_ejection(static_cast<std::uint8_t>(code)),
              entry == table.end() ? unknown : entry->second)
        << code;
  }
}

TEST(cabinet_a8_meaning, only_a_refusal_before_the_motor_proves_that_nothing_moved) {
  EXPECT_TRUE(proves_nothing_moved(ejection_class::not_moved));
  EXPECT_TRUE(proves_nothing_moved(ejection_class::busy));
  for (const auto other : {ejection_class::ejected, ejection_class::mechanical, ejection_class::ambiguous,
                           ejection_class::unknown}) {
    EXPECT_FALSE(proves_nothing_moved(other)) << to_string(other);
  }
}

TEST(cabinet_a8_meaning, every_return_code_has_its_handling) {
  using enum return_class;
  const code_table<return_class> table{{0x00, failed},          {0x01, returned},
                                       {0x02, alert_and_check}, {0x03, returned_switch_broken},
                                       {0x06, alert_and_check}, {0x10, foreign_bank},
                                       {0x11, failed},          {0x12, check},
                                       {0x13, check},           {0x14, wait_for_self_test},
                                       {0x21, failed},          {0x22, failed},
                                       {0x23, failed},          {0x24, wait_for_self_test}};
  for (unsigned code = 0; code < 256; ++code) {
    const auto entry = table.find(code);
    EXPECT_EQ(classify_return(static_cast<std::uint8_t>(code)),
              entry == table.end() ? unknown : entry->second)
        << code;
  }
}

TEST(cabinet_a8_meaning, a_return_is_a_fact_only_with_a_good_state_and_a_readable_serial_number) {
  EXPECT_TRUE(is_return_fact(0x01, bank_sn{40000001}));
  EXPECT_TRUE(is_return_fact(0x03, bank_sn{7}));
  EXPECT_FALSE(is_return_fact(0x01, no_bank_sn));
  EXPECT_FALSE(is_return_fact(0x01, unreadable_bank_sn));
  EXPECT_FALSE(is_return_fact(0x12, bank_sn{40000001}));
  EXPECT_FALSE(is_return_fact(0x10, bank_sn{40000001}));
}

TEST(cabinet_a8_meaning, only_a_slot_with_code_01_is_rentable_and_an_unknown_code_is_an_error) {
  using slot = device_slot_status;
  const code_table<slot_state_meaning> table{
      {0x00, {slot::empty, bank_effect::none, slot_alert::none, false}},
      {0x01, {slot::occupied, bank_effect::unchanged, slot_alert::none, true}},
      {0x02, {slot::error, bank_effect::maintenance, slot_alert::none, false}},
      {0x03, {slot::error, bank_effect::maintenance, slot_alert::none, false}},
      {0x04, {slot::error, bank_effect::maintenance, slot_alert::none, false}},
      {0x05, {slot::error, bank_effect::damaged, slot_alert::theft, false}},
      {0x06, {slot::error, bank_effect::damaged, slot_alert::none, false}},
      {0x07, {slot::error, bank_effect::unchanged, slot_alert::none, false}},
      {0x08, {slot::error, bank_effect::maintenance, slot_alert::none, false}},
      {0x09, {slot::error, bank_effect::damaged, slot_alert::none, false}},
      {0x0A, {slot::error, bank_effect::unchanged, slot_alert::stuck_bank, false}}};
  const slot_state_meaning undocumented{slot::error, bank_effect::unchanged, slot_alert::unknown_code, false};
  for (unsigned code = 0; code < 256; ++code) {
    const auto entry = table.find(code);
    const auto expected = entry == table.end() ? undocumented : entry->second;
    EXPECT_EQ(meaning_of_slot_state(static_cast<std::uint8_t>(code)), expected) << code;
  }
}

slot_record good_slot() { return {3, 1, 0, 0xE3, 73, bank_sn{40000001}, 100, 22, 0, 0, 25, 0}; }

TEST(cabinet_a8_meaning, a_bank_is_rentable_with_enough_charge_at_a_sane_temperature) {
  EXPECT_TRUE(is_rentable(good_slot()));
  const struct {
    std::uint8_t charge, temperature;
    bool expected;
  } table[]{{20, 22, true},  {19, 22, false},  {101, 22, false}, {255, 22, false},
            {100, 9, false}, {100, 10, true},  {100, 60, true},  {100, 61, false},
            {100, 0, true},  {100, 255, true}, {100, 254, false}};
  for (const auto& [charge, temperature, expected] : table) {
    slot_record slot = good_slot();
    slot.charge_percent = charge;
    slot.temperature_c = temperature;
    EXPECT_EQ(is_rentable(slot), expected) << unsigned{charge} << " % " << unsigned{temperature} << " C";
  }
  EXPECT_FALSE(is_rentable(good_slot(), {.charge_percent_min = 101}));
}

TEST(cabinet_a8_meaning, a_bank_without_a_serial_number_is_not_rentable) {
  for (const bank_sn sn : {no_bank_sn, unreadable_bank_sn}) {
    slot_record slot = good_slot();
    slot.sn = sn;
    EXPECT_FALSE(is_rentable(slot));
  }
}

TEST(cabinet_a8_meaning, boards_from_0x50_on_hang_on_port_one_and_number_after_the_offset) {
  EXPECT_EQ(io_port(0x0A), 0U);
  EXPECT_EQ(io_port(0x4F), 0U);
  EXPECT_EQ(io_port(0x50), 1U);
  EXPECT_EQ(io_port(0x5A), 1U);
  EXPECT_EQ(global_slot(0, 3), 3U);
  EXPECT_EQ(global_slot(1, 3), 28U);
  EXPECT_EQ(global_slot(1, 80, 80), 160U);
}

TEST(cabinet_a8_meaning, the_high_byte_of_the_area_code_counts_unless_the_board_leaves_it_undefined) {
  const slot_record slot{.area = 0x65};
  EXPECT_EQ(area_code(board_record{.area_high = 0x01}, slot), 357);
  for (const std::uint8_t undefined : {0x00, 0x0B, 0xFF}) {
    EXPECT_EQ(area_code(board_record{.area_high = undefined}, slot), 0x65) << unsigned{undefined};
  }
}

TEST(cabinet_a8_meaning, signal_strength_has_grades) {
  using enum signal_grade;
  const code_table<signal_grade> last_of_grade{{12, very_weak}, {16, weak},      {20, fair},
                                               {25, good},      {31, very_good}, {99, none}};
  for (unsigned csq = 0; csq <= 99; ++csq) {
    EXPECT_EQ(signal_grade_of(static_cast<std::uint8_t>(csq)), last_of_grade.lower_bound(csq)->second) << csq;
  }
}

TEST(cabinet_a8_meaning, backup_power_runs_only_when_both_bits_are_set) {
  EXPECT_EQ(backup_power_of(0), backup_power::not_fitted);
  EXPECT_EQ(backup_power_of(1), backup_power::idle);
  EXPECT_EQ(backup_power_of(2), backup_power::idle);
  EXPECT_EQ(backup_power_of(3), backup_power::running);
}

}  // namespace
}  // namespace chautari
