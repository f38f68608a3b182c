#pragma once
/// Everything the server must know to be alive again, in one read.

#include <optional>
#include <string>

#include "persistence/settings.hpp"
#include "protocols/journal/recovery.hpp"

namespace chautari {

struct recovery_report {
  network_image network;
  std::string problem;  ///< For people; empty if the image is whole.

  [[nodiscard]] bool is_ready() const { return problem.empty(); }
};

/// One snapshot of the database as of one moment. Deleted stations are left out. Blocks: call it before
/// anything else is alive.
[[nodiscard]] recovery_report recover(const database_settings& database, timestamp now);

/// When the newest record in the journal was decided, by the clock of the server that decided it; nothing in
/// a fresh database. Blocks. Throws database_error.
[[nodiscard]] std::optional<timestamp> newest_record_at(const database_settings& database);

}  // namespace chautari
