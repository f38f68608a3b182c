#pragma once
/// What the commands of a running rental answer, as it is stored and told again: `data` of the answers of
/// POST /api/rentals/{id}/extend, /pay-due and of GET /{id}/calculate-due.

#include <string>

#include "protocols/rentals/images.hpp"

namespace chautari {

/// `rental` with the extension in it; `extensions_max`: how many it may have.
[[nodiscard]] std::string extended_json(const rental_image& rental, const rental_extension& extension,
                                        std::int32_t extensions_max);
/// `rental` with the payment in it.
[[nodiscard]] std::string dues_paid_json(const rental_image& rental, transaction_id transaction, money amount,
                                         const payment_split& paid);
/// What it would cost if it ended now; as it stands once it has ended.
[[nodiscard]] std::string calculated_due_json(const rental_image& rental, timestamp now);

}  // namespace chautari
