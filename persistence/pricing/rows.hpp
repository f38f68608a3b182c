#pragma once
/// Packages and late-fee terms as JSON documents: a rental keeps a copy of both.

#include <string>

#include "persistence/base/json_row.hpp"
#include "protocols/pricing/package.hpp"

namespace chautari {

[[nodiscard]] std::string package_as_json(const rental_package& package);
[[nodiscard]] std::string terms_as_json(const late_fee_terms& terms);
/// Also read the rows of rental_packages and late_fee_configurations, whose columns have the same names.
[[nodiscard]] rental_package read_package(const json_row& row);
[[nodiscard]] late_fee_terms read_terms(const json_row& row);

}  // namespace chautari
