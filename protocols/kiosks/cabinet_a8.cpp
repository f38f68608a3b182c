#include "protocols/kiosks/cabinet_a8.hpp"

#include <utility>

#include "protocols/kiosks/cabinet_a8_boards.hpp"
#include "protocols/kiosks/cabinet_a8_text.hpp"

namespace chautari {
namespace {

using bytes = std::span<const std::uint8_t>;

/// Head, length and command before the data, the checksum after it.
constexpr std::size_t data_offset = 4;

std::uint32_t read_u32(bytes from, std::size_t at) {
  return std::uint32_t{from[at]} << 24U | std::uint32_t{from[at + 1]} << 16U |
         std::uint32_t{from[at + 2]} << 8U | from[at + 3];
}

std::string_view text_of(bytes data) { return {reinterpret_cast<const char*>(data.data()), data.size()}; }

// -- one reader a command; each gets the data between command and checksum
// ----------------------------------------

decoded_frame read_snapshot(bytes data, std::size_t registered_slots) {
  auto boards = parse_boards(data, registered_slots);
  if (!boards) return frame_error::content;
  return cabinet_snapshot{std::move(*boards)};
}

decoded_frame read_slot_ejection(bytes data) {
  if (data.size() != 4 && data.size() != 3) return frame_error::length;
  slot_ejection_reply reply{data[0], data[1], data[2], {}};
  if (data.size() == 4) reply.trace = data[3];
  return reply;
}

decoded_frame read_bank_ejection(bytes data) {
  if (data.size() != 7 && data.size() != 6) return frame_error::length;
  bank_ejection_reply reply{data[0], bank_sn{read_u32(data, 1)}, data[5], {}};
  if (data.size() == 7) reply.trace = data[6];
  return reply;
}

decoded_frame read_return_report(bytes data) {
  if (data.size() != 10 && data.size() != 8) return frame_error::length;
  return_report report{data[0], data[1], data[2], bank_sn{read_u32(data, 3)}, data[7], {}};
  if (data.size() == 10) report.bank = return_report::bank_condition{data[8], data[9]};
  return report;
}

decoded_frame read_self_test(bytes data) {
  if (data.size() != 1 + a8_slot_bytes) return frame_error::length;
  return return_self_test{data[0], read_slot(data.subspan(1))};
}

decoded_frame read_heartbeat(bytes data) {
  if (data.empty()) return frame_error::length;
  return parse_heartbeat(data[0], text_of(data.subspan(1)));
}

decoded_frame read_wifi_scan(bytes data) {
  auto list = parse_wifi_list(text_of(data));
  if (!list) return frame_error::content;
  return std::move(*list);
}

std::uint8_t sum_of(bytes all) {
  std::uint8_t sum = 0;
  for (const std::uint8_t byte : all)
    sum = static_cast<std::uint8_t>(sum + byte);
  return sum;
}

// -- writing
// ------------------------------------------------------------------------------------------

/// A frame under construction; the length is known from the start.
class frame_writer {
public:
  frame_writer(a8_command command, std::size_t data_bytes) {
    const std::size_t total = a8_frame_bytes_min + data_bytes;
    frame_.reserve(total);
    frame_ = {a8_head, static_cast<std::uint8_t>(total >> 8U), static_cast<std::uint8_t>(total),
              static_cast<std::uint8_t>(command)};
  }

  static bool fits(std::size_t data_bytes) { return data_bytes <= a8_frame_bytes_max - a8_frame_bytes_min; }

