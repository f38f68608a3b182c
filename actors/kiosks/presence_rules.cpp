#include "actors/kiosks/presence_rules.hpp"

#include <algorithm>

#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

observed_slot slot_of(const slot_record& record, unsigned io) {
  const auto charge = charge_of(record.charge_percent);
  return {static_cast<std::int32_t>(global_slot(io, record.slot)),
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
  const bool readable = is_readable(bank);
  switch (classify_return(state)) {
    case return_class::returned:
      return {readable, false, {}, readable ? "" : "return-unreadable"};
    case return_class::returned_switch_broken:
      return {readable, true, {}, "return-switch-broken"};
    case return_class::check:
      if (!readable) return {false, false, {seconds{5}, seconds{60}}, "return-unreadable"};
      return {false, false, {seconds{1}, seconds{}}, "return-to-be-checked"};
    case return_class::wait_for_self_test:
      return {false, false, {seconds{300}, seconds{}}, "return-awaits-self-test"};
    case return_class::alert_and_check:
      return {false, false, {seconds{1}, seconds{}}, "return-alert"};
    case return_class::foreign_bank:
      return {false, false, {}, "return-foreign-bank"};
    case return_class::failed:
      return {false, false, {seconds{5}, seconds{60}}, "return-failed"};
    case return_class::unknown:
      break;
  }
  return {false, false, {seconds{1}, seconds{}}, "return-unknown-code"};
}

std::vector<observed_slot> slots_of(const cabinet_snapshot& snapshot) {
  std::vector<observed_slot> slots;
  slots.reserve(slot_count(snapshot));
  for (const auto& board : snapshot.boards) {
    for (const auto& record : board.slots) {
      const auto slot = slot_of(record, io_port(board.index));
      if (is_place(slot.number)) slots.push_back(slot);
    }
  }
  return slots;
}

observed_slot slot_of(const return_report& report) {
  observed_slot slot;
  slot.number = static_cast<std::int32_t>(global_slot(io_port(report.board), report.slot));
  slot.device_code = 1;
  slot.bank = report.sn;
  if (report.bank) {
    if (const auto charge = charge_of(report.bank->charge_percent)) slot.battery = *charge;
  }
  return slot;
}

observed_slot slot_of(const return_self_test& test) {
  observed_slot slot = slot_of(test.record, io_port(test.board));
  slot.device_code = 1;  // The state of a self-test speaks of the return, not of the slot.
  return slot;
}

ejection_evidence evidence_of(const std::vector<observed_slot>& slots, bank_sn bank,
                              std::int32_t planned_slot) {
  using sight = ejection_evidence::sight;
  // A snapshot may leave out empty slots, but never half of the ones on an io port.
  const auto port = [](std::int32_t number) {
    return number > static_cast<std::int32_t>(port_one_offset_default);
  };
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
