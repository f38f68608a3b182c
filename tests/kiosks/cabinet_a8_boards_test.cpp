/// How many slots a board has is told by the slot numbers alone.

#include "protocols/kiosks/cabinet_a8_boards.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <numeric>
#include <optional>
#include <random>

#include "protocols/kiosks/cabinet_a8_meaning.hpp"
#include "tests/kiosks/cabinet_naive_boards.hpp"
#include "tests/kiosks/cabinet_vectors.hpp"

namespace chautari {
namespace {

using cabinet_vectors::frame_bytes;

/// The boards of one cabinet: how many slots each has and on which io port it hangs.
struct layout {
  std::vector<std::size_t> slots;
  std::vector<unsigned> ports;  // Empty: all on port 0.

  [[nodiscard]] unsigned port(std::size_t board) const { return ports.empty() ? 0 : ports[board]; }
};

/// A cabinet in which every second slot holds a bank.
std::vector<board_record> boards_of(const layout& cabinet) {
  std::array<std::uint8_t, 2> next{1, 1};
  std::vector<board_record> boards;
  for (std::size_t at = 0; at < cabinet.slots.size(); ++at) {
    const unsigned port = cabinet.port(at);
    board_record board{static_cast<std::uint8_t>(at + 1 + 0x50 * port), 0xFF, 0xFF, 30, 4, 15, {}};
    for (std::size_t slot = 0; slot < cabinet.slots[at]; ++slot) {
      const std::uint8_t number = next[port]++;
      const bank_sn sn{40000000U + number};
      const bool empty = number % 2 == 0;
      board.slots.push_back(empty ? slot_record{number, 0, 0, 0, 0, no_bank_sn, 0, 1, 0, 0, 0, 0x80}
                                  : slot_record{number, 1, 0, 0xE3, 73, sn, 100, 22, 0x32, 9, 25, 0});
    }
    boards.push_back(std::move(board));
  }
  return boards;
}

frame_bytes data_of(const std::vector<board_record>& boards) {
  const frame_bytes frame = encode(cabinet_snapshot{boards});
  return {frame.begin() + 4, frame.end() - 1};
}

/// Zeros but for what the layouts ask for: data that can be read as each of them. 0 is no slot number.
frame_bytes data_for_both(const layout& one, const layout& other) {
  frame_bytes data;
  for (const layout& cabinet : {one, other}) {
    std::array<std::uint8_t, 2> next{1, 1};
    std::size_t at = 0;
    for (std::size_t board = 0; board < cabinet.slots.size(); ++board) {
      data.resize(std::max(data.size(), at + a8_board_header_bytes + cabinet.slots[board] * a8_slot_bytes));
      if (cabinet.port(board) == 1) data[at] = 0x51;
      at += a8_board_header_bytes;
      for (std::size_t slot = 0; slot < cabinet.slots[board]; ++slot, at += a8_slot_bytes) {
        data[at] = next[cabinet.port(board)]++;
      }
    }
  }
  return data;
}

std::vector<std::size_t> slots_of(const std::vector<board_record>& boards) {
  std::vector<std::size_t> slots;
  for (const board_record& board : boards)
    slots.push_back(board.slots.size());
  return slots;
}

/// The rule of the specification, spelled out over all readings.
std::optional<std::vector<std::size_t>> by_the_rule(std::vector<std::vector<std::size_t>> readings,
                                                    std::size_t registered_slots) {
  const auto keep = [&](const std::function<bool(const std::vector<std::size_t>&)>& wanted) {
    std::vector<std::vector<std::size_t>> kept;
    std::copy_if(readings.begin(), readings.end(), std::back_inserter(kept), wanted);
    if (!kept.empty()) readings = kept;
  };
  if (readings.size() > 1) {
    keep([](const auto& reading) { return std::equal(reading.begin() + 1, reading.end(), reading.begin()); });
  }
  if (readings.size() > 1) {
    keep([&](const auto& reading) {
      return std::accumulate(reading.begin(), reading.end(), std::size_t{0}) == registered_slots;
    });
  }
  if (readings.size() != 1) return {};
  return readings.front();
}

TEST(cabinet_a8_boards, every_layout_on_the_market_has_exactly_one_reading) {
  const std::vector<layout> layouts{
      {{4}, {}},                      // 1x4
      {{2, 2}, {}},                   // 2x2
      {{3, 3}, {}},                   // 2x3
      {{4, 4}, {}},                   // 2x4
      {{4, 4, 4, 4, 4, 4}, {}},       // 6x4
      {{6, 6, 6}, {}},                // 3x6
      {{6, 6, 6, 6}, {}},             // 4x6
      {{8, 8}, {}},                   // 2x8
      {{8, 8, 8}, {}},                // 3x8
      {{4, 8}, {}},                   // 4+8
      {{15, 5}, {}},                  // 15+5
      {{12, 12}, {}},                 // 2x12
      {{2}, {}},                      // The smallest one.
      {{80}, {}},                     // The longest port.
      {{80, 80}, {0, 1}},             // The longest cabinet.
      {{4, 4, 4, 4}, {0, 0, 1, 1}},   // Two ports, each numbered from 1.
      {{4, 8, 15, 5}, {0, 1, 0, 1}},  // Two ports, interleaved.
  };
  for (const layout& cabinet : layouts) {
    const auto boards = boards_of(cabinet);
    const frame_bytes data = data_of(boards);
    naive_search naive{data, 1'000'000};
    naive.visit(0, {1, 1});
    EXPECT_EQ(naive.found, (std::vector<std::vector<std::size_t>>{cabinet.slots}))
        << "not unique: " << testing::PrintToString(cabinet.slots);
    const auto parsed = parse_boards(data);
    ASSERT_TRUE(parsed) << testing::PrintToString(cabinet.slots);
    EXPECT_EQ(*parsed, boards) << testing::PrintToString(cabinet.slots);
  }
}

TEST(cabinet_a8_boards, a_wrong_registered_count_does_not_disturb_a_unique_reading) {
  const auto boards = boards_of({{4, 8}, {}});
  for (const std::size_t registered : {0U, 12U, 16U, 1000U}) {
    EXPECT_EQ(parse_boards(data_of(boards), registered), boards) << registered;
  }
}

TEST(cabinet_a8_boards, a_board_index_with_hex_letters_is_just_an_index) {
  auto boards = boards_of({{4, 4}, {0, 1}});
  boards[0].index = 0x0A;
  boards[1].index = 0x5A;
  EXPECT_EQ(parse_boards(data_of(boards)), boards);
}

TEST(cabinet_a8_boards, data_that_does_not_fill_boards_exactly_has_no_reading) {
  const frame_bytes data = data_of(boards_of({{4, 8}, {}}));
  for (std::size_t size = 0; size < data.size(); ++size) {
    const auto parsed = parse_boards(std::span{data}.first(size));
    const bool whole_boards = size == 21 || size == 36 || size == 51 ||
                              size == 66 ||                           // 1..4 slots of the first
                              (size >= 87 && (size - 87) % 15 == 0);  // and 1..7 of the second.
    EXPECT_EQ(parsed.has_value(), whole_boards) << size;
  }
  frame_bytes longer = data;
  longer.resize(longer.size() + 3);
  EXPECT_FALSE(parse_boards(longer));
}

TEST(cabinet_a8_boards, slots_that_do_not_count_up_from_one_have_no_reading) {
  for (const std::uint8_t wrong : {0, 1, 3, 5, 81, 255}) {
    auto boards = boards_of({{4}, {}});
    boards[0].slots[1].slot = wrong;
    EXPECT_FALSE(parse_boards(data_of(boards))) << unsigned{wrong};
  }
  auto restarted = boards_of({{4, 4}, {0, 1}});
  restarted[1].index = 0x20;  // The second board claims to be on port 0, where 5 comes next.
  EXPECT_FALSE(parse_boards(data_of(restarted)));
  EXPECT_FALSE(parse_boards(data_of(boards_of({{81}, {}}))));
}

TEST(cabinet_a8_boards, boards_of_equal_size_are_preferred_to_unequal_ones) {
  const layout equal{{2, 2}, {}};
  EXPECT_EQ(slots_of(parse_boards(data_for_both(equal, {{1, 3}, {}})).value()), equal.slots);
  const layout seven_of_one{{1, 1, 1, 1, 1, 1, 1}, {}};
  const layout two_and_seven{{2, 7}, {0, 1}};
  // Equal size comes first, even against the registered count.
  for (const std::size_t registered : {0U, 7U, 9U}) {
    EXPECT_EQ(slots_of(parse_boards(data_for_both(two_and_seven, seven_of_one), registered).value()),
              seven_of_one.slots);
  }
}

TEST(cabinet_a8_boards, the_registered_count_decides_between_unequal_readings) {
  const layout ten{{2, 8}, {0, 1}};
  const layout eight{{1, 1, 1, 1, 1, 1, 2}, {}};
  const frame_bytes data = data_for_both(ten, eight);
  EXPECT_EQ(slots_of(parse_boards(data, 10).value()), ten.slots);
  EXPECT_EQ(slots_of(parse_boards(data, 8).value()), eight.slots);
}

TEST(cabinet_a8_boards, the_registered_count_decides_between_equal_readings) {
  const layout sixteen{{8, 8}, {0, 1}};
  const layout fourteen{{2, 2, 2, 2, 2, 2, 2}, {0, 0, 0, 1, 1, 1, 1}};
  const frame_bytes data = data_for_both(sixteen, fourteen);
  EXPECT_EQ(slots_of(parse_boards(data, 16).value()), sixteen.slots);
  EXPECT_EQ(slots_of(parse_boards(data, 14).value()), fourteen.slots);
  for (const std::size_t registered : {0U, 15U})
    EXPECT_FALSE(parse_boards(data, registered)) << registered;
}

TEST(cabinet_a8_boards, two_readings_that_nothing_decides_are_no_reading) {
  const frame_bytes same_count = data_for_both({{1, 2}, {}}, {{2, 1}, {}});
  for (const std::size_t registered : {0U, 3U, 4U})
    EXPECT_FALSE(parse_boards(same_count, registered)) << registered;
  const frame_bytes other_count = data_for_both({{2, 8}, {0, 1}}, {{1, 1, 1, 1, 1, 1, 2}, {}});
  for (const std::size_t registered : {0U, 9U})
    EXPECT_FALSE(parse_boards(other_count, registered)) << registered;
  const auto refused = decode(cabinet_vectors::frame_of(0x10, same_count));
  EXPECT_EQ(std::get<frame_error>(refused), frame_error::content);
}

TEST(cabinet_a8_boards, an_index_that_looks_like_the_next_slot_makes_unequal_boards_ambiguous) {
  auto boards = boards_of({{4, 8}, {}});
  boards[1].index = 5;                     // In a reading as 5+7 this is the fifth slot,
  boards[1].slots[0].charge_percent = 60;  // and this the index of the second board.
  EXPECT_FALSE(parse_boards(data_of(boards), 12));
  boards[1].index = 6;
  EXPECT_EQ(parse_boards(data_of(boards)), boards);
  auto equal = boards_of({{4, 4}, {}});
  equal[1].index = 5;
  EXPECT_EQ(parse_boards(data_of(equal)), equal);
}

TEST(cabinet_a8_boards, a_hostile_snapshot_costs_no_more_than_a_table) {
  // At every slot number the data can also be read as a new board, five times over; the last slot is missing,
  // so that no reading succeeds and an unguarded search would try them all.
  frame_bytes data(6 * 40 + 15 * 80, 0);
  for (std::size_t number = 1; number <= 79; ++number) {
    for (std::size_t boards = number / 3 + 1; boards <= number / 3 + 5; ++boards) {
      const std::size_t at = 6 * boards + 15 * (number - 1);
      if (at < data.size()) data[at] = static_cast<std::uint8_t>(number);
    }
  }
  constexpr std::size_t budget = 1'000'000;
  naive_search naive{data, budget};
  naive.visit(0, {1, 1});
  ASSERT_EQ(naive.budget, 0U) << "the frame is not hostile";
  board_search_effort effort;
  EXPECT_FALSE(parse_boards(data, 80, &effort));
  EXPECT_GT(effort.states_visited, 100U);
  EXPECT_LT(effort.states_visited, data.size());
}

TEST(cabinet_a8_boards, any_data_is_read_as_the_rule_says) {
  std::mt19937 random{20260102};
  std::size_t accepted = 0;
  std::size_t ambiguous = 0;
  for (int round = 0; round < 20'000; ++round) {
    // A true cabinet, then a second one written over it: often readable as both, as one, or as none.
    const auto random_layout = [&](std::size_t boards) {
      layout cabinet;
      for (; boards > 0; --boards) {
        cabinet.slots.push_back(1 + random() % 4);
        cabinet.ports.push_back(random() % 4 == 0 ? 1U : 0U);
      }
      return cabinet;
    };
    const layout one = random_layout(1 + random() % 6);
    const frame_bytes data = data_for_both(one, random() % 2 == 0 ? one : random_layout(1 + random() % 6));
    const std::size_t registered = random() % 16;
    naive_search naive{data, 1'000'000};
    naive.visit(0, {1, 1});
    ASSERT_GT(naive.budget, 0U);
    ambiguous += naive.found.size() > 1 ? 1U : 0U;
    const auto expected = by_the_rule(naive.found, registered);
    const auto parsed = parse_boards(data, registered);
    ASSERT_EQ(parsed.has_value(), expected.has_value()) << "round " << round;
    if (!parsed) continue;
    ++accepted;
    ASSERT_EQ(slots_of(*parsed), *expected) << "round " << round;
    ASSERT_EQ(data_of(*parsed), data) << "round " << round;
  }
  EXPECT_GT(accepted, 5'000U);
  EXPECT_GT(ambiguous, 100U);
}

}  // namespace
}  // namespace chautari
