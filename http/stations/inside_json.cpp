#include "http/stations/inside_json.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "protocols/kiosks/cabinet_a8_meaning.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

json::value number_or_null(bool is_known, std::int32_t value) {
  return is_known ? json::value(value) : json::value(nullptr);
}

json::object slot_json(const station_inside& station, const slot_image& slot) {
  const auto seated =
      std::ranges::find_if(station.banks, [&](const bank_image& bank) { return bank.slot == slot.number; });
  const bool has_bank = seated != station.banks.end();
  const auto warmth = temperature_of(static_cast<std::uint8_t>(slot.temperature));
  return {{"number", slot.number},
          {"status", to_string(slot.status)},
          {"battery", number_or_null(slot.battery >= 0, slot.battery)},
          {"temperature", number_or_null(warmth.has_value(), slot.temperature)},
          {"device_code", slot.device_code},
          {"sensors", slot.sensors},
          {"faults_in_a_row", slot.faults_in_a_row},
          {"is_disabled", slot.is_disabled},
          {"bank_sn", has_bank ? json::value(seated->serial.text()) : json::value(nullptr)},
          {"updated_at", to_rfc3339(slot.updated_at)}};
}

}  // namespace

json::array slots_json(const station_inside& station) {
  json::array slots;
  slots.reserve(station.slots.size());
  for (const auto& slot : station.slots)
    slots.push_back(slot_json(station, slot));
  return slots;
}

}  // namespace chautari
