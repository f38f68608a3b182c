#pragma once
/// What a rental decides while its bank is out, beside money: what its clock does next, what a rider may ask
/// for, what a short use is. Pure (stations_rentals_devices 3.5, 3.7, 3.11, 3.12).

#include <caf/expected.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "actors/rentals/settlement_rules.hpp"

namespace chautari {

// -- time
// ------------------------------------------------------------------------------------------

/// The deadlines of 3.11, in their order. `rental_life::reminders` counts those that have passed.
enum class rental_deadline : std::uint8_t {
  due_soon,
  due,
  late_fee_begins,
  lost_in_12_hours,
  lost_in_1_hour,
  lost
};
inline constexpr std::int32_t rental_deadlines = 6;

/// When a deadline of a rental that is out passes; never before the one before it.
[[nodiscard]] timestamp deadline_at(const rental_image& rental, rental_deadline what, minutes reminder_lead);
/// The latest deadline that has passed and was not told; nothing while the clock stands still: because the
/// bank is back for a swap, or for a claim, which delays the loss by a day at most.
[[nodiscard]] std::optional<rental_deadline> deadline_passed(const rental_image& rental,
                                                             minutes reminder_lead, timestamp now);
/// When the clock must look again: the next deadline, the end of a wish to swap, the end of patience with a
/// claim.
[[nodiscard]] std::optional<timestamp> next_look(const rental_image& rental, minutes reminder_lead);
/// The rental with that deadline told; OVERDUE from its due time on.
[[nodiscard]] rental_image after_deadline(rental_image rental, rental_deadline passed);

/// Midnight in Kathmandu before `now`: limits of a day begin there.
[[nodiscard]] timestamp start_of_day(timestamp now);

// -- quick return
// ------------------------------------------------------------------------------------------

/// True if the bank came back so soon, at its station and hardly used, that the rental is free (3.5-3);
/// whether the rider had too many of these today is another question. An unknown charge is taken for full.
[[nodiscard]] bool is_quick_return(const rental_image& rental, const bank_seen& seen, timestamp ended_at,
                                   const settlement_terms& terms);
/// Everything charged is taken back, everything paid given back.
void make_quick(use_ending& ending);

// -- swap
// ------------------------------------------------------------------------------------------

/// The old bank is back, the new one is being ejected.
[[nodiscard]] bool is_swapping(const rental_image& rental);
/// Checks before a bank is reserved, but for the limit of a day.
[[nodiscard]] std::optional<rental_refusal> refuse_swap(const rental_image& rental,
                                                        const settlement_terms& terms, timestamp now);
/// True if this return is the one that the rider announced.
[[nodiscard]] bool is_swap_return(const rental_image& rental, const bank_seen& seen);
[[nodiscard]] rental_image swap_wished(rental_image rental, const swap_rental& wish,
                                       const bank_image& reserved, timestamp until);
/// `data` of the answer to POST /api/rentals/{id}/swap.
[[nodiscard]] std::string swap_wished_json(const rental_image& rental);
/// The rental with the new bank out; the clock is what it was.
struct swapped {
  rental_image rental;
  rental_swap row;
};
[[nodiscard]] swapped swap_bank(rental_image rental, const bank_image& old_bank, const bank_image& out,
                                timestamp at);

// -- an operator's word
// ------------------------------------------------------------------------------------------

/// What is wrong with the wish; nothing: it ends the rental.
[[nodiscard]] std::optional<caf::error> refuse_force(const rental_image& rental, const force_complete& wish,
                                                     timestamp now);
/// The ending that an operator ordered, but for the audit entry.
[[nodiscard]] use_ending ending_by_force(const rental_image& rental, const force_complete& wish,
                                         timestamp now);
/// Before and after, for the audit log.
void describe_force(audit_entry& entry, const rental_image& before, const bank_image& bank,
                    const rental_image& after, const force_complete& wish);

// -- lost and found
// ------------------------------------------------------------------------------------------

[[nodiscard]] use_ending ending_by_loss(const rental_image& rental, timestamp at);
/// What is taken off the bill of a lost bank that was found: the penalty, and what the late fee is above it.
[[nodiscard]] money found_adjustment(const rental_image& rental);

}  // namespace chautari
