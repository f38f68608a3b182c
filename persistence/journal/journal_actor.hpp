#pragma once
/// The journal: a bounded queue in front of one detached writer. A record goes at once when the writer is
/// idle; while a commit is in flight the next batch grows by itself. There is no timer in the way.

#include <caf/all.hpp>
#include <cstddef>
#include <functional>
#include <string>

#include "persistence/settings.hpp"
#include "persistence/tidying/tidier.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/journal/interface.hpp"

namespace chautari {

/// Verbs for whoever counts and logs. Called on the journal's thread, one at a time; must not block. Empty
/// ones are not called.
struct writer_probe {
  std::function<void(std::size_t records, double seconds)> batch_written;
  std::function<void(std::size_t records)> backlog_changed;  ///< Accepted and not yet answered.
  std::function<void(bool is_up)> database_changed;          ///< Only when it changes; up at first.
  std::function<void(record_id id, const std::string& constraint, const std::string& why)> record_refused;
  std::function<void(const tidied& done)> tidied_up;  ///< After each statement of the tidying.
};

struct journal_setup {
  database_settings database;
  writer_probe probe = {};
  std::size_t batch_records_max = limits::batch_records_max;
  std::size_t backlog_records_max = limits::backlog_records_max;
  milliseconds retry_max = limits::database_retry_max;
  std::size_t tidy_rows_max = limits::tidy_rows_max;  ///< A statement.
  milliseconds tidy_first = limits::tidy_first;
  milliseconds tidy_pause = limits::tidy_pause;
};

/// Spawns the journal and its writer (detached; it owns one connection). When the journal ends, so does the
/// writer: send `drain_atom` first. A refusal `conflict` carries {"constraint":"..."} as its context.
[[nodiscard]] journal_actor spawn_journal(caf::actor_system& system, journal_setup setup);

}  // namespace chautari
