#pragma once
/// What is said to and by rentals.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kiosks/images.hpp"
#include "protocols/operations/audit.hpp"
#include "protocols/rentals/images.hpp"
#include "protocols/stations/images.hpp"

namespace chautari {

enum class rental_refusal : std::uint8_t {
  rental_not_found = 1,
  rental_prerequisites_not_met,  ///< context: {"missing":[...]}
  active_rental_exists,          ///< context: {"rental_id"}
  overdue_rental_exists,
  unpaid_rental_exists,  ///< context: {"rental_id","amount"}
  package_not_found,
  invalid_package_payment_model,
  payment_mode_not_supported,
  invalid_payment_mode,
  invalid_wallet_points_split,
  split_total_mismatch,
  insufficient_balance,  ///< context: {"required","available","wallet_shortfall","points_shortfall"}
  payment_method_required,
  payment_required,  ///< Money is short; an intent to pay it was made. context: the intent.
  ejection_failed,   ///< The bank did not come out; everything paid is back. context: {"rental_id"}
  idempotency_key_reused,
  request_in_progress,
  invalid_rental_status,
  too_many_rentals,  ///< The server's own limit; try later.
  // Later in its life.
  rental_overdue,  ///< An overdue rental cannot be extended.
  max_extensions_reached,
  insufficient_postpaid_balance,  ///< context: {"required","available"}
  invalid_payment_method,         ///< No payment gateway has this id.
  payment_amount_mismatch,
  rental_not_started,
  dues_already_paid,
  no_due_amount,
  ejection_in_progress,    ///< Whether the bank comes out is not known yet; the wish to cancel is remembered.
  powerbank_not_returned,  ///< Only a bank that came back ends a rental that runs.
  swap_window_expired,
  swap_limit_exceeded,
  swap_already_pending,
  rental_already_completed,
  location_too_often,  ///< One in 30 s. context: {"retry_after": seconds}
  rental_issue_not_found,
  invalid_status,
};
std::string to_string(rental_refusal why);
std::optional<rental_refusal> parse_rental_refusal(std::string_view text);

/// A rider's wish to rent. `id` is derived from rider, route and Idempotency-Key.
struct start_rental {
  command_id id;
  std::uint64_t body_hash = 0;
  user_id rider;
  station_sn station;
  package_id package;
  std::optional<bank_sn> bank;
  payment_mode mode = payment_mode::wallet_points;
  std::string payment_method;  ///< Id of a gateway; empty: none named.
  std::optional<money> wallet_amount;
  std::optional<point_count> points_to_use;
  std::optional<money> quoted = {};  ///< The price the rider agreed to; another one: refused.
};

// -- a rental that runs, and what is left of one that ended
// ------------------------------------------------------------------------------------------

/// Who wants something of which rental; of another rider's: `rental_not_found`. `id` is derived from rider,
/// route and Idempotency-Key, and the same id always gets the same answer.
struct rental_command {
  command_id id;
  std::uint64_t body_hash = 0;
  user_id rider;
  rental_id rental;
};
/// How a rider means to pay.
struct payment_wish {
  payment_mode mode = payment_mode::wallet_points;
  std::string payment_method;  ///< Id of a gateway; empty: none named.
  std::optional<money> wallet_amount;
  std::optional<point_count> points_to_use;
};
struct extend_rental {
  rental_command from;
  package_id package;
  payment_wish pay;
};
struct cancel_rental {
  rental_command from;
  std::string reason;  ///< 5..255 characters.
};
/// "I shall put this bank back here and want another one": an intent, made before the return.
struct swap_rental {
  rental_command from;
  swap_reason reason = swap_reason::other;
  std::string description;
  std::optional<bank_sn> wanted;
};
/// What is owed now: after the end, or the late fee so far while the bank is still out.
struct pay_due {
  rental_command from;
  payment_wish pay;
  std::optional<money> amount;  ///< What the rider believes to owe; another sum: `payment_amount_mismatch`.
  std::optional<timestamp> quoted_at = {};  ///< Since when: a late fee has grown only up to then.
};
/// The stored outcome of such a command: `status` and the `data` of the answer.
struct rental_answer {
  int status = 200;
  std::string data;
  bool is_replay = false;
};

struct note_location {
  user_id rider;
  rental_location where;
};

/// An operator's typed end of an open rental (3.12): the same settlement as any other.
enum class forced_resolution : std::uint8_t { returned, lost, cancelled };
std::string to_string(forced_resolution what);
std::optional<forced_resolution> parse_forced_resolution(std::string_view text);
struct force_complete {
  rental_id rental;
  forced_resolution what = forced_resolution::returned;
  std::optional<timestamp> ended_at;     ///< Between the start and now; nothing: now.
  std::optional<money> charge_override;  ///< Instead of everything charged after the start; at least 0.
  std::optional<bank_status> bank;       ///< MISSING (the default), MAINTENANCE, DAMAGED, LOST.
  std::string reason;                    ///< 10..500 characters.
  operator_stamp by;
};
struct force_answer {
  rental_image rental;
};

/// The answer to a start. Either the rental as it stands, or what was answered to the same command before.
struct start_answer {
  rental_image rental;
  int replayed_status = 0;  ///< Not 0: answer `replayed_data` with this status, marked as a replay.
  std::string replayed_data;
};

struct find_open_rental {
  user_id rider;
};
struct open_rental_answer {
  std::optional<rental_image> rental;
};

struct look_at_rental {
  rental_id rental;
  user_id rider;
};

/// How one ejection ended, as its kiosk sees it. Repeating it is harmless.
enum class ejection_result : std::uint8_t {
  confirmed,  ///< `bank` is out since `at`. It may be another one than planned.
  refuted,    ///< The bank is still in its slot.
  not_moved,  ///< The cabinet said that nothing moved, or the command never left us. Another bank may be
              ///< tried.
  uncertain,  ///< 120 s passed without a word; money held, no clock.
  dark,       ///< 24 h without a word: give the money back, the bank is missing.
};
std::string to_string(ejection_result result);

struct ejection_outcome {
  rental_id rental;
  command_image command;  ///< With its final state; stored by the rental together with what follows from it.
  ejection_result result = ejection_result::uncertain;
  bank_sn bank;                          ///< confirmed: the bank that is out.
  timestamp at;                          ///< confirmed: since when.
  std::string rule;                      ///< "4.8-4": which rule decided.
  std::int32_t publishes = 1;            ///< How often this command was published.
  std::optional<cabinet_report> report;  ///< The frame that decided, if one did.
  std::optional<bank_image>
      other_bank;  ///< confirmed with another bank: its facts if it was known to be here.
};
/// Stored, or found to be stored before.
struct outcome_noted {
  bool is_new = true;
};

/// From one rental to another, through the directory: the cabinet has given the bank reserved for you to
/// `by`. Take another one, or give up.
struct bank_taken {
  bank_sn bank;
  rental_id by;
};

/// `claim`: a cabinet's HTTP call, which proves nothing. `absence`: a snapshot of the cabinet that a claim
/// names does not show the bank.
enum class sighting_kind : std::uint8_t { return_report, self_test, snapshot, claim, absence };

/// A bank was seen in a slot. If an open rental is out with it, this is its return.
struct bank_seen {
  bank_sn bank;
  station_id station;
  station_sn station_serial;
  std::string station_name;
  imei cabinet;
  std::int32_t slot = 0;  ///< 0: somewhere in this cabinet, nobody saw where.
  std::int32_t battery = -1;
  sighting_kind kind = sighting_kind::snapshot;
  timestamp received_at;
  timestamp returned_at;  ///< received_at; earlier when it is the first snapshot after an outage.
  bool has_switch_fault = false;
  std::optional<cabinet_report> report;
  /// The last valid snapshot of this cabinet before, which did not show the bank: it came later than that.
  std::optional<timestamp> absent_at = {};
};

enum class sighting_answer : std::uint8_t {
  not_rented,      ///< No open rental claims it: plain inventory.
  closed,          ///< It was the return of a rental; stored. `bank` is seated now.
  already_closed,  ///< A repeat of a return that closed its rental before.
  too_early,       ///< Seen before its rental began, or in its old place within 10 s after its ejection
                   ///< was confirmed: wait for the next snapshot.
  not_out,         ///< Its rental has not been confirmed yet: the ejection procedure decides.
  claimed,         ///< Noted: the clock stands still until MQTT confirms it. Ask for a snapshot.
  exchanged,       ///< Stored: the rider swaps it for another one that is being ejected now. It is seated.
};
struct bank_seen_answer {
  sighting_answer answer = sighting_answer::not_rented;
  bank_image bank;
};

/// A bank that was written off as lost is here again (3.11): its rental gets the penalty back, and the bank
/// is stored as seated for inspection.
struct lost_bank_found {
  rental_id rental;
  bank_seen seen;
};

/// Something happened to a rider's rental that the rider should see.
struct rental_event {
  user_id rider;
  rental_id rental;
  /// "rental.status", "rental.due_soon", "rental.overdue", "rental.settled", "rental.extended",
  /// "rental.swap", "rental.late_fee_begins", "rental.lost_warning", "rental.lost", "rental.found"
  std::string name;
  timestamp at;
  rental_image image;
};

/// From a rental to its directory: under which keys it is to be found.
struct rental_registered {
  rental_id rental;
  user_id rider;
  bank_sn bank;           ///< 0 while none.
  bank_sn previous_bank;  ///< To forget; 0 if none.
};
struct rental_unregistered {
  rental_id rental;
  user_id rider;
  bank_sn bank;
};

}  // namespace chautari
