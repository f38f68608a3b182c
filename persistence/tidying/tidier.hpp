#pragma once
/// Deletes what serves nobody any more (the retention note in migrations/0001_journal.sql), a statement at a
/// time, over a connection of its own: whatever goes wrong here costs no batch its connection.

#include <cstddef>
#include <string>

#include "persistence/base/connection.hpp"
#include "persistence/settings.hpp"

namespace chautari {

/// What one statement of the tidying did.
struct tidied {
  std::size_t rows = 0;  ///< Deleted.
  bool is_more = false;  ///< The round is not over yet, or a statement of it met its limit: come back soon.
  std::string problem;   ///< Empty if all went well. Next time is another chance.
};

class tidier {
public:
  explicit tidier(const database_settings& database) : database_{database, session_kind::tidying} {}

  /// The next statement of the round; deletes `rows_max` rows at most. The connection is closed after the
  /// last one. Never throws.
  [[nodiscard]] tidied step(std::size_t rows_max);

private:
  database_connection database_;
  std::size_t next_ = 0;
  bool is_more_ = false;  ///< A statement of this round met its limit.
};

}  // namespace chautari
