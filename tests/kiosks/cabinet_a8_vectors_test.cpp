/// The frames of the maker and of captures, field by field.

#include <gtest/gtest.h>

#include <algorithm>

#include "protocols/kiosks/cabinet_a8.hpp"
#include "protocols/kiosks/cabinet_a8_meaning.hpp"
#include "tests/kiosks/cabinet_vectors.hpp"

namespace chautari {
namespace {

using namespace cabinet_vectors;

constexpr bank_sn first_bank{40000001};
constexpr bank_sn second_bank{40000002};

template <class Message>
Message decoded(const frame_bytes& frame) {
  const decoded_frame result = decode(frame);
  const auto* message = std::get_if<cabinet_message>(&result);
  if (message == nullptr) {
    ADD_FAILURE() << "refused: " << to_string(std::get<frame_error>(result));
    return {};
  }
  const auto* wanted = std::get_if<Message>(message);
  if (wanted == nullptr) {
    ADD_FAILURE() << "decoded as alternative " << message->index();
    return {};
  }
  return *wanted;
}

frame_error refusal_of(const frame_bytes& frame) {
  const decoded_frame result = decode(frame);
  const auto* error = std::get_if<frame_error>(&result);
  EXPECT_NE(error, nullptr) << "accepted";
  return error == nullptr ? frame_error{} : *error;
}

TEST(cabinet_a8_vectors, v1_shows_one_full_bank_in_slot_three) {
  const auto snapshot = decoded<cabinet_snapshot>(good_frame("v1_snapshot"));
  ASSERT_EQ(snapshot.boards.size(), 1U);
  const board_record& board = snapshot.boards[0];
  EXPECT_EQ(board.index, 1);
  EXPECT_EQ(board.undefined, 4);
  EXPECT_EQ(board.temperature_c, 0);
  EXPECT_EQ(board.software, 4);
  EXPECT_EQ(board.hardware, 15);
  ASSERT_EQ(board.slots.size(), 4U);
  for (const std::size_t index : {0U, 1U, 3U}) {
    EXPECT_EQ(board.slots[index].slot, index + 1);
    EXPECT_EQ(board.slots[index].state, 0);
    EXPECT_EQ(board.slots[index].sn, no_bank_sn);
    EXPECT_TRUE(nothing_inserted(board.slots[index]));
    EXPECT_FALSE(is_rentable(board.slots[index]));
  }
  EXPECT_EQ(board.slots[2], (slot_record{3, 1, 0, 0xE3, 73, first_bank, 100, 22, 0, 0, 25, 0}));
  EXPECT_TRUE(is_rentable(board.slots[2]));
}

TEST(cabinet_a8_vectors, v2_shows_a_jam_a_hot_bank_and_a_latch_that_is_not_home) {
  const auto snapshot = decoded<cabinet_snapshot>(good_frame("v2_snapshot_with_faults"));
  ASSERT_EQ(slot_count(snapshot), 4U);
  const auto& slots = snapshot.boards[0].slots;
  EXPECT_EQ(slots[0], (slot_record{1, 4, 0, 0xD2, 73, second_bank, 37, 31, 0, 0, 25, 0}));
  EXPECT_EQ(slots[2], (slot_record{3, 1, 0, 0xE3, 73, first_bank, 18, 66, 0x32, 9, 25, 0}));
  EXPECT_EQ(slots[3], (slot_record{4, 6, 0, 0, 0, no_bank_sn, 255, 255, 255, 255, 0, 0x40}));
  EXPECT_TRUE(latch_not_home(slots[3]));
  EXPECT_FALSE(nothing_inserted(slots[3]));
  for (const slot_record& slot : slots)
    EXPECT_FALSE(is_rentable(slot)) << unsigned{slot.slot};
}

TEST(cabinet_a8_vectors, v4_and_v5_answer_an_ejection_by_serial_number) {
  EXPECT_EQ(decoded<bank_ejection_reply>(good_frame("v4_ejected")),
            (bank_ejection_reply{1, first_bank, 0x01, 2}));
  EXPECT_EQ(decoded<bank_ejection_reply>(good_frame("v4_ejected_old_form")),
            (bank_ejection_reply{1, first_bank, 0x01, {}}));
  EXPECT_EQ(decoded<bank_ejection_reply>(good_frame("v5_not_here")),
            (bank_ejection_reply{1, first_bank, 0xFC, 0}));
  EXPECT_EQ(decoded<bank_ejection_reply>(good_frame("v5_ambiguous")),
            (bank_ejection_reply{1, first_bank, 0x12, 6}));
}

TEST(cabinet_a8_vectors, v6_answers_an_ejection_by_slot_and_the_trace_is_not_the_result) {
  EXPECT_EQ(decoded<slot_ejection_reply>(good_frame("v6_slot_ejected")),
            (slot_ejection_reply{0x10, 1, 0x01, 2}));
  EXPECT_EQ(decoded<slot_ejection_reply>(good_frame("v6_slot_serial_timeout")),
            (slot_ejection_reply{1, 3, 0x11, 0}));
  const frame_bytes old_form = frame_of(0x21, frame_bytes{0x10, 1, 1});
  EXPECT_EQ(old_form.size(), 8U);
  EXPECT_EQ(decoded<slot_ejection_reply>(old_form), (slot_ejection_reply{0x10, 1, 0x01, {}}));
}

TEST(cabinet_a8_vectors, v7_reports_a_return_with_the_area_before_the_serial_number) {
  using condition = return_report::bank_condition;
  EXPECT_EQ(decoded<return_report>(good_frame("v7_returned")),
            (return_report{1, 2, 73, first_bank, 0x01, condition{25, 61}}));
  EXPECT_EQ(decoded<return_report>(good_frame("v7_returned_old_form")),
            (return_report{1, 2, 73, first_bank, 0x01, {}}));
  const auto failed = decoded<return_report>(good_frame("v7_return_failed"));
  EXPECT_EQ(failed, (return_report{1, 2, 0, unreadable_bank_sn, 0x11, condition{0, 0}}));
  EXPECT_FALSE(is_return_fact(failed.state, failed.sn));
}

TEST(cabinet_a8_vectors, v9_tests_a_returned_bank) {
  EXPECT_EQ(decoded<return_self_test>(good_frame("v9_self_test")),
            (return_self_test{1, slot_record{2, 1, 0, 0, 73, first_bank, 61, 27, 0x32, 14, 25, 0}}));
}

TEST(cabinet_a8_vectors, v10_beats) {
  EXPECT_EQ(decoded<heartbeat>(good_frame("v10_heartbeat_on_backup_power")), (heartbeat{0x10, 21, 3, ""}));
  EXPECT_EQ(decoded<heartbeat>(good_frame("v10_heartbeat_of_the_maker")), (heartbeat{0x10, 27, 0, ""}));
}

TEST(cabinet_a8_vectors, v11_lists_networks) {
  EXPECT_EQ(decoded<wifi_list>(good_frame("v11_wifi_scan")), (wifi_list{{"shop-wifi", "guest"}}));
}

TEST(cabinet_a8_vectors, v12_reads_the_serial_number_unsigned) {
  const auto reply = decoded<bank_ejection_reply>(good_frame("v12_largest_sn"));
  EXPECT_EQ(reply.sn.text(), "4294967295");
  EXPECT_FALSE(is_readable(reply.sn));
  EXPECT_EQ(reply.state, 0);
}

TEST(cabinet_a8_vectors, every_good_frame_is_written_byte_for_byte_as_it_was_read) {
  for (const auto& [name, hex] : good_frames) {
    const frame_bytes frame = from_hex(hex);
    const decoded_frame result = decode(frame);
    ASSERT_TRUE(std::holds_alternative<cabinet_message>(result)) << name;
    EXPECT_EQ(encode(std::get<cabinet_message>(result)), frame) << name;
  }
}

TEST(cabinet_a8_vectors, every_proper_prefix_of_a_good_frame_has_a_wrong_length) {
  for (const auto& [name, hex] : good_frames) {
    const frame_bytes frame = from_hex(hex);
    for (std::size_t size = 0; size < frame.size(); ++size) {
      EXPECT_EQ(refusal_of({frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(size)}),
                frame_error::length)
          << name << " cut to " << size;
    }
  }
}

TEST(cabinet_a8_vectors, frames_of_bad_documents_are_refused_by_their_checksum) {
  EXPECT_EQ(refusal_of(from_hex("A8 00 0C 31 60 00 9B D2 10 01 00 3B")), frame_error::checksum);
  EXPECT_EQ(refusal_of(from_hex(
                "A8 00 29 10 01 FF FF 1E 01 01 01 01 01 00 00 00 05 12 34 56 78 50 28 01 4B 0A 01 02 00 "
                "00 00 00 00 00 00 00 00 00 00 00 14")),
            frame_error::checksum);
  EXPECT_EQ(refusal_of(from_hex("A8 00 14 21 10 01 01 02 00 00 00 00 00 00 00 00 00 00 00 00")),
            frame_error::checksum);
}

TEST(cabinet_a8_vectors, a_frame_is_refused_with_the_makers_number) {
  EXPECT_EQ(static_cast<int>(refusal_of(from_hex("A9 00 05 10 42"))), 100);
  EXPECT_EQ(static_cast<int>(refusal_of(from_hex("A8 00 0C 31 01 02 62 5A 01 01 58"))), 101);
  EXPECT_EQ(static_cast<int>(refusal_of({})), 101);
  EXPECT_EQ(static_cast<int>(refusal_of(from_hex("A9 00 05 10"))), 101);
  EXPECT_EQ(static_cast<int>(refusal_of(from_hex("A8 00 05 10 42"))), 102);
  EXPECT_EQ(static_cast<int>(refusal_of(from_hex("A8 00 05 AB A8"))), 103);
}

TEST(cabinet_a8_vectors, only_seven_commands_are_known_and_the_inner_bus_is_not_among_them) {
  const std::vector<std::uint8_t> known{0x10, 0x21, 0x28, 0x31, 0x40, 0x7A, 0xCF};
  for (unsigned command = 0; command < 256; ++command) {
    const auto code = static_cast<std::uint8_t>(command);
    const bool refused = refusal_of(frame_of(code, frame_bytes{})) == frame_error::command;
    EXPECT_EQ(refused, std::find(known.begin(), known.end(), code) == known.end()) << command;
  }
  EXPECT_EQ(refusal_of(frame_of(0x20, frame_bytes{1, 3})), frame_error::command);
  EXPECT_EQ(refusal_of(frame_of(0x30, frame_bytes{1, 2, 0x62, 0x5A, 1})), frame_error::command);
}

TEST(cabinet_a8_vectors, a_sound_frame_of_a_length_its_command_does_not_have_is_refused) {
  const struct {
    std::uint8_t command;
    std::vector<std::size_t> sizes;
  } table[]{{0x21, {3, 4}}, {0x31, {6, 7}}, {0x40, {8, 10}}, {0x28, {16}}};
  for (const auto& [command, sizes] : table) {
    for (std::size_t size = 0; size < 40; ++size) {
      const decoded_frame result = decode(frame_of(command, frame_bytes(size, 1)));
      const bool accepted = std::holds_alternative<cabinet_message>(result);
      EXPECT_EQ(accepted, std::find(sizes.begin(), sizes.end(), size) != sizes.end())
          << unsigned{command} << ' ' << size;
      if (accepted) continue;
      EXPECT_EQ(std::get<frame_error>(result), frame_error::length);
    }
  }
}

TEST(cabinet_a8_vectors, a_heartbeat_with_unknown_or_broken_parts_is_still_a_heartbeat) {
  const auto beat = [](std::string_view text) {
    std::string data{'\x10'};
    return decoded<heartbeat>(frame_of(0x7A, data.append(text)));
  };
  EXPECT_EQ(beat("CSQ:21;BP:3;RSSI:-65;V:6086"), (heartbeat{0x10, 21, 3, "RSSI:-65;V:6086"}));
  EXPECT_EQ(beat("BP:2;;CSQ:99;"), (heartbeat{0x10, 99, 2, ""}));
  EXPECT_EQ(beat("CSQ:32;BP:4"), (heartbeat{0x10, {}, {}, "CSQ:32;BP:4"}));
  EXPECT_EQ(beat("CSQ:1;CSQ:2"), (heartbeat{0x10, 1, {}, "CSQ:2"}));
  EXPECT_EQ(beat("CSQ:;CSQ:-1;CSQ:1x;BP:99999999999"),
            (heartbeat{0x10, {}, {}, "CSQ:;CSQ:-1;CSQ:1x;BP:99999999999"}));
  EXPECT_EQ(beat(""), (heartbeat{0x10, {}, {}, ""}));
  EXPECT_EQ(refusal_of(frame_of(0x7A, "")), frame_error::length);
}

TEST(cabinet_a8_vectors, a_wifi_scan_is_read_as_json_and_not_split_on_commas) {
  const auto names = [](std::string_view text) { return decoded<wifi_list>(frame_of(0xCF, text)).names; };
  using list = std::vector<std::string>;
  EXPECT_EQ(names(R"(["a,b","say \"hi\""])"), (list{"a,b", "say \"hi\""}));
  EXPECT_EQ(names("[]"), list{});
  EXPECT_EQ(names(R"([1,null,["x"],"kept"])"), list{"kept"});
  EXPECT_EQ(names("[\"caf\xE9\",\"\xC3\xA9\"]"), (list{"caf\xEF\xBF\xBD", "\xC3\xA9"}));
  EXPECT_EQ(names("[\"" + std::string(32, '\xFF') + "\"]").at(0).size(), 96U);
  EXPECT_EQ(names("[\"" + std::string(97, 'x') + "\",\"short\"]"), list{"short"});
}

