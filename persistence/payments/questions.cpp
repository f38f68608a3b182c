#include "persistence/payments/questions.hpp"

#include "persistence/payments/rows.hpp"
#include "persistence/reader/reading.hpp"
#include "persistence/sql_texts.hpp"

namespace chautari {

std::optional<intent_lookup> answer(database_connection& database, const load_intent& question) {
  const std::string rider = question.rider.is_nil() ? std::string{} : question.rider.text();
  return intent_lookup{read_first(
      database.ask(sql::payments_load_intent, {{"intent", question.intent.text()}, {"rider", rider}}),
      read_intent)};
}

std::optional<intent_page> answer(database_connection& database, const list_intents& question) {
  const auto wish = page_of(question);
  if (!wish) return {};
  const std::string rider = text_or_empty(question.rider);
  const std::string status = question.status ? to_string(*question.status) : std::string{};
  const std::string purpose = question.purpose ? to_string(*question.purpose) : std::string{};
  const std::string from = text_or_empty(question.from);
  const std::string until = text_or_empty(question.until);
  const std::vector<parameter> filters{{"rider", rider},     {"status", status},
                                       {"purpose", purpose}, {"reference", question.reference},
                                       {"from", from},       {"until", until}};
  intent_page page;
  if (read_page(database, sql::payments_list_intents, filters, *wish, true, page.intents, read_intent)) {
    const auto& last = page.intents.back();
    page.next_cursor = to_cursor({last.created_at, last.id.value});
  }
  if (question.page > 0) page.total = counted(database.ask(sql::payments_count_intents, std::span{filters}));
  return page;
}

}  // namespace chautari
