#include "persistence/journal/batch_writer.hpp"

#include <algorithm>
#include <type_traits>
#include <unordered_set>

#include "persistence/accounts/rows.hpp"
#include "persistence/kiosks/rows.hpp"
#include "persistence/operations/rows.hpp"
#include "persistence/operators/rows.hpp"
#include "persistence/pricing/rows.hpp"
#include "persistence/rentals/rows.hpp"
#include "persistence/sql_texts.hpp"
#include "persistence/stations/rows.hpp"
#include "persistence/users/rows.hpp"

namespace chautari {
namespace {

template <class Part>
concept image = requires(batch_rows& rows, const Part& part) {
  add_image(rows, part);
};

void add_images(batch_rows& rows, const record& entry) {
  for (auto part = entry.parts.rbegin(); part != entry.parts.rend(); ++part) {
    std::visit(
        [&rows]<class Part>(const Part& value) {
          if constexpr (image<Part>) add_image(rows, value);
        },
        *part);
  }
}

void add_lines(batch_rows& rows, const record& entry) {
  for (const auto& part : entry.parts) {
    std::visit(
        [&rows]<class Part>(const Part& value) {
          if constexpr (!image<Part>) add_line(rows, value);
        },
        part);
  }
}

void send_rows(database_connection& database, const sql::text& statement, json_rows& rows) {
  if (!rows.empty()) database.execute(statement, {{"rows", rows.finish()}});
}

/// Of rentals: a row that is not touched was not newer than the stored one.
void send_images(database_connection& database, const sql::text& statement, json_rows& rows) {
  if (rows.empty()) return;
  if (database.execute(statement, {{"rows", rows.finish()}}) != rows.size())
    throw stale_image("rentals_revision", "a rental");
}

/// A row that is not touched is gone already, or something refers to it.
void send_removals(database_connection& database, const sql::text& statement, json_rows& rows) {
  if (rows.empty()) return;
  if (database.execute(statement, {{"rows", rows.finish()}}) != rows.size())
    throw database_error{database_error::kind::data, "price_row_in_use", "a price row cannot be removed"};
}

/// The chain has one end, and programs that add to it do so one after the other.
void send_audit_log(database_connection& database, json_rows& rows) {
  if (rows.empty()) return;
  if (database.ask(sql::operations_lock_audit_log).empty())
    throw database_error{database_error::kind::data, "audit_head", "the head of the audit log is missing"};
  database.execute(sql::operations_add_audit_log, {{"rows", rows.finish()}});
}

}  // namespace

std::vector<record_fate> batch_writer::write(const std::vector<record>& records) {
  std::vector<record_fate> fates(records.size());
  if (records.empty() || write_span(records, {0, records.size()}, fates)) doubt_.clear();
  return fates;
}

bool batch_writer::is_end_of_attempt(const database_error& error) {
  if (error.reason == database_error::kind::data) return false;
  // Of a COMMIT nobody knows what became, so no record can be blamed for it.
  const bool is_in_doubt = error.reason == database_error::kind::doubt && !is_committing_;
  if (is_in_doubt && error.constraint == doubt_) return false;
  doubt_ = is_in_doubt ? error.constraint : std::string{};
  database_.close();
  return true;
}

bool batch_writer::write_span(const std::vector<record>& records, span_of_batch span,
                              std::vector<record_fate>& fates) {
  const auto mark = [&](record_fate fate) {
    std::fill(fates.begin() + static_cast<std::ptrdiff_t>(span.first),
              fates.begin() + static_cast<std::ptrdiff_t>(span.last), fate);
  };
  try {
    store(records, span);
    mark({record_fate::kind::stored, {}, {}});
    return true;
  } catch (const database_error& error) {
    if (is_end_of_attempt(error)) {
      if (is_committing_) mark({record_fate::kind::unknown, {}, {}});
      return false;
    }
    try {
      database_.rollback();
    } catch (const database_error&) {
      return false;
    }
    if (span.last - span.first == 1) {
      mark({record_fate::kind::refused, error.constraint, error.what()});
      return true;
    }
  }
  const std::size_t middle = span.first + (span.last - span.first) / 2;
  return write_span(records, {span.first, middle}, fates) && write_span(records, {middle, span.last}, fates);
}

void batch_writer::store(const std::vector<record>& records, span_of_batch span) {
  is_committing_ = false;
  database_.begin();
  gather(claim(records, span));
  send();
  is_committing_ = true;
  database_.commit();
  is_committing_ = false;
}

std::vector<const record*> batch_writer::claim(const std::vector<record>& records, span_of_batch span) {
  std::string ids = "{";
  std::vector<const record*> fresh;
  std::unordered_set<record_id> known;
  for (std::size_t at = span.first; at < span.last; ++at) {
    if (!known.insert(records[at].id).second) continue;  // Twice in one batch.
    if (ids.size() > 1) ids += ',';
    append_uuid(ids, records[at].id.value);
    fresh.push_back(&records[at]);
  }
  const auto inserted = database_.ask(sql::journal_put_records, {{"ids", ids + '}'}});
  if (inserted.size() == fresh.size()) return fresh;
  const std::unordered_set<std::string> is_new(inserted.begin(), inserted.end());
  std::erase_if(fresh, [&](const record* entry) { return is_new.count(entry->id.text()) == 0; });
  return fresh;
}

void batch_writer::gather(const std::vector<const record*>& records) {
  rows_.clear();
  for (auto entry = records.rbegin(); entry != records.rend(); ++entry)
    add_images(rows_, **entry);
  for (const auto* entry : records)
    add_lines(rows_, *entry);
  add_rentals(rows_);
  add_accounts(rows_);
}

void batch_writer::send() {
  send_rows(database_, sql::users_put_users, rows_.users);
  send_rows(database_, sql::users_put_sessions, rows_.sessions);
  send_rows(database_, sql::users_put_refresh_tokens, rows_.refresh_tokens);
  send_rows(database_, sql::users_put_otp_codes, rows_.otp_codes);
  send_rows(database_, sql::users_put_verification_tokens, rows_.verification_tokens);
  send_rows(database_, sql::users_put_favourites, rows_.favourites);
  send_rows(database_, sql::users_remove_favourites, rows_.removed_favourites);
  send_rows(database_, sql::users_put_referrals, rows_.referrals);
  // Changes go first: those that close a rental give its rider and bank free for a new one.
  send_images(database_, sql::rentals_change_rentals, rows_.changed_rentals);
  send_images(database_, sql::rentals_put_rentals, rows_.new_rentals);
  send_rows(database_, sql::rentals_add_log, rows_.rental_log);
  send_rows(database_, sql::rentals_add_charges, rows_.charges);
  send_rows(database_, sql::rentals_add_payments, rows_.payments);
  send_rows(database_, sql::rentals_add_extensions, rows_.extensions);
  send_rows(database_, sql::rentals_add_swaps, rows_.swaps);
  send_rows(database_, sql::rentals_add_locations, rows_.locations);
  send_rows(database_, sql::rentals_put_issues, rows_.rental_issues);
  send_prices();
  send_rows(database_, sql::stations_put_stations, rows_.stations);
  send_rows(database_, sql::stations_put_banks, rows_.banks);
  send_rows(database_, sql::stations_add_cycles, rows_.cycles);
  send_rows(database_, sql::stations_put_slots, rows_.slots);
  send_rows(database_, sql::stations_put_states, rows_.station_states);
  send_rows(database_, sql::stations_add_status_changes, rows_.status_changes);
  send_rows(database_, sql::stations_put_issues, rows_.issues);
  send_rows(database_, sql::stations_put_amenities, rows_.amenities);
  send_rows(database_, sql::kiosks_put_commands, rows_.commands);
  send_rows(database_, sql::kiosks_add_reports, rows_.reports);
  send_rows(database_, sql::kiosks_add_log, rows_.cabinet_log);
  send_rows(database_, sql::kiosks_put_accounts, rows_.broker_accounts);
  send_rows(database_, sql::kiosks_put_strangers, rows_.strangers);
  if (!rows_.journals.empty())
    database_.execute(sql::accounts_add_journals, {{"journals", rows_.journals.finish()},
                                                   {"accounts", rows_.accounts.finish()},
                                                   {"lines", rows_.lines.finish()}});
  send_rows(database_, sql::accounts_put_transactions, rows_.transactions);
  send_rows(database_, sql::operations_put_answers, rows_.answers);
  send_rows(database_, sql::operations_put_outbox, rows_.outbox);
  send_rows(database_, sql::operators_put_operators, rows_.operators);
  send_rows(database_, sql::operators_put_sessions, rows_.operator_sessions);
  send_audit_log(database_, rows_.audit_log);
}

/// Discounts come before their uses, and what refers to a row goes before the row.
void batch_writer::send_prices() {
  send_rows(database_, sql::pricing_put_packages, rows_.packages);
  send_rows(database_, sql::pricing_put_late_fees, rows_.late_fees);
  send_rows(database_, sql::pricing_put_discounts, rows_.discounts);
  send_rows(database_, sql::pricing_put_discount_uses, rows_.discount_uses);
  send_removals(database_, sql::pricing_remove_discounts, rows_.removed_discounts);
  send_removals(database_, sql::pricing_remove_packages, rows_.removed_packages);
  send_removals(database_, sql::pricing_remove_late_fees, rows_.removed_late_fees);
}

bool batch_writer::is_reachable() {
  try {
    database_.begin();
    database_.execute(sql::journal_probe);
    database_.rollback();
    return true;
  } catch (const database_error&) {
    database_.close();
    return false;
  }
}

}  // namespace chautari
