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

void add_image(batch_rows& rows, const station_image& station) {
  if (!rows.is_newest('n', station.id.value)) return;
  rows.stations.row()
      .id("id", station.id)
      .text("serial", station.serial.value)
      .text("imei", station.cabinet.value)
      .text("name", station.name)
      .text("address", station.address)
      .text("landmark", station.landmark)
      .text("description", station.description)
      .real("latitude", station.latitude)
      .real("longitude", station.longitude)
      .number("total_slots", station.total_slots)
      .number("opening_minute", station.opening_minute)
      .number("closing_minute", station.closing_minute)
      .flag("is_maintenance", station.is_maintenance)
      .flag("is_deleted", station.is_deleted)
      .flag("is_approved", station.is_approved)
      .number("port_one_offset", station.port_one_offset)
      .json("media", station.media, "[]")
      .json("amenities", station.amenities, "[]")
      .time("created_at",
            station.created_at == timestamp{} ? std::optional<timestamp>{} : station.created_at);
}

void add_image(batch_rows& rows, const station_issue_image& issue) {
  if (!rows.is_newest('i', issue.id.value)) return;
  rows.issues.row()
      .id("id", issue.id)
      .id("station_id", issue.station)
      .id("reporter_id", issue.reporter)
      .text("issue_type", to_string(issue.type))
      .text("description", issue.description)
      .json("images", issue.images, "[]")
      .text("priority", to_string(issue.priority))
      .text("status", to_string(issue.status))
      .id_or_null("assigned_to", issue.assigned_to.value_or(operator_id{}))
      .text("notes", issue.notes)
      .time("reported_at", issue.reported_at)
      .time("updated_at", issue.updated_at)
      .time("resolved_at", issue.resolved_at)
      .flag("is_deleted", issue.is_deleted);
}

void add_image(batch_rows& rows, const amenity_image& amenity) {
  if (!rows.is_newest('m', amenity.id.value)) return;
  rows.amenities.row()
      .id("id", amenity.id)
      .text("name", amenity.name)
      .text("icon", amenity.icon)
      .text("description", amenity.description)
      .flag("is_active", amenity.is_active)
      .flag("is_deleted", amenity.is_deleted);
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

station_status_change read_status_change(const json_row& row) {
  station_status_change change;
  change.station = row.id<station_id>("station_id");
  change.previous = row.word("previous", parse_station_status);
  change.status = row.word("status", parse_station_status);
  change.changed_at = row.time("changed_at");
  change.seconds_in_previous = row.number("seconds_in_previous");
  change.triggered_by = row.text("triggered_by");
  return change;
}

station_issue_image read_issue(const json_row& row) {
  station_issue_image issue;
  issue.id = row.id<issue_id>("id");
  issue.station = row.id<station_id>("station_id");
  issue.reporter = row.id<user_id>("reporter_id");
  issue.type = row.word("issue_type", parse_station_issue_type);
  issue.description = row.text("description");
  issue.images = row.json("images");
  issue.priority = row.word("priority", parse_issue_priority);
  issue.status = row.word("status", parse_issue_status);
  if (!row.is_null("assigned_to")) issue.assigned_to = row.id<operator_id>("assigned_to");
  issue.notes = row.text("notes");
  issue.reported_at = row.time("reported_at");
  issue.updated_at = row.time("updated_at");
  issue.resolved_at = row.time_if_any("resolved_at");
  issue.is_deleted = row.flag("is_deleted");
  return issue;
}

amenity_image read_amenity(const json_row& row) {
  amenity_image amenity;
  amenity.id = row.id<amenity_id>("id");
  amenity.name = row.text("name");
  amenity.icon = row.text("icon");
  amenity.description = row.text("description");
  amenity.is_active = row.flag("is_active");
  amenity.is_deleted = row.flag("is_deleted");
  return amenity;
}

}  // namespace chautari
