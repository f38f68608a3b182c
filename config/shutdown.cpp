#include "config/shutdown.hpp"

#include <unistd.h>

#include <boost/asio/post.hpp>
#include <csignal>
#include <memory>
#include <string>

#include "http/server/monotonic.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

/// Requests under way and open sockets; then the door closes on them.
constexpr seconds door_drain_max{12};
constexpr seconds journal_drain_max{8};
constexpr seconds farewell_max{4};
constexpr milliseconds look_again{20};
/// What an actor stores may make another one store; the journal is asked until it has been quiet so often.
constexpr int quiet_rounds = 3;

extern "C" void end_at_once(int) { ::_exit(1); }

bool drain_door(main_loop& loop, door& riders) {
  // Shared: the door may tell after we have stopped waiting.
  const auto is_empty = std::make_shared<bool>(false);
  riders.drain([is_empty, &loop] { boost::asio::post(loop.loop(), [is_empty] { *is_empty = true; }); });
  return loop.run_until([&] { return *is_empty; }, door_drain_max);
}

bool drain_journal(main_loop& loop, desk& asking, const living_network& living, const readiness& ready) {
  const auto until = monotonic_now() + journal_drain_max;  // Of all the rounds together.
  for (int quiet = 0; quiet < quiet_rounds;) {
    const auto left = std::chrono::floor<milliseconds>(until - monotonic_now());
    if (left.count() <= 0 || loop.settle(asking, living.journal(), drain_atom::value, left)) return false;
    quiet = ready.facts().backlog_records == 0 ? quiet + 1 : 0;
    loop.run_until([] { return false; }, look_again);
  }
  return true;
}

bool await_farewells(main_loop& loop, caf::actor_system& system) {
  // Looked at from time to time: the registry can only be waited for by blocking.
  for (auto left = farewell_max / look_again; left > 0 && system.registry().running() > 0; --left) {
    loop.run_until([] { return false; }, look_again);
  }
  return system.registry().running() == 0;
}

}  // namespace

end_signals::end_signals(main_loop& loop) : signals_{loop.loop(), SIGTERM, SIGINT} {
  signals_.async_wait([this](boost::system::error_code why, int) {
    if (why) return;
    has_come_ = true;
    signals_.clear();
    std::signal(SIGTERM, end_at_once);
    std::signal(SIGINT, end_at_once);
  });
}

void begin_countdown() {
  std::signal(SIGALRM, end_at_once);
  ::alarm(static_cast<unsigned>(limits::shutdown_max.count()));
}

bool shut_down(main_loop& loop, desk& asking, caf::actor_system& system, living_network& living,
               broker_link& link, const surroundings& around) {
  const auto say = [&](log_level level, const char* id, const char* sentence) {
    log_event(around.log, level, id, sentence);
  };
  around.ready->draining();
  say(log_level::info, "draining", "Taking no more work; finishing what runs.");
  if (!drain_door(loop, living.riders())) {
    say(log_level::warning, "door-cut", "Some connections were still open and are cut.");
  }
  living.riders().stop();
  link.stop();
  const bool is_stored = drain_journal(loop, asking, living, *around.ready);
  if (!is_stored) say(log_level::error, "drain-failed", "Not everything could be stored before the end.");
  living.dismiss_actors();
  living.dismiss_storage();
  const bool all_gone = await_farewells(loop, system);
  if (!all_gone) {
    say(log_level::error, "actors-left", "Some actors did not go; ending without them.");
    system.await_actors_before_shutdown(false);
  }
  say(log_level::info, "stopped", "Everything has ended.");
  return is_stored && all_gone;
}

}  // namespace chautari
