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