TEST(cabinet_a8_vectors, a_wifi_scan_keeps_sixty_four_names) {
  std::string text = "[\"0\"";
  for (int name = 1; name < 100; ++name)
    text += ",\"" + std::to_string(name) + "\"";
  const auto list = decoded<wifi_list>(frame_of(0xCF, text + "]"));
  ASSERT_EQ(list.names.size(), a8_wifi_names_max);
  EXPECT_EQ(list.names.back(), "63");
}

TEST(cabinet_a8_vectors, a_wifi_scan_that_is_no_json_array_has_no_reading) {
  for (const std::string_view text :
       {"", "shop-wifi,guest", "{}", "\"x\"", "[\"x\"", "[\"x\"]]", "[\"\\ud800\"]"}) {
    EXPECT_EQ(refusal_of(frame_of(0xCF, text)), frame_error::content) << text;
  }
  EXPECT_EQ(refusal_of(frame_of(0xCF, std::string(60000, '['))), frame_error::content);
}

TEST(cabinet_a8_vectors, what_does_not_fit_a_frame_is_not_written) {
  EXPECT_TRUE(encode(heartbeat{0x10, {}, {}, std::string(a8_frame_bytes_max, 'x')}).empty());
  EXPECT_TRUE(
      encode(cabinet_snapshot{{board_record{1, 0, 0, 0, 0, 0, std::vector<slot_record>(5000)}}}).empty());
  EXPECT_TRUE(encode(wifi_list{{std::string(a8_frame_bytes_max, 'x')}}).empty());
  const std::size_t longest = a8_frame_bytes_max - a8_frame_bytes_min - 1;
  EXPECT_EQ(encode(heartbeat{0x10, {}, {}, std::string(longest, 'x')}).size(), a8_frame_bytes_max);
  EXPECT_TRUE(encode(heartbeat{0x10, {}, {}, std::string(longest + 1, 'x')}).empty());
}

}  // namespace
}  // namespace chautari
