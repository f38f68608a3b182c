#include "persistence/accounts/rows.hpp"

#include <algorithm>
#include <array>

#include "persistence/base/database_error.hpp"

namespace chautari {
namespace {

/// True if this journal brings something in from outside the books: a gateway's money, even if it waited in
/// suspense, or points newly issued.
bool comes_from_outside(const ledger_journal& journal, commodity unit) {
  return std::any_of(journal.lines.begin(), journal.lines.end(), [unit](const auto& line) {
    return line.unit == unit && line.debit > 0 &&
           (line.code.starts_with("1000") || line.code.starts_with("P100") || line.code == "2600");
  });
}

std::string_view word_for(commodity unit) { return unit == commodity::npr ? "NPR" : "PTS"; }

/// The column is as wide as our integers: a sum that leaves them is refused, as the database would.
void add_up(std::int64_t& sum, std::int64_t amount) {
  if (!__builtin_add_overflow(sum, amount, &sum)) return;
  throw database_error{database_error::kind::data, "ledger_accounts_range", "a balance beyond all integers"};
}

}  // namespace

bool is_riders_account(std::string_view code) {
  static constexpr std::array<std::string_view, 5> codes{"2000", "2001", "2010", "1200", "P200"};
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool is_debit_normal(std::string_view code) {
  return code.starts_with('1') || code.starts_with('5') || code.starts_with("P100");
}

void add_line(batch_rows& rows, const ledger_journal& journal) {
  rows.journals.row()
      .id("id", journal.id)
      .text("event_type", journal.event_type)
      .text("event_key", journal.event_key)
      .time("occurred_at", journal.occurred_at)
      .id_or_null("rider_id", journal.rider)
      .id_or_null("rental_id", journal.rental)
      .text("memo", journal.memo)
      .number("line_count", static_cast<std::int64_t>(journal.lines.size()));
  std::int64_t n = 0;
  for (const auto& line : journal.lines) {
    const bool is_riders = is_riders_account(line.code);
    auto& account =
        rows.account_changes[{line.code, is_riders ? line.owner : boost::uuids::uuid{}, line.unit}];
    const bool is_debit = is_debit_normal(line.code);
    add_up(account.change, is_debit ? line.debit - line.credit : line.credit - line.debit);
    if (is_riders && comes_from_outside(journal, line.unit)) add_up(account.received, line.credit);
    rows.lines.row()
        .id("journal_id", journal.id)
        .number("n", ++n)
        .text("code", line.code)
        .id("owner_id", line.owner)
        .text("commodity", word_for(line.unit))
        .number("debit", line.debit)
        .number("credit", line.credit);
    if (is_riders) rows.lines.number("balance_after", account.change);
  }
}

void add_accounts(batch_rows& rows) {
  for (const auto& [key, sums] : rows.account_changes) {
    rows.accounts.row()
        .text("code", key.code)
        .id("owner_id", key.owner)
        .text("commodity", word_for(key.unit))
        .text("normal", is_debit_normal(key.code) ? "D" : "C")
        .number("balance", sums.change)
        .number("received", sums.received);
  }
}

void add_image(batch_rows& rows, const transaction_image& transaction) {
  if (!rows.is_newest('x', transaction.id.value)) return;
  rows.transactions.row()
      .id("id", transaction.id)
      .text("code", transaction.code)
      .id("rider_id", transaction.rider)
      .id_or_null("rental_id", transaction.rental)
      .text("kind", to_string(transaction.kind))
      .text("status", to_string(transaction.status))
      .text("method", to_string(transaction.method))
      .number("amount", transaction.amount)
      .number("wallet_part", transaction.wallet_part)
      .number("points_used", transaction.points_used)
      .id_or_null("journal_id", transaction.journal)
      .time("created_at", transaction.created_at);
}

ledger_journal read_journal(const json_row& row) {
  ledger_journal journal;
  journal.id = row.id<ledger_journal_id>("id");
  journal.event_type = row.text("event_type");
  journal.event_key = row.text("event_key");
  journal.occurred_at = row.time("occurred_at");
  journal.rider = row.id<user_id>("rider_id");
  journal.rental = row.id<rental_id>("rental_id");
  journal.memo = row.text("memo");
  row.for_each("lines", [&](const json_row& line) {
    journal.lines.push_back({line.text("code"), line.uuid("owner_id"),
                             line.text("commodity") == "PTS" ? commodity::pts : commodity::npr,
                             line.number("debit"), line.number("credit")});
  });
  return journal;
}

transaction_image read_transaction(const json_row& row) {
  transaction_image transaction;
  transaction.id = row.id<transaction_id>("id");
  transaction.code = row.text("code");
  transaction.rider = row.id<user_id>("rider_id");
  transaction.rental = row.id<rental_id>("rental_id");
  transaction.kind = row.word("kind", parse_transaction_kind);
  transaction.status = row.word("status", parse_transaction_status);
  transaction.method = row.word("method", parse_payment_method);
  transaction.amount = row.amount("amount");
  transaction.wallet_part = row.amount("wallet_part");
  transaction.points_used = row.number("points_used");
  transaction.journal = row.id<ledger_journal_id>("journal_id");
  transaction.created_at = row.time("created_at");
  return transaction;
}

}  // namespace chautari
