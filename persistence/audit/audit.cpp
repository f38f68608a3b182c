#include "persistence/audit/audit.hpp"

#include <array>

#include "persistence/base/connection.hpp"
#include "persistence/sql_texts.hpp"

namespace chautari {

std::vector<std::string> audit(const database_settings& settings) {
  static constexpr std::array questions{&sql::audit_banks_and_rentals,
                                        &sql::audit_banks_without_rental,
                                        &sql::audit_banks_in_places,
                                        &sql::audit_ledger_balances,
                                        &sql::audit_riders_and_banks_once,
                                        &sql::audit_ledger_accounts,
                                        &sql::audit_billed_once,
                                        &sql::audit_dues,
                                        &sql::audit_discounts,
                                        &sql::audit_shares,
                                        &sql::audit_holds,
                                        &sql::audit_points,
                                        &sql::audit_loose_ends};
  std::vector<std::string> findings;
  try {
    database_connection database{settings, session_kind::reading};
    database.run_script(sql::recovery_begin.body);
    for (const auto* question : questions) {
      for (auto& finding : database.ask(*question))
        findings.push_back(std::move(finding));
    }
    database.run_script(sql::recovery_end.body);
  } catch (const database_error& error) {
    findings.push_back(std::string{"the audit could not be finished: "} + error.what());
  }
  return findings;
}

}  // namespace chautari
