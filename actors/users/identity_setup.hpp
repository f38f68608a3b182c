#pragma once
/// What the actors of sign-in are given at birth, beside the network.

#include <memory>

#include "protocols/base/limits.hpp"
#include "protocols/operations/log.hpp"
#include "protocols/operations/network.hpp"
#include "protocols/users/access_token.hpp"
#include "protocols/users/interface.hpp"
#include "protocols/users/settings.hpp"

namespace chautari {

struct identity_setup {
  std::shared_ptr<const identity_settings> settings;
  std::shared_ptr<const key_ring> keys;
  outbox_actor outbox;
  log_sink log;
  std::size_t sign_ins_max = limits::sign_ins_awake_max;
  std::size_t sessions_max = limits::sessions_awake_max;
};

}  // namespace chautari
