/// What cabinets said, as it came: for whoever hunts a fault.

#include <array>
#include <boost/json.hpp>

#include "http/kiosks/kiosks_door.hpp"
#include "http/operations/paging.hpp"
#include "http/server/desk.hpp"
#include "protocols/kiosks/cabinet_a8.hpp"
#include "protocols/kiosks/report_meaning.hpp"

namespace chautari {
namespace {

/// Without a time the newest ones; the inbox is too large for more.
constexpr hours looked_back{1};
constexpr hours looked_back_max{24};

std::string_view kind_of(std::int32_t frame_type) {
  switch (frame_type) {
    case static_cast<int>(a8_command::snapshot):
      return "FULL";
    case static_cast<int>(a8_command::return_report):
    case static_cast<int>(a8_command::self_test):
      return "RETURNED";
    default:
      return "STATUS";
  }
}

boost::json::object row_json(const cabinet_report_row& row) {
  const auto& report = row.report;
  const bool is_sound = report.error == 0;
  boost::json::object shown{{"id", report.id.text()},
                            {"station_sn", nullptr},
                            {"device_uuid", report.cabinet.value},
                            {"received_at", to_rfc3339(report.received_at)},
                            {"sync_type", kind_of(report.frame_type)},
                            {"direction", "IN"},
                            {"door", to_string(report.door)},
                            {"frame_type", report.frame_type},
                            {"status", is_sound ? "SUCCESS" : "FAILED"},
                            {"error", nullptr},
                            {"frame", hex_of(report.raw)},
                            {"meaning", meaning_of(report)}};
  if (!row.station_serial.value.empty()) shown["station_sn"] = row.station_serial.value;
  if (!is_sound) shown["error"] = to_string(static_cast<frame_error>(report.error));
  return shown;
}

void list(exchange& in, const kiosks_door& door) {
  auto fields = field_reader::of_query(in);
  list_cabinet_reports question;
  if (fields.optional_text("type").value_or("sync") != "sync") fields.note("type", "not_a_choice");
  if (auto station = fields.optional_text("station_sn", {.shortest = 1, .longest = 255}))
    question.station = station_sn{std::move(*station)};
  question.until = read_day_or_time(fields, "until", true).value_or(in.now() + seconds{1});
  question.from = read_day_or_time(fields, "from", false).value_or(question.until - looked_back);
  if (question.from >= question.until || question.until - question.from > looked_back_max)
    fields.note("from", "out_of_range", "At most 24 hours before `until`.");
  const auto page = read_feed_page(fields);
  if (page.page > 0) fields.note("page", "unknown_field", "This list has a cursor only.");
  if (!fields.complete(in)) return;
  question.cursor = page.cursor;
  question.limit = page.limit;
  in.ask<cabinet_report_page>(
      door.reader, std::move(question),
      [page](exchange& out, const cabinet_report_page& found) {
        std::string data = R"({"results":[)";
        for (const auto& row : found.rows) {
          if (data.back() != '[') data += ',';
          data += boost::json::serialize(row_json(row));
        }
        append_feed_end(data, page, found.next_cursor, -1);
        out.answer(data);
      },
      answer_page_refusal);
}

}  // namespace

endpoint list_reports_row(const kiosks_door& door) {
  return {.path = "/api/admin/iot/logs",
          .who = access::admin_access,
          .summary = "What cabinets said, frame by frame",
          .handle =
              [&door](exchange& in) {
                in.query("type") == "history" ? answer_commands(in, door, false) : list(in, door);
              },
          .query = {{"type", "sync, or history as /api/admin/iot/history"},
                    {"station_sn", "Of one station"},
                    {"from", "An hour before `until` without it, a day at most"},
                    {"until", "The day included, the moment not"},
                    {"cursor", "next_cursor of the page before"},
                    {"limit", "1 to 100, 20 without it"}},
          .wants = {{permission::station_commands, need::read}}};
}

}  // namespace chautari
