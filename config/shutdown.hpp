#pragma once
/// How it all ends: stop accepting, finish what runs, let nothing more in, drain the journal, dismiss
/// everybody. In limits::shutdown_max, or the process ends with 1 where it stands; what was acknowledged is
/// on disk either way.

#include <boost/asio/signal_set.hpp>
#include <functional>

#include "config/compose.hpp"
#include "config/main_loop.hpp"

namespace chautari {

/// SIGTERM and SIGINT, once; the next one ends the process with 1 at once.
class end_signals {
public:
  explicit end_signals(main_loop& loop);
  [[nodiscard]] bool came() const { return has_come_; }

private:
  boost::asio::signal_set signals_;
  bool has_come_ = false;
};

/// From now on the process lives for limits::shutdown_max at most.
void begin_countdown();

/// True if every accepted record is on disk and everybody has gone.
[[nodiscard]] bool shut_down(main_loop& loop, desk& asking, caf::actor_system& system, living_network& living,
                             broker_link& link, const surroundings& around);

}  // namespace chautari
