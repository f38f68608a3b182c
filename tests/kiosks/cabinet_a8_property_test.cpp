/// What holds for every frame: writing and reading are inverse, damage is noticed, and nothing crashes.

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <random>
#include <string>

#include "protocols/kiosks/cabinet_a8.hpp"
#include "tests/kiosks/cabinet_naive_boards.hpp"
#include "tests/kiosks/cabinet_vectors.hpp"

namespace chautari {
namespace {

using cabinet_vectors::frame_bytes;

constexpr int cases_per_kind = 5'000;

class generator {
public:
  explicit generator(std::uint32_t seed) : random_{seed} {}

  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool coin() { return below(2) == 0; }
  std::uint8_t byte() { return static_cast<std::uint8_t>(below(256)); }
  std::optional<std::uint8_t> maybe_byte() { return coin() ? std::optional{byte()} : std::nullopt; }

  bank_sn sn() {
    switch (below(8)) {
      case 0:
        return no_bank_sn;
      case 1:
        return unreadable_bank_sn;
      default:
        return bank_sn{static_cast<std::uint32_t>(random_())};
    }
  }

  slot_record slot(std::uint8_t number) {
    return {number, byte(), byte(), byte(), byte(), sn(), byte(), byte(), byte(), byte(), byte(), byte()};
  }

  cabinet_snapshot snapshot() {
    cabinet_snapshot cabinet;
    std::array<std::uint8_t, 2> next{1, 1};
    const std::size_t equal_slots = coin() ? 1 + below(12) : 0;
    for (std::size_t boards = 1 + below(6); boards > 0; --boards) {
      board_record board{byte(), byte(), byte(), byte(), byte(), byte(), {}};
      std::uint8_t& number = next[board.index >= 0x50 ? 1 : 0];
      const std::size_t slots = equal_slots != 0 ? equal_slots : 1 + below(13);
      for (std::size_t count = 0; count < slots; ++count)
        board.slots.push_back(slot(number++));
      cabinet.boards.push_back(std::move(board));
    }
    return cabinet;
  }

  return_report report() {
    return_report made{byte(), byte(), byte(), sn(), byte(), {}};
    if (coin()) made.bank = return_report::bank_condition{byte(), byte()};
    return made;
  }

  heartbeat beat() {
    heartbeat made{byte(), {}, {}, {}};
    if (coin()) made.signal = static_cast<std::uint8_t>(coin() ? below(32) : 99);
    if (coin()) made.power = static_cast<std::uint8_t>(below(4));
    for (std::size_t parts = below(3); parts > 0; --parts) {
      if (!made.rest.empty()) made.rest += ';';
      made.rest += "K" + std::to_string(below(100)) + ":" + std::to_string(random_());
    }
    return made;
  }

  wifi_list networks() {
    static constexpr std::array<std::string_view, 8> pieces{"a",        "\"",           "\\", ",",
                                                            "\xC3\xA9", "\xE0\xA4\x9A", "]",  "\x01"};
    wifi_list made;
    for (std::size_t names = below(a8_wifi_names_max + 1); names > 0; --names) {
      std::string name;
      for (std::size_t length = below(33); length > 0; --length)
        name += pieces[below(pieces.size())];
      made.names.push_back(std::move(name));
    }
    return made;
  }

