#pragma once
/// What a cabinet's word about a bank in a slot means to us: 0x40 and 0x28 by their state code, 0x10 by what
/// it shows.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "actors/kiosks/ejection_rules.hpp"
#include "protocols/kiosks/cabinet_a8.hpp"
#include "protocols/kiosks/cabinet_a8_meaning.hpp"
#include "protocols/stations/messages.hpp"

namespace chautari {

/// What to do about one 0x40 or 0x28.
struct return_handling {
  bool is_fact = false;             ///< The bank is in that slot: a return if a rental is out with it.
  bool has_switch_fault = false;    ///< ...and its slot must not take another one.
  std::array<seconds, 2> checks{};  ///< Ask for a snapshot after so long; 0: not at all.
  std::string_view log;             ///< Kebab-case id; empty for the ordinary return.
  bool is_incident = false;  ///< Somebody pushed something in and it did not count: a person should know.
};
[[nodiscard]] return_handling handle_return(std::uint8_t state, bank_sn bank);

/// True for slot numbers a station can have; others are noise on the wire.
[[nodiscard]] bool is_place(std::int32_t slot);

/// Our number of a slot: those of io port 1 follow the station's `port_one_offset`.
[[nodiscard]] std::int32_t slot_number(std::uint8_t board, std::uint8_t slot, std::int32_t port_one_offset);
/// Slots of a snapshot, numbered over both io ports, with unknown values as -1.
[[nodiscard]] std::vector<observed_slot> slots_of(const cabinet_snapshot& snapshot,
                                                  std::int32_t port_one_offset);
[[nodiscard]] observed_slot slot_of(const return_report& report, std::int32_t port_one_offset);
[[nodiscard]] observed_slot slot_of(const return_self_test& test, std::int32_t port_one_offset);

/// What a snapshot says of the bank an ejection was sent for. `planned_slot`: where it sat; 0 unknown.
[[nodiscard]] ejection_evidence evidence_of(const std::vector<observed_slot>& slots, bank_sn bank,
                                            std::int32_t planned_slot, std::int32_t port_one_offset);

}  // namespace chautari
