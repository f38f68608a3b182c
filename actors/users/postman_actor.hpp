#pragma once
#include <memory>

#include "protocols/users/interface.hpp"

namespace chautari {

struct postman_state {
  static inline const char* name = "postman";

  std::shared_ptr<message_provider> provider;
};

/// To be spawned detached: a provider blocks while it talks to its gateway. A provider belongs to one
/// postman.
postman_actor::behavior_type postman(postman_actor::stateful_pointer<postman_state> self,
                                     std::shared_ptr<message_provider> provider);

}  // namespace chautari