  cabinet_message message() {
    switch (below(7)) {
      case 0:
        return snapshot();
      case 1:
        return slot_ejection_reply{byte(), byte(), byte(), maybe_byte()};
      case 2:
        return bank_ejection_reply{byte(), sn(), byte(), maybe_byte()};
      case 3:
        return report();
      case 4:
        return return_self_test{byte(), slot(byte())};
      case 5:
        return beat();
      default:
        return networks();
    }
  }

private:
  std::mt19937 random_;
};

void expect_same_after_the_wire(const cabinet_message& sent) {
  const frame_bytes frame = encode(sent);
  ASSERT_FALSE(frame.empty());
  const decoded_frame received = decode(frame);
  ASSERT_TRUE(std::holds_alternative<cabinet_message>(received))
      << to_string(std::get<frame_error>(received)) << ' ' << testing::PrintToString(frame);
  ASSERT_EQ(std::get<cabinet_message>(received), sent) << testing::PrintToString(frame);
}

TEST(cabinet_a8_properties, a_snapshot_survives_the_wire) {
  generator any{1};
  int ambiguous = 0;
  for (int round = 0; round < cases_per_kind; ++round) {
    const cabinet_snapshot sent = any.snapshot();
    const frame_bytes frame = encode(sent);
    naive_search naive{std::span{frame}.subspan(4, frame.size() - 5), 1'000'000};
    naive.visit(0, {1, 1});
    if (naive.found.size() > 1) {  // Noise in place of measurements now and then looks like slot numbers.
      ++ambiguous;
      continue;
    }
    ASSERT_NO_FATAL_FAILURE(expect_same_after_the_wire(sent)) << "round " << round;
  }
  EXPECT_LT(ambiguous, cases_per_kind / 100);
}

TEST(cabinet_a8_properties, ejection_replies_survive_the_wire_in_both_forms) {
  generator any{2};
  for (int round = 0; round < cases_per_kind; ++round) {
    const slot_ejection_reply by_slot{any.byte(), any.byte(), any.byte(), any.maybe_byte()};
    const bank_ejection_reply by_sn{any.byte(), any.sn(), any.byte(), any.maybe_byte()};
    ASSERT_NO_FATAL_FAILURE(expect_same_after_the_wire(by_slot));
    ASSERT_NO_FATAL_FAILURE(expect_same_after_the_wire(by_sn));
    EXPECT_EQ(encode(by_slot).size(), by_slot.trace ? 9U : 8U);
    EXPECT_EQ(encode(by_sn).size(), by_sn.trace ? 12U : 11U);
  }
}

TEST(cabinet_a8_properties, return_reports_and_self_tests_survive_the_wire) {
  generator any{3};
  for (int round = 0; round < cases_per_kind; ++round) {
    const return_report report = any.report();
    ASSERT_NO_FATAL_FAILURE(expect_same_after_the_wire(report));
    EXPECT_EQ(encode(report).size(), report.bank ? 15U : 13U);
    const return_self_test test{any.byte(), any.slot(any.byte())};
    ASSERT_NO_FATAL_FAILURE(expect_same_after_the_wire(test));
    EXPECT_EQ(encode(test).size(), 21U);
  }
}

TEST(cabinet_a8_properties, a_heartbeat_survives_the_wire) {
  generator any{4};
  for (int round = 0; round < cases_per_kind; ++round)
    ASSERT_NO_FATAL_FAILURE(expect_same_after_the_wire(any.beat()));
}

TEST(cabinet_a8_properties, a_list_of_networks_survives_the_wire) {
  generator any{5};
  for (int round = 0; round < cases_per_kind / 5; ++round) {
    ASSERT_NO_FATAL_FAILURE(expect_same_after_the_wire(any.networks()));
  }
}

TEST(cabinet_a8_properties, one_damaged_byte_is_always_noticed) {
  generator any{6};
  for (int round = 0; round < cases_per_kind; ++round) {
    frame_bytes frame = encode(any.message());
    const std::size_t at = any.below(frame.size());
    frame[at] = static_cast<std::uint8_t>(frame[at] + 1 + any.below(255));
    const decoded_frame result = decode(frame);
    ASSERT_TRUE(std::holds_alternative<frame_error>(result)) << testing::PrintToString(frame) << " at " << at;
    const frame_error expected = at == 0              ? frame_error::head
                                 : at == 1 || at == 2 ? frame_error::length
                                                      : frame_error::checksum;
    ASSERT_EQ(std::get<frame_error>(result), expected);
  }
}

TEST(cabinet_a8_properties, every_possible_damage_of_one_byte_of_a_known_frame_is_noticed) {
  for (const auto& [name, hex] : cabinet_vectors::good_frames) {
    const frame_bytes good = cabinet_vectors::from_hex(hex);
    for (std::size_t at = 0; at < good.size(); ++at) {
      for (unsigned difference = 1; difference < 256; ++difference) {
        frame_bytes damaged = good;
        damaged[at] = static_cast<std::uint8_t>(damaged[at] + difference);
        ASSERT_TRUE(std::holds_alternative<frame_error>(decode(damaged))) << name << " at " << at;
      }
    }
  }
}

TEST(cabinet_a8_properties, a_cut_or_lengthened_frame_has_a_wrong_length) {
  generator any{7};
  for (int round = 0; round < cases_per_kind; ++round) {
    frame_bytes frame = encode(any.message());
    frame.resize(any.coin() ? any.below(frame.size()) : frame.size() + 1 + any.below(20));
    ASSERT_EQ(std::get<frame_error>(decode(frame)), frame_error::length);
  }
}

TEST(cabinet_a8_properties, noise_never_crashes_and_what_is_accepted_can_be_said_again) {
  generator any{8};
  constexpr std::array<std::uint8_t, 8> commands{0x10, 0x21, 0x28, 0x31, 0x40, 0x7A, 0xCF, 0x20};
  std::size_t accepted = 0;
  for (int round = 0; round < 20 * cases_per_kind; ++round) {
    frame_bytes noise(any.below(64));
    for (std::uint8_t& byte : noise)
      byte = any.byte();
    static_cast<void>(decode(noise));
    const decoded_frame result =
        decode(cabinet_vectors::frame_of(commands[any.below(commands.size())], noise));
    const auto* message = std::get_if<cabinet_message>(&result);
    if (message == nullptr) continue;
    ++accepted;
    ASSERT_NO_FATAL_FAILURE(expect_same_after_the_wire(*message));
  }
  EXPECT_GT(accepted, 1'000U);
}

}  // namespace
}  // namespace chautari
