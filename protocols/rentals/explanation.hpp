#pragma once
/// Why a rental is as it is and costs what it costs; and the same of a cabinet. Pure: made of what is stored,
/// nothing is decided or changed by explaining it.

#include <string>

#include "protocols/rentals/bill.hpp"
#include "protocols/rentals/questions.hpp"
#include "protocols/rentals/story_words.hpp"

namespace chautari {

/// Until when its use is counted, if asked now: its end; while it is open, the moment its clock stands at (a
/// cabinet claims the bank is back, or it is back to be swapped), else now.
[[nodiscard]] timestamp counted_until(const rental_image& rental, timestamp now);

/// `data` of GET /api/rentals/{id}/calculate-due: {base, extensions, late_fee, lost_penalty, adjustment,
/// charged, paid, due, as_of}. The same bill as the settlement's.
[[nodiscard]] std::string due_json(const rental_image& rental, timestamp now);

/// `data` of GET /api/admin/rentals/{id}/explanation: {rental, summary, facts, money, commands, reports}. The
/// story must have a rental.
[[nodiscard]] std::string rental_explanation_json(const rental_explanation& found, timestamp now);

/// `data` of GET /api/rentals/{id}/explanation: {summary, steps: [{at, text}], bill}. The story must have a
/// rental.
[[nodiscard]] std::string rider_explanation_json(const rental_explanation& found, timestamp now,
                                                 story_reader reader);

/// `data` of GET /api/admin/stations/{sn}/explanation: {facts, commands, reports, status}.
[[nodiscard]] std::string cabinet_explanation_json(const cabinet_explanation& found,
                                                   const station_sn& station);

}  // namespace chautari
