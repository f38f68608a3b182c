#pragma once
/// The A8 wire format: what a cabinet says, as bytes and as facts. One MQTT message or HTTP body is one
/// frame:
///
///   0xA8 | total length, 2 bytes big-endian | command | data ... | checksum (the whole frame sums to 0 mod
///   256)
///
/// Both directions are pure and total: no input crashes, throws or costs more than a bounded amount of work.
/// Values are kept raw, also those no table knows; what they mean is said in cabinet_a8_meaning.hpp.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/base/ids.hpp"

namespace chautari {

/// The fourth byte of a frame. 0x20 and 0x30 are the cabinet's inner bus and never leave it.
enum class a8_command : std::uint8_t {
  snapshot = 0x10,
  slot_ejection = 0x21,
  self_test = 0x28,
  bank_ejection = 0x31,
  return_report = 0x40,
  heartbeat = 0x7A,
  wifi_scan = 0xCF,
};

/// Why a frame is refused; 100..103 are the maker's numbers, checked in the order length (too short), head,
/// length, checksum, command. 104 is ours.
enum class frame_error : std::uint8_t {
  head = 100,      ///< The first byte is not 0xA8.
  length = 101,    ///< Under 5 bytes, not as long as it says, or not a length this command has.
  checksum = 102,  ///< The bytes do not sum to zero.
  command = 103,   ///< Not a command a cabinet sends to a server.
  content = 104,   ///< A sound frame around data that has no reading, or (snapshot) more than one.
};
[[nodiscard]] std::string_view to_string(frame_error error);

inline constexpr std::uint8_t a8_head = 0xA8;
inline constexpr std::size_t a8_frame_bytes_min = 5;
inline constexpr std::size_t a8_frame_bytes_max = 0xFFFF;
/// Slots are numbered 1..80 on each of the two io ports.
inline constexpr std::size_t a8_port_slots_max = 80;
/// Names kept of one Wi-Fi scan; the rest is dropped.
inline constexpr std::size_t a8_wifi_names_max = 64;
/// A name is at most 32 bytes on the air, three times that if every byte needed replacing; longer ones are
/// dropped.
inline constexpr std::size_t a8_wifi_name_bytes_max = 96;

/// One slot and the bank in it: 15 bytes, the same in snapshot (0x10) and self-test (0x28).
struct slot_record {
  std::uint8_t slot = 0;              ///< 1..80, counted over all boards of one io port.
  std::uint8_t state = 0;             ///< See slot_state_meaning; in a self-test see classify_return.
  std::uint8_t reserved = 0;          ///< 0 in every capture; bank current in one text.
  std::uint8_t cell_voltage = 0;      ///< Raw; see cell_voltage_hint_centivolts.
  std::uint8_t area = 0;              ///< Customer code, low byte.
  bank_sn sn{};                       ///< 0 and 0xFFFFFFFF: none or unreadable.
  std::uint8_t charge_percent = 0;    ///< 0..100; above is invalid, 255 unknown.
  std::uint8_t temperature_c = 0;     ///< 0 no sensor, 255 not available.
  std::uint8_t charging_voltage = 0;  ///< 0.1 V; 255 not available.
  std::uint8_t charging_current = 0;  ///< 0.1 A.
  std::uint8_t software = 0;          ///< Version of the bank's firmware.
  std::uint8_t sensors = 0;  ///< Bit 7 nothing inserted, bit 6 latch not home; hardware version on some.

  friend bool operator==(const slot_record&, const slot_record&) = default;
};

/// One movement board with its slots.
struct board_record {
  std::uint8_t index = 0;      ///< 01, 02, .. or 10, 20, ..; from 0x50 on it hangs on io port 1 (io_port).
  std::uint8_t undefined = 0;  ///< 04, 00 and FF were seen.
  std::uint8_t area_high = 0;  ///< High byte of the area code unless 00, 0B or FF (area_code).
  std::uint8_t temperature_c = 0;
  std::uint8_t software = 0;
  std::uint8_t hardware = 0;
  std::vector<slot_record> slots{};  ///< At least one.

