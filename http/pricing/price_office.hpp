#pragma once
/// What operators do to prices and partners: packages, late-fee configurations, discounts, partners and their
/// stations. One set of rows for all five tables; what a row is made of is in protocols/pricing/catalogue.

#include "http/operations/paging.hpp"
#include "http/server/endpoint.hpp"
#include "http/stations/stations_door.hpp"
#include "protocols/journal/reader.hpp"
#include "protocols/pricing/catalogue.hpp"
#include "protocols/pricing/interface.hpp"

namespace chautari {

/// Outlives the rows.
struct price_office {
  prices_actor prices;
  reader_actor reader;
  const stations_door& stations;  ///< Each lane's own table, for the discounts' stations.
};

/// Everything of /api/admin that is about prices.
[[nodiscard]] endpoints price_office_endpoints(const price_office& office);

// One file each; `price_office_endpoints` gathers them.
[[nodiscard]] endpoints price_table_rows(const price_office& office);
[[nodiscard]] endpoint test_calculation_row(const price_office& office);
[[nodiscard]] endpoint discount_analytics_row(const price_office& office);
[[nodiscard]] endpoint list_revenue_row(const price_office& office);

/// Runs `tell` with everything as it stands, the counters of discounts included.
void with_prices(exchange& in, const price_office& office,
                 std::function<void(exchange&, const price_list&)> tell);

/// A row for operators; `handle(exchange&, const price_office&)`.
[[nodiscard]] endpoint price_office_row(http_method verb, std::string path, std::string summary,
                                        std::function<void(exchange&)> handle);

/// As `answer_refusal`; every field that is wrong is named.
void answer_price_refusal(exchange& in, const caf::error& why);

}  // namespace chautari
