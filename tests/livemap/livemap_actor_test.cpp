/// The map's actors, with time wound by hand.
#include <gtest/gtest.h>

#include "actors/livemap/livemap_directory.hpp"
#include "actors/timers/timers_actor.hpp"
#include "protocols/base/limits.hpp"
#include "tests/livemap/map_samples.hpp"
#include "tests/support/deterministic_system.hpp"
#include "tests/support/memory_reader.hpp"
#include "tests/support/memory_store.hpp"

namespace chautari {
namespace {

using testing::a_station;
using testing::deterministic_system;
using testing::drawing;
using testing::nothing;

struct map_world {
  struct heard_log {
    std::vector<layer_delta> deltas;
  };

  explicit map_world(std::uint64_t seed = 1) : system{seed} {
    network world;
    world.now = system.clock();
    world.timers = system.spawn(timers, system.clock());
    world.reader = system.spawn(testing::memory_reader, db);
    map = system.spawn(livemap_directory, std::vector<open_rental_mark>{});
    system.ask<nothing>(map, meet_network{world});
    system.run();
  }

  deterministic_system system;
  std::shared_ptr<testing::memory_store> db = std::make_shared<testing::memory_store>();
  livemap_directory_actor map;
  station_view asan = a_station("ASAN", "Asan", 27.7172, 85.3240);

