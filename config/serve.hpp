#pragma once

#include <string_view>

#include "config/settings.hpp"

namespace chautari {

/// The server, from birth to death; the exit status of the process.
[[nodiscard]] int serve(const settings& values, std::string_view version);

}  // namespace chautari
