#include "actors/stations/office_rules.hpp"

#include <gtest/gtest.h>

namespace chautari {
namespace {

bank_facts a_bank(std::uint32_t serial, std::uint8_t slot, bank_status status = bank_status::available) {
  bank_facts bank;
  bank.serial = bank_sn{serial};
  bank.slot = slot;
  bank.status = status;
  bank.battery = 90;
  return bank;
}

slot_facts a_slot(std::uint8_t number) {
  slot_facts slot;
  slot.number = number;
  slot.status = slot_status::occupied;
  slot.device_code = 1;
  return slot;
}

// K-87: the status of a bank in somebody's hands is not an operator's to change.
TEST(office_rules, a_bank_becomes_only_what_its_place_allows) {
  struct a_case {
    bank_status wanted;
    bank_status has;
    bool is_seated;
    bool is_promised;
    bool may;
  };
  using enum bank_status;
  const std::vector<a_case> cases{
      {available, maintenance, true, false, true},   {available, damaged, true, false, true},
      {available, quarantined, true, false, true},   {available, missing, false, false, false},
      {available, lost, false, false, false},        {available, maintenance, false, false, false},
      {maintenance, available, true, false, true},   {damaged, maintenance, false, false, true},
      {damaged, lost, false, false, true},           {maintenance, rented, false, false, false},
      {damaged, rented, false, false, false},        {maintenance, reserved, true, false, false},
      {maintenance, maintenance, true, true, false}, {available, quarantined, false, false, false},
  };
  for (const auto& one : cases)
    EXPECT_EQ(may_become(one.wanted, one.has, one.is_seated, one.is_promised), one.may)
        << to_string(one.has) << " to " << to_string(one.wanted);
}

TEST(office_rules, an_operator_gets_the_riders_choice_first_and_then_whatever_nobody_has_a_claim_on) {
  station_stock stock;
  for (std::uint8_t number = 1; number <= 4; ++number)
    stock.slots.push_back(a_slot(number));
  stock.banks = {a_bank(1, 1, bank_status::damaged), a_bank(2, 2), a_bank(3, 3, bank_status::reserved),
                 a_bank(4, 4, bank_status::quarantined)};
  EXPECT_EQ(choose_for_operator(stock, {})->serial, bank_sn{2});
  EXPECT_EQ(choose_for_operator(stock, bank_sn{4})->serial, bank_sn{4}) << "also one that no rider may have";
  EXPECT_EQ(choose_for_operator(stock, bank_sn{3}), nullptr) << "reserved";
  EXPECT_EQ(choose_for_operator(stock, bank_sn{9}), nullptr) << "not here";
  stock.forget_bank(bank_sn{2});
  EXPECT_EQ(choose_for_operator(stock, {})->serial, bank_sn{1}) << "the lowest slot";
  stock.find_bank(bank_sn{1})->rental.value.data[0] = 1;
  EXPECT_EQ(choose_for_operator(stock, {})->serial, bank_sn{4});
}

// K-87: nothing is skipped silently.
TEST(office_rules, every_wrong_placement_is_named) {
  bank_image free;
  free.serial = bank_sn{1};
  free.status = bank_status::missing;
  auto seated = free;
  seated.station.value.data[0] = 1;
  auto rented = free;
  rented.rental.value.data[0] = 1;
  const std::vector<placement_check> checks{
      {{bank_sn{1}, 1}, free, true},   {{bank_sn{2}, 1}, free, true},  {{bank_sn{1}, 2}, free, true},
      {{bank_sn{3}, 9}, free, true},   {{bank_sn{4}, 3}, {}, true},    {{bank_sn{5}, 4}, seated, true},
      {{bank_sn{6}, 5}, rented, true}, {{bank_sn{7}, 6}, free, false}, {{bank_sn{8}, 7}, free, true}};
  std::vector<std::string> told;
  for (const auto& one : wrong_placements(checks, 8))
    told.push_back(std::string{one.at("powerbank_serial").as_string()} + ':' +
                   std::string{one.at("code").as_string()});
  EXPECT_EQ(told, (std::vector<std::string>{"2:duplicate_slot", "1:duplicate_bank", "3:out_of_range",
                                            "4:not_found", "5:not_free", "6:not_free", "7:not_free"}));
  EXPECT_EQ(placed(checks.front(), {}).status, bank_status::available) << "found again";
  free.status = bank_status::damaged;
  EXPECT_EQ(placed({{bank_sn{1}, 1}, free, true}, {}).status, bank_status::damaged) << "a verdict stays";
}

TEST(office_rules, the_audit_log_shows_what_differs_and_nothing_else) {
  station_image before;
  before.name = "Asan";
  before.total_slots = 8;
  before.amenities = R"([{"id":"a"}])";
  station_changes wish;
  wish.name = "Asan Chowk";
  wish.amenities = "[]";
  wish.total_slots = 8;
  const auto after = changed(before, wish);
  const auto what = difference_of(before, after);
  EXPECT_EQ(boost::json::serialize(what.before), R"({"station_name":"Asan","amenities":[{"id":"a"}]})");
  EXPECT_EQ(boost::json::serialize(what.after), R"({"station_name":"Asan Chowk","amenities":[]})");
  EXPECT_TRUE(difference_of(after, changed(after, wish)).is_empty());
}

TEST(office_rules, working_on_an_issue_assigns_it_and_solving_it_has_a_time) {
  const auto now = from_ms(1'767'225'600'000);
  change_issue wish;
  wish.stamp.who.value.data[0] = 7;
  wish.status = issue_status::in_progress;
  auto issue = changed(station_issue_image{}, wish, now);
  EXPECT_EQ(issue.assigned_to, wish.stamp.who);
  operator_id other;
  other.value.data[0] = 8;
  wish.assigned_to = other;
  EXPECT_EQ(changed(issue, wish, now).assigned_to, other) << "an assignee that is named wins";

  change_issue solved;
  solved.status = issue_status::resolved;
  issue = changed(issue, solved, now);
  EXPECT_EQ(issue.resolved_at, now);
  solved.notes = "Wiped";
  EXPECT_EQ(changed(issue, solved, now + hours{1}).resolved_at, now) << "once";
  change_issue again;
  again.status = issue_status::acknowledged;
  again.assigned_to = operator_id{};
  issue = changed(issue, again, now);
  EXPECT_FALSE(issue.resolved_at);
  EXPECT_FALSE(issue.assigned_to);
}

}  // namespace
}  // namespace chautari
