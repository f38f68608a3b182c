#pragma once
/// The ceiling of everything that comes from cabinets: frames through the broker alone, from one session a
/// cabinet to one subscriber, at QoS 1 both ways.

#include <boost/json/object.hpp>
#include <string>

#include "bench/kiosk_events/fleet.hpp"

namespace race {

struct broker_wish {
  kiosk_events::broker_account cabinets;
  kiosk_events::broker_account server{.user = "server", .password = {}};
  std::uint64_t first_imei = 880'000'000'000'001;
  std::size_t count = 500;
  std::size_t window = 4'000;  ///< Frames under way at once, so that the broker drops none.
  double seconds = 10;
};

/// {"count", "rate", "p50_ms", .., "sent", "lost", "frame_bytes"}. Throws std::runtime_error if a session
/// fails.
[[nodiscard]] boost::json::object frames_through(const broker_wish& wish);

}  // namespace race
