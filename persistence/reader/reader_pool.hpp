#pragma once
/// The readers: a bounded front before a few detached connections that only read.

#include <caf/all.hpp>
#include <cstddef>

#include "persistence/base/connection.hpp"
#include "persistence/settings.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/journal/reader.hpp"

namespace chautari {

using is_database_ready_atom = caf::atom_constant<caf::atom("dbready")>;

/// `reader_actor` with one more question, for readiness: true if the database answered just now.
using reader_pool_actor = reader_actor::extend<caf::replies_to<is_database_ready_atom>::with<bool>>;

struct reader_setup {
  database_settings database;
  std::size_t connections = limits::reader_connections;
  std::size_t questions_max = limits::reader_questions_max;  ///< Asked and not answered. More: `overloaded`.
  session_kind kind = session_kind::asking;
};

[[nodiscard]] reader_pool_actor spawn_readers(caf::actor_system& system, reader_setup setup);

}  // namespace chautari
