#include "protocols/kiosks/report_meaning.hpp"

#include <algorithm>
#include <string_view>

#include "protocols/kiosks/cabinet_a8_meaning.hpp"
#include "protocols/kiosks/cabinet_a8_text.hpp"

namespace chautari {
namespace {

/// Bytes of a call without a frame that are shown as they came.
constexpr std::size_t call_bytes_shown = 200;

std::string byte_text(std::uint8_t byte) { return hex_of({byte}); }

std::string bank_text(bank_sn bank) {
  return is_readable(bank) ? "Bank " + bank.text() : "A bank without a number";
}

/// ", 80 %" if it is known.
std::string charge_text(std::uint8_t charge_percent) {
  const auto charge = charge_of(charge_percent);
  return charge ? ", " + std::to_string(*charge) + " %" : std::string{};
}

std::string tell(const cabinet_snapshot& snapshot) {
  std::string banks;
  for (const auto& board : snapshot.boards) {
    for (const auto& slot : board.slots) {
      if (!is_readable(slot.sn)) continue;
      banks += banks.empty() ? "" : "; ";
      banks += slot.sn.text() + " in slot " + std::to_string(slot.slot) + charge_text(slot.charge_percent);
    }
  }
  return "A look at " + std::to_string(slot_count(snapshot)) +
         " slots: " + (banks.empty() ? "no bank" : banks) + '.';
}
std::string tell(const slot_ejection_reply& reply) {
  return "Slot " + std::to_string(reply.slot) +
         " was to open: " + std::string{to_string(classify_ejection(reply.state))} + " (" +
         byte_text(reply.state) + ").";
}
std::string tell(const bank_ejection_reply& reply) {
  return bank_text(reply.sn) + " was to come out: " + std::string{to_string(classify_ejection(reply.state))} +
         " (" + byte_text(reply.state) + ").";
}
std::string tell(const return_report& report) {
  return bank_text(report.sn) + " was pushed into slot " + std::to_string(report.slot) + ": " +
         std::string{to_string(classify_return(report.state))} + " (" + byte_text(report.state) + ')' +
         (report.bank ? charge_text(report.bank->charge_percent) : std::string{}) + '.';
}
std::string tell(const return_self_test& test) {
  return "Second look at slot " + std::to_string(test.record.slot) + ": " + bank_text(test.record.sn) + ", " +
         std::string{to_string(classify_return(test.record.state))} + " (" + byte_text(test.record.state) +
         ')' + charge_text(test.record.charge_percent) + '.';
}
std::string tell(const heartbeat& beat) {
  return beat.signal ? "Heartbeat, signal " + std::to_string(*beat.signal) + '.' : std::string{"Heartbeat."};
}
std::string tell(const wifi_list& list) {
  return std::to_string(list.names.size()) + " Wi-Fi networks in reach.";
}
std::string tell(frame_error error) {
  return "A frame that cannot be read: " + std::string{to_string(error)} + '.';
}
std::string tell(const cabinet_message& message) {
  return std::visit([](const auto& said) { return tell(said); }, message);
}

bool is_frame(const std::vector<std::uint8_t>& raw) { return !raw.empty() && raw.front() == a8_head; }

}  // namespace

std::string hex_of(const std::vector<std::uint8_t>& bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    text += digits[byte >> 4U];
    text += digits[byte & 0xFU];
  }
  return text;
}

std::string meaning_of(const cabinet_report& report) {
  if (report.door == transport::http && !is_frame(report.raw)) {
    const auto end =
        report.raw.begin() + static_cast<std::ptrdiff_t>(std::min(report.raw.size(), call_bytes_shown));
    return "An HTTP call, which proves nothing: " + repair_utf8(std::string{report.raw.begin(), end});
  }
  return std::visit([](const auto& said) { return tell(said); }, decode(report.raw));
}

boost::json::object report_json(const cabinet_report& report) {
  boost::json::value frame;
  if (report.frame_type >= 0) frame = "0x" + hex_of({static_cast<std::uint8_t>(report.frame_type)});
  return {{"received_at", to_rfc3339(report.received_at)},
          {"door", to_string(report.door)},
          {"frame", std::move(frame)},
          {"raw_hex", hex_of(report.raw)},
          {"meaning", meaning_of(report)}};
}

}  // namespace chautari
