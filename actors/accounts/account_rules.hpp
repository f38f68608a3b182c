#pragma once
/// What a rider's account decides, as pure functions of what it knows. Amounts are paisa, points whole.

#include <caf/expected.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <unordered_map>

#include "protocols/accounts/interface.hpp"
#include "protocols/rentals/interface.hpp"

namespace chautari {

/// What a rider can spend now.
struct purse {
  money cash;
  money goodwill;
  point_count points = 0;

  [[nodiscard]] money wallet() const { return cash + goodwill; }
};

/// Divides an amount over points and wallet (users_money 2.2, stations_rentals_devices 3.4). Refused with
/// `insufficient_balance` (context: what is missing), `invalid_wallet_points_split` or
/// `split_total_mismatch`; never refused when collecting as far as possible. Goodwill is spent before cash.
[[nodiscard]] caf::expected<payment_split> split_payment(const purse& available, const hold_funds& wish);

/// One command whose rental has taken the rider's place and is not stored yet.
struct running_start {
  command_id command;
  std::uint64_t body_hash = 0;
  rental_id rental;
};

/// The account's memory. Holds and a running start exist only here; everything else is on disk.
struct account_memory {
  account_facts facts;
  std::map<rental_id, payment_split> holds;
  std::optional<running_start> running;
  std::deque<stored_answer> answers;  ///< Newest first, at most stored_answers_max, a few of them whole.
  bool remembers_all_answers = true;  ///< False: older ones of the last 24 h are in the database only.
  std::int64_t bonus_day = 0;         ///< The business day that timely_bonuses_today counts.
  timestamp updated_at;
  /// Rises with whatever may have stored a movement of the rider: the doors remember movements by it.
  std::uint64_t revision = 0;

  /// True if something lives only in this memory.
  [[nodiscard]] bool is_busy() const { return !holds.empty() || running.has_value(); }
  [[nodiscard]] purse spendable() const;
};

/// `first_revision` must be above every one of the account's earlier lives.
[[nodiscard]] account_memory remember(account_facts facts, timestamp now, std::uint64_t first_revision);

/// How long the outcome of a command is replayed.
inline constexpr hours answer_life{24};
/// Answers an account keeps with their text, 1 to 2 KiB each. Of older ones it knows that they were given,
/// which is what a new command asks, and the database knows the text.
inline constexpr std::size_t whole_answers_max = 3;
/// False: its text is in the database only.
[[nodiscard]] bool is_whole(const stored_answer& answer);
[[nodiscard]] const stored_answer* find_answer(const account_memory& memory, command_id command,
                                               timestamp now);

/// Keeps what is stored, the newest first; an answer that was open is replaced.
void remember_answer(account_memory& memory, stored_answer answer);

/// What to say to a command that was seen before.
[[nodiscard]] caf::expected<admission> replay(const stored_answer& answer, std::uint64_t body_hash);
/// Checks 1 to 3 of a start, and whether the same command runs already.
[[nodiscard]] std::optional<caf::error> refuse_start(const account_memory& memory, const admit_rental& wish);

/// May one more bank brought back in time earn the bonus today?
[[nodiscard]] bool may_award_timely_bonus(const account_memory& memory, timestamp now,
                                          std::int32_t awards_per_day_max);

/// Applies what is stored. True if the wallet changed. Raises the revision even if not: a movement may have
/// been stored between our waking and this word.
bool apply(account_memory& memory, const funds_moved& moved, timestamp now);
void apply(account_memory& memory, const rental_place& place);

/// The wallet once `amount` has come in.
[[nodiscard]] wallet_view credited(wallet_view wallet, money amount, timestamp now);
/// Applies a stored credit, and its answer if one was stored.
void apply_credit(account_memory& memory, money amount, std::optional<stored_answer> answer, timestamp now);

[[nodiscard]] wallet_view wallet_of(const account_memory& memory);

}  // namespace chautari
