/// What a snapshot changes: one table line a rule of reconciliation.
#include <gtest/gtest.h>

#include "actors/stations/station_rules.hpp"
#include "protocols/base/id_source.hpp"

namespace chautari {
namespace {

const timestamp now = from_ms(1'767'225'600'000);
constexpr bank_sn bank_one{101};
constexpr bank_sn bank_two{102};
constexpr bank_sn stranger{999};

station_image station_facts() {
  station_image facts;
  facts.id = station_id{make_uuid_v7(now, 1, 1)};
  facts.total_slots = 4;
  return facts;
}

/// Four slots, bank one in slot 1.
station_stock seated() {
  station_stock stock;
  for (std::uint8_t number = 1; number <= 4; ++number) {
    slot_facts slot;
    slot.number = number;
    slot.status = number == 1 ? slot_status::occupied : slot_status::available;
    slot.device_code = number == 1 ? 1 : 0;
    stock.slots.push_back(slot);
  }
  bank_facts bank;
  bank.id = bank_id{make_uuid_v7(now, 2, 2)};
  bank.serial = bank_one;
  bank.battery = 50;
  bank.slot = 1;
  stock.banks.push_back(bank);
  return stock;
}

observed_slot shown(std::int32_t number, bank_sn bank, std::int32_t code = 1, std::int32_t battery = 50) {
  observed_slot slot;
  slot.number = number;
  slot.device_code = code;
  slot.bank = bank;
  slot.battery = bank.is_nil() ? -1 : battery;
  return slot;
}
observed_slot empty(std::int32_t number) { return shown(number, {}, 0); }

observe_snapshot at(seconds when, std::vector<observed_slot> slots, bool settling = false) {
  observe_snapshot snapshot;
  snapshot.slots = std::move(slots);
  snapshot.received_at = now + when;
  snapshot.settling = settling;
  return snapshot;
}

stock_change look(const station_stock& stock, const observe_snapshot& snapshot) {
  return observe(stock, station_facts(), snapshot);
}

bool has(const stock_change& change, const std::string& kind) {
  for (const auto& event : change.events) {
    if (event.kind == kind) return true;
  }
  return false;
}

TEST(reconcile_rules, device_data_is_taken_and_only_what_changed_is_stored) {
  const auto first =
      look(seated(), at(seconds{0}, {shown(1, bank_one, 1, 60), empty(2), empty(3), empty(4)}));
  EXPECT_EQ(first.stock.find_bank(bank_one)->battery, 60);
  EXPECT_EQ(first.banks.size(), 1U);
  const auto again =
      look(first.stock, at(seconds{9}, {shown(1, bank_one, 1, 60), empty(2), empty(3), empty(4)}));
  EXPECT_TRUE(again.slots.empty() && again.banks.empty() && again.events.empty());
  EXPECT_EQ(again.stock.snapshot_at, now + seconds{9});
}

// F-28: banks that disappear were never removed from stock.
TEST(reconcile_rules, a_bank_two_snapshots_do_not_show_is_missing) {
  const auto once = look(seated(), at(seconds{0}, {empty(1)}));
  EXPECT_TRUE(once.banks.empty());
  const auto too_soon = look(once.stock, at(seconds{4}, {empty(1)}));
  EXPECT_TRUE(too_soon.banks.empty());
  const auto twice = look(too_soon.stock, at(seconds{5}, {empty(1)}));
  ASSERT_EQ(twice.banks.size(), 1U);
  EXPECT_EQ(twice.banks[0].status, bank_status::missing);
  EXPECT_TRUE(twice.banks[0].station.is_nil());
  EXPECT_EQ(twice.banks[0].slot, 0);
  EXPECT_TRUE(has(twice, "bank-missing"));
  EXPECT_EQ(twice.stock.find_bank(bank_one), nullptr);
}

TEST(reconcile_rules, a_bank_that_shows_up_in_between_is_not_missing) {
  auto stock = look(seated(), at(seconds{0}, {empty(1)})).stock;
  stock = look(stock, at(seconds{6}, {shown(1, bank_one)})).stock;
  stock = look(stock, at(seconds{12}, {empty(1)})).stock;
  EXPECT_NE(stock.find_bank(bank_one), nullptr);
}

TEST(reconcile_rules, an_unreadable_slot_or_the_other_port_is_no_evidence_of_absence) {
  for (const auto& evidence : {shown(1, unreadable_bank_sn, 3), shown(26, {}, 0)}) {
    auto stock = seated();
    for (const auto second : {0, 10, 20})
      stock = look(stock, at(seconds{second}, {evidence})).stock;
    EXPECT_NE(stock.find_bank(bank_one), nullptr) << evidence.number;
  }
}

// F-25: a snapshot within seconds of an ejection may still show the bank, or already not.
TEST(reconcile_rules, while_the_cabinet_settles_no_bank_is_placed_missed_or_met) {
  auto stock = look(seated(), at(seconds{0}, {empty(1), shown(2, stranger)}, true));
  EXPECT_TRUE(stock.strangers.empty());
  EXPECT_EQ(stock.stock.find_bank(bank_one)->unseen_since, timestamp{});
  EXPECT_EQ(stock.stock.find_slot(1)->status, slot_status::available) << "device data is taken all the same";
}

TEST(reconcile_rules, an_unknown_bank_is_a_stranger_and_an_unreadable_one_is_not) {
  const auto change =
      look(seated(), at(seconds{0}, {shown(1, bank_one), shown(2, stranger), shown(3, unreadable_bank_sn)}));
  ASSERT_EQ(change.strangers.size(), 1U);
  EXPECT_EQ(change.strangers[0].bank, stranger);
}

TEST(reconcile_rules, a_bank_whose_slot_holds_another_one_is_missing_at_once) {
  const auto change = look(seated(), at(seconds{0}, {shown(1, stranger)}));
  ASSERT_EQ(change.banks.size(), 1U);
  EXPECT_EQ(change.banks[0].serial, bank_one);
  EXPECT_EQ(change.banks[0].status, bank_status::missing);
}

TEST(reconcile_rules, banks_that_swapped_their_slots_are_both_still_here) {
  auto stock = seated();
  auto second = stock.banks[0];
  second.serial = bank_two;
  second.slot = 2;
  stock.banks.push_back(second);
  const auto change = look(stock, at(seconds{0}, {shown(1, bank_two), shown(2, bank_one)}));
  EXPECT_EQ(change.stock.find_bank(bank_one)->slot, 2);
  EXPECT_EQ(change.stock.find_bank(bank_two)->slot, 1);
  EXPECT_TRUE(change.strangers.empty() && change.events.empty());
}

// F-23: a full sync set every reported bank AVAILABLE.
TEST(reconcile_rules, a_snapshot_never_clears_maintenance_damage_or_quarantine) {
  for (const auto status : {bank_status::maintenance, bank_status::damaged, bank_status::quarantined}) {
    auto stock = seated();
    stock.banks[0].status = status;
    const auto change = look(stock, at(seconds{0}, {shown(1, bank_one)}));
    EXPECT_EQ(change.stock.find_bank(bank_one)->status, status) << to_string(status);
  }
}

TEST(reconcile_rules, a_reserved_bank_is_left_to_its_ejection) {
  auto stock = seated();
  stock.banks[0].status = bank_status::reserved;
  stock.banks[0].rental = rental_id{make_uuid_v7(now, 3, 3)};
  for (const auto second : {0, 10, 20}) {
    const auto change = look(stock, at(seconds{second}, {empty(1)}));
    EXPECT_TRUE(change.banks.empty());
    stock = change.stock;
  }
  EXPECT_EQ(stock.find_bank(bank_one)->status, bank_status::reserved);
  EXPECT_TRUE(look(stock, at(seconds{30}, {shown(1, bank_one, 2)})).banks.empty()) << "its rental writes it";
}

TEST(reconcile_rules, a_reservation_nobody_remembers_ends_with_the_next_snapshot_that_shows_the_bank) {
  auto stock = seated();
  stock.banks[0].status = bank_status::reserved;
  const auto change = look(stock, at(seconds{0}, {shown(1, bank_one)}));
  ASSERT_EQ(change.banks.size(), 1U);
  EXPECT_EQ(change.banks[0].status, bank_status::available);
}

TEST(reconcile_rules, fault_codes_send_the_bank_to_maintenance_or_damage_and_the_slot_to_error) {
  const std::vector<std::pair<int, bank_status>> table{
      {0x01, bank_status::available},   {0x02, bank_status::maintenance}, {0x03, bank_status::maintenance},
      {0x04, bank_status::maintenance}, {0x05, bank_status::damaged},     {0x06, bank_status::damaged},
      {0x07, bank_status::available},   {0x08, bank_status::maintenance}, {0x09, bank_status::damaged},
      {0x0A, bank_status::available},   {0x55, bank_status::available}};
  for (const auto& [code, status] : table) {
    const auto change = look(seated(), at(seconds{0}, {shown(1, bank_one, code)}));
    EXPECT_EQ(change.stock.find_bank(bank_one)->status, status) << code;
    EXPECT_EQ(change.stock.find_slot(1)->status, code == 1 ? slot_status::occupied : slot_status::error)
        << code;
  }
}

// F-33: sync overrode maintenance of slots.
TEST(reconcile_rules, what_an_administrator_closed_stays_closed) {
  auto stock = seated();
  stock.slots[0].is_disabled = true;
  stock.slots[1].status = slot_status::maintenance;
  const auto change = look(stock, at(seconds{0}, {shown(1, bank_one), empty(2)}));
  EXPECT_TRUE(change.stock.find_slot(1)->is_disabled);
  EXPECT_EQ(change.stock.find_slot(2)->status, slot_status::maintenance);
}

// F-32: an unknown slot number gave a 500 and lost the event.
TEST(reconcile_rules, a_slot_beyond_the_registered_ones_is_accepted_closed_and_reported) {
  const auto change = look(seated(), at(seconds{0}, {shown(1, bank_one), shown(9, stranger)}));
  ASSERT_NE(change.stock.find_slot(9), nullptr);
  EXPECT_TRUE(change.stock.find_slot(9)->is_disabled);
  EXPECT_TRUE(has(change, "slot-created"));
  EXPECT_EQ(change.strangers.size(), 1U);
}

TEST(reconcile_rules, a_bank_pushed_into_a_slot_clears_whoever_was_recorded_there) {
  const auto facts = station_facts();
  const auto change = clear_slot(seated(), facts, {facts.id, 1, stranger, now, false});
  ASSERT_EQ(change.banks.size(), 1U);
  EXPECT_EQ(change.banks[0].status, bank_status::missing);
  EXPECT_TRUE(clear_slot(seated(), facts, {facts.id, 1, bank_one, now, false}).banks.empty());
  EXPECT_TRUE(clear_slot(seated(), facts, {facts.id, 2, stranger, now, false}).banks.empty());
}

TEST(reconcile_rules, a_broken_switch_closes_its_slot) {
  const auto facts = station_facts();
  const auto change = clear_slot(seated(), facts, {facts.id, 2, stranger, now, true});
  ASSERT_EQ(change.slots.size(), 1U);
  EXPECT_TRUE(change.slots[0].is_disabled);
}

// -- banks nobody claims

stock_change take_in(bank_status status, std::int32_t code = 1) {
  const auto facts = station_facts();
  bank_image known;
  known.id = bank_id{make_uuid_v7(now, 4, 4)};
  known.serial = stranger;
  known.status = status;
  known.rentals = 7;
  return adopt(seated(), facts, {facts.id, shown(2, stranger, code), now}, known, bank_id{});
}

TEST(reconcile_rules, a_known_bank_without_a_rental_is_seated_with_what_is_known_of_it) {
  const auto change = take_in(bank_status::available);
  ASSERT_EQ(change.banks.size(), 1U);
  EXPECT_EQ(change.banks[0].status, bank_status::available);
  EXPECT_EQ(change.banks[0].slot, 2);
  EXPECT_EQ(change.banks[0].rentals, 7);
}

TEST(reconcile_rules, missing_and_lost_banks_are_found) {
  for (const auto status : {bank_status::missing, bank_status::lost}) {
    const auto change = take_in(status);
    EXPECT_EQ(change.banks.at(0).status, bank_status::available);
    EXPECT_TRUE(has(change, "bank-found"));
  }
}

TEST(reconcile_rules, a_bank_in_maintenance_or_quarantine_is_seated_as_it_is) {
  for (const auto status : {bank_status::maintenance, bank_status::damaged, bank_status::quarantined})
    EXPECT_EQ(take_in(status).banks.at(0).status, status);
}

TEST(reconcile_rules, a_bank_promised_to_somebody_is_not_touched) {
  for (const auto status : {bank_status::rented, bank_status::reserved}) {
    const auto change = take_in(status);
    EXPECT_TRUE(change.banks.empty());
    EXPECT_TRUE(has(change, "bank-without-its-rental"));
  }
}

TEST(reconcile_rules, a_bank_nobody_registered_is_quarantined) {
  const auto facts = station_facts();
  const bank_id fresh{make_uuid_v7(now, 5, 5)};
  const auto change = adopt(seated(), facts, {facts.id, shown(2, stranger), now}, {}, fresh);
  ASSERT_EQ(change.banks.size(), 1U);
  EXPECT_EQ(change.banks[0].status, bank_status::quarantined);
  EXPECT_EQ(change.banks[0].id, fresh);
}

TEST(reconcile_rules, a_faulty_slot_marks_the_bank_it_takes_in) {
  EXPECT_EQ(take_in(bank_status::available, 0x05).banks.at(0).status, bank_status::damaged);
}

}  // namespace
}  // namespace chautari
