#pragma once
/// What the raw values of A8 frames mean, as pure functions. Every table is total: a code nobody documented
/// has a careful meaning of its own and never passes for a good one.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "protocols/kiosks/cabinet_a8.hpp"

namespace chautari {

// -- ejection (state of 0x21 and 0x31)
// ---------------------------------------------------------------------------

enum class ejection_class : std::uint8_t {
  ejected,     ///< 01: the only success.
  mechanical,  ///< The mechanism or the bank failed; the bank may be out: verify by snapshot.
  ambiguous,   ///< 12: two texts contradict each other: verify by snapshot.
  not_moved,   ///< Refused before anything moved; another bank may be tried.
  busy,        ///< FE: the previous ejection still runs, nothing moved; the same bank once more after 5 s.
  unknown,     ///< Undocumented: verify by snapshot.
};
[[nodiscard]] ejection_class classify_ejection(std::uint8_t state);
[[nodiscard]] std::string_view to_string(ejection_class meaning);
/// True if the code proves that nothing moved, so publishing again cannot eject a second bank.
[[nodiscard]] constexpr bool proves_nothing_moved(ejection_class meaning) {
  return meaning == ejection_class::not_moved || meaning == ejection_class::busy;
}

// -- return (state of 0x40 and 0x28)
// -----------------------------------------------------------------------------

enum class return_class : std::uint8_t {
  returned,                ///< 01.
  returned_switch_broken,  ///< 03 (older): returned, and the slot needs maintenance.
  check,  ///< 12, 13: serial number read, telemetry not; `check`, close when a snapshot shows it.
  wait_for_self_test,  ///< 14, 24: wait up to 5 min for 0x28 or a snapshot.
  alert_and_check,     ///< 02, 06 (older): no communication, motor not home.
  foreign_bank,        ///< 10: area code of another operator. Not a return.
  failed,              ///< 00, 11, 21..23: serial number or motor. Not a return by itself; incident, `check`.
  unknown,             ///< Undocumented: as alert_and_check.
};
[[nodiscard]] return_class classify_return(std::uint8_t state);
[[nodiscard]] std::string_view to_string(return_class meaning);
/// True if state and serial number together say "this bank is in this slot".
[[nodiscard]] bool is_return_fact(std::uint8_t state, bank_sn sn);

// -- slot (state in 0x10)
// ----------------------------------------------------------------------------------------

/// What the device says of a slot. The API calls them AVAILABLE (that is: empty), OCCUPIED and ERROR.
enum class device_slot_status : std::uint8_t { empty, occupied, error };
/// What the slot's code does to the bank in it.
enum class bank_effect : std::uint8_t { none, unchanged, maintenance, damaged };
enum class slot_alert : std::uint8_t { none, stuck_bank, theft, unknown_code };

struct slot_state_meaning {
  device_slot_status status = device_slot_status::error;
  bank_effect effect = bank_effect::unchanged;
  slot_alert alert = slot_alert::none;
  bool rentable = false;

  friend bool operator==(const slot_state_meaning&, const slot_state_meaning&) = default;
};
[[nodiscard]] slot_state_meaning meaning_of_slot_state(std::uint8_t state);

/// Percent, or nothing if the device says unknown or more than 100.
[[nodiscard]] std::optional<std::uint8_t> charge_of(std::uint8_t charge_percent);
/// Celsius, or nothing if there is no sensor (0) or no value (255).
[[nodiscard]] std::optional<std::uint8_t> temperature_of(std::uint8_t temperature_c);
[[nodiscard]] constexpr bool nothing_inserted(const slot_record& record) {
  return (record.sensors & 0x80U) != 0;
}
[[nodiscard]] constexpr bool latch_not_home(const slot_record& record) {
  return (record.sensors & 0x40U) != 0;
}
/// Centivolts of the bank's cell; a fit to captures, good for a chart and nothing else.
[[nodiscard]] constexpr unsigned cell_voltage_hint_centivolts(std::uint8_t raw) { return raw + 200U; }

struct rentable_criteria {
  std::uint8_t charge_percent_min = 20;
  std::uint8_t temperature_c_min = 10;
  std::uint8_t temperature_c_max = 60;
};
/// True if the device's side of "rentable" holds: code 01, readable serial number, known and sufficient
/// charge, and a temperature in range (a missing sensor does not disqualify). Bank and slot status are the
/// station's to judge.
[[nodiscard]] bool is_rentable(const slot_record& record, const rentable_criteria& criteria = {});

// -- numbering
// ------------------------------------------------------------------------------------------

/// The slot number at which io port 1 continues, less one; a station setting.
inline constexpr unsigned port_one_offset_default = 25;

/// 0 or 1: the io port a board hangs on.
[[nodiscard]] constexpr unsigned io_port(std::uint8_t board_index) { return board_index >= 0x50 ? 1U : 0U; }
/// Our number of a slot, unique within the cabinet.
[[nodiscard]] constexpr unsigned global_slot(unsigned io, std::uint8_t slot,
                                             unsigned port_one_offset = port_one_offset_default) {
  return io == 0 ? slot : port_one_offset + slot;
}
/// Both bytes of a bank's area code; the high one is 0 where the board does not define it.
[[nodiscard]] constexpr std::uint16_t area_code(const board_record& board, const slot_record& record) {
  const bool defined = board.area_high != 0x0B && board.area_high != 0xFF;
  return static_cast<std::uint16_t>((defined ? board.area_high * 256U : 0U) + record.area);
}

// -- heartbeat
// ------------------------------------------------------------------------------------------

enum class signal_grade : std::uint8_t { none, very_weak, weak, fair, good, very_good };
[[nodiscard]] signal_grade signal_grade_of(std::uint8_t csq);

enum class backup_power : std::uint8_t { not_fitted, idle, running };
/// 3 is `running`: the cabinet lost the mains. 1 and 2 both read as fitted and idle.
[[nodiscard]] backup_power backup_power_of(std::uint8_t bp);

}  // namespace chautari
