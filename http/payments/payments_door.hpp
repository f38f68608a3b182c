#pragma once
/// Money from outside, for riders: the ways of paying, top-up intents and what became of them, and the topic
/// `payment`; for operators: every intent, and "this one was paid".

#include "http/server/door.hpp"
#include "http/server/endpoint.hpp"
#include "protocols/journal/reader.hpp"
#include "protocols/payments/interface.hpp"

namespace chautari {

struct payments_door {
  payments_actor payments;
  reader_actor reader;
  payment_gateways gateways;
};

/// `door` must outlive the rows.
[[nodiscard]] endpoints payment_endpoints(const payments_door& door);
/// The operators'; the same door.
[[nodiscard]] endpoints payment_office_endpoints(const payments_door& door);

/// The path's {id}; none: `intent_not_found` is answered.
[[nodiscard]] std::optional<intent_id> intent_of_path(exchange& in);

/// The topic `payment` of this lane: the intent of the rider that moved last.
void serve_payment_topic(lane_parts& parts, const payments_door& door);

}  // namespace chautari
