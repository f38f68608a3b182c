#include "persistence/rentals/questions.hpp"

#include "persistence/accounts/rows.hpp"
#include "persistence/kiosks/rows.hpp"
#include "persistence/reader/reading.hpp"
#include "persistence/rentals/rows.hpp"
#include "persistence/sql_texts.hpp"

namespace chautari {
namespace {

std::string_view word_for(rental_order order) {
  switch (order) {
    case rental_order::newest:
      return "newest";
    case rental_order::oldest:
      return "oldest";
    case rental_order::due_first:
      return "due_first";
    case rental_order::due_last:
      return "due_last";
  }
  return "newest";
}

found_rental read_found(const json_row& row) {
  found_rental found;
  if (const auto rental = row.object("rental")) found.rental = read_rental(*rental);
  found.return_serial = station_sn{row.text("return_serial")};
  return found;
}

rental_issue_view read_issue_view(const json_row& row) {
  return {read_rental_issue(row), row.text("rental_code"), row.text("reporter_name"),
          row.text("station_name"),
          bank_sn{row.is_null("bank_serial") ? 0 : static_cast<std::uint32_t>(row.number("bank_serial"))}};
}

}  // namespace

std::optional<rental_table> answer(database_connection& database, const search_rentals& question) {
  const auto size = std::clamp(question.limit, 1, limits::page_rows_max);
  const auto offset = (std::max<std::int64_t>(question.page, 1) - 1) * size;
  const std::string status = question.status ? to_string(*question.status) : std::string{};
  const std::string rider = text_or_empty(question.rider);
  const std::string station = text_or_empty(question.station);
  const std::string from = text_or_empty(question.from);
  const std::string until = text_or_empty(question.until);
  const std::string search = search_pattern(question.search);
  rental_table table;
  for (const auto& row :
       database.ask(sql::rentals_search_rentals, {{"status", status},
                                                  {"payment_status", question.payment_status},
                                                  {"rider", rider},
                                                  {"station", station},
                                                  {"from", from},
                                                  {"until", until},
                                                  {"search", search},
                                                  {"order", word_for(question.order)},
                                                  {"limit", std::to_string(size)},
                                                  {"offset", std::to_string(offset)}}))
    table.rentals.push_back(read_text(row, read_found));
  table.total =
      counted(database.ask(sql::rentals_count_found_rentals, {{"status", status},
                                                              {"payment_status", question.payment_status},
                                                              {"rider", rider},
                                                              {"station", station},
                                                              {"from", from},
                                                              {"until", until},
                                                              {"search", search}}));
  return table;
}

std::optional<rental_story> answer(database_connection& database, const load_rental_story& question) {
  const auto rows = database.ask(
      sql::rentals_load_story,
      {{"rental", question.rental.text()}, {"rows", std::to_string(limits::rental_story_rows_max)}});
  const auto story = read_first(rows, [](const json_row& row) {
    rental_story told;
    told.found = read_found(row);
    row.for_each("log", [&](const json_row& line) { told.log.push_back(read_log_entry(line)); });
    row.for_each("charges", [&](const json_row& line) { told.charges.push_back(read_charge(line)); });
    row.for_each("payments", [&](const json_row& line) { told.payments.push_back(read_payment(line)); });
    return told;
  });
  return story.value_or(rental_story{});
}

std::optional<rental_explanation> answer(database_connection& database, const load_explanation& question) {
  rental_explanation told;
  told.story = answer(database, load_rental_story{question.rental}).value_or(rental_story{});
  if (!told.story.found) return told;
  const auto rows =
      database.ask(sql::rentals_load_explanation, {{"rental", question.rental.text()},
                                                   {"rows", std::to_string(limits::rental_story_rows_max)},
                                                   {"moments", std::to_string(limits::page_rows_max)}});
  read_first(rows, [&](const json_row& row) {
    row.for_each("journals", [&](const json_row& line) { told.journals.push_back(read_journal(line)); });
    row.for_each("commands", [&](const json_row& line) { told.commands.push_back(read_command(line)); });
    row.for_each("reports", [&](const json_row& line) { told.reports.push_back(read_report(line)); });
    row.for_each("extensions",
                 [&](const json_row& line) { told.extensions.push_back(read_extension(line)); });
    row.for_each("swaps", [&](const json_row& line) { told.swaps.push_back(read_swap(line)); });
    return true;
  });
  return told;
}

std::optional<rental_stats> answer(database_connection& database, const load_rental_stats& question) {
  return read_first(database.ask(sql::rentals_load_stats, {{"rider", question.rider.text()}}),
                    [](const json_row& row) {
                      rental_stats stats;
                      stats.rentals = row.number("rentals");
                      stats.completed = row.number("completed");
                      stats.cancelled = row.number("cancelled");
                      stats.on_time = row.number("on_time");
                      stats.late = row.number("late");
                      stats.minutes_used = row.number("minutes_used");
                      stats.charged = row.amount("charged");
                      stats.late_fees = row.amount("late_fees");
                      stats.points_earned = row.number("points_earned");
                      stats.last_rental_at = row.time_if_any("last_rental_at");
                      stats.favourite_station = row.text("favourite_station");
                      return stats;
                    });
}

std::optional<rental_figures> answer(database_connection& database, const load_rental_figures& question) {
  const std::string from = to_rfc3339(question.from), until = to_rfc3339(question.until);
  const std::string status = question.status ? to_string(*question.status) : std::string{};
  const std::string most = std::to_string(question.limit);
  const auto rows =
      question.what == rental_figure::over_time
          ? database.ask(sql::rentals_count_over_time,
                         {{"period", question.period}, {"from", from}, {"until", until}, {"status", status}})
          : database.ask(question.what == rental_figure::of_stations ? sql::rentals_rank_stations
                                                                     : sql::rentals_rank_banks,
                         {{"from", from}, {"until", until}, {"most", most}});
  if (rows.empty()) return {};
  return rental_figures{rows.front()};
}

std::optional<rental_issue_page> answer(database_connection& database, const list_rental_issues& question) {
  const auto wish = page_of(question);
  if (!wish) return {};
  const std::string issue = text_or_empty(question.issue);
  const std::string rental = text_or_empty(question.rental);
  const std::string reporter = text_or_empty(question.reporter);
  const std::string type = question.type ? to_string(*question.type) : std::string{};
  const std::string resolved = !question.is_resolved ? "" : *question.is_resolved ? "true" : "false";
  const std::string from = text_or_empty(question.from);
  const std::string until = text_or_empty(question.until);
  const std::vector<parameter> filters{{"issue", issue}, {"rental", rental},     {"reporter", reporter},
                                       {"type", type},   {"resolved", resolved}, {"from", from},
                                       {"until", until}};
  rental_issue_page page;
  if (read_page(database, sql::rentals_list_issues, filters, *wish, true, page.issues, read_issue_view)) {
    const auto& last = page.issues.back().issue;
    page.next_cursor = to_cursor({last.reported_at, last.id.value});
  }
  if (question.page > 0) page.total = counted(database.ask(sql::rentals_count_issues, std::span{filters}));
  return page;
}

std::optional<rider_habits> answer(database_connection& database, const count_rider_habits& question) {
  return read_first(database.ask(sql::rentals_count_habits,
                                 {{"rider", question.rider.text()}, {"since", to_rfc3339(question.since)}}),
                    [](const json_row& row) {
                      return rider_habits{row.small("quick_returns"), row.small("swaps")};
                    });
}

}  // namespace chautari
