#pragma once
#include <memory>
#include <string>

#include "actors/users/awake_children.hpp"
#include "actors/users/identity_setup.hpp"

namespace chautari {

/// The directory as it is spawned: it must meet the network first; what comes earlier waits.
using sign_ins_directory_actor = sign_ins_actor::extend_with<newcomer_actor>;

struct sign_ins_state {
  static inline const char* name = "sign_ins";

  std::shared_ptr<const network> everybody;
  awake_children<std::string, sign_in_actor> children;
};

sign_ins_directory_actor::behavior_type sign_ins(
    sign_ins_directory_actor::stateful_pointer<sign_ins_state> self, identity_setup setup);

}  // namespace chautari
