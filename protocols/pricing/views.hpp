#pragma once
/// What clients see of packages.

#include <string>

#include "protocols/pricing/package.hpp"

namespace chautari {

/// `data` of GET /api/payments/packages: {"packages":[...],"count"}, by duration.
[[nodiscard]] std::string payment_packages_json(const price_list& prices);
/// One page of GET /api/rentals/packages: {"results":[...],"pagination":{...}}. `page` from 1, `page_size`
/// 1..100. With `with_discount` (a station was named) the discount fields are there, too.
[[nodiscard]] std::string rental_packages_json(const price_list& prices, std::int32_t page,
                                               std::int32_t page_size, bool with_discount);

/// "45 minutes", "1 hour", "1 day 2 hours"; "0 minutes" for nothing.
[[nodiscard]] std::string duration_text(std::int64_t total_minutes);
/// "NPR 50.00"
[[nodiscard]] std::string price_text(money amount);

}  // namespace chautari
