#pragma once
/// One connection to PostgreSQL with its prepared statements. Not thread-safe; blocks.

#include <soci/soci.h>

#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "persistence/base/database_error.hpp"
#include "persistence/settings.hpp"

namespace chautari {

namespace sql {
struct text;
}

/// What a session is for: who writes or asks about one rider plans for large tables whatever their size is
/// today; who tidies gives up sooner (limits::tidy_within); who reads everything (recovery, audit) plans
/// freely; who browses (operators' tables) plans each question for the filters it has.
enum class session_kind { writing, asking, reading, browsing, tidying };

using parameter = std::pair<std::string_view, std::string_view>;
using parameters = std::initializer_list<parameter>;

/// A statement with positional parameters ($1, $2...).
struct pipeline_step {
  struct value {
    std::string_view bytes;
    bool is_binary = false;  ///< Else text.
  };
  const sql::text* statement;
  std::vector<value> values;
};
struct pipeline_outcome {
  struct answer {
    std::size_t touched = 0;        ///< Rows.
    std::vector<std::string> rows;  ///< Their first column; null is empty.
  };
  std::vector<answer> answers;  ///< Of the statements before the one that failed.
  std::optional<database_error> error;
};

class database_connection {
public:
  /// Does not connect yet.
  database_connection(database_settings database, session_kind kind);
  database_connection(const database_connection&) = delete;
  database_connection& operator=(const database_connection&) = delete;
  ~database_connection();

  /// Connects unless connected. Throws database_error (`trouble`).
  void open();
  void close();
  [[nodiscard]] bool is_open() const { return session_ != nullptr; }

  /// Executes a prepared statement that answers no rows; returns how many rows it touched. All parameters are
  /// text, by name. After `trouble` the connection is closed. They throw database_error.
  std::size_t execute(const sql::text& statement, parameters values = {});
  /// Executes a prepared statement that answers rows of one column; null is an empty string.
  std::vector<std::string> ask(const sql::text& statement, parameters values = {});
  std::vector<std::string> ask(const sql::text& statement, std::span<const parameter> values);

  /// Executes text as it stands, several statements too; nothing is prepared.
  void run_script(std::string_view text);

  /// Begins a transaction and executes the statements in it in one round trip (libpq's pipeline mode), up to
  /// the first that fails; the transaction stays open. Never throws; after `trouble` the connection is
  /// closed.
  pipeline_outcome begin_with(const std::vector<pipeline_step>& steps);

  void begin();
  void rollback();
  /// A `trouble` from here means that nobody knows whether the transaction is stored.
  void commit();

  /// For COPY. The connection must be open.
  [[nodiscard]] void* native() const;

private:
  struct prepared;
  template <class Step>
  auto guarded(Step step);
  void send(const pipeline_step& step);
  void name_statement(const sql::text& statement);
  prepared& prepare(const sql::text& statement, std::span<const parameter> values, bool has_rows);

  database_settings database_;
  session_kind kind_;
  std::unique_ptr<soci::session> session_;
  std::unordered_map<const sql::text*, std::unique_ptr<prepared>> statements_;
  std::unordered_map<const sql::text*, std::string> named_;  ///< Those of pipelines, by their name there.
};

}  // namespace chautari
