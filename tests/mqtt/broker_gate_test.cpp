#include "actors/kiosks/broker_gate_actor.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "protocols/base/refusal.hpp"
#include "tests/support/deterministic_system.hpp"

namespace chautari {
namespace {

/// A line made of memory, and the timers' place taken by the test.
struct gate_fixture {
  struct world {
    std::optional<broker_refusal> refusal;
    bool is_connected = true;
    timestamp last_frame_at;
    int reconnects = 0;
    std::vector<std::string> sent;
    std::vector<std::string> logged;
    std::vector<arm_timer> armed;
  };

  testing::deterministic_system system{1};
  std::shared_ptr<world> seen = std::make_shared<world>();
  broker_gate_actor gate;

  gate_fixture() {
    auto w = seen;
    timers_actor timers = system.spawn([w](timers_actor::pointer) -> timers_actor::behavior_type {
      return {[w](const arm_timer& timer) { w->armed.push_back(timer); }, [](tick_atom) {}};
    });
    broker_gate_setup setup;
    setup.line = {[w](const imei& cabinet, std::string_view json, int qos) {
                    if (!w->refusal)
                      w->sent.push_back(cabinet.value + " " + std::string{json} + " " + std::to_string(qos));
                    return w->refusal;
                  },
                  [w] { return w->is_connected; }, [w] { return w->last_frame_at; },
                  [w] { ++w->reconnects; }};
    setup.timers = timers;
    setup.now = system.clock();
    setup.log = [w](const log_entry& entry) { w->logged.push_back(entry.id); };
    setup.silence_max = minutes{12};
    gate = system.spawn(broker_gate, setup);
    system.run();
  }

  void pass_minutes(int count) {
    for (int n = 0; n < count; ++n) {
      system.advance(minutes{1}, minutes{1});
      const auto timer = seen->armed.back();
      system.tell(gate, timer_fired{timer.key, timer.revision});
      system.run();
    }
  }
};

TEST(broker_gate, an_accepted_command_is_answered_with_published) {
  gate_fixture f;
  const auto answer = f.system.ask<published>(f.gate, publish_command{imei{"860000000000011"}, "{}", 1});
  f.system.run();
  EXPECT_TRUE(answer->answer.has_value());
  EXPECT_EQ(f.seen->sent, std::vector<std::string>{"860000000000011 {} 1"});
}

TEST(broker_gate, each_refusal_of_the_line_reaches_the_asker) {
  for (const auto why : {broker_refusal::disconnected, broker_refusal::buffer_full}) {
    gate_fixture f;
    f.seen->refusal = why;
    const auto answer = f.system.ask<published>(f.gate, publish_command{imei{"860000000000011"}, "{}", 0});
    f.system.run();
    ASSERT_TRUE(answer->error.has_value());
    EXPECT_EQ(reason_of<broker_refusal>(*answer->error), why);
  }
}

TEST(broker_gate, twelve_silent_minutes_raise_the_alarm_and_make_a_new_connection) {
  gate_fixture f;
  f.pass_minutes(11);
  EXPECT_EQ(f.seen->reconnects, 0);
  f.pass_minutes(1);
  EXPECT_EQ(f.seen->reconnects, 1);
  EXPECT_EQ(f.seen->logged, std::vector<std::string>{"broker-silent"});
  f.pass_minutes(11);
  EXPECT_EQ(f.seen->reconnects, 1) << "the next alarm needs as much silence again";
  f.pass_minutes(1);
  EXPECT_EQ(f.seen->reconnects, 2);
}

TEST(broker_gate, one_frame_of_any_cabinet_ends_the_silence) {
  gate_fixture f;
  f.pass_minutes(11);
  f.seen->last_frame_at = f.system.now();
  f.pass_minutes(11);
  EXPECT_EQ(f.seen->reconnects, 0);
}

TEST(broker_gate, silence_without_a_connection_is_no_alarm) {
  gate_fixture f;
  f.seen->is_connected = false;
  f.pass_minutes(60);
  EXPECT_EQ(f.seen->reconnects, 0);
}

TEST(broker_gate, a_stale_timer_is_ignored) {
  gate_fixture f;
  const auto before = f.seen->armed.size();
  f.system.tell(f.gate, timer_fired{0, 0});
  f.system.run();
  EXPECT_EQ(f.seen->armed.size(), before);
}

}  // namespace
}  // namespace chautari
