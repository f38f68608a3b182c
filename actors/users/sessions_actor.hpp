#pragma once
#include <memory>

#include "actors/users/awake_children.hpp"
#include "actors/users/identity_setup.hpp"

namespace chautari {

/// The directory as it is spawned: it must meet the network first; what comes earlier waits.
using sessions_directory_actor = sessions_actor::extend_with<newcomer_actor>;

struct sessions_state {
  static inline const char* name = "sessions";

  std::shared_ptr<const network> everybody;
  awake_children<session_id, session_actor> children;
};

sessions_directory_actor::behavior_type sessions(
    sessions_directory_actor::stateful_pointer<sessions_state> self, identity_setup setup);

}  // namespace chautari
