#pragma once
/// What is said to and by PAYMENTS, the one writer of payment intents.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/journal/record.hpp"
#include "protocols/operations/audit.hpp"
#include "protocols/payments/intent.hpp"

namespace chautari {

enum class payment_refusal : std::uint8_t {
  intent_not_found = 1,
  invalid_intent_status,   ///< context: {"status"}
  invalid_payment_method,  ///< No way of paying has this id.
  amount_too_low,          ///< context: {"min_amount"}
  amount_too_high,         ///< context: {"max_amount"}
  payment_already_used,    ///< This provider's reference has paid another intent.
  too_many_intents,        ///< The rider has several that are unpaid, or everybody together too many.
  idempotency_key_reused,
};
std::string to_string(payment_refusal why);

/// "I want to put this much into my wallet."
struct open_topup {
  command_id id;  ///< Derived from rider, route and Idempotency-Key.
  std::uint64_t body_hash = 0;
  user_id rider;
  money amount;
  std::string method;  ///< Id of a gateway.
};

/// From a rental: this order is short of money, and the rider named a gateway. `order.price` is what it
/// costs, `order.pay` how the rider means to pay; how much must come from outside is counted here.
struct open_order {
  command_id id;
  std::uint64_t body_hash = 0;
  user_id rider;
  intent_purpose purpose = intent_purpose::rental_payment;
  payment_order order;
  bool is_postpaid_hold = false;  ///< Only what the wallet lacks, whatever the mode.
};
/// Stored with the intent: 402 `payment_required`, its context the intent. Whoever sends the same
/// Idempotency-Key again is told the same.
struct order_opened {
  stored_answer answer;
  std::string intent;  ///< That context alone.
};

struct cancel_intent {
  user_id rider;
  intent_id intent;
};

/// An operator took the money. The right amount completes the intent; another one is put under review.
struct confirm_payment {
  intent_id intent;
  money amount;
  std::string reference;  ///< Of the receipt: 3..64 characters, pays one intent and never another.
  command_id id;
  std::uint64_t body_hash = 0;
  operator_stamp by;
};
/// What becomes of money in review: into the rider's wallet, or out of the door again.
struct decide_review {
  intent_id intent;
  bool is_credited = false;
  std::string reason;  ///< 5..500 characters.
  operator_stamp by;
};

struct intent_answer {
  payment_intent intent;
  bool is_replay = false;
};

/// An intent or its order has moved on; for the rider.
struct payment_event {
  payment_intent intent;
  timestamp at;
};

// -- to the database
// ------------------------------------------------------------------------------------------

struct load_intent {
  intent_id intent;
  user_id rider;  ///< Only this rider's; nil: anybody's.
};
struct intent_lookup {
  std::optional<payment_intent> intent;
};

/// Newest first. `page` > 0 pages by number, else by cursor.
struct list_intents {
  std::optional<user_id> rider;
  std::optional<intent_status> status;
  std::optional<intent_purpose> purpose;
  std::string reference;  ///< Empty: any.
  std::optional<timestamp> from;
  std::optional<timestamp> until;  ///< Exclusive.
  std::string cursor;
  std::int32_t page = 0;
  std::int32_t limit = 20;
};
struct intent_page {
  std::vector<payment_intent> intents;
  std::string next_cursor;  ///< Empty at the end.
  std::int64_t total = -1;  ///< Counted only when paging by number.
};

}  // namespace chautari
