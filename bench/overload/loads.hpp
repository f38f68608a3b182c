#pragma once
/// The two loads. Each answers its report and throws std::runtime_error if it could not do its part.

#include <boost/json/object.hpp>

#include "bench/overload/options.hpp"

namespace overload {

/// Finds the sustainable rate of starts, offers a multiple of it, and looks how the server recovers.
[[nodiscard]] boost::json::object offer_too_much(const options& setup);

/// Cabinets that all lose their broker at once and come back, while riders go on renting.
[[nodiscard]] boost::json::object reconnect_storm(const options& setup);

}  // namespace overload