  friend bool operator==(const board_record&, const board_record&) = default;
};

/// 0x10: the whole cabinet, answer to `check` and `check_all` and the body of the HTTP upload.
struct cabinet_snapshot {
  std::vector<board_record> boards;
  friend bool operator==(const cabinet_snapshot&, const cabinet_snapshot&) = default;
};
[[nodiscard]] std::size_t slot_count(const cabinet_snapshot& snapshot);

/// 0x21: the answer to `popup`, ejection by slot.
struct slot_ejection_reply {
  std::uint8_t board = 0;
  std::uint8_t slot = 0;
  std::uint8_t state = 0;             ///< See classify_ejection.
  std::optional<std::uint8_t> trace;  ///< Solenoid before, during, after; old boards do not send it.

  friend bool operator==(const slot_ejection_reply&, const slot_ejection_reply&) = default;
};

/// 0x31: the answer to `popup_sn`, ejection of one bank.
struct bank_ejection_reply {
  std::uint8_t address = 0;  ///< Board in captures, slot in newer texts: do not rely on it.
  bank_sn sn{};
  std::uint8_t state = 0;             ///< See classify_ejection.
  std::optional<std::uint8_t> trace;  ///< Solenoid before, during, after; old boards do not send it.

  friend bool operator==(const bank_ejection_reply&, const bank_ejection_reply&) = default;
};

/// 0x40: somebody pushed a bank into a slot; sent for good and for failed returns.
struct return_report {
  struct bank_condition {
    std::uint8_t software = 0;        ///< Version of the bank's firmware.
    std::uint8_t charge_percent = 0;  ///< 0..100; above is invalid.
    friend bool operator==(const bank_condition&, const bank_condition&) = default;
  };
  std::uint8_t board = 0;
  std::uint8_t slot = 0;
  std::uint8_t area = 0;
  bank_sn sn{};
  std::uint8_t state = 0;              ///< See classify_return.
  std::optional<bank_condition> bank;  ///< Old boards do not send it.

  friend bool operator==(const return_report&, const return_report&) = default;
};

/// 0x28: the second look at a returned bank, up to five minutes after the report. The record's state is
/// one of classify_return; its reserved and cell_voltage carry nothing here.
struct return_self_test {
  std::uint8_t board = 0;
  slot_record record;
  friend bool operator==(const return_self_test&, const return_self_test&) = default;
};

/// 0x7A: ASCII parts `KEY:VALUE` joined by semicolons, every nine minutes or so.
struct heartbeat {
  std::uint8_t board = 0x10;
  std::optional<std::uint8_t> signal;  ///< CSQ 0..31, or 99 for no network; see signal_grade_of.
  std::optional<std::uint8_t> power;   ///< BP 0..3; see backup_power_of.
  std::string rest;  ///< Parts we do not know, malformed or repeated, in order, joined by ';'.

  friend bool operator==(const heartbeat&, const heartbeat&) = default;
};

/// 0xCF: names of the Wi-Fi networks in reach, valid UTF-8 (bad bytes became U+FFFD).
struct wifi_list {
  std::vector<std::string> names;
  friend bool operator==(const wifi_list&, const wifi_list&) = default;
};

using cabinet_message = std::variant<cabinet_snapshot, slot_ejection_reply, bank_ejection_reply,
                                     return_report, return_self_test, heartbeat, wifi_list>;
using decoded_frame = std::variant<cabinet_message, frame_error>;

/// Reads one frame. `registered_slots` is how many slots the station is known to have, 0 if unknown; it only
/// decides between two readings of a snapshot that are both complete (cabinet_a8_boards.hpp).
[[nodiscard]] decoded_frame decode(std::span<const std::uint8_t> frame, std::size_t registered_slots = 0);

/// Writes one frame, checksum included; the empty vector if it would be longer than a8_frame_bytes_max. The
/// old short forms are written when the optional fields are empty. What decode() accepted comes back equal.
[[nodiscard]] std::vector<std::uint8_t> encode(const cabinet_snapshot& snapshot);
[[nodiscard]] std::vector<std::uint8_t> encode(const slot_ejection_reply& reply);
[[nodiscard]] std::vector<std::uint8_t> encode(const bank_ejection_reply& reply);
[[nodiscard]] std::vector<std::uint8_t> encode(const return_report& report);
[[nodiscard]] std::vector<std::uint8_t> encode(const return_self_test& test);
[[nodiscard]] std::vector<std::uint8_t> encode(const heartbeat& beat);
[[nodiscard]] std::vector<std::uint8_t> encode(const wifi_list& list);
[[nodiscard]] std::vector<std::uint8_t> encode(const cabinet_message& message);

}  // namespace chautari
