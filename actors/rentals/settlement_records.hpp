#pragma once
/// The records that move money after a start: the end of a use, and what it needs of others. Pure but for
/// fresh ids.

#include "actors/rentals/rental_records.hpp"
#include "actors/rentals/running_rules.hpp"
#include "actors/rentals/settlement_rules.hpp"

namespace chautari {

[[nodiscard]] payment_method method_of(const payment_split& paid);
[[nodiscard]] payment_split negative(const payment_split& paid);

/// A payment after the start: its row, and what the rider sees of it. `journal` is the one that moved it; the
/// transaction gets its id.
void add_payment(record& entry, const rental_image& rental, transaction_kind kind,
                 const ledger_journal& journal, const payment_split& paid, money amount, std::int32_t n);

/// The use has ended: settled in full or as far as possible.
[[nodiscard]] record settled_record(const record_context& with, const settlement& done,
                                    const use_ending& ending);

/// More time, paid at once (E5) or to be billed at the end.
[[nodiscard]] record extended_record(const record_context& with, const extended& done,
                                     const stored_answer& answer);
/// What was owed is paid (E4f); the late fee so far is assessed first (E6b). `collection` is the journal's
/// id, and the transaction's.
[[nodiscard]] record dues_paid_record(const record_context& with, const dues_paid& done,
                                      ledger_journal_id collection, const stored_answer& answer);

/// The charge, the journals and the refund of a correction; the rental's state is added by whoever knows why.
void add_correction(record& entry, const record_context& with, const correction& done);

}  // namespace chautari
