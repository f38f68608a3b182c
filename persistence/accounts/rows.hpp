#pragma once
/// The ledger and what riders see of it, as rows, both ways.

#include "persistence/base/json_row.hpp"
#include "persistence/journal/batch_rows.hpp"

namespace chautari {

/// True for the codes that have one account a rider: 2000, 2001, 2010, 1200 and P200.
[[nodiscard]] bool is_riders_account(std::string_view code);
/// True if the balance rises with debits: assets (1...), expenses (5...) and points issued (P100).
[[nodiscard]] bool is_debit_normal(std::string_view code);

/// Throws database_error (`data`) if the sums of an account leave 64 bits.
void add_line(batch_rows& rows, const ledger_journal& journal);
/// One row for each account that the lines so far change.
void add_accounts(batch_rows& rows);
void add_image(batch_rows& rows, const transaction_image& transaction);

[[nodiscard]] transaction_image read_transaction(const json_row& row);
/// With its lines, as an array of that name.
[[nodiscard]] ledger_journal read_journal(const json_row& row);

}  // namespace chautari
