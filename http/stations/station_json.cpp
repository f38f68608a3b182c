#include "http/stations/station_json.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "http/server/response.hpp"
#include "protocols/base/id_source.hpp"

namespace chautari {
namespace {

void append_number(std::string& out, std::int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

void append_degrees(std::string& out, double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

/// Kilometres with two decimals.
void append_distance(std::string& out, double km) {
  std::array<char, 32> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), km, std::chars_format::fixed, 2).ptr;
  out.append(digits.data(), end);
}

void append_text_field(std::string& out, std::string_view key, std::string_view value) {
  out.append(key);
  append_json_text(out, value);
}

void append_flag(std::string& out, std::string_view key, bool value) {
  out.append(key);
  out.append(value ? "true" : "false");
}

/// "HH:MM" or null.
void append_time_of_day(std::string& out, std::string_view key, std::int32_t minute) {
  out.append(key);
  if (minute < 0) {
    out.append("null");
    return;
  }
  const auto two = [&out](int value) {
    out += static_cast<char>('0' + value / 10);
    out += static_cast<char>('0' + value % 10);
  };
  out += '"';
  two(minute / 60);
  out += ':';
  two(minute % 60);
  out += '"';
}

std::string_view or_empty_list(const std::string& json) {
  return json.empty() ? std::string_view{"[]"} : json;
}

const std::string& static_part(const listed_station& station) {
  auto& out = station.static_json;
  if (!out.empty()) return out;
  const auto& facts = station.view.facts;
  append_text_field(out, R"({"id":)", facts.id.text());
  append_text_field(out, R"(,"serial_number":)", facts.serial.text());
  append_text_field(out, R"(,"station_name":)", facts.name);
  out.append(R"(,"latitude":)");
  append_degrees(out, facts.latitude);
  out.append(R"(,"longitude":)");
  append_degrees(out, facts.longitude);
  append_text_field(out, R"(,"address":)", facts.address);
  out.append(R"(,"total_slots":)");
  append_number(out, facts.total_slots);
  append_time_of_day(out, R"(,"opening_time":)", facts.opening_minute);
  append_time_of_day(out, R"(,"closing_time":)", facts.closing_minute);
  out.append(R"(,"media":)");
  out.append(or_empty_list(facts.media));
  return out;
}

void append_counts(std::string& out, const station_view& view, timestamp now) {
  out.append(R"(,"status":")");
  out.append(to_string(view.status()));
  out.append(R"(","available_slots":)");
  append_number(out, view.empty_slots);
  out.append(R"(,"rentable_count":)");
  append_number(out, rentable_now(view, now));
  out.append(R"(,"return_slots":)");
  append_number(out, returnable_now(view));
}

void append_slot(std::string& out, const station_view& view, const slot_view& slot) {
  append_text_field(out, R"({"id":)", id_of_slot(view.facts.id, slot.number).text());
  out.append(R"(,"slot_number":)");
  append_number(out, slot.number);
  out.append(R"(,"status":")");
  out.append(to_string(slot.status));
  out.append(R"(","battery_level":)");
  if (slot.battery < 0) {
    out.append("null");
  } else {
    append_number(out, slot.battery);
  }
  append_text_field(out, R"(,"last_updated":)", to_rfc3339(slot.updated_at));
  out.append(R"(,"current_rental":null,"powerbank":)");
  if (slot.has_bank) {
    append_text_field(out, R"({"serial_number":)", slot.bank.text());
    out += '}';
  } else {
    out.append("null");
  }
  out += '}';
}

const std::string& slots_part(const listed_station& station) {
  auto& out = station.slots_json;
  if (!out.empty()) return out;
  for (const auto& slot : station.view.slots) {
    if (!out.empty()) out += ',';
    append_slot(out, station.view, slot);
  }
  return out;
}

}  // namespace

slot_id id_of_slot(station_id station, std::int32_t number) {
  return slot_id{make_named_uuid(station.value, "slot " + std::to_string(number))};
}

void append_list_item(std::string& out, const station_hit& hit, timestamp now, bool is_favourite) {
  out.append(static_part(*hit.station));
  append_counts(out, hit.station->view, now);
  append_flag(out, R"(,"is_open":)", is_open_at(hit.station->view.facts, now));
  append_flag(out, R"(,"is_maintenance":)", hit.station->view.facts.is_maintenance);
  append_flag(out, R"(,"is_favorite":)", is_favourite);
  out.append(R"(,"distance":)");
  if (hit.distance_km) {
    append_distance(out, *hit.distance_km);
  } else {
    out.append("null");
  }
  out += '}';
}

void append_detail(std::string& out, const listed_station& station, timestamp now, bool is_favourite) {
  const auto& view = station.view;
  out.append(static_part(station));
  append_counts(out, view, now);
  append_flag(out, R"(,"is_open":)", is_open_at(view.facts, now));
  append_flag(out, R"(,"is_maintenance":)", view.facts.is_maintenance);
  append_flag(out, R"(,"is_favorite":)", is_favourite);
  append_text_field(out, R"(,"landmark":)", view.facts.landmark);
  append_text_field(out, R"(,"description":)", view.facts.description);
  out.append(R"(,"amenities":)");
  out.append(or_empty_list(view.facts.amenities));
  out.append(R"(,"hardware_info":null,"distance":null,"slots":[)");
  out.append(slots_part(station));
  out.append("]}");
}

std::string stock_json(const station_view& view, timestamp now) {
  std::string out;
  append_text_field(out, R"({"serial_number":)", view.facts.serial.text());
  append_counts(out, view, now);
  out += '}';
  return out;
}

std::string area_item_json(const listed_station& station, timestamp now) {
  const auto& view = station.view;
  std::string out;
  append_text_field(out, R"({"serial_number":)", view.facts.serial.text());
  append_text_field(out, R"(,"station_name":)", view.facts.name);
  out.append(R"(,"latitude":)");
  append_degrees(out, view.facts.latitude);
  out.append(R"(,"longitude":)");
  append_degrees(out, view.facts.longitude);
  append_counts(out, view, now);
  out += '}';
  return out;
}

}  // namespace chautari
