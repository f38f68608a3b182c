#include "persistence/operations/questions.hpp"

#include "persistence/operations/rows.hpp"
#include "persistence/reader/reading.hpp"
#include "persistence/sql_texts.hpp"

namespace chautari {
namespace {

/// The cursor is the last place that was shown.
bool is_place(std::string_view cursor) {
  return cursor.size() <= 18 && cursor.find_first_not_of("0123456789") == std::string_view::npos;
}

audit_log_row read_row(const json_row& row) {
  audit_log_row found;
  if (const auto line = row.object("row")) {
    found.seq = line->number("seq");
    found.entry = read_audit_entry(*line);
  }
  found.hash = row.text("hash");
  return found;
}

}  // namespace

std::optional<audit_log_page> answer(database_connection& database, const list_audit_log& question) {
  if (!is_place(question.cursor)) return {};
  const auto size = static_cast<std::size_t>(std::clamp(question.limit, 1, limits::page_rows_max));
  audit_log_page page;
  for (const auto& row :
       database.ask(sql::operations_list_audit_log, {{"actor", question.actor_id},
                                                     {"action", question.action},
                                                     {"entity", question.entity},
                                                     {"entity_id", question.entity_id},
                                                     {"from", text_or_empty(question.from)},
                                                     {"until", text_or_empty(question.until)},
                                                     {"before", question.cursor},
                                                     {"limit", std::to_string(size + 1)}}))
    page.rows.push_back(read_text(row, read_row));
  if (page.rows.size() > size) {
    page.rows.pop_back();
    page.next_cursor = std::to_string(page.rows.back().seq);
  }
  return page;
}

}  // namespace chautari
