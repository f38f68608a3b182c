#pragma once
/// What operators ask about rentals.

#include <caf/all.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/accounts/ledger.hpp"
#include "protocols/kiosks/images.hpp"
#include "protocols/rentals/images.hpp"
#include "protocols/stations/images.hpp"

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

/// The same and everything else that was written because of it: for the explanation of a rental.
struct load_explanation {
  rental_id rental;
};
struct rental_explanation {
  rental_story story;
  std::vector<ledger_journal> journals;  ///< Of this rental, oldest first, with their lines.
  std::vector<command_image> commands;   ///< Given for it, oldest first.
  std::vector<cabinet_report> reports;   ///< Of the cabinets it met, that name its banks, oldest first.
  std::vector<rental_extension> extensions;
  std::vector<rental_swap> swaps;
};

/// What happened to one cabinet between two times, newest first.
struct load_cabinet_explanation {
  imei cabinet;
  station_id station;
  timestamp from;
  timestamp until;
  std::int32_t limit = 200;
};
struct cabinet_explanation {
  std::vector<cabinet_log_entry> log;
  std::vector<command_image> commands;
  std::vector<cabinet_report> reports;
  std::vector<station_status_change> status;
};

/// A rider's totals.
struct load_rental_stats {
  user_id rider;
};
struct rental_stats {
  std::int64_t rentals = 0;  ///< Not counting those whose bank never came out.
  std::int64_t completed = 0;
  std::int64_t cancelled = 0;
  std::int64_t on_time = 0;
  std::int64_t late = 0;
  std::int64_t minutes_used = 0;
  money charged;
  money late_fees;
  point_count points_earned = 0;  ///< For renting.
  std::optional<timestamp> last_rental_at;
  std::string favourite_station;  ///< Name of the most used one; empty if none.
};

/// Issues that are not deleted, newest first; empty fields filter nothing.
struct list_rental_issues {
  std::optional<issue_id> issue;
  std::optional<rental_id> rental;
  std::optional<user_id> reporter;
  std::optional<rental_issue_type> type;
  std::optional<bool> is_resolved;
  std::optional<timestamp> from;
  std::optional<timestamp> until;  ///< Exclusive.
  std::string cursor;
  std::int32_t page = 0;
  std::int32_t limit = 20;
};
struct rental_issue_view {
  rental_issue_image issue;
  std::string rental_code;
  std::string reporter_name;
  std::string station_name;
  bank_sn bank;
};
struct rental_issue_page {
  std::vector<rental_issue_view> issues;
  std::string next_cursor;  ///< Empty at the end.
  std::int64_t total = -1;  ///< Counted only when paging by number.
};

/// How often this rider did something since then: for the limits of a day.
struct count_rider_habits {
  user_id rider;
  timestamp since;
};
struct rider_habits {
  std::int32_t quick_returns = 0;
  std::int32_t swaps = 0;
};

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_explanation)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_explanation)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_cabinet_explanation)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::cabinet_explanation)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_rental_stats)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_stats)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_rental_issues)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_issue_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::count_rider_habits)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rider_habits)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::search_rentals)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_table)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_rental_story)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::rental_story)
