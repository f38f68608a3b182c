/// What operators are told of stations and cabinets, and what the map learns of heartbeats.
#include <gtest/gtest.h>

#include <algorithm>

#include "actors/stations/feed_rules.hpp"
#include "tests/support/cabinet_world.hpp"

namespace chautari {
namespace {

using testing::cabinet_world;

std::int64_t told(const cabinet_world& world, std::string_view kind) {
  return std::ranges::count(world.log->events, kind, &operator_event::kind);
}

TEST(station_feed, every_surprise_of_the_stock_has_its_word) {
  station_stock before;
  slot_facts cool, hot;
  cool.number = 1;
  cool.temperature = 40;
  hot.number = 2;
  hot.temperature = 70;
  before.slots = {cool, hot};
  stock_change change;
  change.stock = before;
  change.events = {{"bank-missing", {7}, 3, 0},         {"slot-forced-open", {}, 4, 6},
                   {"slot-disabled", {}, 5, 3},         {"bank-quarantined", {8}, 6, 0},
                   {"slot-created", {}, 7, 0},          {"bank-found", {9}, 8, 0},
                   {"bank-in-two-cabinets", {10}, 9, 0}};
  for (auto slot : {cool, hot}) {
    slot.temperature = 65;
    change.slots.push_back(image_of(slot, {}));
  }
  std::vector<std::string> lines;
  for (const auto& line : feed_of(before, change))
    lines.push_back(line.kind + ' ' + std::to_string(line.slot) + ' ' + std::string{to_text(line.severity)});
  EXPECT_EQ(lines, (std::vector<std::string>{"bank.missing 3 warning", "cabinet.tampered 4 alarm",
                                             "slot.disabled 5 warning", "bank.quarantined 6 warning",
                                             "slot.fault 7 warning", "bank.found 8 info",
                                             "bank.found 9 warning", "cabinet.over_temperature 1 alarm"}))
      << "what was hot before is not told again";
}

TEST(station_feed, a_cabinet_that_comes_and_goes_is_told_each_time_once) {
  cabinet_world world{1};
  world.go_online();
  EXPECT_EQ(told(world, "station.online"), 1);
  world.send_heartbeat();
  world.advance(minutes{26}, seconds{15});
  EXPECT_EQ(told(world, "station.online"), 1);
  EXPECT_EQ(told(world, "station.offline"), 1);
}

TEST(station_feed, a_bank_that_vanishes_is_told_when_it_is_stored) {
  cabinet_world world{1};
  world.go_online();
  world.slots.erase(1);
  for (int snapshot = 0; snapshot < 2; ++snapshot) {
    world.advance(seconds{10}, seconds{1});
    world.send_snapshot();
  }
  ASSERT_EQ(told(world, "bank.missing"), 1);
  EXPECT_NE(world.log->events.back().data.find("101"), std::string::npos);
}

TEST(station_feed, a_heartbeat_alone_keeps_the_view_of_a_station_fresh) {
  cabinet_world world{1};
  world.go_online();
  const auto views = world.log->views.size();
  for (int beats = 0; beats < 3; ++beats) {
    world.advance(minutes{9}, seconds{15});
    world.send_heartbeat();
    world.run();
    EXPECT_EQ(world.log->views.back().last_seen_at, world.system.now());
  }
  EXPECT_EQ(world.log->views.size(), views + 3);
  for (int frames = 0; frames < 50; ++frames)
    world.send_heartbeat();
  world.run();
  EXPECT_EQ(world.log->views.size(), views + 3) << "once a heartbeat, not once a frame";
}

}  // namespace
}  // namespace chautari
