#include "persistence/kiosks/questions.hpp"

#include "persistence/kiosks/rows.hpp"
#include "persistence/reader/reading.hpp"
#include "persistence/sql_texts.hpp"
#include "persistence/stations/rows.hpp"

namespace chautari {
namespace {

command_row read_command_row(const json_row& row) {
  command_row found;
  if (const auto command = row.object("command")) found.command = read_command(*command);
  found.station = row.id<station_id>("station_id");
  found.station_serial = station_sn{row.text("serial")};
  return found;
}

cabinet_report_row read_report_row(const json_row& row) {
  cabinet_report_row found;
  if (const auto report = row.object("report")) found.report = read_report(*report);
  found.station_serial = station_sn{row.text("serial")};
  return found;
}

std::string text_of(const std::optional<station_sn>& station) {
  return station ? station->value : std::string{};
}

}  // namespace

std::optional<command_precedent> answer(database_connection& database, const look_for_command& question) {
  return read_first(database.ask(sql::kiosks_look_for_command, {{"id", question.id.text()},
                                                                {"cabinet", question.cabinet.value},
                                                                {"since", to_rfc3339(question.since)}}),
                    [](const json_row& row) {
                      command_precedent past;
                      if (const auto same = row.object("same")) past.same = read_command(*same);
                      past.rebooted_at = row.time_if_any("rebooted_at");
                      return past;
                    });
}

std::optional<command_lookup> answer(database_connection& database, const load_command& question) {
  return command_lookup{
      read_first(database.ask(sql::kiosks_load_command, {{"id", question.id.text()}}), read_command_row)};
}

std::optional<command_page> answer(database_connection& database, const list_commands& question) {
  const auto wish = page_of(question);
  if (!wish) return {};
  const std::string station = text_of(question.station);
  const std::string operators_only = question.is_operators_only ? "true" : "false";
  const std::string from = text_or_empty(question.from);
  const std::string until = text_or_empty(question.until);
  const std::vector<parameter> filters{
      {"station", station}, {"operators_only", operators_only}, {"from", from}, {"until", until}};
  command_page page;
  if (read_page(database, sql::kiosks_list_commands, filters, *wish, true, page.rows, read_command_row)) {
    const auto& last = page.rows.back().command;
    page.next_cursor = to_cursor({last.created_at, last.id.value});
  }
  if (question.page > 0) page.total = counted(database.ask(sql::kiosks_count_commands, std::span{filters}));
  return page;
}

std::optional<cabinet_report_page> answer(database_connection& database,
                                          const list_cabinet_reports& question) {
  const auto wish = page_of(question);
  if (!wish) return {};
  const std::string station = text_of(question.station);
  const std::string from = to_rfc3339(question.from);
  const std::string until = to_rfc3339(question.until);
  cabinet_report_page page;
  if (read_page(database, sql::kiosks_list_reports, {{"station", station}, {"from", from}, {"until", until}},
                *wish, true, page.rows, read_report_row)) {
    const auto& last = page.rows.back().report;
    page.next_cursor = to_cursor({last.received_at, last.id.value});
  }
  return page;
}

std::optional<kiosk_past> answer(database_connection& database, const load_kiosk& question) {
  return read_first(
      database.ask(sql::kiosks_load_kiosk, {{"cabinet", question.cabinet.value}}), [](const json_row& row) {
        kiosk_past past;
        if (const auto station = row.object("station")) {
          past.station = station->id<station_id>("id");
          past.station_serial = station_sn{station->text("serial")};
          past.station_name = station->text("name");
          past.total_slots = station->small("total_slots");
          past.was_online = station->flag("is_online");
          past.last_seen_at = station->time_if_any("last_seen_at").value_or(timestamp{});
        }
        row.for_each("open_commands",
                     [&](const json_row& command) { past.open_commands.push_back(read_command(command)); });
        return past;
      });
}

std::optional<cabinet_explanation> answer(database_connection& database,
                                          const load_cabinet_explanation& question) {
  const auto rows = std::clamp(question.limit, 1, limits::rental_story_rows_max);
  return read_first(
      database.ask(sql::kiosks_load_explanation, {{"cabinet", question.cabinet.value},
                                                  {"station", question.station.text()},
                                                  {"from", to_rfc3339(question.from)},
                                                  {"until", to_rfc3339(question.until)},
                                                  {"rows", std::to_string(rows)}}),
      [](const json_row& row) {
        cabinet_explanation told;
        row.for_each("log", [&](const json_row& line) { told.log.push_back(read_cabinet_log(line)); });
        row.for_each("commands", [&](const json_row& line) { told.commands.push_back(read_command(line)); });
        row.for_each("reports", [&](const json_row& line) { told.reports.push_back(read_report(line)); });
        row.for_each("status",
                     [&](const json_row& line) { told.status.push_back(read_status_change(line)); });
        return told;
      });
}

std::optional<stranger_page> answer(database_connection& database, const list_strangers& question) {
  const auto wish = page_of(by_number{std::max(1, question.page), question.limit});
  const std::string state = question.state ? to_string(*question.state) : std::string{};
  const std::string search = search_pattern(question.search);
  stranger_page page;
  for (const auto& text : database.ask(sql::kiosks_list_strangers, {{"state", state},
                                                                    {"search", search},
                                                                    {"limit", std::to_string(wish->size)},
                                                                    {"offset", wish->offset}}))
    page.strangers.push_back(read_text(text, read_stranger));
  page.total = counted(database.ask(sql::kiosks_count_strangers, {{"state", state}, {"search", search}}));
  return page;
}

std::optional<registry_entry> answer(database_connection& database, const load_registry_entry& question) {
  return read_first(database.ask(sql::kiosks_load_registry_entry, {{"cabinet", question.cabinet.value}}),
                    [](const json_row& row) {
                      registry_entry entry;
                      if (const auto account = row.object("account")) entry.account = read_account(*account);
                      if (const auto one = row.object("stranger")) entry.stranger = read_stranger(*one);
                      entry.station = row.id<station_id>("station");
                      return entry;
                    });
}

}  // namespace chautari
