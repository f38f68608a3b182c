#include "persistence/journal/batch_rows.hpp"

#include <initializer_list>
#include <utility>

#include "persistence/base/database_error.hpp"

namespace chautari {

void batch_rows::take_shapes(const table_shapes& shapes) {
  using named_rows = std::pair<table_rows*, const char*>;
  for (const auto& [rows, table] : {named_rows{&new_rentals, "rentals"},
                                    {&changed_rentals, "rentals"},
                                    {&rental_log, "rental_log"},
                                    {&charges, "rental_charges"},
                                    {&payments, "rental_payments"},
                                    {&banks, "power_banks"},
                                    {&cycles, "battery_cycles"},
                                    {&slots, "station_slots"},
                                    {&station_states, "station_states"},
                                    {&commands, "device_commands"},
                                    {&reports, "cabinet_reports"},
                                    {&cabinet_log, "cabinet_log"},
                                    {&journals, "ledger_journals"},
                                    {&lines, "ledger_lines"},
                                    {&accounts, "ledger_accounts"},
                                    {&transactions, "transactions"},
                                    {&revenue, "revenue_distributions"},
                                    {&answers, "stored_answers"},
                                    {&outbox, "outbox"}}) {
    const auto shape = shapes.find(table);
    if (shape == shapes.end())
      throw database_error{database_error::kind::doubt, "42P01", std::string{"no table "} + table};
    rows->take_shape(shape->second);
  }
}

void batch_rows::clear() {
  for (auto* table : {&new_rentals, &changed_rentals, &rental_log, &charges, &payments, &banks, &cycles,
                      &slots, &station_states, &commands, &reports, &cabinet_log, &journals, &lines,
                      &accounts, &transactions, &answers, &outbox, &revenue})
    table->clear();
  for (auto* table :
       {&users,          &sessions,         &refresh_tokens,     &otp_codes,         &verification_tokens,
        &favourites,     &referrals,        &removed_favourites, &extensions,        &swaps,
        &locations,      &rental_issues,    &packages,           &late_fees,         &discounts,
        &discount_uses,  &removed_packages, &removed_late_fees,  &removed_discounts, &stations,
        &status_changes, &issues,           &amenities,          &broker_accounts,   &strangers,
        &audit_log,      &operators,        &operator_sessions,  &payment_intents})
    table->clear();
  for (auto* table : {&partners, &station_partners, &vendor_ejections, &removed_partners})
    table->clear();
  seen.clear();
  newest_rentals.clear();
  places_of_rentals.clear();
  account_changes.clear();
  places.clear();
  log_lines.clear();
}

}  // namespace chautari
