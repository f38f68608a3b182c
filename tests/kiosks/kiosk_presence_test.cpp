/// Returns, snapshots, being online: what a cabinet says without being asked.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/cabinet_stories.hpp"

namespace chautari {
namespace {

using testing::cabinet_world;
using testing::is_stored;
using testing::under_all_schedules;

constexpr bank_sn bank_one{101};
constexpr bank_sn foreign{555};

// F-24: returns by MQTT were only logged.
TEST(kiosk_presence, a_return_report_reaches_the_rentals_with_slot_battery_and_frame) {
  under_all_schedules([](cabinet_world& world) {
    world.log->answers[foreign] = sighting_answer::closed;
    world.send_return(5, foreign);
    ASSERT_EQ(world.log->sightings.size(), 1U);
    const auto& seen = world.log->sightings[0];
    EXPECT_EQ(seen.bank, foreign);
    EXPECT_EQ(seen.slot, 5);
    EXPECT_EQ(seen.battery, 55);
    EXPECT_EQ(seen.kind, sighting_kind::return_report);
    EXPECT_EQ(seen.station_serial, world.serial);
    EXPECT_EQ(seen.cabinet, world.cabinet) << "imei and serial number are different things";
    EXPECT_EQ(seen.returned_at, seen.received_at);
    EXPECT_TRUE(seen.report.has_value());
    world.advance(seconds{3});
    EXPECT_GE(world.count_published("check"), 1U) << "the slot itself is read afterwards";
  });
}

TEST(kiosk_presence, a_return_is_kept_while_nobody_can_store_it) {
  under_all_schedules([](cabinet_world& world) {
    world.log->rentals_refuse = caf::make_error(journal_refusal::unavailable);
    world.send_return(5, foreign);
    world.advance(seconds{120}, seconds{1});
    EXPECT_TRUE(world.log->sightings.empty());
    world.log->rentals_refuse.reset();
    world.log->answers[foreign] = sighting_answer::closed;
    world.advance(seconds{61}, seconds{1});
    ASSERT_EQ(world.log->sightings.size(), 1U);
    EXPECT_LT(world.log->sightings[0].returned_at, world.system.now() - seconds{100})
        << "it happened when it happened";
  });
}

TEST(kiosk_presence, a_failed_return_is_no_return_but_is_stored_and_looked_after) {
  under_all_schedules([](cabinet_world& world) {
    world.log->published.clear();
    world.send_return(5, foreign, 0x21);
    EXPECT_TRUE(world.log->sightings.empty());
    EXPECT_TRUE(is_stored(world, 0x40));
    EXPECT_TRUE(world.db->has_logged("return-failed")) << "an incident of that slot";
    const auto is_alert = [](const operator_event& event) { return event.kind == "return.failed"; };
    ASSERT_EQ(std::count_if(world.log->events.begin(), world.log->events.end(), is_alert), 1);
    EXPECT_EQ(world.log->events.back().data, R"({"slot":5,"code":33,"reason":"return-failed"})");
    world.advance(seconds{12}, seconds{1});
    EXPECT_EQ(world.count_published("check"), 1U);
    world.advance(seconds{60}, seconds{1});
    EXPECT_EQ(world.count_published("check"), 2U);
  });
}

TEST(kiosk_presence, a_bank_of_another_operator_is_not_returned) {
  under_all_schedules([](cabinet_world& world) {
    world.send_return(5, foreign, 0x10);
    EXPECT_TRUE(world.log->sightings.empty());
    EXPECT_TRUE(world.db->has_logged("return-foreign-bank"));
  });
}

TEST(kiosk_presence, a_self_test_that_succeeds_is_a_return) {
  under_all_schedules([](cabinet_world& world) {
    return_self_test test;
    test.board = 1;
    test.record.slot = 6;
    test.record.state = 0x01;
    test.record.sn = foreign;
    test.record.charge_percent = 44;
    world.send(test);
    ASSERT_EQ(world.log->sightings.size(), 1U);
    EXPECT_EQ(world.log->sightings[0].kind, sighting_kind::self_test);
    EXPECT_EQ(world.log->sightings[0].slot, 6);
    EXPECT_EQ(world.log->sightings[0].battery, 44);
  });
}

TEST(kiosk_presence, a_bank_nobody_rents_and_nobody_knows_is_quarantined_where_it_sits) {
  under_all_schedules([](cabinet_world& world) {
    world.slots[5] = {foreign, 70, 1};
    world.send_snapshot();
    ASSERT_NE(world.db->find_bank(foreign), nullptr);
    EXPECT_EQ(world.db->find_bank(foreign)->status, bank_status::quarantined);
    EXPECT_EQ(world.db->find_bank(foreign)->slot, 5);
    EXPECT_EQ(world.view().rentable_count, 3);
  });
}

TEST(kiosk_presence, a_snapshot_closes_a_rental_as_well_as_a_report_does) {
  under_all_schedules([](cabinet_world& world) {
    world.log->answers[foreign] = sighting_answer::closed;
    world.slots[5] = {foreign, 70, 1};
    world.advance(seconds{30}, seconds{1});
    world.send_snapshot();
    ASSERT_EQ(world.log->sightings.size(), 1U);
    EXPECT_EQ(world.log->sightings[0].kind, sighting_kind::snapshot);
    EXPECT_EQ(world.log->sightings[0].returned_at, world.system.now());
  });
}

// What is sent between a cabinet's connect and its subscription reaches nobody.
TEST(kiosk_presence, a_check_that_was_lost_is_asked_again_as_long_as_a_rider_waits_for_the_answer) {
  under_all_schedules([](cabinet_world& world) {
    world.advance(seconds{30});
    world.log->published.clear();
    const auto asked = [&] { return world.count_published("check") + world.count_published("check_all"); };
    world.system.tell(world.kiosks, request_snapshot{world.cabinet});
    world.run();
    EXPECT_EQ(asked(), 1U);
    world.advance(milliseconds{3'250});
    EXPECT_EQ(asked(), 2U);
    world.advance(milliseconds{3'250});
    EXPECT_EQ(asked(), 3U);
    world.send_snapshot();
    world.advance(seconds{30});
    EXPECT_EQ(asked(), 3U) << "answered";
    world.system.tell(world.kiosks, request_snapshot{world.cabinet});
    world.advance(minutes{2});
    EXPECT_LE(asked(), 7U) << "nobody waits for ever";
  });
}

// F-22: offline returns were billed until the next sync.
TEST(kiosk_presence, a_bank_found_after_an_outage_was_returned_when_the_cabinet_was_last_seen) {
  under_all_schedules([](cabinet_world& world) {
    const auto last_seen = world.system.now();
    world.advance(minutes{40}, seconds{30});
    EXPECT_FALSE(world.kiosk().is_online);
    world.log->answers[foreign] = sighting_answer::closed;
    world.slots[5] = {foreign, 70, 1};
    world.send_heartbeat();
    EXPECT_GE(world.count_published("check_all"), 1U) << "newly online: asked at once";
    world.send_snapshot();
    ASSERT_EQ(world.log->sightings.size(), 1U);
    EXPECT_EQ(world.log->sightings[0].returned_at, last_seen);
    world.slots[6] = {bank_sn{556}, 70, 1};
    world.send_snapshot();
    const auto& newest = world.log->sightings.back();
    EXPECT_EQ(newest.bank.value, 556U);
    EXPECT_EQ(newest.returned_at, world.system.now()) << "only the first snapshot";
  });
}

TEST(kiosk_presence, a_return_reported_after_an_outage_happened_when_the_cabinet_was_last_seen) {
  under_all_schedules([](cabinet_world& world) {
    const auto last_seen = world.system.now();
    world.advance(minutes{40}, seconds{30});
    world.log->answers[foreign] = sighting_answer::closed;
    world.send_return(5, foreign);
    ASSERT_EQ(world.log->sightings.size(), 1U);
    EXPECT_EQ(world.log->sightings[0].returned_at, last_seen);
    EXPECT_EQ(world.log->sightings[0].received_at, world.system.now());
    world.send_snapshot();
    world.send_return(6, bank_sn{556});
    EXPECT_EQ(world.log->sightings.back().returned_at, world.system.now()) << "the outage is over";
  });
}

TEST(kiosk_presence, what_is_heard_after_our_own_outage_happened_when_the_cabinet_was_last_heard) {
  under_all_schedules([](cabinet_world& world) {
    const auto last_seen = world.system.now();
    world.advance(minutes{10}, seconds{30});
    world.system.tell(world.kiosks, line_changed{false});
    world.advance(minutes{5}, seconds{30});
    world.log->answers[foreign] = sighting_answer::closed;
    world.send_return(5, foreign);  // The broker kept it; it may come before we know that we are back.
    world.system.tell(world.kiosks, line_changed{true});
    world.run();
    world.send_return(6, bank_sn{556});
    ASSERT_GE(world.log->sightings.size(), 2U);
    for (const auto& seen : world.log->sightings)
      EXPECT_EQ(seen.returned_at, last_seen);
  });
}

TEST(kiosk_presence, without_our_line_to_the_broker_no_cabinet_can_be_reached) {
  cabinet_world world{1};
  world.go_online();
  const auto is_reachable = [&] {
    const auto answer = world.system.ask<kiosk_view>(world.kiosks, look_at_kiosk{world.cabinet});
    world.run();
    return answer->answer && answer->answer->is_online;
  };
  EXPECT_TRUE(is_reachable());
  world.system.tell(world.kiosks, line_changed{false});
  EXPECT_FALSE(is_reachable());
  world.system.tell(world.kiosks, line_changed{true});
  EXPECT_TRUE(is_reachable());
}

TEST(kiosk_presence, when_our_line_is_back_a_silent_cabinet_is_asked_within_a_minute) {
  std::set<timestamp> asked_at;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    cabinet_world world{seed};
    world.go_online();
    world.advance(seconds{30}, seconds{1});
    world.log->published.clear();
    world.system.tell(world.kiosks, line_changed{false});
    world.system.tell(world.kiosks, line_changed{true});
    world.run();
    EXPECT_TRUE(world.log->published.empty()) << "not all at once";
    int waited = 0;
    for (; waited < 61 && world.log->published.empty(); ++waited)
      world.advance(seconds{1}, seconds{1});
    EXPECT_EQ(world.count_published("check_all"), 1U);
    asked_at.insert(world.system.now());
  }
  EXPECT_GT(asked_at.size(), 5U) << "spread over the minute";
}

TEST(kiosk_presence, a_second_outage_before_any_snapshot_does_not_shorten_the_first) {
  cabinet_world world{5};
  world.go_online();
  const auto last_seen = world.system.now();
  world.advance(minutes{40}, seconds{30});
  world.send_heartbeat();
  world.advance(minutes{40}, seconds{30});
  world.send_return(5, foreign);
  ASSERT_EQ(world.log->sightings.size(), 1U);
  EXPECT_EQ(world.log->sightings[0].returned_at, last_seen);
}

// F-25
TEST(kiosk_presence, a_snapshot_within_five_seconds_of_an_ejection_moves_no_bank) {
  under_all_schedules([](cabinet_world& world) {
    world.rent(bank_one);
    world.slots[5] = {foreign, 70, 1};
    world.advance(seconds{4}, seconds{1});
    world.send_snapshot();
    EXPECT_TRUE(world.log->sightings.empty());
    world.send_reply(bank_one, 0x01);
    world.advance(seconds{7}, seconds{1});
    world.send_snapshot();
    EXPECT_GE(world.log->sightings.size(), 1U);
  });
}

// F-41: the checksum was never enforced; F-40: one cabinet's frames are its own.
TEST(kiosk_presence, a_frame_with_a_wrong_checksum_is_stored_counted_and_changes_nothing) {
  under_all_schedules([](cabinet_world& world) {
    return_report report;
    report.board = 1;
    report.slot = 5;
    report.sn = foreign;
    report.state = 1;
    auto bytes = encode(report);
    bytes.back() ^= 0x01;
    world.advance(seconds{15}, seconds{1});
    world.log->published.clear();
    world.send_frame(bytes);
    EXPECT_TRUE(world.log->sightings.empty());
    EXPECT_TRUE(is_stored(world, 0x40, 102));
    EXPECT_EQ(world.kiosk().frames_rejected, 1U);
    EXPECT_EQ(world.count_published("check"), 1U) << "it may have told of a return";
  });
}

TEST(kiosk_presence, garbage_of_any_length_is_survived_and_kept) {
  cabinet_world world{5};
  world.go_online();
  const auto before = world.db->reports.size();
  for (std::size_t size = 0; size < 40; ++size)
    world.send_frame(std::vector<std::uint8_t>(size, static_cast<std::uint8_t>(0xA8 + size)));
  EXPECT_EQ(world.kiosk().frames_rejected, 40U);
  EXPECT_EQ(world.db->reports.size(), before + 40);
}

// F-42
TEST(kiosk_presence, a_cabinet_with_heartbeats_every_ten_minutes_never_flaps) {
  cabinet_world world{5};
  world.go_online();
  for (int beat = 0; beat < 30; ++beat) {
    world.advance(minutes{10}, seconds{30});
    world.send_heartbeat();
  }
  EXPECT_EQ(world.db->status_changes.size(), 1U) << "it came online once";
  EXPECT_TRUE(world.view().is_online);
}

// F-43
TEST(kiosk_presence, a_disconnect_of_an_older_session_does_not_switch_the_station_off) {
  under_all_schedules([](cabinet_world& world) {
    const auto now = world.system.now();
    world.system.tell(world.kiosks, broker_session{world.cabinet, true, now});
    world.system.tell(world.kiosks, broker_session{world.cabinet, false, now - seconds{1}});
    world.advance(minutes{5}, seconds{10});
    EXPECT_TRUE(world.kiosk().is_online);
    world.system.tell(world.kiosks, broker_session{world.cabinet, false, world.system.now()});
    world.advance(seconds{89}, seconds{1});
    EXPECT_TRUE(world.kiosk().is_online);
    world.advance(seconds{3}, seconds{1});
    EXPECT_FALSE(world.view().is_online);
    EXPECT_EQ(world.db->status_changes.back().triggered_by, "TIMEOUT");
  });
}

// F-29: an unknown cabinet created a public station.
TEST(kiosk_presence, a_cabinet_nobody_registered_gets_nothing) {
  cabinet_world world{5};
  const auto records = world.db->records.size();
  const auto views = world.log->views.size();
  heartbeat beat;
  world.system.tell(world.kiosks, cabinet_frame{imei{"869999999999999"}, cabinet_channel::heart, encode(beat),
                                                world.system.now()});
  world.run();
  EXPECT_EQ(world.db->records.size(), records);
  EXPECT_EQ(world.log->views.size(), views);
  EXPECT_TRUE(world.log->published.empty());
  ASSERT_FALSE(world.log->log.empty());
  EXPECT_EQ(world.log->log.back().id, "cabinet-unknown");
}

TEST(kiosk_presence, an_ejection_for_a_cabinet_nobody_registered_is_refused_to_its_rental) {
  cabinet_world world{5};
  auto wish = world.order(bank_one);
  wish.command.cabinet = imei{"869999999999999"};
  world.eject(wish);
  ASSERT_NE(world.last_outcome(), nullptr);
  EXPECT_EQ(world.last_outcome()->result, ejection_result::not_moved);
}

TEST(kiosk_presence, a_bank_pushed_into_a_slot_believed_occupied_displaces_the_ghost) {
  under_all_schedules([](cabinet_world& world) {
    world.log->answers[foreign] = sighting_answer::not_rented;
    world.slots[1] = {foreign, 70, 1};
    world.send_return(1, foreign);
    EXPECT_EQ(world.db->find_bank(bank_one)->status, bank_status::missing);
    ASSERT_NE(world.db->find_bank(foreign), nullptr);
    EXPECT_EQ(world.db->find_bank(foreign)->slot, 1);
  });
}

}  // namespace
}  // namespace chautari
