#include "actors/stations/station_rules.hpp"

#include <gtest/gtest.h>

namespace chautari {
namespace {

const timestamp now = from_ms(1'767'225'600'000);

station_image open_station() {
  station_image facts;
  facts.serial = station_sn{"ST-1"};
  facts.total_slots = 8;
  return facts;
}

/// A stock of banks given as (serial, battery, cycles), in slots 1, 2, ...
struct given {
  std::uint32_t serial;
  int battery;
  int cycles = 0;
};
station_stock stock_of(const std::vector<given>& banks) {
  station_stock stock;
  stock.snapshot_at = now;
  for (const auto& one : banks) {
    slot_facts slot;
    slot.number = static_cast<std::uint8_t>(stock.slots.size() + 1);
    slot.status = slot_status::occupied;
    slot.device_code = 1;
    slot.temperature = 25;
    bank_facts bank;
    bank.serial = bank_sn{one.serial};
    bank.battery = static_cast<std::int8_t>(one.battery);
    bank.cycles = one.cycles;
    bank.slot = slot.number;
    stock.slots.push_back(slot);
    stock.banks.push_back(bank);
  }
  return stock;
}

std::uint32_t chosen(const station_stock& stock) {
  const auto choice = choose_bank(stock, {});
  const auto* bank = std::get_if<bank_sn>(&choice);
  return bank == nullptr ? 0 : bank->value;
}

TEST(station_rules, visitors_are_refused_in_the_order_of_the_checks) {
  auto facts = open_station();
  facts.opening_minute = 0;
  facts.closing_minute = 1;  // Closed at 05:45 local time.
  facts.is_maintenance = true;
  facts.is_deleted = true;
  EXPECT_EQ(refuse_visitors(facts, false, now), station_refusal::station_not_found);
  facts.is_deleted = false;
  EXPECT_EQ(refuse_visitors(facts, false, now), station_refusal::station_offline);
  EXPECT_EQ(refuse_visitors(facts, true, now), station_refusal::station_maintenance);
  facts.is_maintenance = false;
  EXPECT_EQ(refuse_visitors(facts, true, now), station_refusal::station_closed);
  facts.opening_minute = facts.closing_minute = -1;
  EXPECT_FALSE(refuse_visitors(facts, true, now));
}

// F-29: a cabinet nobody approved is no station for riders.
TEST(station_rules, an_unapproved_station_does_not_exist_for_riders) {
  auto facts = open_station();
  facts.is_approved = false;
  EXPECT_EQ(refuse_visitors(facts, true, now), station_refusal::station_not_found);
}

TEST(station_rules, the_fullest_bank_is_chosen_then_the_least_worn_then_the_lowest_slot) {
  EXPECT_EQ(chosen(stock_of({{1, 80}, {2, 95}, {3, 90}})), 2U);
  EXPECT_EQ(chosen(stock_of({{1, 90, 500}, {2, 90, 400}, {3, 90, 400}})), 2U);
  EXPECT_EQ(chosen(stock_of({{1, 90, 400}, {2, 90, 400}})), 1U);
}

TEST(station_rules, a_bank_under_twenty_percent_or_of_unknown_charge_is_not_rented_out) {
  EXPECT_EQ(chosen(stock_of({{1, 19}, {2, -1}})), 0U);
  EXPECT_EQ(chosen(stock_of({{1, 20}})), 1U);
}

// F-30: unknown codes were mapped to "available".
TEST(station_rules, only_device_code_one_is_rentable) {
  for (int code = 0; code <= 0xFF; ++code) {
    auto stock = stock_of({{1, 90}});
    stock.slots[0].device_code = static_cast<std::uint8_t>(code);
    EXPECT_EQ(chosen(stock), code == 1 ? 1U : 0U) << code;
  }
}

TEST(station_rules, temperature_must_be_between_ten_and_sixty_or_unknown) {
  for (const auto& [celsius, rentable] :
       {std::pair{9, false}, {10, true}, {60, true}, {61, false}, {0, true}, {255, true}}) {
    auto stock = stock_of({{1, 90}});
    stock.slots[0].temperature = static_cast<std::uint8_t>(celsius);
    EXPECT_EQ(chosen(stock) != 0, rentable) << celsius;
  }
}

TEST(station_rules, every_status_but_available_and_every_disabled_slot_is_left_alone) {
  for (const auto status :
       {bank_status::reserved, bank_status::rented, bank_status::maintenance, bank_status::damaged,
        bank_status::missing, bank_status::lost, bank_status::quarantined}) {
    auto stock = stock_of({{1, 90}});
    stock.banks[0].status = status;
    EXPECT_EQ(chosen(stock), 0U) << to_string(status);
  }
  auto stock = stock_of({{1, 90}});
  stock.slots[0].is_disabled = true;
  EXPECT_EQ(chosen(stock), 0U);
}

TEST(station_rules, a_bank_the_last_snapshot_did_not_show_is_not_promised_to_anybody) {
  auto stock = stock_of({{1, 90}});
  stock.banks[0].unseen_since = now;
  EXPECT_EQ(chosen(stock), 0U);
}

// F-12: a requested bank was not checked at all.
TEST(station_rules, a_wanted_bank_must_be_here_and_rentable) {
  auto stock = stock_of({{1, 90}, {2, 10}});
  EXPECT_EQ(std::get<bank_sn>(choose_bank(stock, bank_sn{1})).value, 1U);
  EXPECT_EQ(std::get<station_refusal>(choose_bank(stock, bank_sn{2})),
            station_refusal::requested_powerbank_unavailable);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(choose_bank(stock, bank_sn{3})));
}

// F-14: AVAILABLE means empty; stock is rentable_count.
TEST(station_rules, counts_tell_empty_slots_from_rentable_banks) {
  auto stock = stock_of({{1, 90}, {2, 10}, {3, 90}});
  slot_facts empty;
  empty.number = 4;
  slot_facts broken = empty;
  broken.number = 5;
  broken.status = slot_status::error;
  slot_facts disabled = empty;
  disabled.number = 6;
  disabled.is_disabled = true;
  stock.slots.insert(stock.slots.end(), {empty, broken, disabled});
  const auto view = view_of(open_station(), stock, true, now, now);
  EXPECT_EQ(view.rentable_count, 2);
  EXPECT_EQ(view.empty_slots, 2);
  EXPECT_EQ(view.return_slots, 1);
  EXPECT_EQ(view.slots[5].status, slot_status::maintenance);
  EXPECT_EQ(view_of(open_station(), stock, false, now, now).return_slots, 0);
}

TEST(station_rules, a_snapshot_older_than_twenty_five_minutes_says_nothing_about_stock) {
  const auto stock = stock_of({{1, 90}});
  EXPECT_EQ(view_of(open_station(), stock, true, now, now + minutes{25}).rentable_count, 1);
  EXPECT_EQ(view_of(open_station(), stock, true, now, now + minutes{25} + seconds{1}).rentable_count, 0);
}

TEST(station_rules, the_fingerprint_changes_with_what_riders_see_and_not_with_time) {
  const auto stock = stock_of({{1, 90}});
  const auto view = view_of(open_station(), stock, true, now, now);
  EXPECT_EQ(fingerprint(view),
            fingerprint(view_of(open_station(), stock, true, now + minutes{1}, now + minutes{1})));
  auto other = stock;
  other.banks[0].battery = 89;
  EXPECT_NE(fingerprint(view), fingerprint(view_of(open_station(), other, true, now, now)));
}

TEST(station_rules, three_failed_ejections_in_a_row_disable_a_slot_and_a_good_one_starts_over) {
  auto stock = stock_of({{1, 90}});
  count_ejection(stock, 1, true, now);
  count_ejection(stock, 1, true, now);
  count_ejection(stock, 1, false, now);
  EXPECT_EQ(stock.slots[0].faults_in_a_row, 0);
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(stock.slots[0].is_disabled);
    count_ejection(stock, 1, true, now);
  }
  EXPECT_TRUE(stock.slots[0].is_disabled);
}

TEST(station_rules, facts_and_images_are_the_same_thing_in_two_sizes) {
  slot_image slot{station_id{}, 80, slot_status::error, 255, 100, 255, 50, 10, 192, 2, true, now};
  const auto there_and_back = image_of(facts_of(slot), station_id{});
  EXPECT_EQ(there_and_back.number, 80);
  EXPECT_EQ(there_and_back.device_code, 255);
  EXPECT_EQ(there_and_back.temperature, 255);
  EXPECT_EQ(there_and_back.sensors, 192);
  EXPECT_TRUE(there_and_back.is_disabled);
  EXPECT_EQ(there_and_back.updated_at, now);
}

}  // namespace
}  // namespace chautari
