#pragma once
/// A whole actor system without threads: one seed decides in which order ready actors run, time is wound by
/// hand, ids come from the seed. The same seed repeats the same history.

#include <caf/all.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "protocols/base/id_source.hpp"
#include "protocols/base/time.hpp"

namespace chautari::testing {

/// The answer to one question, once it is there.
template <class Answer>
struct asked {
  std::optional<Answer> answer;
  std::optional<caf::error> error;

  [[nodiscard]] bool is_answered() const { return answer.has_value() || error.has_value(); }
};

struct nothing {};

class deterministic_system {
public:
  /// 2026-01-01T00:00:00Z unless told.
  explicit deterministic_system(std::uint64_t seed, timestamp start = from_ms(1'767'225'600'000));
  ~deterministic_system();
  deterministic_system(const deterministic_system&) = delete;
  deterministic_system& operator=(const deterministic_system&) = delete;

  [[nodiscard]] caf::actor_system& actors() { return *system_; }
  [[nodiscard]] timestamp now() const { return *now_; }
  [[nodiscard]] clock_source clock() const {
    return [now = now_] { return *now; };
  }
  [[nodiscard]] id_source ids() const { return {clock(), random_}; }
  [[nodiscard]] std::uint64_t random() { return random_(); }
  /// 0 .. below-1
  [[nodiscard]] std::size_t random_below(std::size_t below) { return random_() % below; }

  /// Runs ready actors, one message of a randomly chosen one at a time, until none is ready (or `steps` are
  /// done). Returns the messages processed.
  std::size_t run(std::size_t steps_max = 1'000'000);
  /// Winds the clock on, running everything that becomes due; the timers' tick comes once a step.
  void advance(milliseconds by, milliseconds step = milliseconds{250});

  /// Spawns an actor that is ended with this system (the ones it spawned are its own to end).
  template <class F, class... Args>
  auto spawn(F function, Args&&... args) {
    auto handle = system_->spawn(function, std::forward<Args>(args)...);
    owned_.push_back(caf::actor_cast<caf::strong_actor_ptr>(handle));
    return handle;
  }

  /// Ends an actor as a crash would.
  template <class Handle>
  void kill(const Handle& handle) {
    caf::anon_send_exit(handle, caf::exit_reason::kill);
    run();
  }

  /// Asks without running: the answer is there after run() or advance().
  template <class Answer, class Handle, class... Words>
  std::shared_ptr<asked<Answer>> ask(const Handle& whom, Words... words) {
    auto place = std::make_shared<asked<Answer>>();
    system_->spawn([=](caf::event_based_actor* self) {
      auto failed = [place](caf::error& why) { place->error = std::move(why); };
      if constexpr (std::is_same_v<Answer, nothing>) {
        self->request(whom, caf::infinite, words...).then([place] { place->answer.emplace(); }, failed);
      } else {
        self->request(whom, caf::infinite, words...)
            .then([place](Answer& answer) { place->answer = std::move(answer); }, failed);
      }
    });
    return place;
  }

  template <class Handle, class... Words>
  void tell(const Handle& whom, Words&&... words) {
    caf::anon_send(whom, std::forward<Words>(words)...);
  }

private:
  caf::scheduler::test_coordinator& scheduler();

  std::shared_ptr<timestamp> now_;
  std::shared_ptr<std::mt19937_64> engine_;
  random_source random_;
  std::mt19937_64 order_;
  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  std::vector<caf::strong_actor_ptr> owned_;
};

}  // namespace chautari::testing
