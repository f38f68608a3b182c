#pragma once
/// Which of a station's surprises operators are told in their feed.

#include <string>
#include <vector>

#include "actors/stations/station_rules.hpp"
#include "protocols/operations/doors.hpp"

namespace chautari {

struct feed_line {
  std::string kind;  ///< Of operator_event.
  feed_severity severity = feed_severity::warning;
  std::int32_t slot = 0;
  bank_sn bank;
  std::int32_t code = 0;  ///< The device's own, or degrees C; 0 if none.
};

/// What `change` says about a stock that was `before`.
[[nodiscard]] std::vector<feed_line> feed_of(const station_stock& before, const stock_change& change);

}  // namespace chautari
