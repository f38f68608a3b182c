/// The command ledger, newest first.

#include <boost/json/serialize.hpp>

#include "http/kiosks/kiosks_door.hpp"
#include "http/operations/paging.hpp"
#include "http/server/desk.hpp"
#include "protocols/kiosks/command_json.hpp"

namespace chautari {
namespace {

void answer_unknown_command(exchange& in) {
  fail_with(in, {404, "There is no such command.", "यस्तो आदेश छैन।"}, "command_not_found");
}

void show(exchange& in, const kiosks_door& door) {
  const auto id = command_id::parse(in.path_text("id"));
  if (!id) return answer_unknown_command(in);
  in.ask<command_lookup>(
      door.reader, load_command{*id},
      [](exchange& out, const command_lookup& found) {
        if (!found.row) return answer_unknown_command(out);
        out.answer(boost::json::serialize(
            boost::json::object{{"command", command_json(found.row->command, found.row->station_serial)}}));
      },
      answer_refusal);
}

std::vector<query_field> page_fields() {
  return {{"from", "A day in Asia/Kathmandu or a moment"},
          {"until", "The day included, the moment not"},
          {"cursor", "next_cursor of the page before"},
          {"limit", "1 to 100, 20 without it"}};
}

}  // namespace

void answer_commands(exchange& in, const kiosks_door& door, bool is_of_station) {
  auto fields = field_reader::of_query(in);
  list_commands question;
  question.is_operators_only = true;
  if (is_of_station) {
    question.station = station_sn{std::string{in.path_text("sn")}};
    question.is_operators_only = fields.optional_text("all").value_or("") != "1";
  } else if (auto station = fields.optional_text("station_sn", {.shortest = 1, .longest = 255})) {
    question.station = station_sn{std::move(*station)};
  }
  question.from = read_day_or_time(fields, "from", false);
  question.until = read_day_or_time(fields, "until", true);
  const auto page = read_feed_page(fields);
  if (!fields.complete(in)) return;
  question.cursor = page.cursor;
  question.page = page.page;
  question.limit = page.limit;
  in.ask<command_page>(
      door.reader, std::move(question),
      [page](exchange& out, const command_page& found) {
        std::string data = R"({"results":[)";
        for (const auto& row : found.rows) {
          if (data.back() != '[') data += ',';
          data += boost::json::serialize(command_json(row.command, row.station_serial));
        }
        append_feed_end(data, page, found.next_cursor, found.total);
        out.answer(data);
      },
      answer_page_refusal);
}

endpoints list_command_rows(const kiosks_door& door) {
  auto of_station = page_fields();
  of_station.push_back({"all", "1: riders' ejections and the server's own questions, too"});
  auto history = page_fields();
  history.push_back({"station_sn", "Of one station"});
  return {{.path = "/api/admin/stations/{sn}/commands",
           .who = access::admin_access,
           .summary = "What operators asked of this cabinet, and what it came to",
           .handle = [&door](exchange& in) { answer_commands(in, door, true); },
           .query = std::move(of_station),
           .wants = {{permission::stations, need::read}}},
          {.path = "/api/admin/commands/{id}",
           .who = access::admin_access,
           .summary = "One command",
           .handle = [&door](exchange& in) { show(in, door); },
           .wants = {{permission::stations, need::read}}},
          {.path = "/api/admin/iot/history",
           .who = access::admin_access,
           .summary = "What operators asked of all cabinets",
           .handle = [&door](exchange& in) { answer_commands(in, door, false); },
           .query = std::move(history),
           .wants = {{permission::stations, need::read}}}};
}

}  // namespace chautari
