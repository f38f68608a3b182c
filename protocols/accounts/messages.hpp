#pragma once
/// What is said to and by a rider's account, the only judge of free funds.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/accounts/ledger.hpp"
#include "protocols/journal/record.hpp"
#include "protocols/rentals/images.hpp"
#include "protocols/rentals/messages.hpp"
#include "protocols/users/images.hpp"

namespace chautari {

/// May this rider start a rental at all? (checks 1 to 3, and whether the command was answered before)
/// Until `end_admission` the rider's one place is taken.
struct admit_rental {
  user_id rider;
  rental_id rental;
  command_id command;
  std::uint64_t body_hash = 0;
};
struct admission {
  std::string username;
  int replayed_status = 0;  ///< Not 0: this command has been answered; say the same again.
  std::string replayed_data;
};

/// Was this command of a running rental answered before? A start asks `admit_rental` instead.
struct admit_command {
  user_id rider;
  command_id command;
  std::uint64_t body_hash = 0;
};

/// Keep this much for the rental; nothing moves yet. With a wish for the split, exactly that split.
/// Whoever moves a rider's money in any direction holds first, if only nothing: an account with a hold stays
/// awake, so that what is stored meanwhile is applied to its memory exactly once.
struct hold_funds {
  user_id rider;
  rental_id rental;
  money amount;
  payment_mode mode = payment_mode::wallet_points;
  std::optional<money> wallet_amount;
  std::optional<point_count> points_to_use;
  bool as_far_as_possible = false;  ///< Collection of a due: take what there is, refuse nothing.
  /// Wallet that must be there beyond the amount: `insufficient_postpaid_balance` says so.
  bool is_postpaid_hold = false;
  /// Of what this rental holds in 2010: may be taken before anything else, so that points and wallet only pay
  /// the rest.
  money from_held = {};
};
struct funds_held {
  payment_split split;                  ///< Without what comes from 2010.
  bool may_award_timely_bonus = false;  ///< Fewer than three today.
  money from_held = {};                 ///< Taken of what the rental holds in 2010.
};

/// The rental has stored (or given up) what it held funds for. Applied to the account's memory; it is on disk
/// already. Without a hold of that rental it says nothing new: the account has read the outcome when it woke.
struct funds_moved {
  user_id rider;
  rental_id rental;
  bool captured = false;   ///< The hold became a payment; else it is released.
  payment_split refunded;  ///< Given back to the rider in the original mix.
  point_count points_awarded = 0;
  bool timely_bonus = false;
  /// Into (above zero) or out of 2010. Out of it is spent unless `refunded` gives it back to the wallet; into
  /// it is what the captured hold took out of the wallet.
  money held_change = {};
};

/// The rider's place: taken by an open rental, free again, or blocked by a debt.
struct rental_place {
  user_id rider;
  rental_id rental;
  rental_status status = rental_status::pending_popup;
  bool is_open = false;
  money due;                            ///< What stays owed after closing; 0 if nothing.
  std::optional<stored_answer> answer;  ///< The outcome of a command of this rental, once known.
};

struct look_at_wallet {
  user_id rider;
};
struct wallet_view {
  user_id rider;
  std::string username;
  user_status status = user_status::active;
  money cash;
  money goodwill;
  money held;
  point_count current_points = 0;
  point_count total_points_earned = 0;
  money total_topup;
  timestamp updated_at;
  std::uint64_t revision = 0;  ///< Rises with each change since the account woke.

  [[nodiscard]] money balance() const { return cash + goodwill; }
};

/// Money from outside. The demo's only gateway is the house itself.
struct credit_wallet {
  command_id id;
  user_id rider;
  money amount;
  std::string provider;      ///< "demo"
  std::string provider_ref;  ///< Unique with the provider: the same payment is credited once.
  std::uint64_t body_hash = 0;
  /// What becomes true together with it, in the same record: an intent that it pays. Whoever gives some sees
  /// to repeats; no answer is remembered here.
  std::vector<record_part> with = {};
  bool is_from_suspense = false;  ///< It came in before and waited in 2600.
};
struct wallet_credited {
  wallet_view wallet;       ///< Empty if replayed.
  int replayed_status = 0;  ///< Not 0: this command has been answered; say the same again.
  std::string replayed_data;
};

struct set_favourite {
  user_id rider;
  station_id station;
  bool is_favourite = true;
  bool toggle = false;
};
struct look_at_favourites {
  user_id rider;
};
struct favourites_view {
  std::vector<station_id> stations;  ///< Newest first; at most favourites_max.
};

/// The wallet changed; for the rider's `wallet` topic.
struct wallet_event {
  wallet_view wallet;
  timestamp at;
};

enum class account_refusal : std::uint8_t {
  account_not_found = 1,
  account_banned,
  account_deactivated,
  too_many_favourites,
  amount_out_of_range,
  already_credited,
  account_busy,  ///< Asked to sleep while something of the rider's is under way.
};
std::string to_string(account_refusal why);

/// Everything an account must know to wake.
struct account_facts {
  user_image user;
  money cash;
  money goodwill;
  money held;
  point_count current_points = 0;
  point_count total_points_earned = 0;
  money total_topup;
  rental_id open_rental;  ///< Nil if none.
  rental_status open_status = rental_status::pending_popup;
  rental_id unpaid_rental;  ///< Nil if none.
  money unpaid;
  std::int32_t timely_bonuses_today = 0;
  std::vector<stored_answer> answers;  ///< The newest ones of 24 h, newest first.
  std::vector<station_id> favourites;
};

}  // namespace chautari
