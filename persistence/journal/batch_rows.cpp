#include "persistence/journal/batch_rows.hpp"

#include <initializer_list>

namespace chautari {

void batch_rows::clear() {
  for (auto* table : {&users,
                      &sessions,
                      &refresh_tokens,
                      &otp_codes,
                      &verification_tokens,
                      &favourites,
                      &referrals,
                      &new_rentals,
                      &removed_favourites,
                      &changed_rentals,
                      &rental_log,
                      &charges,
                      &payments,
                      &extensions,
                      &swaps,
                      &locations,
                      &rental_issues,
                      &packages,
                      &late_fees,
                      &discounts,
                      &discount_uses,
                      &removed_packages,
                      &removed_late_fees,
                      &removed_discounts,
                      &stations,
                      &banks,
                      &cycles,
                      &slots,
                      &commands,
                      &reports,
                      &station_states,
                      &status_changes,
                      &issues,
                      &amenities,
                      &cabinet_log,
                      &broker_accounts,
                      &strangers,
                      &journals,
                      &lines,
                      &accounts,
                      &transactions,
                      &answers,
                      &outbox,
                      &audit_log,
                      &operators,
                      &operator_sessions})
    table->clear();
  seen.clear();
  newest_rentals.clear();
  places_of_rentals.clear();
  account_changes.clear();
  places.clear();
  log_lines.clear();
}

}  // namespace chautari
