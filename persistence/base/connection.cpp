#include "persistence/base/connection.hpp"

#include <soci/postgresql/soci-postgresql.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <utility>

#include "persistence/sql_texts.hpp"
#include "protocols/base/check.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

/// libpq's way: in single quotes, quotes and backslashes escaped.
std::string conninfo_value(std::string_view value) {
  std::string out = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + '\'';
}

/// Every wait has an end: for the connection, for a silent peer, for a statement.
std::string connection_text(const database_settings& database, session_kind kind) {
  const auto statement_within =
      kind == session_kind::tidying ? limits::tidy_within : limits::statement_within;
  std::string text = "host=" + conninfo_value(database.host) + " port=" + std::to_string(database.port) +
                     " dbname=" + conninfo_value(database.name) + " user=" + conninfo_value(database.user) +
                     " application_name=" + conninfo_value(database.application_name) +
                     " connect_timeout=" + std::to_string(limits::database_connect_within.count()) +
                     " keepalives=1 keepalives_idle=5 keepalives_interval=2 keepalives_count=3" +
                     " tcp_user_timeout=" + std::to_string(limits::statement_within.count());
  if (!database.password.empty()) text += " password=" + conninfo_value(database.password);
  std::string options = "-c statement_timeout=" + std::to_string(statement_within.count()) +
                        " -c idle_in_transaction_session_timeout=60000 -c timezone=UTC -c jit=off" +
                        " -c client_min_messages=warning -c plan_cache_mode=" +
                        (kind == session_kind::browsing ? "force_custom_plan" : "force_generic_plan");
  // A statement is planned once, for tables that grow: by index, row by row, never by reading all of one.
  if (kind != session_kind::reading && kind != session_kind::browsing)
    options += " -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";
  // Whoever only looks can write nothing, whatever a question's text says.
  if (kind == session_kind::asking || kind == session_kind::browsing)
    options += " -c default_transaction_read_only=on";
  return text + " options=" + conninfo_value(options);
}

bool is_one_of(std::string_view kind, std::initializer_list<std::string_view> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// By the class of the SQLSTATE (PostgreSQL manual, appendix A).
database_error::kind blame(std::string_view state) {
  using enum database_error::kind;
  if (state.size() != 5 || state.front() == ' ') return trouble;  // The server said nothing.
  if (state == "42501") return trouble;  // Insufficient privilege: an administrator can help.
  const auto kind = state.substr(0, 2);
  if (state == "42804") return doubt;  // A row of another shape: a migration came. Look again, once.
  // Data exception, integrity, a name or type that does not exist, check option, raised.
  if (is_one_of(kind, {"22", "23", "42", "44", "P0"})) return data;
  // Connection, transaction state (read-only), authorization, catalog, rollback (deadlock), resources (disk
  // full), a lock or an object's state, an operator or a timeout, the system, the configuration.
  if (is_one_of(kind, {"08", "25", "28", "3D", "40", "53", "55", "57", "58", "F0"})) return trouble;
  return doubt;  // Cardinality, a feature or limit of the server, an internal error: 21, 0A, 54, XX.
}

/// With verbose errors the server adds "CONSTRAINT NAME:  x" on a line of its own.
std::string constraint_in(const std::string& message) {
  static constexpr std::string_view label = "CONSTRAINT NAME:";
  const auto at = message.find(label);
  if (at == std::string::npos) return {};
  const auto from = message.find_first_not_of(' ', at + label.size());
  if (from == std::string::npos) return {};
  return message.substr(from, message.find_first_of("\n\" ", from) - from);
}

/// The server tells the whole row that a guard refused: hashes and secrets, and messages end up in logs.
std::string without_row(std::string message) {
  const auto from = message.find("\nDETAIL:  Failing row contains");
  if (from == std::string::npos) return message;
  const auto to = message.rfind("\nSCHEMA NAME:");  // The last one: values may hold any text.
  return message.erase(from, to == std::string::npos || to < from ? std::string::npos : to - from);
}

database_error translate(const soci::soci_error& error) {
  const auto* known = dynamic_cast<const soci::postgresql_soci_error*>(&error);
  const std::string message = without_row(error.get_error_message());
  const std::string state = known == nullptr ? std::string{} : known->sqlstate();
  const auto reason = blame(state);
  if (reason != database_error::kind::data) return {reason, state, message};
  auto guard = constraint_in(message);
  return {reason, guard.empty() ? state : guard, message};
}

soci::postgresql_session_backend* backend_of(soci::session& session) {
  return static_cast<soci::postgresql_session_backend*>(session.get_backend());
}

using result_of_libpq = std::unique_ptr<PGresult, decltype(&PQclear)>;

bool is_well(const PGresult* result) {
  const auto status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

soci::postgresql_soci_error complaint_of(PGconn* native, const PGresult* result) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* words = result == nullptr ? PQerrorMessage(native) : PQresultErrorMessage(result);
  return {words, state == nullptr ? "     " : state};
}

pipeline_outcome::answer answer_of(PGresult* result) {
  pipeline_outcome::answer answer;
  const std::string_view touched = PQcmdTuples(result);
  std::from_chars(touched.data(), touched.data() + touched.size(), answer.touched);
  for (int row = 0; row < PQntuples(result); ++row)
    answer.rows.emplace_back(PQgetvalue(result, row, 0));
  return answer;
}

/// What the next statement of a pipeline came to; nothing if the connection is gone.
result_of_libpq next_result(PGconn* native) {
  result_of_libpq result{PQgetResult(native), &PQclear};
  // Each statement's results end with a null.
  while (result != nullptr && PQresultStatus(result.get()) != PGRES_PIPELINE_SYNC) {
    const result_of_libpq more{PQgetResult(native), &PQclear};
    if (more == nullptr) break;
  }
  return result;
}

}  // namespace

