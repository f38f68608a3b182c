#include "persistence/journal/batch_writer.hpp"

#include <algorithm>
#include <type_traits>
#include <unordered_set>

#include "persistence/accounts/rows.hpp"
#include "persistence/kiosks/rows.hpp"
#include "persistence/operations/rows.hpp"
#include "persistence/operators/rows.hpp"
#include "persistence/payments/rows.hpp"
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

template <class Rows>
constexpr bool is_binary = std::is_same_v<Rows, table_rows>;

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
  std::vector<const record*> fresh;
  std::unordered_set<record_id> known;
  for (std::size_t at = span.first; at < span.last; ++at) {
    if (known.insert(records[at].id).second) fresh.push_back(&records[at]);  // Not twice in one batch.
  }
  while (!send(fresh))
    database_.rollback();
  is_committing_ = true;
  database_.commit();
  is_committing_ = false;
}

/// A new connection may be to a database that has been migrated meanwhile.
void batch_writer::connect() {
  if (database_.is_open() && !shapes_.empty()) return;
  shapes_.clear();
  database_.open();
  shapes_ = read_table_shapes(database_.ask(sql::journal_table_shapes));
  rows_.take_shapes(shapes_);
}

bool batch_writer::send(std::vector<const record*>& fresh) {
  connect();
  gather(fresh);
  std::vector<boost::uuids::uuid> ids;
  for (const auto* entry : fresh)
    ids.push_back(entry->id.value);
  const auto claimed = uuid_array(ids);
  steps_.clear();
  checks_.clear();
  steps_.push_back({&sql::journal_put_records, {{claimed, true}}});
  checks_.push_back({expectation::nothing, ids.size()});
  plan();
  const auto outcome = database_.begin_with(steps_);
  // Told before anything that failed: a record that is stored already may have made it fail.
  if (!outcome.answers.empty() && outcome.answers.front().rows.size() < fresh.size()) {
    const auto& inserted = outcome.answers.front().rows;
    const std::unordered_set<std::string> is_new(inserted.begin(), inserted.end());
    std::erase_if(fresh, [&](const record* entry) { return is_new.count(entry->id.text()) == 0; });
    return false;
  }
  if (outcome.error) throw *outcome.error;
  check(outcome);
  return true;
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

template <class Rows>
void batch_writer::add(const sql::text& statement, Rows& rows, expectation what) {
  if (rows.empty()) return;
  steps_.push_back({&statement, {{rows.finish(), is_binary<Rows>}}});
  checks_.push_back({what, rows.size()});
}

void batch_writer::plan() {
  add(sql::users_put_users, rows_.users);
  add(sql::users_put_sessions, rows_.sessions);
  add(sql::users_put_refresh_tokens, rows_.refresh_tokens);
  add(sql::users_put_otp_codes, rows_.otp_codes);
  add(sql::users_put_verification_tokens, rows_.verification_tokens);
  add(sql::users_put_favourites, rows_.favourites);
  add(sql::users_remove_favourites, rows_.removed_favourites);
  add(sql::users_put_referrals, rows_.referrals);
  // Changes go first: those that close a rental give its rider and bank free for a new one.
  add(sql::rentals_change_rentals, rows_.changed_rentals, expectation::fresh_images);
  add(sql::rentals_put_rentals, rows_.new_rentals, expectation::fresh_images);
  add(sql::rentals_add_log, rows_.rental_log);
  add(sql::rentals_add_charges, rows_.charges);
  add(sql::rentals_add_payments, rows_.payments);
  add(sql::rentals_add_extensions, rows_.extensions);
  add(sql::rentals_add_swaps, rows_.swaps);
  add(sql::rentals_add_locations, rows_.locations);
  add(sql::rentals_put_issues, rows_.rental_issues);
  plan_prices();
  add(sql::stations_put_stations, rows_.stations);
  add(sql::stations_put_banks, rows_.banks);
  add(sql::stations_add_cycles, rows_.cycles);
  add(sql::stations_put_slots, rows_.slots);
  add(sql::stations_put_states, rows_.station_states);
  add(sql::stations_add_status_changes, rows_.status_changes);
  add(sql::stations_put_issues, rows_.issues);
  add(sql::stations_put_amenities, rows_.amenities);
  add(sql::kiosks_put_commands, rows_.commands);
  add(sql::kiosks_add_reports, rows_.reports);
  add(sql::kiosks_add_log, rows_.cabinet_log);
  add(sql::kiosks_put_accounts, rows_.broker_accounts);
  add(sql::kiosks_put_strangers, rows_.strangers);
  if (!rows_.journals.empty()) {
    steps_.push_back(
        {&sql::accounts_add_journals,
         {{rows_.journals.finish(), true}, {rows_.accounts.finish(), true}, {rows_.lines.finish(), true}}});
    checks_.push_back({expectation::nothing, rows_.journals.size()});
  }
  add(sql::accounts_put_transactions, rows_.transactions);
  add(sql::operations_put_answers, rows_.answers);
  add(sql::operations_put_outbox, rows_.outbox);
  add(sql::payments_put_intents, rows_.payment_intents, expectation::next_versions);
  add(sql::operators_put_operators, rows_.operators);
  add(sql::operators_put_sessions, rows_.operator_sessions);
  if (rows_.audit_log.empty()) return;
  // The chain has one end, and programs that add to it do so one after the other.
  steps_.push_back({&sql::operations_lock_audit_log, {}});
  checks_.push_back({expectation::audit_head, 1});
  add(sql::operations_add_audit_log, rows_.audit_log);
}

/// Discounts come before their uses, and what refers to a row goes before the row.
void batch_writer::plan_prices() {
  add(sql::pricing_put_packages, rows_.packages);
  add(sql::pricing_put_late_fees, rows_.late_fees);
  add(sql::pricing_put_discounts, rows_.discounts);
  add(sql::pricing_put_discount_uses, rows_.discount_uses);
  add(sql::pricing_put_partners, rows_.partners);
  add(sql::pricing_put_station_partners, rows_.station_partners);
  add(sql::pricing_put_vendor_ejections, rows_.vendor_ejections);
  add(sql::pricing_add_revenue, rows_.revenue);
  add(sql::pricing_remove_discounts, rows_.removed_discounts, expectation::removals);
  add(sql::pricing_remove_packages, rows_.removed_packages, expectation::removals);
  add(sql::pricing_remove_late_fees, rows_.removed_late_fees, expectation::removals);
  add(sql::pricing_remove_partners, rows_.removed_partners, expectation::removals);
}

void batch_writer::check(const pipeline_outcome& outcome) const {
  using enum database_error::kind;
  for (std::size_t at = 0; at < checks_.size(); ++at) {
    const auto& answer = outcome.answers[at];
    switch (checks_[at].what) {
      case expectation::nothing:
        break;
      case expectation::fresh_images:  // Of rentals: a row that is not touched was not newer than the stored
                                       // one.
        if (answer.touched != checks_[at].rows) throw stale_image("rentals_revision", "a rental");
        break;
      case expectation::next_versions:
        if (answer.touched != checks_[at].rows) throw stale_image("payment_intents_version", "an intent");
        break;
      case expectation::removals:  // A row that is not touched is gone already, or something refers to it.
        if (answer.touched != checks_[at].rows)
          throw database_error{data, "price_row_in_use", "a price row cannot be removed"};
        break;
      case expectation::audit_head:
        if (answer.rows.empty())
          throw database_error{data, "audit_head", "the head of the audit log is missing"};
        break;
    }
  }
}

bool batch_writer::is_reachable() {
  try {
    connect();
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
