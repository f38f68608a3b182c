#pragma once
/// How the kiosks come back to life, with the commands that were under way when the server stopped.

#include <caf/all.hpp>
#include <string>
#include <vector>

#include "protocols/journal/recovery.hpp"
#include "protocols/operations/network.hpp"

namespace chautari {

/// What a kiosk must know of its station and of its own past.
struct recovered_kiosk {
  imei cabinet;
  station_id station;
  station_sn station_serial;
  std::string station_name;
  std::int32_t total_slots = 0;
  bool was_online = false;
  timestamp last_seen_at;
  std::vector<command_image>
      open_commands;  ///< SENT ones are verified, never published again; QUEUED ones never left.
  std::int32_t port_one_offset = 25;
};

/// After `meet_network`. Answered when the chunk's kiosks live.
struct adopt_kiosks {
  std::vector<recovered_kiosk> kiosks;
  /// Under way at cabinets that are no station's any more: nobody will ever hear of them.
  std::vector<command_image> orphans;
};

/// The KIOSK DIRECTORY with its whole interface; the others know it as `kiosks_actor`.
using kiosk_directory_actor = kiosks_actor::extend<caf::replies_to<meet_network>::with<void>,
                                                   caf::replies_to<adopt_kiosks>::with<void>>;

/// Cuts what was read at start into chunks.
[[nodiscard]] std::vector<adopt_kiosks> kiosks_to_adopt(const network_image& network,
                                                        std::size_t chunk = 1000);

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::adopt_kiosks)
