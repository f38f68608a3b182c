#include "persistence/stations/rows.hpp"

namespace chautari {
namespace {

std::string place_of(const bank_image& bank) {
  std::string place;
  append_uuid(place, bank.station.value);
  return place + std::to_string(bank.slot);
}

}  // namespace

void add_image(batch_rows& rows, const bank_image& bank) {
  if (!rows.is_newest('b', bank.id.value)) return;
  const bool is_seated = !bank.station.is_nil();
  const bool is_evicted = is_seated && !rows.places.insert(place_of(bank)).second;
  rows.banks.row()
      .id("id", bank.id)
      .number("serial", bank.serial.value)
      .text("status", to_string(is_evicted ? bank_status::missing : bank.status))
      .number("battery", bank.battery)
      .number("cycles", bank.cycles)
      .number("rentals", bank.rentals)
      .number("ejections", bank.ejections)
      .id_or_null("rental_id", bank.rental);
  if (is_seated && !is_evicted) rows.banks.id("station_id", bank.station).number("slot", bank.slot);
}

void add_image(batch_rows& rows, const slot_image& slot) {
  if (!rows.is_newest('l', slot.station.value, slot.number)) return;
  rows.slots.row()
      .id("station_id", slot.station)
      .number("number", slot.number)
      .text("status", to_string(slot.status))
      .number("device_code", slot.device_code)
      .number("battery", slot.battery)
      .number("temperature", slot.temperature)
      .number("voltage", slot.voltage)
      .number("current", slot.current)
      .number("sensors", slot.sensors)
      .number("faults_in_a_row", slot.faults_in_a_row)
      .flag("is_disabled", slot.is_disabled)
      .time("updated_at", slot.updated_at);
}

void add_image(batch_rows& rows, const station_state_image& state) {
  if (!rows.is_newest('a', state.station.value)) return;
  rows.station_states.row()
      .id("station_id", state.station)
      .flag("is_online", state.is_online)
      .time("last_seen_at", state.last_seen_at)
      .time("online_since", state.online_since)
      .json("hardware", state.hardware);
}

void add_line(batch_rows& rows, const bank_cycle& cycle) {
  rows.cycles.row()
      .id("bank_id", cycle.bank)
      .id("rental_id", cycle.rental)
      .number("start_battery", cycle.start_battery)
      .number("end_battery", cycle.end_battery)
      .time("ended_at", cycle.at);
}

void add_line(batch_rows& rows, const station_status_change& change) {
  rows.status_changes.row()
      .id("station_id", change.station)
      .time("changed_at", change.changed_at)
      .text("previous", to_string(change.previous))
      .text("status", to_string(change.status))
      .number("seconds_in_previous", change.seconds_in_previous)
      .text("triggered_by", change.triggered_by);
}

bank_image read_bank(const json_row& row) {
  bank_image bank;
  bank.id = row.id<bank_id>("id");
  bank.serial = bank_sn{static_cast<std::uint32_t>(row.number("serial"))};
  bank.status = row.word("status", parse_bank_status);
  bank.battery = row.small("battery");
  bank.cycles = row.small("cycles");
  bank.rentals = row.small("rentals");
  bank.ejections = row.small("ejections");
  bank.station = row.id<station_id>("station_id");
  bank.slot = row.is_null("slot") ? 0 : row.small("slot");
  bank.rental = row.id<rental_id>("rental_id");
  return bank;
}

}  // namespace chautari
