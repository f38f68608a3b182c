#pragma once
/// The description of the API, written from the table of endpoints.

#include <string>
#include <string_view>

#include "http/server/endpoint.hpp"

namespace chautari {

/// An OpenAPI 3.1 document as JSON. Aliases are left out: they are for old clients. So is what does not
/// begin with /api/.
[[nodiscard]] std::string describe_api(const endpoints& rows, std::string_view title);

}  // namespace chautari
