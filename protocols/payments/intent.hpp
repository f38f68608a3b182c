#pragma once
/// Money that is to come from outside: the ways of paying, and the payment intent, which says who means to
/// pay what for what until it is paid, given up or forgotten (users_money 2.3).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/rentals/messages.hpp"

namespace chautari {

/// A way of paying from outside. What it needs to know of the provider is a setting and never here.
struct payment_gateway {
  gateway_id id;
  std::string provider;  ///< "counter"; names the clearing account 1000.<provider>.
  std::string name;
  std::string icon;
  std::string instructions;  ///< What the rider has to do.
  money least;
  money most;
};
using payment_gateways = std::vector<payment_gateway>;

/// Cash or QR at a counter of ours: nobody but an operator says that it was paid. Its id never changes.
[[nodiscard]] payment_gateway counter_gateway();
/// By its id as clients send it; null if there is none.
[[nodiscard]] const payment_gateway* find_gateway(const payment_gateways& all, std::string_view id);

enum class intent_purpose : std::uint8_t { wallet_topup, rental_payment, due_payment };
/// Paid and not refunded is for ever; whatever else it is, a payment that comes later still completes it.
/// REVIEW: paid, but not what was asked for; the money is in suspense until an operator decides.
enum class intent_status : std::uint8_t {
  created,
  pending,
  completed,
  failed,
  cancelled,
  expired,
  review,
  refunded
};
/// Of the order that waits for the money; it goes on once, whatever happens (PENDING -> PROCESSING is claimed
/// in the database).
enum class order_status : std::uint8_t { none, pending, processing, success, failed };
std::string to_string(intent_purpose purpose);
std::string to_string(intent_status status);
std::string to_string(order_status status);
std::optional<intent_purpose> parse_intent_purpose(std::string_view text);
std::optional<intent_status> parse_intent_status(std::string_view text);
std::optional<order_status> parse_order_status(std::string_view text);

/// Waits for its money.
[[nodiscard]] constexpr bool is_open(intent_status status) {
  return status == intent_status::created || status == intent_status::pending;
}

/// What was ordered, as it was quoted; never changes.
struct payment_order {
  station_sn station;  ///< Of a start; with package and bank.
  package_id package;
  std::optional<bank_sn> bank;
  rental_id rental;  ///< Of a due; nil for a start.
  payment_wish pay;  ///< How it is paid once the money is in the wallet.
  money price;       ///< This and nothing else is charged; of a postpaid start what is held.
  timestamp quoted_at;
};

/// `version` rises by one with each change.
struct payment_intent {
  intent_id id;
  user_id rider;
  intent_purpose purpose = intent_purpose::wallet_topup;
  money amount;  ///< To be paid.
  gateway_id method;
  std::string provider;
  std::string provider_ref;  ///< Of the payment, unique with the provider; empty until it is paid.
  money paid;
  intent_status status = intent_status::pending;
  bool is_late = false;      ///< Paid after it was given up: the wallet is credited, nothing goes on.
  std::string failure_code;  ///< Why it is FAILED or in REVIEW.
  command_id opened_by;      ///< The rider's command; the same one finds this intent again.
  std::uint64_t body_hash = 0;
  command_id confirmed_by;  ///< The operator's; nil until it is paid.
  std::uint64_t confirm_hash = 0;
  timestamp created_at;
  timestamp expires_at;
  std::optional<timestamp> completed_at;
  std::optional<payment_order> order;  ///< Nothing: a mere top-up.
  order_status order_state = order_status::none;
  std::string order_code;  ///< Why the order failed: a refusal's word.
  rental_id order_rental;  ///< The rental that was started, or whose due was paid.
  std::int32_t version = 1;
};

/// Something is still to happen by itself: it expires, or its order goes on.
[[nodiscard]] constexpr bool is_live(intent_status status, order_status order) {
  return is_open(status) || order == order_status::pending || order == order_status::processing;
}

/// The one command by which the order of an intent goes on: however often it is given, it is obeyed once.
[[nodiscard]] command_id resume_command(intent_id intent);

}  // namespace chautari
