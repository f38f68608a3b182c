#pragma once
/// Brings the schema to the version this program was built with.

#include <string>
#include <vector>

#include "persistence/settings.hpp"

namespace chautari {

struct migration_report {
  std::vector<std::string> applied;  ///< Names of the migrations this call applied, in order.
  std::string problem;               ///< For people; empty if the schema is as it must be.

  [[nodiscard]] bool is_ready() const { return problem.empty(); }
};

/// One step of the schema. `name` is the file's, "0001_network"; the number before the underscore orders.
struct migration {
  std::string name;
  std::string text;
  std::string sha256;  ///< Of the file, hex: an applied migration never changes.
};

/// The migrations embedded in this program, in order.
[[nodiscard]] std::vector<migration> embedded_migrations();

/// Applies what is missing, each step in its own transaction, while an advisory lock keeps other programs
/// waiting. Refuses (with `problem`) when a stored checksum differs, when the database knows a step that we
/// do not, when a step fails, or when the database cannot be reached.
[[nodiscard]] migration_report migrate(const database_settings& database);
[[nodiscard]] migration_report migrate(const database_settings& database,
                                       const std::vector<migration>& steps);

}  // namespace chautari
