#pragma once
/// Questions about shared revenue and free ejections.

#include <caf/all.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/pricing/revenue.hpp"

namespace chautari {

/// Distributions, newest first; empty fields filter nothing.
struct list_revenue {
  std::optional<station_id> station;
  std::optional<partner_id> partner;  ///< As franchise or as vendor.
  std::optional<bool> is_reversal;
  std::optional<timestamp> from;
  std::optional<timestamp> until;  ///< Exclusive.
  std::string cursor;
  std::int32_t page = 0;
  std::int32_t limit = 20;
};
struct revenue_row {
  revenue_distribution what;
  std::string rental_code;
};
/// Of everything the filters take, on the first page only.
struct revenue_sums {
  std::int64_t distributions = 0;
  income_share amounts;
};
struct revenue_page {
  std::vector<revenue_row> rows;
  std::string next_cursor;  ///< Empty at the end.
  std::int64_t total = -1;  ///< Counted only when paging by number.
  std::optional<revenue_sums> sums;
};

/// How many free ejections this vendor has had at this station on this business day, released ones not
/// counted. Answered with `row_count`.
struct count_free_ejections {
  partner_id vendor;
  station_id station;
  std::int64_t day = 0;
};

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_revenue)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::revenue_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::count_free_ejections)
