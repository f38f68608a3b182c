#pragma once
/// What operators' care of stations asks the database: what no actor holds, and tables for people.

#include <caf/all.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/rentals/images.hpp"
#include "protocols/stations/management.hpp"
#include "protocols/users/images.hpp"

namespace chautari {

struct row_count {
  std::int64_t rows = 0;
};
/// Open rentals that began at this station.
struct count_open_rentals_at {
  station_id station;
};
/// Stations, not deleted, that have this amenity.
struct count_amenity_uses {
  amenity_id amenity;
};

// -- issues
// ------------------------------------------------------------------------------------------

struct load_issue {
  issue_id issue;
};
/// The rider's open issue of this type at this station since then.
struct find_open_report {
  user_id reporter;
  station_id station;
  station_issue_type type = station_issue_type::offline;
  timestamp since;
};
struct issue_lookup {
  std::optional<issue_view> issue;  ///< Deleted ones included.
  std::optional<user_image> reporter;
};

/// Issues that are not deleted, newest first; empty fields filter nothing. `page` > 0 pages by number, else
/// by cursor.
struct list_issues {
  std::optional<issue_status> status;
  std::optional<issue_priority> priority;
  std::optional<station_issue_type> type;
  std::optional<station_id> station;
  std::optional<user_id> reporter;
  std::optional<operator_id> assigned_to;
  std::string search;  ///< In description, station's name and serial; without regard to case.
  std::optional<timestamp> from;
  std::optional<timestamp> until;  ///< Exclusive.
  std::string cursor;
  std::int32_t page = 0;
  std::int32_t limit = 20;
};
struct issue_page {
  std::vector<issue_view> issues;
  std::string next_cursor;  ///< Empty at the end.
  std::int64_t total = -1;  ///< Counted only when paging by number.
};

// -- the fleet
// ------------------------------------------------------------------------------------------

/// A bank and where it is: at a station, or with a rental.
struct bank_row {
  bank_image bank;
  station_sn station_serial;  ///< Empty unless seated.
  std::string station_name;
  std::string rental_code;  ///< Empty unless reserved or rented.
};

/// By serial. Empty fields filter nothing.
struct list_banks {
  std::optional<bank_status> status;
  std::optional<station_id> station;
  std::string search;             ///< Beginning of the serial number.
  std::int32_t min_battery = -1;  ///< Percent; -1 includes those unknown.
  std::int32_t max_battery = 100;
  std::int32_t page = 1;
  std::int32_t limit = 20;
};
struct bank_page {
  std::vector<bank_row> banks;
  std::int64_t total = 0;
};

/// By id or by serial number.
struct show_bank {
  std::string key;
};
struct bank_story {
  std::optional<bank_row> bank;
  std::vector<rental_image> rentals;  ///< The last 10, newest first.
  std::vector<bank_cycle> cycles;     ///< The last 5, newest first.
  std::int64_t minutes_rented = 0;    ///< Over all ended rentals.
};

/// Rentals of one bank, newest first.
struct list_bank_rentals {
  bank_id bank;
  std::string cursor;
  std::int32_t page = 0;
  std::int32_t limit = 20;
};
struct bank_rentals {
  std::vector<rental_image> rentals;
  std::string next_cursor;
  std::int64_t total = -1;
};

/// Figures of the whole fleet, as JSON ready for people: {total, by_status, needs_attention, average_battery,
/// utilisation, cycles, worn, most_rented, stations}.
struct look_at_fleet {};
struct fleet_figures {
  std::string json;
};

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::row_count)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::count_open_rentals_at)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::count_amenity_uses)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_issue)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::find_open_report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::issue_lookup)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_issues)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::issue_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_banks)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::show_bank)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_story)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_bank_rentals)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::bank_rentals)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_fleet)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::fleet_figures)
