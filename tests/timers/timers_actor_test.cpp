#include "actors/timers/timers_actor.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/support/deterministic_system.hpp"

namespace chautari {
namespace {

using testing::deterministic_system;

struct fired {
  std::uint32_t key;
  std::uint64_t revision;
  timestamp at;
};
using fired_list = std::shared_ptr<std::vector<fired>>;

timed_actor::behavior_type owner(fired_list list, clock_source now) {
  return {[=](const timer_fired& timer) { list->push_back({timer.key, timer.revision, now()}); }};
}

struct timers_bench {
  deterministic_system system{1};
  fired_list list = std::make_shared<std::vector<fired>>();
  timers_actor wheel = system.spawn(timers, system.clock());
  timed_actor self = system.spawn(owner, list, system.clock());
  timestamp start = system.now();

  void arm(std::uint32_t key, milliseconds in) {
    system.tell(wheel, arm_timer{self, key, key + 100, start + in});
  }
};

TEST(timers_actor, a_deadline_fires_once_and_at_most_one_tick_late) {
  timers_bench bench;
  bench.arm(1, milliseconds{1001});
  bench.system.advance(seconds{1});
  EXPECT_TRUE(bench.list->empty()) << "never early";
  bench.system.advance(seconds{10});
  ASSERT_EQ(bench.list->size(), 1U);
  EXPECT_EQ(bench.list->front().key, 1U);
  EXPECT_EQ(bench.list->front().revision, 101U);
  EXPECT_LE(bench.list->front().at, bench.start + milliseconds{1001} + timer_tick);
}

TEST(timers_actor, deadlines_fire_in_their_order_whatever_order_they_were_armed_in) {
  timers_bench bench;
  bench.arm(3, seconds{3});
  bench.arm(1, seconds{1});
  bench.arm(2, seconds{2});
  bench.system.advance(seconds{5});
  ASSERT_EQ(bench.list->size(), 3U);
  for (std::uint32_t i = 0; i < 3; ++i)
    EXPECT_EQ((*bench.list)[i].key, i + 1);
}

TEST(timers_actor, deadlines_of_the_dead_are_forgotten_within_a_minute_and_those_of_the_living_are_not) {
  timers_bench bench;
  timers_state state;
  state.now = bench.system.clock();
  for (int n = 0; n < 1000; ++n) {
    const timestamp at = bench.start + hours{1} + milliseconds{n / 3};
    const auto mortal = bench.system.actors().spawn(owner, bench.list, bench.system.clock());
    state.arm({mortal, 1, 1, at});
    state.arm({bench.self, 2, 2, at});
    caf::anon_send_exit(mortal, caf::exit_reason::user_shutdown);
  }
  bench.system.run();
  ASSERT_EQ(state.wheel.size(), 2000U);
  for (std::size_t tick = 0; tick < 2 * timer_sweep_ticks; ++tick)
    state.sweep();
  EXPECT_EQ(state.wheel.size(), 1000U);
}

TEST(timers_actor, a_deadline_in_the_past_fires_with_the_next_tick) {
  timers_bench bench;
  bench.arm(1, seconds{-5});
  bench.system.advance(timer_tick);
  EXPECT_EQ(bench.list->size(), 1U);
}

TEST(timers_actor, a_hundred_thousand_deadlines_all_fire) {
  timers_bench bench;
  for (std::uint32_t key = 0; key < 100'000; ++key)
    bench.arm(key, milliseconds{key % 5000});
  bench.system.advance(seconds{6});
  EXPECT_EQ(bench.list->size(), 100'000U);
}

TEST(timers_actor, an_armed_deadline_keeps_no_actor_alive) {
  timers_bench bench;
  bench.arm(1, seconds{1});
  bench.system.kill(bench.self);
  bench.system.advance(seconds{2});
  EXPECT_TRUE(bench.list->empty());
}

}  // namespace
}  // namespace chautari
