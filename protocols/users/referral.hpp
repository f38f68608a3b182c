#pragma once
/// One rider brought another: a link that waits for the newcomer's first completed rental.

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

struct referral_image {
  referral_id id;
  user_id inviter;
  user_id invitee;     ///< Unique: somebody is invited once.
  std::string status;  ///< "PENDING", "COMPLETED", "EXPIRED"
  timestamp created_at;
  timestamp expires_at;
};

}  // namespace chautari
