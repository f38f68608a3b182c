#include "persistence/operations/audit_log.hpp"

#include "persistence/base/connection.hpp"
#include "persistence/sql_texts.hpp"

namespace chautari {

audit_log_report verify_audit_log(const database_settings& settings) {
  audit_log_report report;
  try {
    database_connection database{settings, session_kind::reading};
    database.run_script(sql::recovery_begin.body);
    report.rows = std::stoll(database.ask(sql::operations_count_audit_log).at(0));
    const auto findings = database.ask(sql::operations_verify_audit_log);
    if (!findings.empty()) report.finding = findings.front();
    database.run_script(sql::recovery_end.body);
  } catch (const database_error& error) {
    report.problem = error.what();
  }
  return report;
}

}  // namespace chautari
