#pragma once
/// What operators ask of cabinets, and what cabinets said.

#include <string>

#include "http/server/endpoint.hpp"
#include "protocols/base/id_source.hpp"
#include "protocols/journal/reader.hpp"
#include "protocols/kiosks/interface.hpp"

namespace chautari {

struct kiosks_door {
  kiosks_actor kiosks;
  reader_actor reader;
  id_source ids;  ///< For commands that came without an Idempotency-Key.
};

/// `door` must outlive the rows.
[[nodiscard]] endpoints kiosk_endpoints(const kiosks_door& door);

// One file each.
/// One row per action, below a station and below /api/internal/iot; and the old clients' one for all.
[[nodiscard]] endpoints give_command_rows(const kiosks_door& door);
[[nodiscard]] endpoints list_command_rows(const kiosks_door& door);
[[nodiscard]] endpoint list_reports_row(const kiosks_door& door);
[[nodiscard]] endpoint list_adverts_row(const kiosks_door& door);

/// Operators' commands as a page, of one station or of all.
void answer_commands(exchange& in, const kiosks_door& door, bool is_of_station);

/// Answers with the refusal; those that name a pause with Retry-After.
void answer_command_refusal(exchange& in, const caf::error& why);

}  // namespace chautari
