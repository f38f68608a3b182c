#pragma once
/// What operators decide about cabinets: which strangers become stations, and who has a login at the broker.

#include "http/stations/station_care.hpp"
#include "protocols/kiosks/registry.hpp"

namespace chautari {

/// Outlives the rows.
struct cabinets_office {
  cabinet_registry_actor registry;
  station_care care;
};

[[nodiscard]] endpoints cabinet_office_endpoints(const cabinets_office& office);

// One file each.
/// GET /api/admin/cabinets/unknown, POST .../{imei}/approve and /reject.
[[nodiscard]] endpoints stranger_rows(const cabinets_office& office);
/// GET and POST /api/admin/stations/{sn}/broker-account.
[[nodiscard]] endpoints broker_account_rows(const cabinets_office& office);

/// Answers with the registry's reason, or with whoever else refused.
void answer_registry_refusal(exchange& in, const caf::error& why);

}  // namespace chautari
