#pragma once
/// What operators ask about rentals.

#include <caf/all.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/rentals/images.hpp"

namespace chautari {

enum class rental_order : std::uint8_t { newest, oldest, due_first, due_last };

/// Everybody's rentals, by page; empty fields filter nothing.
struct search_rentals {
  std::optional<rental_status> status;
  std::string payment_status;  ///< "", "PENDING", "PAID", "REFUNDED": as payment_status_of says it.
  std::optional<user_id> rider;
  std::optional<station_id> station;  ///< Where it began or ended.
  std::string search;                 ///< In code, rider's name, station's name or serial, bank's number.
  std::optional<timestamp> from;      ///< Of its making.
  std::optional<timestamp> until;     ///< Exclusive.
  rental_order order = rental_order::newest;
  std::int32_t page = 1;
  std::int32_t limit = 20;
};
struct found_rental {
  rental_image rental;
  station_sn return_serial;  ///< Empty until it was returned.
};
struct rental_table {
  std::vector<found_rental> rentals;
  std::int64_t total = 0;
};

/// A rental with everything written about it, oldest first; at most limits::rental_story_rows_max lines each.
struct load_rental_story {
  rental_id rental;
};
struct rental_story {
  std::optional<found_rental> found;
  std::vector<rental_log_entry> log;
  std::vector<rental_charge> charges;
  std::vector<rental_payment> payments;
};

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::search_rentals)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_table)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_rental_story)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_story)
