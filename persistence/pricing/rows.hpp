#pragma once
/// Prices as rows, both ways; packages and late-fee terms also as JSON documents: a rental keeps a copy of
/// both.

#include <string>

#include "persistence/base/json_row.hpp"
#include "persistence/journal/batch_rows.hpp"
#include "protocols/pricing/package.hpp"
#include "protocols/pricing/revenue.hpp"

namespace chautari {

void add_image(batch_rows& rows, const rental_package& package);
void add_image(batch_rows& rows, const late_fee_configuration& configuration);
/// Without its counters: those are the sums of its uses.
void add_image(batch_rows& rows, const station_discount& discount);
void add_image(batch_rows& rows, const discount_use& use);
void add_image(batch_rows& rows, const price_row_removed& gone);
void add_image(batch_rows& rows, const business_partner& partner);
void add_image(batch_rows& rows, const station_partner& assignment);
void add_image(batch_rows& rows, const vendor_ejection& ejection);
void add_line(batch_rows& rows, const revenue_distribution& shared);

[[nodiscard]] std::string package_as_json(const rental_package& package);
/// What a late return costs, and what one that never comes.
[[nodiscard]] std::string terms_as_json(const late_fee_terms& terms, const lost_terms& lost);
/// Also read the rows of rental_packages and late_fee_configurations, whose columns have the same names.
[[nodiscard]] rental_package read_package(const json_row& row);
[[nodiscard]] late_fee_terms read_terms(const json_row& row);
/// The defaults for what an older document does not say.
[[nodiscard]] lost_terms read_lost_terms(const json_row& row);
[[nodiscard]] late_fee_configuration read_configuration(const json_row& row);
[[nodiscard]] station_discount read_discount(const json_row& row);
[[nodiscard]] business_partner read_partner(const json_row& row);
[[nodiscard]] station_partner read_station_partner(const json_row& row);
[[nodiscard]] revenue_distribution read_distribution(const json_row& row);

}  // namespace chautari
