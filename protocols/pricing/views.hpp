#pragma once
/// What clients see of packages.

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "protocols/pricing/package.hpp"

namespace chautari {

/// `data` of GET /api/payments/packages: {"packages":[...],"count"}, by duration.
[[nodiscard]] std::string payment_packages_json(const price_list& prices);
/// One page of GET /api/rentals/packages: {"results":[...],"pagination":{...}}. `page` from 1, `page_size`
/// 1..100. Where a station was named, `offers` are the discounts the caller gets there, and the fields of
/// discounts are shown; null: nowhere in particular.
[[nodiscard]] std::string rental_packages_json(const price_list& prices, std::int32_t page,
                                               std::int32_t page_size,
                                               const std::vector<station_discount>* offers);

/// `data` of a test calculation: {"fee","effective_minutes","capped","rate"}; the rate is exact, in rupees:
/// "5/6 per minute". The fee is the one a bill would have (stations_rentals_devices 3.15).
[[nodiscard]] boost::json::object late_fee_preview(const rental_package& package, const late_fee_terms& terms,
                                                   std::int64_t overdue_minutes);

/// "45 minutes", "1 hour", "1 day 2 hours"; "0 minutes" for nothing.
[[nodiscard]] std::string duration_text(std::int64_t total_minutes);
/// "NPR 50.00"
[[nodiscard]] std::string price_text(money amount);

}  // namespace chautari
