#include "persistence/pricing/questions.hpp"

#include "persistence/pricing/rows.hpp"
#include "persistence/reader/reading.hpp"
#include "persistence/sql_texts.hpp"

namespace chautari {
namespace {

price_uses read_uses(const json_row& row) {
  return {row.number("uses"), row.number("confirmed"), row.number("riders"), row.amount("saved")};
}

revenue_distribution read_what(const json_row& row) {
  const auto what = row.object("what");
  return what ? read_distribution(*what) : revenue_distribution{};
}

revenue_sums read_sums(const json_row& row) {
  return {row.number("distributions"),
          {row.amount("gross"), row.amount("vat"), row.amount("service"), row.amount("franchise_share"),
           row.amount("vendor_share")}};
}

}  // namespace

std::optional<price_uses> answer(database_connection& database, const count_price_uses& question) {
  const auto id = package_id{question.id}.text();
  switch (question.table) {
    case price_table::packages:
      return read_first(database.ask(sql::pricing_count_package_uses, {{"id", id}}), read_uses);
    case price_table::late_fees:
    case price_table::partners:
    case price_table::station_partners:
      return price_uses{};
    case price_table::discounts:
      break;
  }
  const auto rider = question.rider.is_nil() ? std::string{} : question.rider.text();
  return read_first(database.ask(sql::pricing_count_discount_uses, {{"id", id}, {"rider", rider}}),
                    read_uses);
}

std::optional<row_count> answer(database_connection& database, const count_free_ejections& question) {
  const auto vendor = question.vendor.text();
  const auto station = question.station.text();
  const auto day = std::to_string(question.day);
  return row_count{counted(database.ask(sql::pricing_count_free_ejections,
                                        {{"vendor", vendor}, {"station", station}, {"day", day}}))};
}

std::optional<revenue_page> answer(database_connection& database, const list_revenue& question) {
  const auto wish = page_of(question);
  if (!wish) return {};
  const std::string station = text_or_empty(question.station);
  const std::string partner = text_or_empty(question.partner);
  const std::string reversal = !question.is_reversal ? "" : *question.is_reversal ? "true" : "false";
  const std::string from = text_or_empty(question.from);
  const std::string until = text_or_empty(question.until);
  const std::vector<parameter> filters{
      {"station", station}, {"partner", partner}, {"reversal", reversal}, {"from", from}, {"until", until}};
  revenue_page page;
  const auto read = [](const json_row& row) { return revenue_row{read_what(row), row.text("rental_code")}; };
  if (read_page(database, sql::pricing_list_revenue, filters, *wish, true, page.rows, read)) {
    const auto& last = page.rows.back().what;
    page.next_cursor = to_cursor({last.at, last.id.value});
  }
  if (!question.cursor.empty()) return page;
  page.sums = read_first(database.ask(sql::pricing_sum_revenue, std::span{filters}), read_sums);
  if (question.page > 0 && page.sums) page.total = page.sums->distributions;
  return page;
}

}  // namespace chautari
