#pragma once
#include <functional>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

#include "actors/accounts/account_actor.hpp"
#include "protocols/accounts/recovery.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

struct accounts_setup {
  settlement_terms terms;
  std::size_t awake_max = limits::accounts_awake_max;
};

/// Finds or wakes the account that a message names. Beyond `awake_max` the one that was longest not asked for
/// is sent to sleep; what is said to it until it has answered waits here, in order, so nothing is lost
/// between an account and its successor.
struct accounts_state {
  struct place {
    account_actor account;
    std::list<user_id>::iterator age;
    bool is_going = false;
    std::vector<std::function<void(const account_actor&)>> waiting;  ///< Said since it was sent to sleep.
  };

  accounts_state() = default;
  accounts_state(const accounts_state&) = delete;
  accounts_state& operator=(const accounts_state&) = delete;
  /// However the directory ends, its accounts end with it.
  ~accounts_state();

  accounts_directory_actor::pointer self = nullptr;
  accounts_setup setup;
  std::shared_ptr<const network> everybody;
  std::unordered_map<user_id, place> awake;
  std::list<user_id> by_age;  ///< The one asked for last comes first.
  std::uint64_t wakings = 0;

  template <class Answer, class Command>
  caf::result<Answer> pass_on(const Command& command);

private:
  place& find_or_wake(user_id rider);
  void make_room();
  void gone(user_id rider);
  void stays(user_id rider);
};

accounts_directory_actor::behavior_type accounts_directory(
    accounts_directory_actor::stateful_pointer<accounts_state> self, accounts_setup setup);

}  // namespace chautari
