#pragma once
/// What riders and operators see of a rental: JSON made of the stored image and the time, nothing is written
/// by looking.

#include <string>
#include <string_view>

#include "protocols/rentals/questions.hpp"

namespace chautari {

/// PENDING while something is owed, REFUNDED when everything paid was given back, else PAID.
[[nodiscard]] std::string payment_status_of(const rental_image& rental);

/// What the late fee would be if the bank came back now; the final one once it is back.
[[nodiscard]] money current_overdue_amount(const rental_image& rental, timestamp now);

/// `data` of POST /api/rentals/start: `verification` only while PENDING_POPUP.
[[nodiscard]] std::string start_answer_json(const rental_image& rental);
/// The `error` object that a start is remembered by when its bank did not come out.
[[nodiscard]] std::string ejection_failed_json(const rental_image& rental, timestamp now);

/// Where the stations are, in words; empty: null in the answer.
struct rental_places {
  std::string station_location;
  std::string return_station_location;
};
/// `data` of GET /api/rentals/active and /{id}.
[[nodiscard]] std::string rental_detail_json(const rental_image& rental, timestamp now,
                                             const rental_places& places = {});
/// One item of GET /api/rentals/history.
[[nodiscard]] std::string rental_item_json(const rental_image& rental, timestamp now);

// -- for operators
/// One row of GET /api/admin/rentals.
[[nodiscard]] std::string admin_rental_json(const found_rental& row);
/// `data` of GET /api/admin/rentals/{id}: the row, and what was charged and paid. The story must have a
/// rental.
[[nodiscard]] std::string admin_rental_detail_json(const rental_story& story, timestamp now);
/// One line of GET /api/admin/rentals/{id}/events.
[[nodiscard]] std::string rental_log_json(const rental_log_entry& line);

}  // namespace chautari
