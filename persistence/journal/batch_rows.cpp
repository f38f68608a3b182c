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
                      &rentals,
                      &removed_favourites,
                      &open_rentals,
                      &rental_log,
                      &charges,
                      &payments,
                      &banks,
                      &cycles,
                      &slots,
                      &commands,
                      &reports,
                      &station_states,
                      &status_changes,
                      &cabinet_log,
                      &journals,
                      &lines,
                      &transactions,
                      &answers,
                      &outbox})
    table->clear();
  seen.clear();
  rental_revisions.clear();
  places.clear();
  log_lines.clear();
}

}  // namespace chautari
