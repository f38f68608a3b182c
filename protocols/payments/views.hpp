#pragma once
/// What riders and operators read of payment intents, as JSON (users_money 2.1).

#include <boost/json/object.hpp>

#include "protocols/payments/intent.hpp"

namespace chautari {

/// `payment_methods[]` and `count` of GET /api/payments/methods.
[[nodiscard]] boost::json::object payment_methods_json(const payment_gateways& all);

/// `data` of POST /api/payments/wallet/topup-intent, and what a 402 `payment_required` begins with. How to
/// pay is as the gateway says now; one that is gone leaves it out.
[[nodiscard]] boost::json::object intent_json(const payment_intent& intent, const payment_gateways& all);

/// `data` of GET /api/payments/status/{intent_id}; with an order also `order{flow,status,code,rental_id}`.
[[nodiscard]] boost::json::object intent_status_json(const payment_intent& intent);

/// `data` of POST /api/payments/verify: what is known to be true, whatever the caller brought.
[[nodiscard]] boost::json::object intent_verdict_json(const payment_intent& intent);

/// A row of the operators' list: everything but the caller's commands.
[[nodiscard]] boost::json::object admin_intent_json(const payment_intent& intent);

}  // namespace chautari
