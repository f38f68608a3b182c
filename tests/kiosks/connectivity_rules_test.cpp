#include "actors/kiosks/connectivity_rules.hpp"

#include <gtest/gtest.h>

namespace chautari {
namespace {

const timestamp start = from_ms(1'767'225'600'000);

connectivity heard(int at_s) { return on_message({}, start + seconds{at_s}, "HEARTBEAT").facts; }

TEST(connectivity_rules, the_first_message_brings_a_cabinet_online_and_the_next_changes_nothing) {
  const auto first = on_message({}, start, "HEARTBEAT");
  EXPECT_TRUE(first.went_online);
  EXPECT_STREQ(first.triggered_by, "HEARTBEAT");
  EXPECT_FALSE(on_message(first.facts, start + seconds{1}, "SYNC").went_online);
}

// F-42: heartbeats come every nine or ten minutes, uploads every twenty.
TEST(connectivity_rules, a_healthy_cabinet_that_speaks_every_twenty_minutes_never_flaps) {
  auto facts = heard(0);
  for (int minute = 0; minute < 24 * 60; ++minute) {
    const auto step = on_clock(facts, start + minutes{minute});
    ASSERT_FALSE(step.went_offline) << minute;
    facts = step.facts;
    if (minute % 20 == 0) facts = on_message(facts, start + minutes{minute}, "SYNC").facts;
  }
}

TEST(connectivity_rules, silence_for_twenty_five_minutes_is_offline_and_not_a_second_earlier) {
  EXPECT_FALSE(on_clock(heard(0), start + minutes{25} - seconds{1}).went_offline);
  const auto step = on_clock(heard(0), start + minutes{25});
  EXPECT_TRUE(step.went_offline);
  EXPECT_STREQ(step.triggered_by, "TIMEOUT");
  EXPECT_FALSE(next_wake(step.facts));
}

TEST(connectivity_rules, a_session_brings_a_cabinet_online_but_does_not_keep_a_silent_one_there) {
  const auto facts = on_session({}, true, start).facts;
  EXPECT_TRUE(facts.is_online);
  EXPECT_FALSE(on_clock(facts, start + minutes{25} - seconds{1}).went_offline);
  EXPECT_TRUE(on_clock(facts, start + minutes{25}).went_offline) << "the news of its end may be lost";
}

TEST(connectivity_rules, a_disconnect_waits_ninety_seconds_for_the_cabinet_to_come_back) {
  auto facts = on_session(on_session({}, true, start).facts, false, start + seconds{10}).facts;
  EXPECT_TRUE(facts.is_online);
  EXPECT_FALSE(on_clock(facts, start + seconds{99}).went_offline);
  EXPECT_TRUE(on_clock(facts, start + seconds{100}).went_offline);
  facts = on_session(facts, true, start + seconds{60}).facts;
  EXPECT_FALSE(on_clock(facts, start + seconds{100}).went_offline);
}

// F-43: the old session's end arrives after the new one began.
TEST(connectivity_rules, a_stale_disconnect_is_ignored) {
  auto facts = on_session({}, true, start + seconds{20}).facts;
  facts = on_session(facts, false, start + seconds{19}).facts;
  EXPECT_FALSE(on_clock(facts, start + minutes{20}).went_offline);
}

TEST(connectivity_rules, a_message_after_the_disconnect_takes_it_back) {
  auto facts = on_session(on_session({}, true, start).facts, false, start + seconds{10}).facts;
  facts = on_message(facts, start + seconds{11}, "SYNC").facts;
  EXPECT_FALSE(on_clock(facts, start + seconds{101}).went_offline);
  EXPECT_TRUE(on_clock(facts, start + seconds{11} + minutes{25}).went_offline) << "silence still counts";
}

TEST(connectivity_rules, time_alone_changes_nothing_for_an_offline_cabinet) {
  EXPECT_FALSE(on_clock({}, start).went_offline);
  EXPECT_FALSE(next_wake(connectivity{}));
}

}  // namespace
}  // namespace chautari
