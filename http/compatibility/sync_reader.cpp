#include "http/compatibility/sync_reader.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>
#include <map>
#include <optional>

#include "protocols/kiosks/cabinet_a8_meaning.hpp"
#include "protocols/kiosks/cabinet_topic.hpp"
#include "protocols/stations/images.hpp"

namespace chautari {
namespace {

using json_object = boost::json::object;

constexpr sync_mistake bad_data{"invalid_data_format", "The report must be a JSON object."};
constexpr sync_mistake bad_type{"invalid_type", "The type must be full, returned or status."};
constexpr sync_mistake no_device{"missing_device_identifier", "The device must have its imei."};
constexpr sync_mistake bad_slots{"invalid_slots_format",
                                 "The slots must be numbered from 1 without a gap, each with its status."};
constexpr sync_mistake bad_banks{"invalid_powerbanks_format",
                                 "Each power bank must have its serial number and the slot it is in."};
constexpr sync_mistake bad_return{"missing_return_fields",
                                  "A return must have power_bank_serial and slot_number."};
constexpr sync_mistake no_status{"missing_status", "The device must have its status."};
constexpr sync_mistake bad_status{"invalid_status", "The status must be ONLINE or OFFLINE."};

// -- single fields
// ------------------------------------------------------------------------------------------

const json_object* object_in(const json_object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

const boost::json::array* array_in(const json_object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  return value == nullptr ? nullptr : value->if_array();
}

std::string_view text_in(const json_object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view{value->get_string()} : std::string_view{};
}

/// A number, or the text of one.
std::optional<std::int64_t> number_in(const json_object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  if (value == nullptr) return {};
  if (const auto* number = value->if_int64()) return *number;
  const auto text = text_in(from, name);
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, number);
  if (text.empty() || failed != std::errc{} || stop != end) return {};
  return number;
}

/// RFC 3339 or unix seconds.
std::optional<timestamp> time_in(const json_object& from, std::string_view name) {
  constexpr std::int64_t seconds_max = 4'102'444'800;  // 2100
  if (const auto unix_seconds = number_in(from, name)) {
    if (*unix_seconds < 0 || *unix_seconds > seconds_max) return {};
    return from_ms(*unix_seconds * 1000);
  }
  return parse_rfc3339(text_in(from, name));
}

std::optional<bank_sn> bank_in(const json_object& from, std::string_view name) {
  const auto number = number_in(from, name);
  if (!number || *number <= 0 || *number >= std::int64_t{unreadable_bank_sn.value}) return {};
  return bank_sn{static_cast<std::uint32_t>(*number)};
}

std::int32_t battery_in(const json_object& from) {
  const auto percent = number_in(from, "battery_level");
  return percent && *percent >= 0 && *percent <= 100 ? static_cast<std::int32_t>(*percent) : -1;
}

std::uint8_t byte_in(const json_object* from, std::string_view name) {
  const auto number = from == nullptr ? std::nullopt : number_in(*from, name);
  return number && *number >= 0 && *number <= 0xFF ? static_cast<std::uint8_t>(*number) : std::uint8_t{0};
}

// -- a picture
// ------------------------------------------------------------------------------------------

constexpr std::uint8_t empty_code = 0x00;
constexpr std::uint8_t sound_code = 0x01;
constexpr std::uint8_t maintenance_code = 0x02;
constexpr std::uint8_t damaged_code = 0x06;
constexpr std::uint8_t error_code = 0x07;  ///< ERROR that says nothing of the bank.

/// What the device would have said; nothing for a word nobody knows.
std::optional<std::uint8_t> code_of(std::string_view slot_word, std::string_view bank_word) {
  const auto status = parse_slot_status(slot_word);
  if (!status) return {};
  if (*status == slot_status::available) return empty_code;
  if (*status != slot_status::occupied) return error_code;
  if (bank_word == "MAINTENANCE") return maintenance_code;
  return bank_word == "DAMAGED" ? damaged_code : sound_code;
}

/// The banks by the slot they are in; nothing if one makes no sense.
std::optional<std::map<std::int64_t, const json_object*>> banks_of(const json_object& body) {
  std::map<std::int64_t, const json_object*> banks;
  const auto* list = array_in(body, "power_banks");
  if (list == nullptr) {
    if (body.if_contains("power_banks") != nullptr) return {};
    return banks;
  }
  for (const auto& value : *list) {
    const auto* bank = value.if_object();
    const auto slot = bank == nullptr ? std::nullopt : number_in(*bank, "current_slot");
    if (!slot || !bank_in(*bank, "serial_number") || !banks.emplace(*slot, bank).second) return {};
  }
  return banks;
}

std::optional<slot_record> record_of(const json_object& slot, const json_object* bank) {
  const auto number = number_in(slot, "slot_number");
  const auto code = code_of(text_in(slot, "status"), bank == nullptr ? "" : text_in(*bank, "status"));
  if (!number || *number < 1 || *number > std::int64_t{a8_port_slots_max} || !code) return {};
  slot_record record;
  record.slot = static_cast<std::uint8_t>(*number);
  record.state = *code;
  record.sensors = *code == empty_code ? 0x80 : 0x00;
  if (*code == empty_code) return record;
  const auto* named = bank != nullptr ? bank : &slot;
  const auto serial = bank_in(*named, bank != nullptr ? "serial_number" : "power_bank_serial");
  record.sn = serial.value_or(unreadable_bank_sn);
  const auto battery = std::max(battery_in(slot), bank != nullptr ? battery_in(*bank) : -1);
  record.charge_percent = battery >= 0 ? static_cast<std::uint8_t>(battery) : std::uint8_t{0xFF};
  const auto* hardware = bank == nullptr ? nullptr : object_in(*bank, "hardware_info");
  record.temperature_c = byte_in(hardware, "temperature");
  record.software = byte_in(hardware, "soft_version");
  return record;
}

std::variant<synced_picture, sync_mistake> read_picture(const json_object& body) {
  const auto* slots = array_in(body, "slots");
  if (slots == nullptr || slots->empty() || slots->size() > a8_port_slots_max) return bad_slots;
  const auto banks = banks_of(body);
  if (!banks) return bad_banks;
  board_record board;
  board.index = 1;  // Slots have our own numbers already.
  for (const auto& value : *slots) {
    const auto* slot = value.if_object();
    if (slot == nullptr) return bad_slots;
    const auto bank = banks->find(number_in(*slot, "slot_number").value_or(0));
    const auto record = record_of(*slot, bank == banks->end() ? nullptr : bank->second);
    if (!record) return bad_slots;
    board.slots.push_back(*record);
  }
  std::sort(board.slots.begin(), board.slots.end(),
            [](const auto& one, const auto& other) { return one.slot < other.slot; });
  for (std::size_t at = 0; at < board.slots.size(); ++at) {
    if (board.slots[at].slot != at + 1) return bad_slots;
  }
  const bool has_orphan = std::any_of(banks->begin(), banks->end(), [&](const auto& entry) {
    const auto slot = static_cast<std::size_t>(std::max<std::int64_t>(1, entry.first)) - 1;
    return slot >= board.slots.size() || !is_readable(board.slots[slot].sn);
  });
  if (has_orphan) return bad_banks;
  return synced_picture{{{std::move(board)}}, number_in(body, "sequence")};
}

// -- the other two
// ------------------------------------------------------------------------------------------

std::variant<synced_return, sync_mistake> read_return(const json_object& body) {
  const auto* event = object_in(body, "return_event");
  if (event == nullptr) return bad_return;
  const auto bank = bank_in(*event, "power_bank_serial");
  const auto slot = number_in(*event, "slot_number");
  if (!bank || !slot) return bad_return;
  synced_return what;
  what.bank = *bank;
  what.slot = static_cast<std::int32_t>(std::clamp<std::int64_t>(*slot, 0, 0xFF));
  what.battery = battery_in(*event);
  what.returned_at = time_in(*event, "returned_at");
  return what;
}

std::variant<synced_status, sync_mistake> read_status(const json_object& device) {
  const auto word = text_in(device, "status");
  if (word.empty()) return no_status;
  if (word != "ONLINE" && word != "OFFLINE") return bad_status;
  return synced_status{word == "ONLINE"};
}

template <class What>
std::variant<cabinet_sync, sync_mistake> joined(cabinet_sync said, std::variant<What, sync_mistake> what) {
  if (const auto* mistake = std::get_if<sync_mistake>(&what)) return *mistake;
  said.what = std::get<What>(std::move(what));
  return said;
}

}  // namespace

std::variant<cabinet_sync, sync_mistake> read_sync(const boost::json::value& body, timestamp now) {
  const auto* fields = body.if_object();
  if (fields == nullptr) return bad_data;
  const auto type = text_in(*fields, "type");
  if (type != "full" && type != "returned" && type != "status") return bad_type;
  const auto* device = object_in(*fields, "device");
  if (device == nullptr) return no_device;
  auto cabinet = parse_imei(text_in(*device, "imei"));
  if (!cabinet) cabinet = parse_imei(text_in(*device, "serial_number"));
  if (!cabinet) return no_device;
  cabinet_sync said;
  said.cabinet = *cabinet;
  said.said_at = time_in(*fields, "timestamp").value_or(now);
  if (type == "full") return joined(std::move(said), read_picture(*fields));
  if (type == "returned") return joined(std::move(said), read_return(*fields));
  return joined(std::move(said), read_status(*device));
}

std::string_view event_of(const boost::json::value& body) {
  const auto* fields = body.if_object();
  return fields == nullptr ? std::string_view{} : text_in(*fields, "event_id");
}

}  // namespace chautari
