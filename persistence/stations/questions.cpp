#include "persistence/stations/questions.hpp"

#include "persistence/reader/reading.hpp"
#include "persistence/rentals/rows.hpp"
#include "persistence/sql_texts.hpp"
#include "persistence/stations/rows.hpp"
#include "persistence/users/rows.hpp"

namespace chautari {
namespace {

issue_view read_issue_view(const json_row& row) {
  return {read_issue(row), station_sn{row.text("station_serial")}, row.text("station_name"),
          row.text("reporter_name"), row.text("assignee_email")};
}

issue_lookup read_lookup(const json_row& row) {
  issue_lookup found;
  if (const auto issue = row.object("issue")) found.issue = read_issue_view(*issue);
  if (const auto rider = row.object("reporter")) found.reporter = read_user(*rider);
  return found;
}

bank_row read_bank_row(const json_row& row) {
  bank_row found;
  if (const auto bank = row.object("bank")) found.bank = read_bank(*bank);
  found.station_serial = station_sn{row.text("serial")};
  found.station_name = row.text("station_name");
  found.rental_code = row.text("rental_code");
  return found;
}

bank_cycle read_cycle(const json_row& row) {
  return {row.id<bank_id>("bank_id"), row.id<rental_id>("rental_id"), row.small("start_battery"),
          row.small("end_battery"), row.time("ended_at")};
}

template <class Word>
std::string word_or_empty(const std::optional<Word>& word) {
  return word ? to_string(*word) : std::string{};
}

}  // namespace

std::optional<row_count> answer(database_connection& database, const count_open_rentals_at& question) {
  return row_count{
      counted(database.ask(sql::stations_count_open_rentals_at, {{"station", question.station.text()}}))};
}

std::optional<row_count> answer(database_connection& database, const count_amenity_uses& question) {
  return row_count{
      counted(database.ask(sql::stations_count_amenity_uses, {{"amenity", question.amenity.text()}}))};
}

std::optional<issue_lookup> answer(database_connection& database, const load_issue& question) {
  return read_first(database.ask(sql::stations_load_issue, {{"issue", question.issue.text()}}), read_lookup)
      .value_or(issue_lookup{});
}

std::optional<issue_lookup> answer(database_connection& database, const find_open_report& question) {
  return read_first(database.ask(sql::stations_find_open_report, {{"reporter", question.reporter.text()},
                                                                  {"station", question.station.text()},
                                                                  {"type", to_string(question.type)},
                                                                  {"since", to_rfc3339(question.since)}}),
                    read_lookup)
      .value_or(issue_lookup{});
}

std::optional<issue_page> answer(database_connection& database, const list_issues& question) {
  const auto wish = page_of(question);
  if (!wish) return {};
  const std::string status = word_or_empty(question.status);
  const std::string priority = word_or_empty(question.priority);
  const std::string type = word_or_empty(question.type);
  const std::string station = text_or_empty(question.station);
  const std::string reporter = text_or_empty(question.reporter);
  const std::string assignee = text_or_empty(question.assigned_to);
  const std::string from = text_or_empty(question.from);
  const std::string until = text_or_empty(question.until);
  const std::vector<parameter> filters{
      {"status", status},          {"priority", priority}, {"type", type},
      {"station", station},        {"reporter", reporter}, {"assignee", assignee},
      {"search", question.search}, {"from", from},         {"until", until}};
  issue_page page;
  if (read_page(database, sql::stations_list_issues, filters, *wish, true, page.issues, read_issue_view)) {
    const auto& last = page.issues.back().issue;
    page.next_cursor = to_cursor({last.reported_at, last.id.value});
  }
  if (question.page > 0) page.total = counted(database.ask(sql::stations_count_issues, std::span{filters}));
  return page;
}

std::optional<bank_page> answer(database_connection& database, const list_banks& question) {
  const std::string status = word_or_empty(question.status);
  const std::string station = text_or_empty(question.station);
  const std::string min_battery = std::to_string(question.min_battery);
  const std::string max_battery = std::to_string(question.max_battery);
  const auto wish = page_of(by_number{question.page, question.limit});
  const std::vector<parameter> filters{{"status", status},
                                       {"station", station},
                                       {"search", question.search},
                                       {"min_battery", min_battery},
                                       {"max_battery", max_battery}};
  bank_page page;
  read_page(database, sql::stations_list_banks, filters, *wish, false, page.banks, read_bank_row);
  page.total = counted(database.ask(sql::stations_count_banks, std::span{filters}));
  return page;
}

std::optional<bank_story> answer(database_connection& database, const show_bank& question) {
  const bool is_id = bank_id::parse(question.key).has_value();
  const bool is_serial = !is_id && !question.key.empty() && question.key.size() <= 10 &&
                         question.key.find_first_not_of("0123456789") == std::string::npos;
  const std::string none;
  const auto found = read_first(
      database.ask(sql::stations_show_bank,
                   {{"id", is_id ? question.key : none}, {"serial", is_serial ? question.key : none}}),
      [](const json_row& row) {
        bank_story story;
        story.bank = read_bank_row(row);
        row.for_each("rentals", [&](const json_row& one) { story.rentals.push_back(read_rental(one)); });
        row.for_each("cycles", [&](const json_row& one) { story.cycles.push_back(read_cycle(one)); });
        story.minutes_rented = row.number("minutes_rented");
        return story;
      });
  return found.value_or(bank_story{});
}

std::optional<bank_rentals> answer(database_connection& database, const list_bank_rentals& question) {
  const auto wish = page_of(question);
  if (!wish) return {};
  const std::string bank = question.bank.text();
  bank_rentals page;
  if (read_page(database, sql::stations_list_bank_rentals, {{"bank", bank}}, *wish, true, page.rentals,
                read_rental))
    page.next_cursor = to_cursor({page.rentals.back().created_at, page.rentals.back().id.value});
  if (question.page > 0)
    page.total = counted(database.ask(sql::stations_count_bank_rentals, {{"bank", bank}}));
  return page;
}

std::optional<fleet_figures> answer(database_connection& database, const look_at_fleet&) {
  const auto rows = database.ask(sql::stations_look_at_fleet);
  return fleet_figures{rows.empty() ? "{}" : rows.front()};
}

}  // namespace chautari
