/// The map's questions.
#include <limits>

#include "persistence/reader/questions.hpp"
#include "persistence/reader/reading.hpp"
#include "persistence/sql_texts.hpp"
#include "persistence/stations/rows.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr int rentals_out_max = 100;
constexpr int status_changes_max = 2'000;
constexpr int panel_events_max = 20;

}  // namespace

std::optional<bank_census> answer(database_connection& database, const count_banks&) {
  return read_first(database.ask(sql::livemap_count_banks), [](const json_row& row) {
    return bank_census{row.number("seated"), row.number("rented"), row.number("missing"), row.number("lost"),
                       row.number("other")};
  });
}

std::optional<issue_marks> answer(database_connection& database, const load_issue_marks& question) {
  issue_marks found;
  const auto station = question.station.is_nil() ? std::string{} : question.station.text();
  for (const auto& text : database.ask(sql::livemap_load_issue_marks, {{"station", station}})) {
    found.marks.push_back(read_text(text, [](const json_row& row) {
      return issue_mark{row.id<station_id>("station"), row.word("priority", parse_issue_priority)};
    }));
  }
  return found;
}

std::optional<station_overview> answer(database_connection& database, const load_overview& question) {
  const auto rows =
      database.ask(sql::livemap_load_overview, {{"station", question.station.text()},
                                                {"cabinet", question.cabinet.value},
                                                {"today", to_rfc3339(question.today)},
                                                {"since", to_rfc3339(question.since)},
                                                {"rentals_max", std::to_string(rentals_out_max)},
                                                {"changes_max", std::to_string(status_changes_max)},
                                                {"events_max", std::to_string(panel_events_max)}});
  return read_first(rows, [](const json_row& row) {
    station_overview found;
    found.rentals_out = row.json("rentals_out");
    found.overdue = row.number("overdue");
    found.revenue_today = row.amount("revenue");
    row.for_each("changes",
                 [&](const json_row& change) { found.changes.push_back(read_status_change(change)); });
    found.issues = row.json("issues");
    found.events = row.json("events");
    return found;
  });
}

std::optional<map_points> answer(database_connection& database, const load_map_points& question) {
  const auto south = std::to_string(question.south), west = std::to_string(question.west);
  const auto north = std::to_string(question.north), east = std::to_string(question.east);
  const auto most = std::to_string(limits::map_points_max);
  const auto rows =
      question.overlay == map_overlay::rentals
          ? database.ask(sql::livemap_list_rental_points, {{"now", to_rfc3339(question.now)},
                                                           {"south", south},
                                                           {"west", west},
                                                           {"north", north},
                                                           {"east", east},
                                                           {"most", most}})
          : database.ask(sql::livemap_list_demand_points, {{"since", to_rfc3339(question.since)},
                                                           {"south", south},
                                                           {"west", west},
                                                           {"north", north},
                                                           {"east", east},
                                                           {"most", most}});
  if (rows.empty()) return {};
  return map_points{rows.front()};
}

}  // namespace chautari
