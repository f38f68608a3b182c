#pragma once
/// Small frames at once instead of with the next acknowledgement.

#include <cstdint>

namespace chautari {

/// Switches Nagle's algorithm off (TCP_NODELAY) on every socket of this process that is connected to `port`,
/// and says how many there were. The client library opens its socket by itself, offers no way to set the
/// option (paho C 1.3.12) and hides the descriptor; without it a command waits up to 40 ms for the broker's
/// delayed acknowledgement.
int make_sockets_prompt(std::uint16_t port);

}  // namespace chautari
