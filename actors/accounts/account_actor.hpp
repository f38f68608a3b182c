#pragma once
#include <functional>
#include <memory>
#include <optional>

#include "actors/accounts/account_rules.hpp"
#include "protocols/accounts/interface.hpp"
#include "protocols/operations/network.hpp"
#include "protocols/pricing/late_fee.hpp"

namespace chautari {

struct account_setup {
  std::shared_ptr<const network> everybody;
  user_id rider;
  settlement_terms terms;
  std::uint64_t first_revision = 0;  ///< Of the wallet; above every one of its earlier lives.
};

/// The shell around account_rules: reads the account when it wakes, holds and moves funds in memory, journals
/// what only it may decide (credits, favourites).
struct account_state {
  account_actor::pointer self = nullptr;
  account_setup setup;
  std::optional<account_memory> memory;  ///< None until read; none after a failed try.
  caf::error asleep_because;             ///< Why it could not be read.
  timestamp asleep_until;                ///< When to try again; until then refuse at once.

  /// Asks the database for everything; whatever is said meanwhile waits in the mailbox, in order.
  void wake();
  /// Runs `act` if awake; refuses or defers (and wakes) otherwise.
  template <class Answer, class Act>
  caf::result<Answer> if_awake(Act act);

  caf::result<admission> admit(const admit_rental& wish);
  caf::result<admission> admit(const admit_command& wish);
  caf::result<funds_held> hold(const hold_funds& wish);
  void move(const funds_moved& moved);
  void place(const rental_place& place);
  caf::result<wallet_credited> credit(const credit_wallet& command);
  caf::result<favourites_view> change_favourite(const set_favourite& wish);
  caf::result<favourites_view> favourites() const;
  caf::result<void> fall_asleep();

private:
  /// What was answered to this command before, also if only the database remembers it; else `fresh()`.
  template <class Fresh>
  caf::result<admission> replay_or(command_id command, std::uint64_t body_hash, Fresh fresh);
  caf::result<admission> admit_new(const admit_rental& wish);
  void credit_new(const credit_wallet& command, caf::typed_response_promise<wallet_credited> promise);
  void announce() const;
};

account_actor::behavior_type account(account_actor::stateful_pointer<account_state> self,
                                     account_setup setup);

}  // namespace chautari
