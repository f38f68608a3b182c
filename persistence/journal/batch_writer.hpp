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
  /// True if the attempt ends here; false if the records are to blame.
  bool is_end_of_attempt(const database_error& error);
  /// Which of them the journal did not hold yet; their ids are inserted.
  std::vector<const record*> claim(const std::vector<record>& records, span_of_batch span);
  void gather(const std::vector<const record*>& records);
  void send();
  void send_prices();

  database_connection database_;
  batch_rows rows_;
  bool is_committing_ = false;
  std::string doubt_;  ///< SQLSTATE that ended the attempt before this one; empty if none in doubt did.
};

}  // namespace chautari