/// Parameters and the column live beside the statement, which keeps their addresses.
struct database_connection::prepared {
  explicit prepared(soci::session& session) : statement(session) {}

  void run(bool at_once);

  std::vector<std::string> values;
  std::string column;
  soci::indicator column_state = soci::i_null;
  soci::statement statement;
};

database_connection::database_connection(database_settings database, session_kind kind)
    : database_(std::move(database)), kind_(kind) {}

database_connection::~database_connection() { close(); }

void database_connection::close() {
  named_.clear();
  statements_.clear();
  session_.reset();
}

/// One home for SOCI's exceptions: after trouble nothing of the connection is trusted any more.
template <class Step>
auto database_connection::guarded(Step step) {
  try {
    return step();
  } catch (const soci::soci_error& error) {
    auto known = translate(error);
    if (known.reason == database_error::kind::trouble) close();
    throw known;
  }
}

void database_connection::open() {
  if (is_open()) return;
  guarded([&] {
    session_ = std::make_unique<soci::session>(soci::postgresql, connection_text(database_, kind_));
    auto* native = backend_of(*session_)->conn_;
    PQsetErrorVerbosity(native, PQERRORS_VERBOSE);
    PQsetNoticeProcessor(
        native, [](void*, const char*) {}, nullptr);  // Not libpq's way to standard error.
  });
}

database_connection::prepared& database_connection::prepare(const sql::text& statement,
                                                            std::span<const parameter> values,
                                                            bool has_rows) {
  auto& known = statements_[&statement];
  if (known == nullptr) {
    auto fresh = std::make_unique<prepared>(*session_);
    fresh->values.resize(values.size());
    std::size_t at = 0;
    for (const auto& [name, value] : values)
      fresh->statement.exchange(soci::use(fresh->values[at++], std::string{name}));
    if (has_rows) fresh->statement.exchange(soci::into(fresh->column, fresh->column_state));
    fresh->statement.alloc();
    fresh->statement.prepare(std::string{statement.body});
    fresh->statement.define_and_bind();
    known = std::move(fresh);
  }
  CHECK(known->values.size() == values.size());
  std::size_t at = 0;
  for (const auto& [name, value] : values)
    known->values[at++].assign(value);
  return *known;
}

void database_connection::prepared::run(bool at_once) {
  try {
    statement.execute(at_once);
  } catch (const soci::soci_error&) {
    // SOCI 4.0.3 keeps its copies of a failed run's parameters, and the next run would leak them.
    statement.undefine_and_bind();
    statement.define_and_bind();
    throw;
  }
}

