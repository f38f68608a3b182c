#include "protocols/kiosks/cabinet_a8_meaning.hpp"

namespace chautari {

ejection_class classify_ejection(std::uint8_t state) {
  switch (state) {
    case 0x01:
      return ejection_class::ejected;
    case 0x00:  // Failed.
    case 0x02:
    case 0x03:
    case 0x04:
    case 0x05:
    case 0x06:
    case 0x08:  // Slot fault codes of older firmware.
    case 0x11:  // Serial timeout, SN unreadable.
    case 0x13:
    case 0x14:
    case 0x21:
    case 0x22:
    case 0x23:
    case 0x24:  // Trace, lock, SN, motor, anti-theft.
      return ejection_class::mechanical;
    case 0x12:
      return ejection_class::ambiguous;
    case 0x87:  // Timestamp unreadable.
    case 0x88:  // ttl expired.
    case 0xFB:  // No bank meets the request.
    case 0xFC:  // SN not in this cabinet.
    case 0xFD:  // Internal queue error.
    case 0xFF:  // Command not understood.
      return ejection_class::not_moved;
    case 0xFE:
      return ejection_class::busy;
    default:
      return ejection_class::unknown;
  }
}

std::string_view to_string(ejection_class meaning) {
  switch (meaning) {
    case ejection_class::ejected:
      return "ejected";
    case ejection_class::mechanical:
      return "mechanical";
    case ejection_class::ambiguous:
      return "ambiguous";
    case ejection_class::not_moved:
      return "not_moved";
    case ejection_class::busy:
      return "busy";
    case ejection_class::unknown:
      return "unknown";
  }
  return "unknown";
}

return_class classify_return(std::uint8_t state) {
  switch (state) {
    case 0x01:
      return return_class::returned;
    case 0x03:
      return return_class::returned_switch_broken;
    case 0x12:
    case 0x13:
      return return_class::check;
    case 0x14:
    case 0x24:
      return return_class::wait_for_self_test;
    case 0x02:
    case 0x06:
      return return_class::alert_and_check;
    case 0x10:
      return return_class::foreign_bank;
    case 0x00:
    case 0x11:
    case 0x21:
    case 0x22:
    case 0x23:
      return return_class::failed;
    default:
      return return_class::unknown;
  }
}

std::string_view to_string(return_class meaning) {
  switch (meaning) {
    case return_class::returned:
      return "returned";
    case return_class::returned_switch_broken:
      return "returned_switch_broken";
    case return_class::check:
      return "check";
    case return_class::wait_for_self_test:
      return "wait_for_self_test";
    case return_class::alert_and_check:
      return "alert_and_check";
    case return_class::foreign_bank:
      return "foreign_bank";
    case return_class::failed:
      return "failed";
    case return_class::unknown:
      return "unknown";
  }
  return "unknown";
}

bool is_return_fact(std::uint8_t state, bank_sn sn) {
  const return_class meaning = classify_return(state);
  return is_readable(sn) &&
         (meaning == return_class::returned || meaning == return_class::returned_switch_broken);
}

slot_state_meaning meaning_of_slot_state(std::uint8_t state) {
  using enum device_slot_status;
  switch (state) {
    case 0x00:
      return {empty, bank_effect::none, slot_alert::none, false};
    case 0x01:
      return {occupied, bank_effect::unchanged, slot_alert::none, true};
    case 0x02:  // Charging fault.
    case 0x03:  // Communication fault.
    case 0x04:  // Jammed.
    case 0x08:  // Anti-theft protocol failed.
      return {error, bank_effect::maintenance, slot_alert::none, false};
    case 0x05:  // Latch forced open.
      return {error, bank_effect::damaged, slot_alert::theft, false};
    case 0x06:  // Solenoid not home after a return, or forced with no communication.
    case 0x09:  // USB-C short.
      return {error, bank_effect::damaged, slot_alert::none, false};
    case 0x07:  // Reserved.
      return {error, bank_effect::unchanged, slot_alert::none, false};
    case 0x0A:  // Return failed and the bank was not pushed out.
      return {error, bank_effect::unchanged, slot_alert::stuck_bank, false};
    default:
      return {error, bank_effect::unchanged, slot_alert::unknown_code, false};
  }
}

std::optional<std::uint8_t> charge_of(std::uint8_t charge_percent) {
  if (charge_percent > 100) return {};
  return charge_percent;
}

std::optional<std::uint8_t> temperature_of(std::uint8_t temperature_c) {
  if (temperature_c == 0 || temperature_c == 255) return {};
  return temperature_c;
}

bool is_rentable(const slot_record& record, const rentable_criteria& criteria) {
  if (!meaning_of_slot_state(record.state).rentable || !is_readable(record.sn)) return false;
  const auto charge = charge_of(record.charge_percent);
  if (!charge || *charge < criteria.charge_percent_min) return false;
  const auto temperature = temperature_of(record.temperature_c);
  return !temperature ||
         (*temperature >= criteria.temperature_c_min && *temperature <= criteria.temperature_c_max);
}

signal_grade signal_grade_of(std::uint8_t csq) {
  if (csq <= 12) return signal_grade::very_weak;
  if (csq <= 16) return signal_grade::weak;
  if (csq <= 20) return signal_grade::fair;
  if (csq <= 25) return signal_grade::good;
  if (csq <= 31) return signal_grade::very_good;
  return signal_grade::none;
}

backup_power backup_power_of(std::uint8_t bp) {
  switch (bp) {
    case 0:
      return backup_power::not_fitted;
    case 3:
      return backup_power::running;
    default:
      return backup_power::idle;
  }
}

}  // namespace chautari
