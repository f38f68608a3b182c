#include "persistence/pricing/questions.hpp"

#include "persistence/reader/reading.hpp"
#include "persistence/sql_texts.hpp"

namespace chautari {
namespace {

price_uses read_uses(const json_row& row) {
  return {row.number("uses"), row.number("confirmed"), row.number("riders"), row.amount("saved")};
}

}  // namespace

std::optional<price_uses> answer(database_connection& database, const count_price_uses& question) {
  const auto id = package_id{question.id}.text();
  switch (question.table) {
    case price_table::packages:
      return read_first(database.ask(sql::pricing_count_package_uses, {{"id", id}}), read_uses);
    case price_table::late_fees:
      return price_uses{};
    case price_table::discounts:
      break;
  }
  const auto rider = question.rider.is_nil() ? std::string{} : question.rider.text();
  return read_first(database.ask(sql::pricing_count_discount_uses, {{"id", id}, {"rider", rider}}),
                    read_uses);
}

}  // namespace chautari
