#pragma once
/// The cabinets' accounts at the broker, changed while it runs. An account is named after its cabinet, bound
/// to that client id, and may do what every cabinet may (config/mosquitto/acl.conf).

#include <caf/all.hpp>
#include <cstdint>
#include <string>

#include "protocols/base/ids.hpp"
#include "protocols/timers/interface.hpp"

namespace chautari {

/// The account is there and open, and this is its password; whoever came in with another one is cut off.
struct open_account {
  imei cabinet;
  std::string password;
};
/// Nobody gets in, and whoever is in is cut off; an account that never was is closed.
struct close_account {
  imei cabinet;
};
/// The broker has done it.
struct account_changed {
  imei cabinet;
};
/// What the broker said of its accounts, JSON. From its client.
struct accounts_answer {
  std::string text;
};

enum class account_change_refusal : std::uint8_t {
  disconnected = 1,  ///< Certainly not done.
  overloaded,        ///< Certainly not done.
  unanswered,        ///< Nobody knows.
  refused,           ///< The broker does not do it. context: {"error": its words}
};

/// The BROKER ACCOUNTS: one change after another to the broker, its answers matched, asked again without one.
using broker_accounts_actor = caf::typed_actor<caf::replies_to<open_account>::with<account_changed>,
                                               caf::replies_to<close_account>::with<account_changed>,
                                               caf::reacts_to<accounts_answer>, caf::reacts_to<timer_fired>>;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::account_change_refusal, "accounts")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::open_account)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::close_account)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::account_changed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::accounts_answer)
