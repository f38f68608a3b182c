#include "persistence/reader/questions.hpp"

#include "persistence/accounts/rows.hpp"
#include "persistence/operations/rows.hpp"
#include "persistence/operators/rows.hpp"
#include "persistence/reader/reading.hpp"
#include "persistence/rentals/rows.hpp"
#include "persistence/sql_texts.hpp"
#include "persistence/stations/rows.hpp"
#include "persistence/users/rows.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

account_facts read_facts(const json_row& row) {
  account_facts facts;
  if (const auto user = row.object("user")) facts.user = read_user(*user);
  facts.cash = row.amount("cash");
  facts.goodwill = row.amount("goodwill");
  facts.held = row.amount("held");
  facts.current_points = row.number("points");
  facts.total_points_earned = row.number("points_earned");
  facts.total_topup = row.amount("topup");
  facts.open_rental = row.id<rental_id>("open_rental");
  if (!row.is_null("open_status")) facts.open_status = row.word("open_status", parse_rental_status);
  facts.unpaid_rental = row.id<rental_id>("unpaid_rental");
  if (!row.is_null("unpaid")) facts.unpaid = row.amount("unpaid");
  facts.timely_bonuses_today = row.small("bonuses_today");
  row.for_each("answers", [&](const json_row& answer) { facts.answers.push_back(read_answer(answer)); });
  const auto& favourites = row.field("favourites");
  if (!favourites.is_array()) return facts;
  for (const auto& station : favourites.get_array()) {
    const auto* text = station.if_string();
    const auto id = station_id::parse(text == nullptr ? std::string_view{} : std::string_view{*text});
    if (id) facts.favourites.push_back(*id);
  }
  return facts;
}

}  // namespace

std::optional<account_facts> answer(database_connection& database, const load_account& question) {
  const timestamp today{std::chrono::days{business_day(question.now)} - nepal_offset};
  const auto rows =
      database.ask(sql::accounts_load_account, {{"rider", question.rider.text()},
                                                {"today", to_rfc3339(today)},
                                                {"tomorrow", to_rfc3339(today + std::chrono::days{1})},
                                                {"since", to_rfc3339(question.now - hours{24})},
                                                {"answers_max", std::to_string(limits::stored_answers_max)}});
  return read_first(rows, read_facts);
}

std::optional<bank_lookup> answer(database_connection& database, const load_bank& question) {
  return bank_lookup{
      read_first(database.ask(sql::stations_load_bank, {{"serial", question.serial.text()}}), read_bank)};
}

std::optional<rental_lookup> answer(database_connection& database, const load_rental& question) {
  const auto rows = database.ask(
      sql::rentals_load_rental,
      {{"rental", question.rental.text()}, {"rider", question.rider.is_nil() ? "" : question.rider.text()}});
  return rental_lookup{read_first(rows, read_rental)};
}

std::optional<rental_page> answer(database_connection& database, const list_rentals& question) {
  const auto wish = page_of(question);
  if (!wish) return {};
  const std::string rider = question.rider.text();
  const std::string status = question.status ? to_string(*question.status) : std::string{};
  const std::string from = text_or_empty(question.from);
  const std::string until = text_or_empty(question.until);
  const std::string station = text_or_empty(question.station);
  const auto rows = database.ask(sql::rentals_list_rentals, {{"rider", rider},
                                                             {"status", status},
                                                             {"payment_status", question.payment_status},
                                                             {"from", from},
                                                             {"until", until},
                                                             {"station", station},
                                                             {"before_at", wish->before_at},
                                                             {"before_id", wish->before_id},
                                                             {"limit", wish->rows},
                                                             {"offset", wish->offset}});
  rental_page page;
  for (const auto& row : rows)
    page.rentals.push_back(read_text(row, read_rental));
  if (page.rentals.size() > static_cast<std::size_t>(wish->size)) {
    page.rentals.pop_back();
    page.next_cursor = to_cursor({page.rentals.back().created_at, page.rentals.back().id.value});
  }
  if (question.page > 0)
    page.total =
        counted(database.ask(sql::rentals_count_rentals, {{"rider", rider},
                                                          {"status", status},
                                                          {"payment_status", question.payment_status},
                                                          {"from", from},
                                                          {"until", until},
                                                          {"station", station}}));
  return page;
}

