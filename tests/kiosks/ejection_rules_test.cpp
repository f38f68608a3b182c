#include "actors/kiosks/ejection_rules.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chautari {
namespace {

constexpr bank_sn planned{40000001};
constexpr bank_sn other{40000002};
const timestamp sent = from_ms(1'767'225'600'000);

using sight = ejection_evidence::sight;

/// One thing that happens, so many seconds after sending.
struct happening {
  int at_s;
  ejection_event event;
};

happening reply(int at_s, std::uint8_t code, bank_sn bank = planned) {
  return {at_s, ejection_reply{classify_ejection(code), code, bank}};
}
happening seen(int at_s, sight bank) { return {at_s, ejection_evidence{bank}}; }

/// Everything that followed, in one place.
struct history {
  ejection facts;
  std::vector<ejection_decision> decisions;
  std::vector<int> checks;     ///< Seconds after sending.
  std::vector<int> publishes;  ///< Repeats.
  std::vector<bank_sn> escaped;

  void feed(const ejection_event& event, int at_s) {
    const auto now = sent + seconds{at_s};
    const auto step = decide(facts, event, now);
    facts = step.facts;
    if (step.decision) decisions.push_back(*step.decision);
    if (step.check) checks.push_back(at_s);
    if (!step.escaped.is_nil()) escaped.push_back(step.escaped);
    if (step.publish_again) {
      publishes.push_back(at_s);
      facts = published_again(facts, now);
    }
  }
};

/// Plays the happenings with the clock ticking every second in between, until `until_s`.
history play(const std::vector<happening>& story, int until_s, int publishes_left = 1) {
  history told;
  told.facts = ejection_sent(planned, publishes_left, sent);
  std::size_t next = 0;
  for (int second = 0; second <= until_s; ++second) {
    for (; next < story.size() && story[next].at_s <= second; ++next)
      told.feed(story[next].event, second);
    told.feed(ejection_clock{}, second);
  }
  return told;
}

ejection_result outcome(const history& told) {
  EXPECT_EQ(told.decisions.size(), 1U);
  return told.decisions.empty() ? ejection_result::uncertain : told.decisions.front().result;
}

TEST(ejection_rules, success_with_the_right_bank_confirms_at_the_moment_of_the_reply) {
  const auto told = play({reply(2, 0x01)}, 130);
  ASSERT_EQ(outcome(told), ejection_result::confirmed);
  EXPECT_EQ(told.decisions[0].bank, planned);
  EXPECT_EQ(told.decisions[0].at, sent + seconds{2});
  EXPECT_EQ(told.decisions[0].rule, "4.8-4");
  EXPECT_TRUE(told.checks.empty());
}

TEST(ejection_rules, success_with_another_bank_is_adopted_and_never_rolled_back) {
  const auto told = play({reply(2, 0x01, other)}, 130);
  ASSERT_EQ(outcome(told), ejection_result::confirmed);
  EXPECT_EQ(told.decisions[0].bank, other);
  EXPECT_EQ(told.decisions[0].rule, "4.8-5");
}

TEST(ejection_rules, every_code_that_proves_nothing_moved_frees_the_rider_for_another_bank) {
  for (const std::uint8_t code : {0x87, 0x88, 0xFB, 0xFC, 0xFD, 0xFF}) {
    const auto told = play({reply(1, code)}, 130);
    EXPECT_EQ(outcome(told), ejection_result::not_moved) << int{code};
    EXPECT_TRUE(told.publishes.empty()) << "the same bank is not asked for again";
    EXPECT_EQ(told.checks.size(), code == 0xFC ? 1U : 0U) << "a bank that is not there: our book is wrong";
  }
}

TEST(ejection_rules, a_busy_cabinet_is_asked_for_the_same_bank_once_more_after_five_seconds) {
  const auto told = play({reply(1, 0xFE), reply(8, 0x01)}, 130);
  EXPECT_EQ(told.publishes, std::vector<int>{6});
  EXPECT_EQ(outcome(told), ejection_result::confirmed);
  EXPECT_EQ(told.facts.publishes, 2);
}

TEST(ejection_rules, a_cabinet_that_stays_busy_is_not_asked_a_third_time) {
  const auto told = play({reply(1, 0xFE), reply(7, 0xFE)}, 130);
  EXPECT_EQ(told.publishes.size(), 1U);
  EXPECT_EQ(outcome(told), ejection_result::not_moved);
}

TEST(ejection_rules, a_busy_cabinet_is_not_asked_again_when_the_rental_has_no_publish_left) {
  const auto told = play({reply(1, 0xFE)}, 130, 0);
  EXPECT_TRUE(told.publishes.empty());
  EXPECT_EQ(outcome(told), ejection_result::not_moved);
}

TEST(ejection_rules, success_while_waiting_to_repeat_stops_the_repeat) {
  const auto told = play({reply(1, 0xFE), reply(3, 0x01)}, 130);
  EXPECT_TRUE(told.publishes.empty());
  EXPECT_EQ(outcome(told), ejection_result::confirmed);
}

TEST(ejection_rules, every_other_code_and_silence_are_verified_by_snapshots_and_never_published_again) {
  std::vector<std::uint8_t> doubtful;
  for (int code = 0; code <= 0xFF; ++code) {
    const auto meaning = classify_ejection(static_cast<std::uint8_t>(code));
    if (meaning != ejection_class::ejected && !proves_nothing_moved(meaning))
      doubtful.push_back(static_cast<std::uint8_t>(code));
  }
  ASSERT_GT(doubtful.size(), 200U);
  for (const auto code : doubtful) {
    const auto told = play({reply(2, code)}, 100);
    EXPECT_EQ(told.checks, (std::vector<int>{7, 17, 32, 62})) << int{code};
    EXPECT_TRUE(told.publishes.empty() && told.decisions.empty()) << int{code};
  }
  const auto silent = play({}, 100);
  EXPECT_EQ(silent.checks, (std::vector<int>{20, 30, 45, 75}));
  EXPECT_TRUE(silent.publishes.empty() && silent.decisions.empty());
}

TEST(ejection_rules, a_bank_missing_from_a_snapshot_five_seconds_after_sending_has_left) {
  const auto told = play({reply(1, 0x00), seen(5, sight::absent)}, 130);
  ASSERT_EQ(outcome(told), ejection_result::confirmed);
  EXPECT_EQ(told.decisions[0].at, sent + seconds{3}) << "started three seconds after sending";
  EXPECT_EQ(told.decisions[0].rule, "4.8-7");
}

TEST(ejection_rules, a_snapshot_younger_than_five_seconds_decides_nothing) {
  EXPECT_TRUE(play({reply(1, 0x00), seen(4, sight::absent)}, 100).decisions.empty());
  EXPECT_TRUE(
      play({reply(1, 0x00), seen(4, sight::present), seen(9, sight::present)}, 100).decisions.empty());
}

TEST(ejection_rules, a_bank_shown_twice_five_seconds_apart_and_ten_after_sending_has_not_left) {
  const auto told = play({reply(1, 0x00), seen(10, sight::present), seen(15, sight::present)}, 130);
  ASSERT_EQ(outcome(told), ejection_result::refuted);
  EXPECT_EQ(told.decisions[0].rule, "4.8-7");
}

TEST(ejection_rules, presence_counts_only_from_ten_seconds_and_only_five_seconds_apart) {
  EXPECT_TRUE(
      play({reply(1, 0x00), seen(9, sight::present), seen(14, sight::present)}, 100).decisions.empty());
  EXPECT_TRUE(
      play({reply(1, 0x00), seen(11, sight::present), seen(15, sight::present)}, 100).decisions.empty());
}

TEST(ejection_rules, a_slot_that_says_no_serial_number_proves_nothing) {
  const auto told = play({reply(1, 0x04), seen(12, sight::unreadable), seen(20, sight::unreadable)}, 100);
  EXPECT_TRUE(told.decisions.empty());
}

TEST(ejection_rules, snapshots_before_the_reply_or_its_timeout_decide_nothing) {
  EXPECT_TRUE(play({seen(6, sight::absent)}, 10).decisions.empty());
  const auto told = play({seen(10, sight::present), seen(14, sight::present)}, 20);
  EXPECT_TRUE(told.decisions.empty());
}

// F-01: the reference compared milliseconds with seconds and never recognised a slow success.
TEST(ejection_rules, a_reply_after_sixteen_seconds_still_confirms) {
  const auto told = play({reply(16, 0x01)}, 130);
  ASSERT_EQ(outcome(told), ejection_result::confirmed);
  EXPECT_EQ(told.decisions[0].at, sent + seconds{16});
}

// F-10: late replies are matched up to 120 s, and never dropped.
TEST(ejection_rules, a_reply_is_matched_until_120_seconds_and_then_only_makes_us_look) {
  EXPECT_EQ(outcome(play({reply(119, 0x01)}, 121)), ejection_result::confirmed);
  const auto late = play({reply(125, 0x01)}, 200);
  ASSERT_EQ(late.decisions.size(), 1U);
  EXPECT_EQ(late.decisions[0].result, ejection_result::uncertain);
  EXPECT_EQ(std::count(late.checks.begin(), late.checks.end(), 125), 1);
}

TEST(ejection_rules, nothing_within_120_seconds_is_uncertain_and_the_next_snapshot_decides) {
  const auto gone = play({seen(600, sight::absent)}, 700);
  ASSERT_EQ(gone.decisions.size(), 2U);
  EXPECT_EQ(gone.decisions[0].result, ejection_result::uncertain);
  EXPECT_EQ(gone.decisions[1].result, ejection_result::confirmed);
  EXPECT_EQ(gone.decisions[1].at, sent + seconds{3});

  const auto still_there = play({seen(600, sight::present)}, 700);
  ASSERT_EQ(still_there.decisions.size(), 2U);
  EXPECT_EQ(still_there.decisions[1].result, ejection_result::refuted);
}

TEST(ejection_rules, a_cabinet_dark_for_a_day_gives_the_money_back) {
  history told;
  told.facts = ejection_sent(planned, 1, sent);
  for (const int second : {15, 20, 30, 45, 75, 120, 3600, 86399})
    told.feed(ejection_clock{}, second);
  ASSERT_EQ(told.decisions.size(), 1U);
  EXPECT_EQ(told.decisions[0].result, ejection_result::uncertain);
  told.feed(ejection_clock{}, 86400);
  ASSERT_EQ(told.decisions.size(), 2U);
  EXPECT_EQ(told.decisions[1].result, ejection_result::dark);
}

TEST(ejection_rules, an_uncertain_one_is_asked_about_every_minute_and_told_to_people_after_twenty) {
  history told;
  told.facts = ejection_sent(planned, 1, sent);
  std::vector<int> alarms;
  for (int second = 0; second <= 120 + 25 * 60; ++second) {
    if (decide(told.facts, ejection_clock{}, sent + seconds{second}).log == ejection_alarm)
      alarms.push_back(second);
    told.feed(ejection_clock{}, second);
  }
  EXPECT_EQ(alarms, std::vector<int>{120 + 20 * 60});
  EXPECT_EQ(std::count_if(told.checks.begin(), told.checks.end(), [](int at) { return at > 120; }), 25);
  EXPECT_EQ(next_wake(told.facts), sent + seconds{120 + 26 * 60});
}

TEST(ejection_rules, success_after_refutation_is_an_incident_told_once) {
  const auto told = play(
      {reply(1, 0x00), seen(10, sight::present), seen(16, sight::present), reply(40, 0x01), reply(41, 0x01)},
      130);
  EXPECT_EQ(outcome(told), ejection_result::refuted);
  EXPECT_EQ(told.escaped, std::vector<bank_sn>{planned});
}

TEST(ejection_rules, a_repeated_success_changes_nothing) {
  const auto told = play({reply(2, 0x01), reply(3, 0x01), reply(60, 0x01)}, 130);
  EXPECT_EQ(outcome(told), ejection_result::confirmed);
  EXPECT_TRUE(told.escaped.empty());
}

TEST(ejection_rules, the_planned_bank_coming_out_after_another_was_adopted_is_an_incident) {
  const auto told = play({reply(2, 0x01, other), reply(5, 0x01, planned)}, 130);
  EXPECT_EQ(outcome(told), ejection_result::confirmed);
  EXPECT_EQ(told.escaped, std::vector<bank_sn>{planned});
}

TEST(ejection_rules, a_success_that_names_no_bank_is_verified) {
  const auto told = play({reply(2, 0x01, unreadable_bank_sn), seen(8, sight::absent)}, 130);
  ASSERT_EQ(outcome(told), ejection_result::confirmed);
  EXPECT_EQ(told.decisions[0].bank, planned);
}

TEST(ejection_rules, a_late_first_reply_that_nothing_moved_is_believed_but_not_when_it_says_not_here) {
  EXPECT_EQ(outcome(play({reply(17, 0x88)}, 100)), ejection_result::not_moved);
  EXPECT_TRUE(play({reply(17, 0xFC)}, 100).decisions.empty()) << "a bank that has left is not here either";
}

TEST(ejection_rules, after_a_restart_a_sent_command_is_verified_and_never_published_again) {
  history told;
  told.facts = ejection_recovered(planned, sent, 1, sent + seconds{40});
  for (int second = 40; second <= 159; ++second)
    told.feed(ejection_clock{}, second);
  EXPECT_EQ(told.checks, (std::vector<int>{45, 55, 70, 100}));
  EXPECT_TRUE(told.publishes.empty());
  EXPECT_TRUE(told.decisions.empty());
  told.feed(ejection_evidence{sight::absent}, 159);
  EXPECT_EQ(outcome(told), ejection_result::confirmed);
}

TEST(ejection_rules, after_a_restart_publishes_are_counted_from_the_attempt) {
  EXPECT_EQ(ejection_recovered(planned, sent, 2, sent).publishes, 2);
  EXPECT_EQ(ejection_recovered(planned, sent, 1, sent).publishes, 1);
  EXPECT_EQ(ejection_recovered(planned, sent, 2, sent).publishes_left, 0);
}

TEST(ejection_rules, after_a_restart_days_later_snapshots_still_have_two_minutes_before_it_is_given_up) {
  history told;
  told.facts = ejection_recovered(planned, sent, 1, sent + hours{48});
  const int start = 48 * 3600;
  for (int second = start; second < start + 120; ++second)
    told.feed(ejection_clock{}, second);
  EXPECT_TRUE(told.decisions.empty());
  for (int second = start + 120; second < start + 130; ++second)
    told.feed(ejection_clock{}, second);
  ASSERT_EQ(told.decisions.size(), 2U);
  EXPECT_EQ(told.decisions[0].result, ejection_result::uncertain);
  EXPECT_EQ(told.decisions[1].result, ejection_result::dark);
}

TEST(ejection_rules, a_command_that_was_sent_before_the_clock_was_set_back_is_not_waited_for_the_longer) {
  history told;
  told.facts = ejection_recovered(planned, sent + hours{6}, 1, sent);
  for (int second = 0; second < 130; ++second)
    told.feed(ejection_clock{}, second);
  ASSERT_EQ(told.decisions.size(), 1U) << "two minutes, not six hours";
  EXPECT_EQ(told.decisions[0].result, ejection_result::uncertain);
}

// F-03: up to three physical ejections per rental.
TEST(ejection_rules, whatever_a_cabinet_says_no_story_publishes_more_than_twice) {
  for (int first = 0; first <= 0xFF; ++first) {
    for (const std::uint8_t second : {0x00, 0x01, 0x12, 0x88, 0xFC, 0xFE, 0x77}) {
      const auto told =
          play({reply(1, static_cast<std::uint8_t>(first)), reply(7, second), reply(13, 0xFE)}, 130);
      ASSERT_LE(told.facts.publishes, 2);
      ASSERT_LE(told.publishes.size(), first == 0xFE ? 1U : 0U);
    }
  }
}

TEST(ejection_rules, the_clock_alone_brings_every_open_ejection_to_an_end) {
  history told;
  told.facts = ejection_sent(planned, 1, sent);
  for (int wakes = 0; wakes < 2000; ++wakes) {  // A minute each, a day long.
    const auto at = next_wake(told.facts);
    ASSERT_TRUE(at);
    const auto second = static_cast<int>((*at - sent).count() / 1000);
    if (may_be_forgotten(told.facts, *at + seconds{1})) break;
    told.feed(ejection_clock{}, second);
  }
  ASSERT_EQ(told.decisions.size(), 2U);
  EXPECT_EQ(told.decisions[1].result, ejection_result::dark);
}

TEST(ejection_rules, an_uncertain_ejection_lets_the_next_rider_through) {
  auto facts = ejection_sent(planned, 1, sent);
  EXPECT_TRUE(blocks_the_cabinet(facts));
  facts.phase = ejection_phase::verifying;
  EXPECT_TRUE(blocks_the_cabinet(facts));
  facts.phase = ejection_phase::uncertain;
  EXPECT_FALSE(blocks_the_cabinet(facts));
}

}  // namespace
}  // namespace chautari
