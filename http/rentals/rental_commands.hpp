#pragma once
/// What the riders' verbs on a rental have in common.

#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "http/operations/refusals.hpp"
#include "http/rentals/rentals_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"

namespace chautari {

/// The path's {id}; none: `rental_not_found` is answered.
[[nodiscard]] std::optional<rental_id> rental_of_path(exchange& in);

/// Who wants something of which rental. The same rider, route and key make the same command; another rental
/// or body under that key has another hash.
[[nodiscard]] rental_command command_on(exchange& in, rental_id rental, std::string_view route);

/// payment_mode, payment_method_id, wallet_amount, points_to_use.
[[nodiscard]] payment_wish read_payment(field_reader& fields);
/// powerbank_sn. A text that is no number is a bank that nobody has.
[[nodiscard]] std::optional<bank_sn> read_wanted_bank(field_reader& fields);

/// The caller's rental, alive or, since it ended, stored; another rider's: `rental_not_found` is answered.
void with_rental(exchange& in, const rentals_door& door, rental_id id,
                 std::function<void(exchange&, const rental_image&)> tell);

/// Answers what the rental answered: now, or the same as before and marked so.
void answer_rental_command(exchange& in, const rental_answer& answer);

/// Hands a rider's wish (`from` filled in) to the rental.
template <class Wish>
void tell_rental(exchange& in, const rentals_door& door, Wish wish) {
  in.set_command(wish.from.id);
  in.ask<rental_answer>(door.rentals, std::move(wish), answer_rental_command, answer_refusal);
}

/// POST /api/rentals/{id}/<verb> with a JSON body and an Idempotency-Key.
[[nodiscard]] endpoint rental_command_row(const rentals_door& door, std::string_view verb,
                                          std::string summary,
                                          void (*handle)(exchange&, const rentals_door&));

}  // namespace chautari
