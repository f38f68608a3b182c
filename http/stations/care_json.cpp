#include "http/stations/care_json.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "http/stations/inside_json.hpp"

namespace chautari {
namespace {

boost::json::value time_or_null(timestamp at) {
  return at == timestamp{} ? boost::json::value{} : boost::json::value(to_rfc3339(at));
}
boost::json::value time_or_null(const std::optional<timestamp>& at) {
  return at ? boost::json::value(to_rfc3339(*at)) : boost::json::value{};
}

boost::json::value number_or_null(std::int32_t value, bool is_known) {
  return is_known ? boost::json::value(value) : boost::json::value{};
}

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value{} : boost::json::value(text);
}

/// "HH:MM" or null.
boost::json::value time_of_day(std::int32_t minute) {
  if (minute < 0) return {};
  const auto two = [](int value) {
    return std::string{static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
  };
  return boost::json::value(two(minute / 60) + ':' + two(minute % 60));
}

boost::json::value list_of(const std::string& text) {
  auto value = parsed_json(text);
  return value.is_array() ? value : boost::json::value(boost::json::array{});
}

/// What both the row and the detail show.
boost::json::object facts_json(const station_image& facts, station_status status, bool is_online) {
  return {{"id", facts.id.text()},
          {"serial_number", facts.serial.value},
          {"imei", facts.cabinet.value},
          {"station_name", facts.name},
          {"address", facts.address},
          {"landmark", facts.landmark},
          {"latitude", facts.latitude},
          {"longitude", facts.longitude},
          {"total_slots", facts.total_slots},
          {"port_one_offset", facts.port_one_offset},
          {"status", to_string(status)},
          {"is_online", is_online},
          {"is_maintenance", facts.is_maintenance},
          {"is_approved", facts.is_approved},
          {"amenities", list_of(facts.amenities)},
          {"created_at", time_or_null(facts.created_at)}};
}

boost::json::object station_of(const station_id id, const station_sn& serial, const std::string& name) {
  return {{"id", id.text()}, {"serial_number", serial.value}, {"station_name", name}};
}

}  // namespace

boost::json::value parsed_json(const std::string& text) {
  boost::system::error_code malformed;
  auto value = boost::json::parse(text, malformed);
  return malformed ? boost::json::value{} : value;
}

std::string cycles_text(std::int64_t ten_thousandths) {
  const auto fraction = std::to_string(ten_thousandths % 10'000);
  return std::to_string(ten_thousandths / 10'000) + '.' + std::string(4 - fraction.size(), '0') + fraction;
}

boost::json::object admin_station_row(const station_view& view, timestamp now) {
  auto row = facts_json(view.facts, view.status(), view.is_online);
  const auto banks =
      std::count_if(view.slots.begin(), view.slots.end(), [](const auto& slot) { return slot.has_bank; });
  const auto occupied = std::count_if(view.slots.begin(), view.slots.end(), [](const auto& slot) {
    return slot.status == slot_status::occupied || slot.has_bank;
  });
  row["available_slots"] = view.empty_slots;
  row["occupied_slots"] = occupied;
  row["return_slots"] = returnable_now(view);
  row["total_powerbanks"] = banks;
  row["available_powerbanks"] = rentable_now(view, now);
  row["last_seen_at"] = time_or_null(view.last_seen_at);
  row["snapshot_at"] = time_or_null(view.snapshot_at);
  return row;
}

boost::json::object admin_station_detail(const station_inside& inside) {
  const auto& facts = inside.facts;
  const auto status = facts.is_maintenance ? station_status::maintenance
                      : inside.is_online   ? station_status::online
                                           : station_status::offline;
  auto detail = facts_json(facts, status, inside.is_online);
  detail["description"] = facts.description;
  detail["opening_time"] = time_of_day(facts.opening_minute);
  detail["closing_time"] = time_of_day(facts.closing_minute);
  detail["media"] = list_of(facts.media);
  detail["hardware_info"] = parsed_json(inside.hardware);
  detail["last_seen_at"] = time_or_null(inside.last_seen_at);
  detail["status_since"] = time_or_null(inside.status_since);
  detail["snapshot_at"] = time_or_null(inside.snapshot_at);
  detail["slots"] = slots_json(inside);
  auto& banks = detail["powerbanks"].emplace_array();
  for (const auto& bank : inside.banks)
    banks.push_back(bank_json({bank, facts.serial, facts.name, {}}));
  return detail;
}

boost::json::object amenity_json(const amenity_image& amenity) {
  return {{"id", amenity.id.text()},
          {"name", amenity.name},
          {"icon", amenity.icon},
          {"description", amenity.description},
          {"is_active", amenity.is_active}};
}

boost::json::object bank_json(const bank_row& row) {
  const auto& bank = row.bank;
  const bool is_seated = !bank.station.is_nil();
  return {{"id", bank.id.text()},
          {"serial_number", bank.serial.text()},
          {"model", "Standard"},
          {"capacity_mah", 10'000},
          {"status", to_string(bank.status)},
          {"battery_level", number_or_null(bank.battery, bank.battery >= 0)},
          {"total_cycles", cycles_text(bank.cycles)},
          {"total_rentals", bank.rentals},
          {"ejections", bank.ejections},
          {"station", is_seated
                          ? boost::json::value(station_of(bank.station, row.station_serial, row.station_name))
                          : boost::json::value{}},
          {"slot", number_or_null(bank.slot, is_seated)},
          {"rental_code", text_or_null(row.rental_code)}};
}

boost::json::object bank_rental_json(const rental_image& rental) {
  return {{"id", rental.id.text()},
          {"rental_code", rental.code},
          {"status", to_string(rental.status)},
          {"station", station_of(rental.station, rental.station_serial, rental.station_name)},
          {"return_station_name", text_or_null(rental.return_station_name)},
          {"start_battery", number_or_null(rental.start_battery, rental.start_battery >= 0)},
          {"return_battery", number_or_null(rental.return_battery, rental.return_battery >= 0)},
          {"created_at", to_rfc3339(rental.created_at)},
          {"started_at", time_or_null(rental.started_at)},
          {"ended_at", time_or_null(rental.ended_at)}};
}

boost::json::object own_issue_json(const issue_view& view) {
  const auto& issue = view.issue;
  return {{"id", issue.id.text()},
          {"scope", "station"},
          {"station", station_of(issue.station, view.station_serial, view.station_name)},
          {"issue_type", to_string(issue.type)},
          {"description", issue.description},
          {"images", list_of(issue.images)},
          {"priority", to_string(issue.priority)},
          {"status", to_string(issue.status)},
          {"reported_at", to_rfc3339(issue.reported_at)},
          {"resolved_at", time_or_null(issue.resolved_at)}};
}

boost::json::object issue_json(const issue_view& view, bool shows_reporter) {
  auto shown = own_issue_json(view);
  const auto& issue = view.issue;
  boost::json::value reporter;
  if (shows_reporter) reporter = {{"id", issue.reporter.text()}, {"username", view.reporter_name}};
  boost::json::value assignee;
  if (issue.assigned_to) assignee = {{"id", issue.assigned_to->text()}, {"email", view.assignee_email}};
  shown["reporter"] = std::move(reporter);
  shown["assigned_to"] = std::move(assignee);
  shown["notes"] = issue.notes;
  shown["updated_at"] = to_rfc3339(issue.updated_at);
  return shown;
}

}  // namespace chautari
