#include "tests/support/deterministic_system.hpp"

#include <algorithm>

namespace chautari::testing {

deterministic_system::deterministic_system(std::uint64_t seed, timestamp start)
    : now_{std::make_shared<timestamp>(start)},
      engine_{std::make_shared<std::mt19937_64>(seed)},
      random_{[engine = engine_] { return (*engine)(); }},
      order_{seed ^ 0x9E3779B97F4A7C15ULL} {
  config_.set("scheduler.policy", caf::atom("testing"));
  config_.set("logger.verbosity", caf::atom("quiet"));
  system_ = std::make_unique<caf::actor_system>(config_);
  system_->await_actors_before_shutdown(false);
}

deterministic_system::~deterministic_system() {
  for (const auto& handle : owned_)
    caf::anon_send_exit(caf::actor_cast<caf::actor>(handle), caf::exit_reason::user_shutdown);
  owned_.clear();
  run();
}

caf::scheduler::test_coordinator& deterministic_system::scheduler() {
  return dynamic_cast<caf::scheduler::test_coordinator&>(system_->scheduler());
}

std::size_t deterministic_system::run(std::size_t steps_max) {
  auto& ready = scheduler().jobs;
  std::size_t steps = 0;
  while (!ready.empty() && steps < steps_max) {
    // With max_throughput 1 every message is a step of its own, so any interleaving can come up.
    std::swap(ready.front(), ready[order_() % ready.size()]);
    scheduler().run_once();
    ++steps;
  }
  return steps;
}

void deterministic_system::advance(milliseconds by, milliseconds step) {
  run();
  while (by.count() > 0) {
    const milliseconds next = std::min(by, step);
    *now_ += next;
    scheduler().advance_time(next);
    run();
    by -= next;
  }
}

}  // namespace chautari::testing
