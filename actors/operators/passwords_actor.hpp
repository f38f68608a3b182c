#pragma once
#include <caf/all.hpp>
#include <string>

#include "protocols/base/id_source.hpp"
#include "protocols/operators/interface.hpp"
#include "protocols/operators/settings.hpp"

namespace chautari {

struct passwords_setup {
  password_cost cost;
  random_source random;  ///< From any thread.
};

struct passwords_state {
  static inline const char* name = "passwords";

  passwords_setup setup;
  std::string nobodys;  ///< A hash that no password is known for.
};

/// Spawned detached: each message takes some 50 ms.
passwords_actor::behavior_type passwords(passwords_actor::stateful_pointer<passwords_state> self,
                                         passwords_setup setup);

}  // namespace chautari
