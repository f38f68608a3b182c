#include "actors/stations/stock.hpp"

#include <algorithm>
#include <limits>

namespace chautari {
namespace {

template <class Narrow>
Narrow narrow(std::int32_t value) {
  return static_cast<Narrow>(std::clamp<std::int32_t>(value, std::numeric_limits<Narrow>::min(),
                                                      std::numeric_limits<Narrow>::max()));
}

template <class Slots>
auto find_slot_in(Slots& slots, std::int32_t number) {
  const auto found =
      std::find_if(slots.begin(), slots.end(), [&](const auto& one) { return one.number == number; });
  return found == slots.end() ? nullptr : &*found;
}

template <class Banks>
auto find_bank_in(Banks& banks, bank_sn serial) {
  const auto found =
      std::find_if(banks.begin(), banks.end(), [&](const auto& one) { return one.serial == serial; });
  return found == banks.end() ? nullptr : &*found;
}

}  // namespace

slot_facts* station_stock::find_slot(std::int32_t number) { return find_slot_in(slots, number); }
const slot_facts* station_stock::find_slot(std::int32_t number) const { return find_slot_in(slots, number); }
bank_facts* station_stock::find_bank(bank_sn serial) { return find_bank_in(banks, serial); }
const bank_facts* station_stock::find_bank(bank_sn serial) const { return find_bank_in(banks, serial); }

const bank_facts* station_stock::bank_in(std::int32_t slot, bank_sn but) const {
  const auto found = std::find_if(banks.begin(), banks.end(),
                                  [&](const auto& one) { return one.slot == slot && one.serial != but; });
  return found == banks.end() ? nullptr : &*found;
}

void station_stock::forget_bank(bank_sn serial) {
  std::erase_if(banks, [&](const auto& one) { return one.serial == serial; });
}

void station_stock::seat(const bank_facts& bank) {
  if (auto* known = find_bank(bank.serial)) {
    *known = bank;
  } else {
    banks.push_back(bank);
  }
}

slot_facts facts_of(const slot_image& image) {
  slot_facts slot;
  slot.updated_at = image.updated_at;
  slot.number = narrow<std::uint8_t>(image.number);
  slot.status = image.status;
  slot.device_code = narrow<std::uint8_t>(image.device_code);
  slot.battery = narrow<std::int8_t>(image.battery);
  slot.temperature = narrow<std::uint8_t>(image.temperature);
  slot.voltage = narrow<std::uint8_t>(image.voltage);
  slot.current = narrow<std::uint8_t>(image.current);
  slot.sensors = narrow<std::uint8_t>(image.sensors);
  slot.faults_in_a_row = narrow<std::uint8_t>(image.faults_in_a_row);
  slot.is_disabled = image.is_disabled;
  return slot;
}

bank_facts facts_of(const bank_image& image) {
  bank_facts bank;
  bank.id = image.id;
  bank.rental = image.rental;
  bank.serial = image.serial;
  bank.cycles = image.cycles;
  bank.rentals = image.rentals;
  bank.ejections = image.ejections;
  bank.status = image.status;
  bank.battery = narrow<std::int8_t>(image.battery);
  bank.slot = narrow<std::uint8_t>(image.slot);
  return bank;
}

slot_image image_of(const slot_facts& slot, station_id station) {
  return {station,      slot.number,  slot.status,  slot.device_code,     slot.battery,     slot.temperature,
          slot.voltage, slot.current, slot.sensors, slot.faults_in_a_row, slot.is_disabled, slot.updated_at};
}

bank_image image_of(const bank_facts& bank, station_id station) {
  return {bank.id,      bank.serial,    bank.status, bank.battery, bank.cycles,
          bank.rentals, bank.ejections, station,     bank.slot,    bank.rental};
}

bank_image missing_image_of(const bank_facts& bank) {
  return {
      bank.id, bank.serial, bank_status::missing, bank.battery, bank.cycles, bank.rentals, bank.ejections, {},
      0,       {}};
}

}  // namespace chautari
