#pragma once
/// A private PostgreSQL for one test program: a cluster in a temporary folder, reached by a Unix socket, gone
/// when the program ends. Started when first asked for.

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "persistence/settings.hpp"

namespace chautari::testing {

class postgres_server {
public:
  /// The one of this program. Ends the program with a message if PostgreSQL cannot be started.
  static postgres_server& instance();

  postgres_server(const postgres_server&) = delete;
  postgres_server& operator=(const postgres_server&) = delete;
  ~postgres_server();

  /// A new, empty database; its name is unique within the program.
  [[nodiscard]] database_settings make_database();
  /// A new database with the whole schema.
  [[nodiscard]] database_settings make_migrated_database();

  /// Backends die at once and nothing is flushed, as after a power cut; the next start recovers from the log.
  void kill();
  /// Starts it again (after `kill`) and waits until it answers.
  void start();

private:
  postgres_server();

  [[nodiscard]] int run(const std::vector<std::string>& arguments) const;
  [[nodiscard]] database_settings settings_of(const std::string& name) const;

  std::filesystem::path folder_;
  int databases_ = 0;
};

/// Runs a script as the owner of the database; its words go to a fatal test message if it fails.
void run_sql(const database_settings& database, const std::string& script);
/// The first column of the first row.
[[nodiscard]] std::string query(const database_settings& database, const std::string& question);
/// Asks again until the answer is "t".
void wait_until(const database_settings& database, const std::string& question);
/// The SQLSTATE or the constraint's name, or nothing if the script is accepted.
[[nodiscard]] std::string refusal_of(const database_settings& database, const std::string& script);

}  // namespace chautari::testing
