#pragma once
/// The riders' rentals, from the start to what is owed in the end; and the topic `rental`.

#include "http/operations/paging.hpp"
#include "http/server/door.hpp"
#include "http/server/endpoint.hpp"
#include "http/stations/stations_door.hpp"
#include "protocols/journal/reader.hpp"
#include "protocols/rentals/interface.hpp"
#include "protocols/stations/interface.hpp"

namespace chautari {

struct rentals_door {
  rentals_actor rentals;
  reader_actor reader;
  const stations_door& stations;  ///< For the places' names.
  issues_actor issues;
  std::size_t lanes = 1;  ///< I/O threads of the door.
  rate_rule start_limit{
      .name = "rental-start", .burst = 3, .per = milliseconds{60'000}, .by = rate_key::user};
};

/// `door` must outlive the rows.
[[nodiscard]] endpoints rental_endpoints(const rentals_door& door);

[[nodiscard]] endpoint start_rental_row(const rentals_door& door);
[[nodiscard]] endpoint show_active_rental_row(const rentals_door& door);
[[nodiscard]] endpoint show_rental_row(const rentals_door& door);
[[nodiscard]] endpoint list_rentals_row(const rentals_door& door);
[[nodiscard]] endpoint rental_stats_row(const rentals_door& door);
[[nodiscard]] endpoint explain_rental_row(const rentals_door& door);
[[nodiscard]] endpoint extend_rental_row(const rentals_door& door);
[[nodiscard]] endpoint swap_rental_row(const rentals_door& door);
[[nodiscard]] endpoint cancel_rental_row(const rentals_door& door);
[[nodiscard]] endpoint calculate_due_row(const rentals_door& door);
[[nodiscard]] endpoint pay_due_row(const rentals_door& door);
[[nodiscard]] endpoint report_rental_issue_row(const rentals_door& door);
[[nodiscard]] endpoint note_location_row(const rentals_door& door);

/// The topic `rental` of this lane: its snapshot and what the rentals announce.
void serve_rental_topic(lane_parts& parts, const rentals_door& door, const clock_source& now);

/// Reads what riders' history and operators' table are filtered by: status, payment_status, start_date,
/// end_date, station_id. `Question` is list_rentals or search_rentals.
template <class Question>
void read_rental_filters(field_reader& fields, Question& question) {
  question.status =
      fields.optional_choice<rental_status>("status", {{"PENDING", rental_status::pending},
                                                       {"PENDING_POPUP", rental_status::pending_popup},
                                                       {"ACTIVE", rental_status::active},
                                                       {"OVERDUE", rental_status::overdue},
                                                       {"COMPLETED", rental_status::completed},
                                                       {"CANCELLED", rental_status::cancelled}});
  question.payment_status =
      fields
          .optional_choice<std::string>("payment_status",
                                        {{"PENDING", "PENDING"}, {"PAID", "PAID"}, {"REFUNDED", "REFUNDED"}})
          .value_or("");
  question.from = read_day_or_time(fields, "start_date", false);
  question.until = read_day_or_time(fields, "end_date", true);
  if (question.from && question.until && *question.until < *question.from)
    fields.note("end_date", "out_of_range");
  question.station = fields.optional_id<station_id>("station_id");
}

/// Where a rental began and ended, in words; empty where this door does not know the station.
struct rental_places;
[[nodiscard]] rental_places places_of(const station_table& stations, const rental_image& rental);

/// Ids of a caller's command: the same caller, route and key always make the same id.
[[nodiscard]] command_id command_of(user_id caller, std::string_view route, std::string_view key);
/// A number that differs when the body differs.
[[nodiscard]] std::uint64_t hash_of_body(std::string_view body);

}  // namespace chautari
