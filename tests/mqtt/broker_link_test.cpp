/// The link between a real broker and the kiosks: what the kiosks are told.
#include "config/broker_link.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <vector>

#include "tests/support/mosquitto_fixture.hpp"

namespace chautari {
namespace {

/// What the kiosks heard of their line; waiting is for facts, the limit only ends a broken test.
struct line_diary {
  std::mutex lock;
  std::condition_variable changed;
  std::vector<bool> news;

  bool becomes(const std::vector<bool>& wanted) {
    std::unique_lock hold{lock};
    return changed.wait_for(hold, seconds{30}, [&] { return news == wanted; });
  }
};

kiosks_actor::behavior_type listening_kiosks(kiosks_actor::pointer, std::shared_ptr<line_diary> diary) {
  return {[](const cabinet_frame&) {},
          [](const return_call&) {},
          [](const broker_session&) {},
          [diary](const line_changed& news) {
            const std::lock_guard hold{diary->lock};
            diary->news.push_back(news.is_connected);
            diary->changed.notify_all();
          },
          [](const eject_bank&) {},
          [](const request_snapshot&) {},
          [](const look_at_kiosk&) { return kiosk_view{}; },
          [](const operator_command&) { return command_answer{}; },
          [](const register_cabinet&) {},
          [](const retire_cabinet&) {},
          [](const timer_fired&) {}};
}

TEST(broker_link, the_kiosks_are_told_each_time_the_line_breaks_and_comes_back) {
  caf::actor_system_config config;
  caf::actor_system system{config};
  testing::mosquitto broker;
  broker.start();
  broker_link_setup setup;
  setup.broker.port = broker.port();
  setup.now = [] { return timestamp{}; };
  setup.random = [] { return 7U; };
  setup.figures = std::make_shared<metrics>("test");
  setup.ready = std::make_shared<readiness>(1'000);
  const auto diary = std::make_shared<line_diary>();
  auto kiosks = system.spawn(listening_kiosks, diary);
  {
    broker_link link{setup};
    link.start(kiosks, {});
    ASSERT_TRUE(diary->becomes({true}));
    broker.kill();
    ASSERT_TRUE(diary->becomes({true, false}));
    EXPECT_FALSE(setup.ready->facts().is_broker_connected);
    broker.start();
    ASSERT_TRUE(diary->becomes({true, false, true}));
    EXPECT_TRUE(setup.ready->facts().is_broker_connected);
    link.stop();
  }
  caf::anon_send_exit(kiosks, caf::exit_reason::user_shutdown);
}

}  // namespace
}  // namespace chautari
