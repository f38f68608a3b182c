#include "persistence/rentals/questions.hpp"

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

}  // namespace chautari
