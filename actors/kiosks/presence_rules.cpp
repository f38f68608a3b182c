#include "actors/kiosks/presence_rules.hpp"

#include <algorithm>

#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

observed_slot slot_of(const slot_record& record, std::uint8_t board, std::int32_t port_one_offset) {
  const auto charge = charge_of(record.charge_percent);
  return {slot_number(board, record.slot, port_one_offset),
          record.state,
          record.sn,
          charge ? static_cast<std::int32_t>(*charge) : -1,
          record.temperature_c,
          record.charging_voltage,
          record.charging_current,
          record.sensors};
}

}  // namespace

bool is_place(std::int32_t slot) { return slot >= 1 && slot <= limits::station_slots_max; }

return_handling handle_return(std::uint8_t state, bank_sn bank) {
  constexpr std::array<seconds, 2> soon_and_later{seconds{5}, seconds{60}};
  constexpr std::array<seconds, 2> at_once{seconds{1}, seconds{}};
  const auto meaning = classify_return(state);
  const bool says_returned = meaning == return_class::returned ||
                             meaning == return_class::returned_switch_broken ||
                             meaning == return_class::check;
  if (says_returned && !is_readable(bank)) return {false, false, soon_and_later, "return-unreadable", true};
  switch (meaning) {
    case return_class::returned:
      return {true, false, {}, "", false};
    case return_class::returned_switch_broken:
      return {true, true, {}, "return-switch-broken", false};
    case return_class::check:
      return {false, false, at_once, "return-to-be-checked", false};
    case return_class::wait_for_self_test:
      return {false, false, {seconds{300}, seconds{}}, "return-awaits-self-test", false};
    case return_class::alert_and_check:
      return {false, false, at_once, "return-alert", true};
    case return_class::foreign_bank:
      return {false, false, {}, "return-foreign-bank", true};
    case return_class::failed:
      return {false, false, soon_and_later, "return-failed", true};
    case return_class::unknown:
      break;
  }
  return {false, false, at_once, "return-unknown-code", true};
}

std::int32_t slot_number(std::uint8_t board, std::uint8_t slot, std::int32_t port_one_offset) {
  return static_cast<std::int32_t>(
      global_slot(io_port(board), slot, static_cast<unsigned>(std::max(0, port_one_offset))));
}

std::vector<observed_slot> slots_of(const cabinet_snapshot& snapshot, std::int32_t port_one_offset) {
  std::vector<observed_slot> slots;
  slots.reserve(slot_count(snapshot));
  for (const auto& board : snapshot.boards) {
    for (const auto& record : board.slots) {
      const auto slot = slot_of(record, board.index, port_one_offset);
      if (is_place(slot.number)) slots.push_back(slot);
    }
  }
  return slots;
}

observed_slot slot_of(const return_report& report, std::int32_t port_one_offset) {
  observed_slot slot;
  slot.number = slot_number(report.board, report.slot, port_one_offset);
  slot.device_code = 1;
  slot.bank = report.sn;
  if (report.bank) {
    if (const auto charge = charge_of(report.bank->charge_percent)) slot.battery = *charge;
  }
  return slot;
}

observed_slot slot_of(const return_self_test& test, std::int32_t port_one_offset) {
  observed_slot slot = slot_of(test.record, test.board, port_one_offset);
  slot.device_code = 1;  // The state of a self-test speaks of the return, not of the slot.
  return slot;
}

ejection_evidence evidence_of(const std::vector<observed_slot>& slots, bank_sn bank,
                              std::int32_t planned_slot, std::int32_t port_one_offset) {
  using sight = ejection_evidence::sight;
  // A snapshot may leave out empty slots, but never half of the ones on an io port.
  const auto port = [&](std::int32_t number) { return number > port_one_offset; };
  bool is_part_shown = planned_slot == 0;
  bool is_hidden = false;
  for (const auto& slot : slots) {
    if (slot.bank == bank) return {sight::present};
    is_part_shown = is_part_shown || port(slot.number) == port(planned_slot);
    // Something is in there and does not say what: it may be the bank, stuck.
    if (slot.number == planned_slot && slot.device_code != 0 && !is_readable(slot.bank)) is_hidden = true;
  }
  return {is_part_shown && !is_hidden ? sight::absent : sight::unreadable};
}

}  // namespace chautari
