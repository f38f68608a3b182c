#pragma once
/// What all lanes of a door share: immutable once the lanes run.

#include <memory>
#include <string>
#include <unordered_set>

#include "http/server/client_address.hpp"
#include "http/server/door.hpp"
#include "http/server/router.hpp"
#include "http/server/socket_tally.hpp"

namespace chautari {

struct door_setup {
  door_options options;
  endpoints rows;
  std::unique_ptr<const router> routes;
  std::unordered_set<std::string> origins;
  trusted_peers proxies;
  std::shared_ptr<server_probe> probe;  ///< Never null.
  std::unique_ptr<socket_tally> sockets = std::make_unique<socket_tally>();
};

}  // namespace chautari