std::size_t database_connection::execute(const sql::text& statement, parameters values) {
  open();
  return guarded([&] {
    auto& ready = prepare(statement, {values.begin(), values.size()}, false);
    ready.run(true);
    return static_cast<std::size_t>(ready.statement.get_affected_rows());
  });
}

std::vector<std::string> database_connection::ask(const sql::text& statement, parameters values) {
  return ask(statement, std::span{values.begin(), values.size()});
}

std::vector<std::string> database_connection::ask(const sql::text& statement,
                                                  std::span<const parameter> values) {
  open();
  return guarded([&] {
    auto& ready = prepare(statement, values, true);
    std::vector<std::string> rows;
    ready.run(false);
    while (ready.statement.fetch())
      rows.push_back(ready.column_state == soci::i_ok ? ready.column : std::string{});
    return rows;
  });
}

void database_connection::run_script(std::string_view text) {
  open();
  guarded([&] {
    auto* backend = backend_of(*session_);
    const std::string script{text};
    const std::unique_ptr<PGresult, decltype(&PQclear)> result{PQexec(backend->conn_, script.c_str()),
                                                               &PQclear};
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return;
    const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    throw soci::postgresql_soci_error{PQerrorMessage(backend->conn_), state == nullptr ? "     " : state};
  });
}

void database_connection::name_statement(const sql::text& statement) {
  auto& name = named_[&statement];
  if (!name.empty()) return;
  auto* native = backend_of(*session_)->conn_;
  const std::string fresh = "batch_" + std::to_string(named_.size());
  const std::string body{statement.body};
  const result_of_libpq result{PQprepare(native, fresh.c_str(), body.c_str(), 0, nullptr), &PQclear};
  if (!is_well(result.get())) throw complaint_of(native, result.get());
  name = fresh;
}

void database_connection::send(const pipeline_step& step) {
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> forms;
  for (const auto& value : step.values) {
    values.push_back(value.bytes.data());
    lengths.push_back(static_cast<int>(value.bytes.size()));
    forms.push_back(value.is_binary ? 1 : 0);
  }
  auto* native = backend_of(*session_)->conn_;
  const bool is_sent =
      PQsendQueryPrepared(native, named_.at(step.statement).c_str(), static_cast<int>(values.size()),
                          values.data(), lengths.data(), forms.data(), 0) == 1;
  if (!is_sent) throw complaint_of(native, nullptr);
}

pipeline_outcome database_connection::begin_with(const std::vector<pipeline_step>& steps) {
  pipeline_outcome outcome;
  try {
    open();
    guarded([&] {
      for (const auto& step : steps)
        name_statement(*step.statement);
      auto* native = backend_of(*session_)->conn_;
      if (PQenterPipelineMode(native) != 1 ||
          PQsendQueryParams(native, "begin", 0, nullptr, nullptr, nullptr, nullptr, 0) != 1)
        throw complaint_of(native, nullptr);
      for (const auto& step : steps)
        send(step);
      if (PQpipelineSync(native) != 1) throw complaint_of(native, nullptr);
      std::optional<soci::postgresql_soci_error> first;
      for (std::size_t at = 0; at <= steps.size(); ++at) {
        const auto result = next_result(native);
        if (result == nullptr) throw complaint_of(native, nullptr);
        if (!is_well(result.get())) {
          if (!first) first = complaint_of(native, result.get());
        } else if (at > 0) {
          outcome.answers.push_back(answer_of(result.get()));
        }
      }
      const auto end = next_result(native);
      const bool is_over = end != nullptr && PQresultStatus(end.get()) == PGRES_PIPELINE_SYNC;
      if (!is_over || PQexitPipelineMode(native) != 1) {
        close();  // Nothing of this connection is where it should be.
        throw first ? *first : soci::postgresql_soci_error{"the pipeline broke", "     "};
      }
      if (first) throw *first;
    });
  } catch (const database_error& error) {
    outcome.error = error;
  }
  return outcome;
}

void database_connection::begin() {
  open();
  guarded([&] { session_->begin(); });
}

void database_connection::rollback() {
  if (!is_open()) return;
  guarded([&] { session_->rollback(); });
}

void database_connection::commit() {
  guarded([&] { session_->commit(); });
}

void* database_connection::native() const { return backend_of(*session_)->conn_; }

}  // namespace chautari
