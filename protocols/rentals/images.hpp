#pragma once
/// What a rental is, as it is stored and as its actor holds it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/ids.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/rare.hpp"
#include "protocols/base/time.hpp"
#include "protocols/pricing/package.hpp"
#include "protocols/pricing/revenue.hpp"

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

enum class swap_reason : std::uint8_t { low_battery, defective, wrong_cable, other };
std::string to_string(swap_reason reason);
std::optional<swap_reason> parse_swap_reason(std::string_view text);

/// A rider's intent to swap: until then, the return of the old bank at the rental's station ejects the bank
/// reserved here instead of closing the rental.
struct pending_swap {
  bank_id bank;
  bank_sn bank_serial;
  std::int32_t slot = 0;
  std::int32_t battery = -1;
  timestamp until;
  swap_reason reason = swap_reason::other;
  std::string description;  ///< At most 500 characters.
  /// The old bank is back since then and the new one is being ejected; nothing before that.
  std::optional<timestamp> returned_at;
  friend bool operator==(const pending_swap&, const pending_swap&) = default;
};

/// A cabinet's HTTP call says that the bank came back. Anybody can forge one: the clock stands still until
/// the cabinet's MQTT line confirms it, or two snapshots refute it.
struct return_claim {
  station_id station;
  imei cabinet;
  std::int32_t slot = 0;
  std::int32_t battery = -1;
  timestamp claimed_at;
  std::int32_t snapshots_against = 0;
  friend bool operator==(const return_claim&, const return_claim&) = default;
};

/// Who shares in a rental's income, as agreed at its start, and what was shared of each kind of it so far,
/// what was taken back again subtracted. So whoever takes back more needs no other book, and the last paisa
/// of a kind takes whatever rounding left.
struct rental_revenue {
  revenue_terms terms;
  std::array<income_share, income_kinds> shared{};
  friend bool operator==(const rental_revenue&, const rental_revenue&) = default;
};

/// What only some rentals have. Stored as one document; a rental that is started and brought back in time has
/// none of it.
struct rental_life {
  std::int32_t extensions = 0;
  std::int32_t extended_minutes = 0;
  money extensions_charged;
  money usage_charged;   ///< Postpaid: what the use came to, charged at its end.
  money held;            ///< Postpaid: in the rider's held wallet (2010) until the end.
  discount_id discount;  ///< Nil: none.
  std::int32_t discount_hundredths = 0;
  money lost_penalty_charged;
  money adjustment;           ///< Signed: everything an operator, a quick return or a found bank changed.
  money paid_later;           ///< Settled after the start, refunds subtracted; see rental_bill.
  std::int32_t charges = 0;   ///< Rows of rental_charge beyond BASE: the next one's number.
  std::int32_t payments = 0;  ///< Rows of rental_payment beyond the first: the next one's number, less one.
  std::int32_t swaps = 0;
  rare<pending_swap> swap;
  rare<return_claim> claim;
  std::optional<timestamp> found_at;  ///< A lost bank was seen again.
  std::int32_t reminders = 0;         ///< How many of the deadlines of 3.11 have been told.
  rare<rental_revenue> revenue;       ///< Who shares in its income; nothing: it is all the platform's.
  partner_id free_for;                ///< The vendor whose free ejection of the day it is; nil: none.
  friend bool operator==(const rental_life&, const rental_life&) = default;
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
  lost_terms lost;          ///< The same.
  payment_mode mode = payment_mode::wallet_points;
  money price;         ///< What was charged at the start; 0 if postpaid.
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
  money late_fee_charged;  ///< While the bank is out: what was assessed for interim payments.
  money due;               ///< Sum of charges less sum of payments; what is still owed.
  bool bonus_awarded = false;
  command_id started_by;  ///< The rider's command, so that asking again finds this rental.
  std::uint64_t start_body_hash = 0;
  rental_life life;
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

/// More time, bought while the bank was out.
struct rental_extension {
  extension_id id;
  rental_id rental;
  package_id package;
  user_id created_by;
  std::int32_t extended_minutes = 0;
  money cost;  ///< 0 if postpaid.
  timestamp at;
};

/// A bank exchanged for another within one rental.
struct rental_swap {
  rental_id rental;
  std::int32_t n = 1;  ///< Unique within the rental.
  user_id rider;
  station_id station;
  bank_id old_bank;
  bank_id new_bank;
  std::int32_t old_slot = 0;
  std::int32_t new_slot = 0;
  std::int32_t old_battery = -1;
  std::int32_t new_battery = -1;
  swap_reason reason = swap_reason::other;
  std::string description;
  timestamp at;
};

/// Where the rider's phone was. Kept for 30 days.
struct rental_location {
  rental_id rental;
  double latitude = 0;
  double longitude = 0;
  double accuracy_m = 10;
  timestamp at;
};

enum class rental_issue_type : std::uint8_t {
  power_bank_damaged,
  power_bank_lost,
  charging_issue,
  return_issue
};
/// REPORTED or RESOLVED.
std::string to_string(rental_issue_type type);
std::optional<rental_issue_type> parse_rental_issue_type(std::string_view text);

struct rental_issue_image {
  issue_id id;
  rental_id rental;
  user_id reporter;
  rental_issue_type type = rental_issue_type::charging_issue;
  std::string description;  ///< 10..255 characters.
  std::string images;       ///< JSON array of at most 5 URLs of our own media store.
  bool is_resolved = false;
  std::string notes;  ///< At most 500 characters.
  timestamp reported_at;
  timestamp updated_at;
  std::optional<timestamp> resolved_at;
  bool is_deleted = false;
};

}  // namespace chautari
