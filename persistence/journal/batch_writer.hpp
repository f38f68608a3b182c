#pragma once
/// Stores batches of records through one connection: one transaction a batch, one statement a table.

#include <cstddef>
#include <string>
#include <vector>

#include "persistence/base/connection.hpp"
#include "persistence/journal/batch_rows.hpp"
#include "persistence/settings.hpp"
#include "protocols/journal/record.hpp"

namespace chautari {

/// What became of one record.
struct record_fate {
  enum class kind {
    unsent,   ///< The database could not be reached; certainly not stored by this attempt.
    stored,   ///< On disk, by this attempt or an earlier one.
    refused,  ///< A guard refused it; never will be stored.
    unknown   ///< The connection broke inside COMMIT. Write it again to learn.
  };

  kind what = kind::unsent;
  std::string constraint;  ///< Of a refused one.
  std::string message;     ///< Of a refused one; for the log.
};

class batch_writer {
public:
  explicit batch_writer(const database_settings& database) : database_{database, session_kind::writing} {}

  /// Stores the records in order and answers the fate of each. A refusal splits the batch in halves until the
  /// record that caused it is alone; trouble ends the attempt, and what is left is `unsent`. A failure of the
  /// server that may be a record's fault (database_error `doubt`) is trouble once; if the next attempt meets
  /// the same one it is a refusal, or one record would keep all others waiting for ever. Never throws.
  [[nodiscard]] std::vector<record_fate> write(const std::vector<record>& records);

  /// True if the database takes rows (a write is tried and rolled back); connects if need be.
  [[nodiscard]] bool is_reachable();

private:
  /// Indexes into the batch: [first, last).
  struct span_of_batch {
    std::size_t first;
    std::size_t last;
  };

  /// False: trouble; stop.
  bool write_span(const std::vector<record>& records, span_of_batch span, std::vector<record_fate>& fates);
  void store(const std::vector<record>& records, span_of_batch span);
  void connect();
  /// True if the attempt ends here; false if the records are to blame.
  bool is_end_of_attempt(const database_error& error);
  /// Sends them in a transaction that is left open, in one round trip. False if the journal holds some of
  /// them already: then nothing is sent, and they are no longer in `fresh`.
  bool send(std::vector<const record*>& fresh);
  void gather(const std::vector<const record*>& records);
  void plan();
  void plan_prices();
  void check(const pipeline_outcome& outcome) const;

  /// What must be true of a statement's answer.
  enum class expectation { nothing, fresh_images, next_versions, removals, audit_head };
  struct planned_check {
    expectation what;
    std::size_t rows;
  };
  template <class Rows>
  void add(const sql::text& statement, Rows& rows, expectation what = expectation::nothing);

  database_connection database_;
  table_shapes shapes_;  ///< As this connection knows them.
  batch_rows rows_;
  std::vector<pipeline_step> steps_;
  std::vector<planned_check> checks_;  ///< One a step.
  bool is_committing_ = false;
  std::string doubt_;  ///< SQLSTATE that ended the attempt before this one; empty if none in doubt did.
};

}  // namespace chautari