std::optional<transaction_page> answer(database_connection& database, const list_transactions& question) {
  const auto wish = page_of(question);
  if (!wish) return {};
  const std::string rider = question.rider.text();
  const std::string kind = question.kind ? to_string(*question.kind) : std::string{};
  const std::string status = question.status ? to_string(*question.status) : std::string{};
  const std::string from = text_or_empty(question.from);
  const std::string until = text_or_empty(question.until);
  const auto rows = database.ask(sql::accounts_list_transactions, {{"rider", rider},
                                                                   {"kind", kind},
                                                                   {"status", status},
                                                                   {"from", from},
                                                                   {"until", until},
                                                                   {"before_at", wish->before_at},
                                                                   {"before_id", wish->before_id},
                                                                   {"limit", wish->rows},
                                                                   {"offset", wish->offset}});
  transaction_page page;
  for (const auto& text : rows) {
    page.transactions.push_back(read_text(text, [](const json_row& row) {
      const auto image = row.object("image");
      if (!image) throw schema_mismatch{"a movement without its row"};
      return transaction_row{read_transaction(*image), row.text("rental_code")};
    }));
  }
  if (page.transactions.size() > static_cast<std::size_t>(wish->size)) {
    page.transactions.pop_back();
    const auto& last = page.transactions.back().image;
    page.next_cursor = to_cursor({last.created_at, last.id.value});
  }
  if (question.page > 0)
    page.total = counted(database.ask(
        sql::accounts_count_transactions,
        {{"rider", rider}, {"kind", kind}, {"status", status}, {"from", from}, {"until", until}}));
  return page;
}

std::optional<sign_in_facts> answer(database_connection& database, const load_sign_in& question) {
  const auto rows = database.ask(sql::users_load_sign_in,
                                 {{"identifier", question.identifier}, {"now", to_rfc3339(question.now)}});
  return read_first(rows, [](const json_row& row) {
    sign_in_facts facts;
    if (const auto user = row.object("user")) facts.user = read_user(*user);
    if (const auto otp = row.object("otp")) facts.otp = read_otp(*otp);
    row.for_each("tokens",
                 [&](const json_row& token) { facts.tokens.push_back(read_verification_token(token)); });
    return facts;
  });
}

std::optional<session_facts> answer(database_connection& database, const load_session& question) {
  const auto rows = database.ask(sql::users_load_session,
                                 {{"session", question.session.text()}, {"hash", question.token_hash}});
  return read_first(rows, [](const json_row& row) {
    session_facts facts;
    if (const auto session = row.object("session")) facts.session = read_session(*session);
    if (const auto user = row.object("user")) facts.user = read_user(*user);
    row.for_each("tokens", [&](const json_row& token) { facts.tokens.push_back(read_refresh_token(token)); });
    return facts;
  });
}

std::optional<session_list> answer(database_connection& database, const load_sessions_of& question) {
  session_list list;
  for (const auto& row :
       database.ask(sql::users_load_sessions_of,
                    {{"user", question.user.text()}, {"after", to_rfc3339(question.created_after)}}))
    list.sessions.push_back(read_text(row, read_session));
  return list;
}

std::optional<username_answer> answer(database_connection& database, const is_username_free& question) {
  return username_answer{
      database.ask(sql::users_is_username_taken, {{"username", question.username}}).empty()};
}

std::optional<recovered_operators> answer(database_connection& database, const load_operators& question) {
  recovered_operators found;
  for (const auto& text : database.ask(sql::operators_load_operators,
                                       {{"operator", question.id.is_nil() ? "" : question.id.text()},
                                        {"email", question.email},
                                        {"everyone", question.everyone ? "yes" : "no"},
                                        {"now", to_rfc3339(question.now)}}))
    read_text(text, [&](const json_row& row) {
      if (const auto person = row.object("operator")) found.operators.push_back(read_operator(*person));
      row.for_each("sessions", [&](const json_row& session) {
        found.sessions.push_back(read_operator_session(session));
      });
    });
  return found;
}

std::optional<referrer_answer> answer(database_connection& database, const find_referrer& question) {
  const auto rows = database.ask(sql::users_find_referrer, {{"code", question.code}});
  return referrer_answer{rows.empty() ? user_id{} : user_id::parse(rows.front()).value_or(user_id{})};
}

std::optional<stored_answer_lookup> answer(database_connection& database,
                                           const find_stored_answer& question) {
  return stored_answer_lookup{
      read_first(database.ask(sql::operations_find_answer, {{"id", question.id.text()}}), read_answer)};
}

}  // namespace chautari
