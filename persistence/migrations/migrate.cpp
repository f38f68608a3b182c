#include "persistence/migrations/migrate.hpp"

#include <algorithm>
#include <map>

#include "persistence/base/connection.hpp"
#include "persistence/sql_texts.hpp"

namespace chautari {
namespace {

/// Name to checksum of what the database has.
std::map<std::string, std::string> applied_steps(database_connection& database) {
  std::map<std::string, std::string> known;
  for (const auto& row : database.ask(sql::schema_list)) {
    const auto space = row.find(' ');
    known.emplace(row.substr(0, space), row.substr(space + 1));
  }
  return known;
}

/// Why this program must not touch that database; empty if it may.
std::string contradiction(const std::map<std::string, std::string>& known,
                          const std::vector<migration>& steps) {
  for (const auto& [name, sha256] : known) {
    const auto ours =
        std::find_if(steps.begin(), steps.end(), [&](const auto& step) { return step.name == name; });
    if (ours == steps.end())
      return "the database has migration " + name + ", which this program does not know: it is newer";
    if (ours->sha256 != sha256)
      return "migration " + name + " was changed after it had been applied (stored checksum " + sha256 +
             ", ours " + ours->sha256 + ")";
  }
  return {};
}

void apply(database_connection& database, const migration& step) {
  database.begin();
  database.run_script(step.text);
  database.execute(sql::schema_add, {{"name", step.name}, {"sha256", step.sha256}});
  database.commit();
}

}  // namespace

std::vector<migration> embedded_migrations() {
  std::vector<migration> steps;
  for (const auto& step : sql::migrations())
    steps.push_back({std::string{step.name}, std::string{step.body}, std::string{step.sha256}});
  return steps;
}

migration_report migrate(const database_settings& database) {
  return migrate(database, embedded_migrations());
}

migration_report migrate(const database_settings& settings, const std::vector<migration>& steps) {
  migration_report report;
  std::string current = "the connection";
  try {
    database_connection database{settings, session_kind::reading};
    database.run_script(sql::schema_open.body);
    const auto known = applied_steps(database);
    report.problem = contradiction(known, steps);
    if (!report.is_ready()) return report;
    for (const auto& step : steps) {
      if (known.count(step.name) > 0) continue;
      current = "migration " + step.name;
      apply(database, step);
      report.applied.push_back(step.name);
    }
  } catch (const database_error& error) {
    report.problem = current + " failed: " + error.what();
  }
  return report;
}

}  // namespace chautari
