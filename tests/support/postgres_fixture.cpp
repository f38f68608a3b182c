#include "tests/support/postgres_fixture.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "persistence/base/connection.hpp"
#include "persistence/migrations/migrate.hpp"

namespace chautari::testing {
namespace {

constexpr const char* programs = "/usr/lib/postgresql/15/bin/";

struct free_by_libpq {
  void operator()(PGconn* native) const { PQfinish(native); }
  void operator()(PGresult* result) const { PQclear(result); }
};
using native_connection = std::unique_ptr<PGconn, free_by_libpq>;
using native_result = std::unique_ptr<PGresult, free_by_libpq>;

native_connection connect(const database_settings& database) {
  return native_connection{
      PQconnectdb(("host=" + database.host + " dbname=" + database.name + " user=" + database.user).c_str())};
}

bool is_fine(const native_result& result) {
  const auto status = PQresultStatus(result.get());
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "postgres fixture: %s\n", what.c_str());
  std::exit(1);
}

}  // namespace

postgres_server& postgres_server::instance() {
  static postgres_server server;
  return server;
}

/// Runs a program of PostgreSQL, as its own user when we are root, which it refuses to be.
int postgres_server::run(const std::vector<std::string>& arguments) const {
  std::vector<std::string> words;
  if (geteuid() == 0) words = {"setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"};
  words.push_back(programs + arguments.front());
  words.insert(words.end(), arguments.begin() + 1, arguments.end());
  std::vector<char*> argv;
  for (auto& word : words)
    argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const std::string log = (folder_ / "programs.log").string();
    const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    if (chdir(folder_.c_str()) == 0) execvp(argv.front(), argv.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

postgres_server::postgres_server() {
  std::string name = (std::filesystem::temp_directory_path() / "chautari-pg-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) give_up("no temporary folder");
  folder_ = name;
  std::filesystem::permissions(folder_, std::filesystem::perms::all);
  const std::string data = (folder_ / "data").string();
  if (run({"initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8",
           "--locale=C.UTF-8"}) != 0)
    give_up("initdb failed, see " + folder_.string());
  start();
}

/// Nobody else writes the configuration: it is given with each start. Durable but for the kernel's own crash:
/// killing the server loses nothing that was committed.
void postgres_server::start() {
  const std::string data = (folder_ / "data").string();
  const std::string options = "-k " + folder_.string() +
                              " -c listen_addresses= -c fsync=off -c max_connections=40" +
                              " -c shared_buffers=32MB -c max_wal_size=512MB -c log_statement=none";
  if (run({"pg_ctl", "start", "-D", data, "-w", "-t", "30", "-l", (folder_ / "server.log").string(), "-o",
           options}) != 0)
    give_up("start failed, see " + folder_.string());
}

void postgres_server::kill() {
  const std::string data = (folder_ / "data").string();
  if (run({"pg_ctl", "stop", "-D", data, "-m", "immediate", "-w", "-t", "30"}) != 0) give_up("kill failed");
}

postgres_server::~postgres_server() {
  const std::string data = (folder_ / "data").string();
  static_cast<void>(run({"pg_ctl", "stop", "-D", data, "-m", "immediate", "-w", "-t", "30"}));
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

database_settings postgres_server::settings_of(const std::string& name) const {
  database_settings settings;
  settings.host = folder_.string();
  settings.name = name;
  settings.user = "postgres";
  return settings;
}

database_settings postgres_server::make_database() {
  auto settings = settings_of("test_" + std::to_string(++databases_));
  run_sql(settings_of("postgres"), "create database " + settings.name);
  return settings;
}

database_settings postgres_server::make_migrated_database() {
  auto settings = settings_of("test_" + std::to_string(++databases_));
  static const bool has_template = [this] {
    run_sql(settings_of("postgres"), "create database migrated");
    const auto report = migrate(settings_of("migrated"));
    if (!report.is_ready()) give_up(report.problem);
    return true;
  }();
  static_cast<void>(has_template);
  run_sql(settings_of("postgres"), "create database " + settings.name + " template migrated");
  return settings;
}

void run_sql(const database_settings& database, const std::string& script) {
  const auto native = connect(database);
  const native_result result{PQexec(native.get(), script.c_str())};
  if (!is_fine(result)) throw std::runtime_error{script + ": " + PQerrorMessage(native.get())};
}

std::string query(const database_settings& database, const std::string& question) {
  const auto native = connect(database);
  const native_result result{PQexec(native.get(), question.c_str())};
  if (!is_fine(result)) throw std::runtime_error{question + ": " + PQerrorMessage(native.get())};
  return PQntuples(result.get()) == 0 ? std::string{} : PQgetvalue(result.get(), 0, 0);
}

void wait_until(const database_settings& database, const std::string& question) {
  while (query(database, question) != "t") {
  }
}

std::string refusal_of(const database_settings& database, const std::string& script) {
  const auto native = connect(database);
  const native_result result{PQexec(native.get(), script.c_str())};
  if (is_fine(result)) return {};
  const char* name = PQresultErrorField(result.get(), PG_DIAG_CONSTRAINT_NAME);
  return name != nullptr ? name : PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
}

}  // namespace chautari::testing