  map_lane_actor lane(const std::shared_ptr<heard_log>& log) {
    return system.spawn([log](map_lane_actor::pointer) -> map_lane_actor::behavior_type {
      return {[log](const layer_delta& delta) { log->deltas.push_back(delta); }};
    });
  }
  std::shared_ptr<testing::asked<layer_delta>> watch(const map_lane_actor& who, std::uint32_t number,
                                                     const map_layer& layer) {
    auto place = system.ask<layer_delta>(
        map, watch_layer{who, number, region_at(asan.facts.latitude, asan.facts.longitude), layer});
    system.run();
    return place;
  }
  void tell(const station_view& view) {
    system.tell(map, view);
    system.run();
  }
  std::string marker() {
    auto place = system.ask<marker_view>(map, look_at_marker{asan.facts.id});
    system.run();
    return place->answer ? place->answer->json : "";
  }
};

TEST(livemap, what_changes_is_told_once_in_250_ms_and_not_if_nothing_does) {
  map_world world;
  world.tell(world.asan);
  world.system.advance(seconds{1});
  const auto log = std::make_shared<map_world::heard_log>();
  const auto lane = world.lane(log);
  ASSERT_TRUE(world.watch(lane, 1, {12, {}})->answer);
  for (int change = 0; change < 5; ++change) {
    world.asan.rentable_count = change % 2;
    ++world.asan.revision;
    world.tell(world.asan);
  }
  EXPECT_TRUE(log->deltas.empty());
  world.system.advance(milliseconds{500});
  ASSERT_EQ(log->deltas.size(), 1U);
  EXPECT_NE(log->deltas[0].what->changed.at(0)->json.find(R"("rentable":0)"), std::string::npos);
  world.system.advance(minutes{5});
  EXPECT_EQ(log->deltas.size(), 1U);
}

TEST(livemap, everybody_who_watches_is_told_the_same_rendered_things) {
  map_world world;
  world.tell(world.asan);
  const auto one = std::make_shared<map_world::heard_log>(), other = std::make_shared<map_world::heard_log>();
  const auto first = world.lane(one), second = world.lane(other);
  const auto whole = world.watch(first, 7, {12, {}}), same = world.watch(second, 8, {12, {}});
  ASSERT_TRUE(whole->answer && same->answer);
  EXPECT_EQ(whole->answer->what->changed.at(0), same->answer->what->changed.at(0));
  world.asan.is_online = false;
  world.tell(world.asan);
  world.system.advance(milliseconds{500});
  ASSERT_EQ(one->deltas.size(), 1U);
  ASSERT_EQ(other->deltas.size(), 1U);
  EXPECT_EQ(one->deltas[0].watch, 7U);
  EXPECT_EQ(other->deltas[0].watch, 8U);
  EXPECT_EQ(one->deltas[0].what, other->deltas[0].what);
  world.system.tell(world.map, unwatch_layer{first, 7, region_at(27.7172, 85.3240)});
  world.asan.is_online = true;
  world.tell(world.asan);
  world.system.advance(milliseconds{500});
  EXPECT_EQ(one->deltas.size(), 1U) << "left";
  EXPECT_EQ(other->deltas.size(), 2U);
}

TEST(livemap, a_station_that_falls_silent_becomes_late_by_itself) {
  map_world world;
  world.tell(world.asan);
  EXPECT_NE(world.marker().find("ONLINE"), std::string::npos);
  world.system.advance(minutes{17}, seconds{5});
  EXPECT_NE(world.marker().find("ONLINE"), std::string::npos);
  world.system.advance(minutes{2}, seconds{5});
  EXPECT_NE(world.marker().find("DEGRADED"), std::string::npos);
}

TEST(livemap, a_station_that_moves_leaves_one_region_and_is_in_the_other) {
  map_world world;
  world.tell(world.asan);
  world.asan.facts.longitude = 81.6;
  world.tell(world.asan);
  EXPECT_NE(world.marker().find("81.6"), std::string::npos);
  const auto old = world.system.ask<layer_delta>(
      world.map,
      watch_layer{
          world.lane(std::make_shared<map_world::heard_log>()), 1, region_at(27.7172, 85.3240), {12, {}}});
  world.system.run();
  ASSERT_TRUE(old->answer);
  EXPECT_TRUE(old->answer->what->changed.empty());
  world.asan.facts.is_deleted = true;
  world.tell(world.asan);
  EXPECT_EQ(world.marker(), "");
}

TEST(livemap, a_region_keeps_so_many_layers_and_drops_those_nobody_watches_first) {
  map_world world;
  world.tell(world.asan);
  const auto log = std::make_shared<map_world::heard_log>();
  const auto lane = world.lane(log);
  const auto layer = [](std::size_t number) {
    map_layer made{12, {}};
    made.filter.text = std::to_string(number);
    return made;
  };
  for (std::size_t number = 0; number < limits::map_layers_max; ++number)
    ASSERT_TRUE(world.watch(lane, static_cast<std::uint32_t>(number), layer(number))->answer);
  const auto refused = world.watch(lane, 900, layer(900));
  EXPECT_TRUE(refused->error && *refused->error == livemap_refusal::too_many_layers);
  world.system.tell(world.map, unwatch_layer{lane, 5, region_at(27.7172, 85.3240)});
  EXPECT_TRUE(world.watch(lane, 901, layer(901))->answer);
  const auto nowhere = world.system.ask<layer_delta>(world.map, watch_layer{lane, 902, region_at(0, 0), {}});
  world.system.run();
  EXPECT_TRUE(nowhere->error && *nowhere->error == livemap_refusal::unknown_region);
}

TEST(livemap, open_issues_are_known_from_the_start_and_learned_when_reported) {
  map_world world;
  station_issue_image issue;
  issue.id = testing::id_named<issue_id>("one");
  issue.station = world.asan.facts.id;
  issue.priority = issue_priority::critical;
  world.db->issues[issue.id] = issue;
  world.tell(world.asan);
  EXPECT_NE(world.marker().find(R"("issue":null)"), std::string::npos);
  operator_event reported;
  reported.kind = "issue.reported";
  reported.station = world.asan.facts.id;
  world.system.tell(world.map, reported);
  world.system.run();
  EXPECT_NE(world.marker().find(R"("issue":"CRITICAL")"), std::string::npos);
  world.db->issues.clear();
  operator_event resolved = reported;
  resolved.kind = "operator.action";
  resolved.data = R"({"action":"issue.change"})";
  world.system.tell(world.map, resolved);
  world.system.run();
  EXPECT_NE(world.marker().find(R"("issue":null)"), std::string::npos);
}

TEST(livemap, the_figures_count_what_is_in_memory_and_what_is_not) {
  map_world world;
  world.tell(world.asan);
  world.system.advance(seconds{1});
  auto rental = testing::a_rental(testing::id_named<user_id>("asha"), world.asan);
  for (const auto status : {rental_status::pending_popup, rental_status::active, rental_status::overdue}) {
    rental.status = status;
    world.system.tell(world.map,
                      rental_event{rental.rider, rental.id, "rental.status", world.system.now(), rental});
  }
  command_news news;
  news.command.state = command_state::failed;
  world.system.tell(world.map, news);
  world.system.tell(world.map, operator_event{});
  bank_image lost;
  lost.status = bank_status::lost;
  world.db->banks[lost.id] = lost;
  const auto look = [&] {
    auto place = world.system.ask<network_metrics>(world.map, look_at_metrics{});
    world.system.run();
    return place->answer.value();
  };
  look();  // Asks the database for the next one.
  const auto told = look();
  EXPECT_EQ(told.stations.online, 1);
  EXPECT_EQ(told.seated, 2);
  EXPECT_EQ(told.rented, 1);
  EXPECT_EQ(told.overdue, 1);
  EXPECT_EQ(told.active, 0);
  EXPECT_EQ(told.pending, 0);
  EXPECT_EQ(told.lost, 1);
  EXPECT_EQ(told.events_per_minute, 1);
  EXPECT_EQ(told.commands_failing, 1);
  world.system.advance(minutes{16}, seconds{30});
  EXPECT_EQ(look().events_per_minute, 0);
  EXPECT_EQ(look().commands_failing, 0);
}

}  // namespace
}  // namespace chautari
