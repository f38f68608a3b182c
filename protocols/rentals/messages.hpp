#pragma once
/// What is said to and by rentals.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kiosks/images.hpp"
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
  ejection_failed,  ///< The bank did not come out; everything paid is back. context: {"rental_id"}
  idempotency_key_reused,
  request_in_progress,
  invalid_rental_status,
  too_many_rentals,  ///< The server's own limit; try later.
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
  bool has_payment_method = false;
  std::optional<money> wallet_amount;
  std::optional<point_count> points_to_use;
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

enum class sighting_kind : std::uint8_t { return_report, self_test, snapshot };

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
};

enum class sighting_answer : std::uint8_t {
  not_rented,      ///< No open rental claims it: plain inventory.
  closed,          ///< It was the return of a rental; stored. `bank` is seated now.
  already_closed,  ///< A repeat of a return that closed its rental before.
  too_early,       ///< Seen before its rental began, or in its old place within 10 s after its ejection
                   ///< was confirmed: wait for the next snapshot.
  not_out,         ///< Its rental has not been confirmed yet: the ejection procedure decides.
};
struct bank_seen_answer {
  sighting_answer answer = sighting_answer::not_rented;
  bank_image bank;
};

/// Something happened to a rider's rental that the rider should see.
struct rental_event {
  user_id rider;
  rental_id rental;
  std::string name;  ///< "rental.status", "rental.due_soon", "rental.overdue", "rental.settled"
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
