#pragma once
/// What a rental is, as it is stored and as its actor holds it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/ids.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"
#include "protocols/pricing/package.hpp"

namespace chautari {

enum class rental_status : std::uint8_t { pending, pending_popup, active, overdue, completed, cancelled };
enum class closure_reason : std::uint8_t { none, returned, lost, forced, eject_failed, user, admin };
enum class payment_mode : std::uint8_t { wallet, points, wallet_points, direct };
std::string to_string(rental_status status);
std::string to_string(closure_reason reason);
std::string to_string(payment_mode mode);
std::optional<payment_mode> parse_payment_mode(std::string_view text);
std::optional<rental_status> parse_rental_status(std::string_view text);
std::optional<closure_reason> parse_closure_reason(std::string_view text);

/// Open means: holds its rider's one place and its bank (PENDING, PENDING_POPUP, ACTIVE, OVERDUE).
[[nodiscard]] constexpr bool is_open(rental_status status) {
  return status != rental_status::completed && status != rental_status::cancelled;
}
/// A bank is out with the rider.
[[nodiscard]] constexpr bool is_out(rental_status status) {
  return status == rental_status::active || status == rental_status::overdue;
}

/// How one amount was paid: cash and goodwill from the wallet, the rest in points.
struct payment_split {
  money wallet_cash;
  money wallet_goodwill;
  point_count points_used = 0;

  [[nodiscard]] money wallet() const { return wallet_cash + wallet_goodwill; }
  [[nodiscard]] money total() const { return wallet() + value_of(points_used); }
  friend bool operator==(const payment_split&, const payment_split&) = default;
};

/// The whole stored state of a rental. `revision` rises by one with each change and is the key of its log.
struct rental_image {
  rental_id id;
  std::string code;  ///< 8 characters A-Z0-9, unique.
  user_id rider;
  std::string rider_name;
  station_id station;
  station_sn station_serial;
  std::string station_name;
  imei cabinet;
  std::int32_t slot = 0;  ///< Slot the bank was chosen from.
  bank_id bank;           ///< The bank reserved, later the one that is out.
  bank_sn bank_serial;
  std::int32_t bank_ejections = 0;  ///< Confirmed ejections of that bank, this one included once confirmed.
  std::int32_t start_battery = -1;  ///< Percent; -1 unknown.
  rental_package package;           ///< As it was at the start.
  late_fee_terms late_fee;  ///< As they were at the start; later edits never reprice a running rental.
  payment_mode mode = payment_mode::wallet_points;
  money price;         ///< What was charged at the start.
  payment_split paid;  ///< How it was paid.
  transaction_id payment;
  rental_status status = rental_status::pending_popup;
  closure_reason closure = closure_reason::none;
  bool ejection_uncertain = false;  ///< Nobody knows yet whether the bank came out; money held, no clock.
  bool cancel_requested = false;
  std::int32_t publishes = 0;  ///< Ejection commands sent to a cabinet for this rental; at most 2.
  timestamp created_at;
  std::optional<timestamp> started_at;
  std::optional<timestamp> due_at;
  std::optional<timestamp> ended_at;
  station_id return_station;  ///< Nil until returned.
  std::string return_station_name;
  std::int32_t return_slot = 0;
  std::int32_t return_battery = -1;
  bool on_time = false;
  bool under_5_minutes = false;
  money late_fee_charged;
  money due;  ///< Sum of charges less sum of payments; what is still owed.
  bool bonus_awarded = false;
  command_id started_by;  ///< The rider's command, so that asking again finds this rental.
  std::uint64_t start_body_hash = 0;
  std::int64_t revision = 0;
};

/// One line of a rental's history; (rental, revision, n) is unique.
struct rental_log_entry {
  rental_id rental;
  std::int64_t revision = 0;
  std::string kind;       ///< "rental-started", "ejection-confirmed", ...
  std::string rule;       ///< The rule that decided, "4.8-4"; empty if none did.
  timestamp occurred_at;  ///< When it happened in the world.
  timestamp recorded_at;  ///< When we decided.
  std::string data;       ///< JSON object of the facts.
};

enum class charge_kind : std::uint8_t { base, extension, late_fee, cancel_fee, lost_penalty, adjustment };
std::string to_string(charge_kind kind);
std::optional<charge_kind> parse_charge_kind(std::string_view text);

/// What is owed. (rental, kind, n) is unique; LATE_FEE is one row, written when it is final.
struct rental_charge {
  rental_id rental;
  charge_kind kind = charge_kind::base;
  std::int32_t n = 0;
  money amount;
  std::string basis;  ///< JSON: rate, minutes, terms.
};

/// What was paid; refunds are negative rows in the currency they were paid in. (rental, n) is unique.
struct rental_payment {
  rental_id rental;
  std::int32_t n = 0;
  transaction_id transaction;
  payment_split split;
  bool refund = false;
};

}  // namespace chautari
