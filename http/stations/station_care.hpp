#pragma once
/// Operators' care of stations, banks, amenities and issues, and what riders report: the rows of the API.

#include <algorithm>

#include "http/operations/paging.hpp"
#include "http/server/endpoint.hpp"
#include "http/stations/stations_door.hpp"
#include "protocols/operations/network.hpp"

namespace chautari {

/// Outlives the rows.
struct station_care {
  const stations_door& stations;  ///< Each lane's own table.
  stations_office_actor office;
  amenities_actor amenities;
  issues_actor issues;
  reader_actor reader;
};

[[nodiscard]] station_care care_of(const network& everybody, const stations_door& stations);

/// Everything of /api/admin that is about stations, banks, amenities and issues.
[[nodiscard]] endpoints station_care_endpoints(const station_care& care);

/// POST /api/stations/{sn}/report-issue, GET /api/issues/my-reports, /api/stations/{sn}/issues,
/// /api/app/issue-types: for riders.
[[nodiscard]] endpoints issue_report_endpoints(const station_care& care);

// One file each; `station_care_endpoints` gathers them.
[[nodiscard]] endpoints admin_station_rows(const station_care& care);
[[nodiscard]] endpoint admin_list_stations_row(const station_care& care);
[[nodiscard]] endpoints admin_amenity_rows(const station_care& care);
[[nodiscard]] endpoints admin_bank_rows(const station_care& care);
[[nodiscard]] endpoints admin_issue_rows(const station_care& care);
[[nodiscard]] endpoint list_own_reports_row(const station_care& care);

/// Of the path's {sn}, those not approved included; none: 404 is answered.
[[nodiscard]] const listed_station* operators_station(exchange& in, const station_care& care);

/// The path's {id}; none: `why` is answered.
template <class Id>
[[nodiscard]] std::optional<Id> id_of_path(exchange& in, station_refusal why) {
  const auto id = Id::parse(in.path_text("id"));
  if (!id) answer_refusal(in, caf::make_error(why));
  return id;
}

/// The rows of one page.
template <class Row>
[[nodiscard]] std::vector<Row> cut_page(const std::vector<Row>& rows, const table_page& page) {
  const auto total = static_cast<std::int64_t>(rows.size());
  return {rows.begin() + std::min(total, page.offset()),
          rows.begin() + std::min(total, page.offset() + page.size)};
}

/// station_id, or station_sn of a station that exists.
[[nodiscard]] std::optional<station_id> read_station_filter(const exchange& in, field_reader& fields,
                                                            const station_care& care);

/// A row for operators; `handle(exchange&, const station_care&)`.
[[nodiscard]] endpoint operators_row(http_method verb, std::string path, std::string summary,
                                     operator_need wants, void (*handle)(exchange&, const station_care&),
                                     const station_care& care);

}  // namespace chautari