  frame_writer& byte(std::uint8_t value) {
    frame_.push_back(value);
    return *this;
  }
  frame_writer& sn(bank_sn number) {
    for (const unsigned shift : {24U, 16U, 8U, 0U})
      byte(static_cast<std::uint8_t>(number.value >> shift));
    return *this;
  }
  frame_writer& slot(const slot_record& record) {
    write_slot(frame_, record);
    return *this;
  }
  frame_writer& text(std::string_view value) {
    frame_.insert(frame_.end(), value.begin(), value.end());
    return *this;
  }
  [[nodiscard]] std::vector<std::uint8_t> finish() {
    byte(static_cast<std::uint8_t>(0x100 - sum_of(frame_)));
    return std::move(frame_);
  }

private:
  std::vector<std::uint8_t> frame_;
};

}  // namespace

std::string_view to_string(frame_error error) {
  switch (error) {
    case frame_error::head:
      return "head";
    case frame_error::length:
      return "length";
    case frame_error::checksum:
      return "checksum";
    case frame_error::command:
      return "command";
    case frame_error::content:
      return "content";
  }
  return "unknown";
}

std::size_t slot_count(const cabinet_snapshot& snapshot) {
  std::size_t slots = 0;
  for (const board_record& board : snapshot.boards)
    slots += board.slots.size();
  return slots;
}

decoded_frame decode(bytes frame, std::size_t registered_slots) {
  if (frame.size() < a8_frame_bytes_min) return frame_error::length;
  if (frame[0] != a8_head) return frame_error::head;
  if (frame.size() != frame[1] * 256U + frame[2]) return frame_error::length;
  if (sum_of(frame) != 0) return frame_error::checksum;
  const bytes data = frame.subspan(data_offset, frame.size() - a8_frame_bytes_min);
  switch (static_cast<a8_command>(frame[3])) {
    case a8_command::snapshot:
      return read_snapshot(data, registered_slots);
    case a8_command::slot_ejection:
      return read_slot_ejection(data);
    case a8_command::bank_ejection:
      return read_bank_ejection(data);
    case a8_command::return_report:
      return read_return_report(data);
    case a8_command::self_test:
      return read_self_test(data);
    case a8_command::heartbeat:
      return read_heartbeat(data);
    case a8_command::wifi_scan:
      return read_wifi_scan(data);
  }
  return frame_error::command;
}

std::vector<std::uint8_t> encode(const cabinet_snapshot& snapshot) {
  const std::size_t data_bytes =
      snapshot.boards.size() * a8_board_header_bytes + slot_count(snapshot) * a8_slot_bytes;
  if (!frame_writer::fits(data_bytes)) return {};
  frame_writer out{a8_command::snapshot, data_bytes};
  for (const board_record& board : snapshot.boards) {
    out.byte(board.index).byte(board.undefined).byte(board.area_high);
    out.byte(board.temperature_c).byte(board.software).byte(board.hardware);
    for (const slot_record& record : board.slots)
      out.slot(record);
  }
  return out.finish();
}

std::vector<std::uint8_t> encode(const slot_ejection_reply& reply) {
  frame_writer out{a8_command::slot_ejection, reply.trace ? 4U : 3U};
  out.byte(reply.board).byte(reply.slot).byte(reply.state);
  if (reply.trace) out.byte(*reply.trace);
  return out.finish();
}

std::vector<std::uint8_t> encode(const bank_ejection_reply& reply) {
  frame_writer out{a8_command::bank_ejection, reply.trace ? 7U : 6U};
  out.byte(reply.address).sn(reply.sn).byte(reply.state);
  if (reply.trace) out.byte(*reply.trace);
  return out.finish();
}

std::vector<std::uint8_t> encode(const return_report& report) {
  frame_writer out{a8_command::return_report, report.bank ? 10U : 8U};
  out.byte(report.board).byte(report.slot).byte(report.area).sn(report.sn).byte(report.state);
  if (report.bank) out.byte(report.bank->software).byte(report.bank->charge_percent);
  return out.finish();
}

std::vector<std::uint8_t> encode(const return_self_test& test) {
  return frame_writer{a8_command::self_test, 1 + a8_slot_bytes}.byte(test.board).slot(test.record).finish();
}

std::vector<std::uint8_t> encode(const heartbeat& beat) {
  const std::string text = heartbeat_text(beat);
  if (!frame_writer::fits(1 + text.size())) return {};
  return frame_writer{a8_command::heartbeat, 1 + text.size()}.byte(beat.board).text(text).finish();
}

std::vector<std::uint8_t> encode(const wifi_list& list) {
  const std::string text = wifi_text(list);
  if (!frame_writer::fits(text.size())) return {};
  return frame_writer{a8_command::wifi_scan, text.size()}.text(text).finish();
}

std::vector<std::uint8_t> encode(const cabinet_message& message) {
  return std::visit([](const auto& one) { return encode(one); }, message);
}

}  // namespace chautari
