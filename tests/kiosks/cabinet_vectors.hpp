#pragma once
/// Captured and published A8 frames, and small tools to make more of them.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "protocols/kiosks/cabinet_a8.hpp"

namespace chautari::cabinet_vectors {

using frame_bytes = std::vector<std::uint8_t>;

/// "A8 00 05" to bytes.
inline frame_bytes from_hex(std::string_view text) {
  frame_bytes bytes;
  for (std::size_t at = 0; at + 2 <= text.size(); at += 3) {
    std::uint8_t byte = 0;
    std::from_chars(text.data() + at, text.data() + at + 2, byte, 16);
    bytes.push_back(byte);
  }
  return bytes;
}

/// A frame with right head, length and checksum around any data.
inline frame_bytes frame_of(std::uint8_t command, std::span<const std::uint8_t> data) {
  const std::size_t total = data.size() + 5;
  frame_bytes frame(total - 1);
  frame[0] = 0xA8;
  frame[1] = static_cast<std::uint8_t>(total >> 8U);
  frame[2] = static_cast<std::uint8_t>(total);
  frame[3] = command;
  std::copy(data.begin(), data.end(), frame.begin() + 4);
  unsigned sum = 0;
  for (const std::uint8_t byte : frame)
    sum += byte;
  frame.push_back(static_cast<std::uint8_t>(0x100U - sum % 0x100U));
  return frame;
}

inline frame_bytes frame_of(std::uint8_t command, std::string_view text) {
  return frame_of(command, frame_bytes{text.begin(), text.end()});
}

struct named_frame {
  std::string_view name;
  std::string_view hex;
};

/// Every frame a cabinet may send, one or more a command.
inline constexpr std::array good_frames{
    named_frame{"v1_snapshot",
                "A8 00 47 10 01 04 00 00 04 0F 01 00 00 00 00 00 00 00 00 00 01 00 00 00 80 02 00 00 00 00 "
                "00 00 00 00 "
                "00 01 00 00 00 80 03 01 00 E3 49 02 62 5A 01 64 16 00 00 19 00 04 00 00 00 00 00 00 00 00 "
                "00 01 00 00 "
                "00 80 DD"},
    named_frame{"v2_snapshot_with_faults",
                "A8 00 47 10 01 04 00 00 04 0F 01 04 00 D2 49 02 62 5A 02 25 1F 00 00 19 00 02 00 00 00 00 "
                "00 00 00 00 "
                "00 01 00 00 00 80 03 01 00 E3 49 02 62 5A 01 12 42 32 09 19 00 04 06 00 00 00 00 00 00 00 "
                "FF FF FF FF "
                "00 40 4C"},
    named_frame{"v4_ejected", "A8 00 0C 31 01 02 62 5A 01 01 02 58"},
    named_frame{"v4_ejected_old_form", "A8 00 0B 31 01 02 62 5A 01 01 5B"},
    named_frame{"v5_not_here", "A8 00 0C 31 01 02 62 5A 01 FC 00 5F"},
    named_frame{"v5_ambiguous", "A8 00 0C 31 01 02 62 5A 01 12 06 43"},
    named_frame{"v6_slot_ejected", "A8 00 09 21 10 01 01 02 1A"},
    named_frame{"v6_slot_serial_timeout", "A8 00 09 21 01 03 11 00 19"},
    named_frame{"v7_returned", "A8 00 0F 40 01 02 49 02 62 5A 01 01 19 3D A7"},
    named_frame{"v7_returned_old_form", "A8 00 0D 40 01 02 49 02 62 5A 01 01 FF"},
    named_frame{"v7_return_failed", "A8 00 0F 40 01 02 00 FF FF FF FF 11 00 00 F9"},
    named_frame{"v9_self_test", "A8 00 15 28 01 02 01 00 00 49 02 62 5A 01 3D 1B 32 0E 19 00 5E"},
    named_frame{"v10_heartbeat_on_backup_power", "A8 00 11 7A 10 43 53 51 3A 32 31 3B 42 50 3A 33 FF"},
    named_frame{"v10_heartbeat_of_the_maker", "A8 00 11 7A 10 43 53 51 3A 32 37 3B 42 50 3A 30 FC"},
    named_frame{"v11_wifi_scan",
                "A8 00 1A CF 5B 22 73 68 6F 70 2D 77 69 66 69 22 2C 22 67 75 65 73 74 22 5D 45"},
    named_frame{"v12_largest_sn", "A8 00 0C 31 01 FF FF FF FF 00 00 1E"},
};

inline frame_bytes good_frame(std::string_view name) {
  for (const named_frame& frame : good_frames) {
    if (frame.name == name) return from_hex(frame.hex);
  }
  return {};
}

}  // namespace chautari::cabinet_vectors
