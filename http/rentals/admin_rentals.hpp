#pragma once
/// Everybody's rentals, for operators: the table, one in detail, its history and why it is as it is; what
/// riders reported of them; and the end an operator can put to one.

#include "http/server/endpoint.hpp"
#include "http/stations/stations_door.hpp"
#include "protocols/journal/reader.hpp"
#include "protocols/rentals/interface.hpp"
#include "protocols/stations/interface.hpp"

namespace chautari {

/// Outlives the rows.
struct admin_rentals {
  const stations_door& stations;  ///< Each lane's own table.
  rentals_actor rentals;
  issues_actor issues;
  reader_actor reader;  ///< May be one of its own (session_kind::browsing): wide tables hold up no rider.
};

[[nodiscard]] endpoints admin_rental_endpoints(const admin_rentals& door);

[[nodiscard]] endpoint admin_list_rentals_row(const reader_actor& reader);
[[nodiscard]] endpoint admin_show_rental_row(const reader_actor& reader);
[[nodiscard]] endpoint admin_rental_events_row(const reader_actor& reader);
[[nodiscard]] endpoint admin_explain_rental_row(const reader_actor& reader);
[[nodiscard]] endpoint admin_explain_cabinet_row(const admin_rentals& door);
[[nodiscard]] endpoint force_complete_row(const admin_rentals& door);
[[nodiscard]] endpoints admin_rental_issue_rows(const admin_rentals& door);
[[nodiscard]] endpoints admin_rental_figures_rows(const reader_actor& reader);

}  // namespace chautari
