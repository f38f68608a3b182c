#pragma once
/// Figures of rentals for operators' charts, made by the database in one question each.

#include <caf/all.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "protocols/base/time.hpp"
#include "protocols/rentals/images.hpp"

namespace chautari {

/// `over_time`: rentals by the day, week or month in Nepal in which they began to be. `of_stations`,
/// `of_banks`: those with the most revenue, resp. rentals, first.
enum class rental_figure : std::uint8_t { over_time, of_stations, of_banks };

struct load_rental_figures {
  rental_figure what = rental_figure::over_time;
  timestamp from;
  timestamp until;                      ///< Exclusive.
  std::string period = "day";           ///< over_time: "day", "week" or "month".
  std::optional<rental_status> status;  ///< over_time: only these.
  std::int32_t limit = 10;              ///< of_stations, of_banks.
};
struct rental_figures {
  std::string rows;  ///< JSON array of objects, amounts in rupees as text.
};

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_rental_figures)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_figures)
