#include "actors/kiosks/command_results.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <optional>

#include "actors/kiosks/presence_rules.hpp"
#include "protocols/kiosks/cabinet_a8_meaning.hpp"

namespace chautari {
namespace {

constexpr std::uint8_t not_available = 255;
constexpr std::uint8_t signal_max = 31;
constexpr unsigned degrees_noticed = 5;

boost::json::value number_or_null(std::optional<std::uint8_t> value) {
  if (!value) return nullptr;
  return static_cast<int>(*value);
}

/// From tenths.
boost::json::value tenths_or_null(std::uint8_t raw) {
  if (raw == not_available) return nullptr;
  return static_cast<double>(raw) / 10.0;
}

std::string_view word_of(device_slot_status status) {
  switch (status) {
    case device_slot_status::empty:
      return "AVAILABLE";
    case device_slot_status::occupied:
      return "OCCUPIED";
    case device_slot_status::error:
      break;
  }
  return "ERROR";
}

boost::json::object slot_of(const board_record& board, const slot_record& record,
                            std::int32_t port_one_offset) {
  boost::json::object shown{{"index", slot_number(board.index, record.slot, port_one_offset)},
                            {"board", static_cast<int>(board.index)}};
  shown["serial"] = is_readable(record.sn) ? boost::json::value(record.sn.text()) : nullptr;
  shown["power_percent"] = number_or_null(charge_of(record.charge_percent));
  shown["temperature"] = number_or_null(temperature_of(record.temperature_c));
  shown["voltage"] = tenths_or_null(record.charging_voltage);
  shown["current"] = tenths_or_null(record.charging_current);
  shown["cell_voltage"] = static_cast<double>(cell_voltage_hint_centivolts(record.cell_voltage)) / 100.0;
  shown["area"] = area_code(board, record);
  shown["is_locked"] = !latch_not_home(record);
  shown["micro_switch"] = nothing_inserted(record) ? "open" : "closed";
  shown["status"] = word_of(meaning_of_slot_state(record.state).status);
  shown["device_code"] = static_cast<int>(record.state);
  shown["software"] = static_cast<int>(record.software);
  return shown;
}

boost::json::array boards_of(const cabinet_snapshot& snapshot) {
  boost::json::array boards;
  for (const auto& board : snapshot.boards) {
    boards.push_back(boost::json::object{{"index", static_cast<int>(board.index)},
                                         {"io", io_port(board.index)},
                                         {"temperature", number_or_null(temperature_of(board.temperature_c))},
                                         {"software", static_cast<int>(board.software)},
                                         {"hardware", static_cast<int>(board.hardware)}});
  }
  return boards;
}

}  // namespace

std::string result_of(const cabinet_snapshot& snapshot, std::int32_t port_one_offset) {
  boost::json::array slots;
  for (const auto& board : snapshot.boards) {
    for (const auto& record : board.slots)
      slots.push_back(slot_of(board, record, port_one_offset));
  }
  return boost::json::serialize(
      boost::json::object{{"boards", boards_of(snapshot)}, {"slots", std::move(slots)}});
}

std::string hardware_of(const cabinet_snapshot& snapshot, std::uint8_t signal) {
  boost::json::object shown{{"boards", boards_of(snapshot)}, {"signal", nullptr}};
  if (signal <= signal_max) shown["signal"] = static_cast<int>(signal);
  return boost::json::serialize(shown);
}

std::uint32_t hardware_mark(const cabinet_snapshot& snapshot, std::uint8_t signal) {
  std::uint32_t mark = 2'166'136'261U;  // FNV-1a
  const auto mix = [&mark](unsigned value) { mark = (mark ^ value) * 16'777'619U; };
  mix(static_cast<unsigned>(signal_grade_of(signal)));
  for (const auto& board : snapshot.boards) {
    for (const unsigned value : {unsigned{board.index}, unsigned{board.software}, unsigned{board.hardware},
                                 unsigned{board.temperature_c} / degrees_noticed})
      mix(value);
  }
  return mark;
}

std::string result_of(const wifi_list& list) {
  boost::json::array networks;
  for (const auto& name : list.names)
    networks.emplace_back(name);
  return boost::json::serialize(boost::json::object{{"networks", std::move(networks)}});
}

std::string result_of(const slot_ejection_reply& reply) {
  return boost::json::serialize(boost::json::object{{"code", static_cast<int>(reply.state)},
                                                    {"meaning", to_string(classify_ejection(reply.state))}});
}

std::string result_of(const ejection_outcome& outcome) {
  boost::json::object shown{{"ejection", to_string(outcome.result)}, {"rule", outcome.rule}};
  if (is_readable(outcome.bank)) shown["powerbank_sn"] = outcome.bank.text();
  if (outcome.command.reply_code >= 0) shown["code"] = outcome.command.reply_code;
  return boost::json::serialize(shown);
}

std::string result_of_error(std::string_view why) {
  return boost::json::serialize(boost::json::object{{"error", why}});
}

}  // namespace chautari
