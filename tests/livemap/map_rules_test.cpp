#include "protocols/livemap/map_rules.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/rider_samples.hpp"

namespace chautari {
namespace {

using testing::a_station;
using testing::sample_time;

station_view asan() { return a_station("ASAN", "Asan Tole", 27.7172, 85.3240); }

struct state_case {
  const char* what;
  std::function<void(station_view&)> change;
  milliseconds later;
  marker_state expected;
  int rentable;
};

TEST(marker, its_state_is_the_worst_that_is_true_of_its_station) {
  using enum marker_state;
  const std::vector<state_case> cases{
      {"all is well", [](auto&) {}, minutes{0}, online, 2},
      {"one heartbeat is late", [](auto&) {}, minutes{18} - milliseconds{1}, online, 2},
      {"two heartbeats are late", [](auto&) {}, minutes{18}, degraded, 2},
      {"a slot has a fault", [](auto& view) { view.slots[3].status = slot_status::error; }, minutes{0},
       degraded, 2},
      {"one bank to rent", [](auto& view) { view.rentable_count = 1; }, minutes{0}, degraded, 1},
      {"no bank to rent", [](auto& view) { view.rentable_count = 0; }, minutes{0}, degraded, 0},
      {"no free slot", [](auto& view) { view.return_slots = 0; }, minutes{0}, degraded, 2},
      {"one free slot", [](auto& view) { view.return_slots = 1; }, minutes{0}, online, 2},
      {"stock is forgotten", [](auto& view) { view.last_seen_at += hours{1}; }, minutes{25} + milliseconds{1},
       degraded, 0},
      {"offline", [](auto& view) { view.is_online = false; }, minutes{0}, offline, 0},
      {"offline with a fault",
       [](auto& view) {
         view.is_online = false;
         view.slots[3].status = slot_status::error;
       },
       minutes{0}, offline, 0},
      {"in maintenance and offline",
       [](auto& view) {
         view.is_online = false;
         view.facts.is_maintenance = true;
       },
       minutes{0}, maintenance, 0},
      {"in maintenance", [](auto& view) { view.facts.is_maintenance = true; }, hours{9}, maintenance, 0},
  };
  for (const auto& one : cases) {
    auto view = asan();
    one.change(view);
    const auto judged = judge(marker_of(view), sample_time + one.later);
    EXPECT_EQ(judged.state, one.expected) << one.what;
    EXPECT_EQ(int{judged.rentable}, one.rentable) << one.what;
  }
}

TEST(marker, it_is_judged_again_exactly_when_time_changes_the_judgement) {
  const auto marker = marker_of(asan());
  auto now = sample_time;
  std::vector<milliseconds> deadlines;
  while (const auto next = judge_again_at(marker, now)) {
    EXPECT_NE(judge(marker, *next), judge(marker, *next - milliseconds{1}));
    deadlines.push_back(*next - sample_time);
    now = *next;
  }
  EXPECT_EQ(deadlines, (std::vector<milliseconds>{minutes{18}, minutes{25} + milliseconds{1}}));
}

TEST(marker, it_keeps_name_serial_and_address_in_one_text_whatever_their_length) {
  auto view = asan();
  view.facts.name = std::string(700, 'x');
  const auto marker = marker_of(view);
  EXPECT_EQ(marker.name(), std::string(255, 'x'));
  EXPECT_EQ(marker.serial(), "ASAN");
  EXPECT_TRUE(marker.words.ends_with("\nDurbar Marg"));
}

TEST(map_grid, every_cell_lies_in_the_region_of_its_stations) {
  for (const auto& [lat, lng] : std::vector<std::pair<double, double>>{
           {27.7172, 85.3240}, {26.4525, 87.2718}, {29.98, 80.09}, {-33.9, -70.6}, {85.2, 179.9999}}) {
    const auto region = region_at(lat, lng);
    for (int zoom = map_zoom_min; zoom < map_zoom_markers; ++zoom) {
      const auto cell = cell_at(lat, lng, zoom);
      const auto shift = static_cast<unsigned>(zoom + 2 - map_region_zoom);
      EXPECT_EQ(cell.x >> shift, region.x()) << zoom;
      EXPECT_EQ(cell.y >> shift, region.y()) << zoom;
    }
  }
}

// OpenStreetMap's own numbering: the tile of Kathmandu's middle.
TEST(map_grid, tiles_are_numbered_as_web_maps_number_them) {
  const auto tile = tile_at(27.7172, 85.3240, 12);
  EXPECT_EQ(tile.x, 3018U);
  EXPECT_EQ(tile.y, 1719U);
  EXPECT_EQ(to_key(cell_at(27.7172, 85.3240, 10)), "10/3018/1719");
}

TEST(map_filter, each_part_must_hold) {
  auto view = asan();
  view.slots[0].battery = 15;
  auto marker = marker_of(view);
  marker.issue = 3;
  const auto now = sample_time + minutes{10};
  const auto does_take = [&](auto change) {
    map_filter filter;
    change(filter);
    return takes(filter, marker, judge(marker, now), now);
  };
  EXPECT_TRUE(does_take([](auto&) {}));
  EXPECT_TRUE(does_take([](auto& f) { f.states = 1; }));
  EXPECT_FALSE(does_take([](auto& f) { f.states = 2 + 4 + 8; }));
  EXPECT_FALSE(does_take([](auto& f) { f.low_stock = true; }));
  EXPECT_FALSE(does_take([](auto& f) { f.no_free_slot = true; }));
  EXPECT_TRUE(does_take([](auto& f) { f.battery_below = 20; }));
  EXPECT_FALSE(does_take([](auto& f) { f.battery_below = 15; }));
  EXPECT_TRUE(does_take([](auto& f) { f.silent_minutes = 10; }));
  EXPECT_FALSE(does_take([](auto& f) { f.silent_minutes = 11; }));
  EXPECT_TRUE(does_take([](auto& f) { f.issue = 3; }));
  EXPECT_FALSE(does_take([](auto& f) { f.issue = 4; }));
  EXPECT_TRUE(does_take([](auto& f) { f.text = "asan tole"; }));
  EXPECT_TRUE(does_take([](auto& f) { f.text = "durbar"; }));
  EXPECT_FALSE(does_take([](auto& f) { f.text = "thamel"; }));
  EXPECT_FALSE(does_take([](auto& f) { f.states = 1, f.text = "thamel"; }));
}

TEST(uptime, it_is_the_share_of_the_window_spent_online) {
  const auto at = [](int hour) { return sample_time + hours{hour}; };
  const auto change = [&](int hour, station_status before, station_status after) {
    station_status_change one;
    one.previous = before;
    one.status = after;
    one.changed_at = at(hour);
    return one;
  };
  using enum station_status;
  EXPECT_DOUBLE_EQ(uptime_share({}, true, at(0), at(24)), 1);
  EXPECT_DOUBLE_EQ(uptime_share({}, false, at(0), at(24)), 0);
  EXPECT_DOUBLE_EQ(uptime_share({change(6, online, offline)}, false, at(0), at(24)), 0.25);
  EXPECT_DOUBLE_EQ(uptime_share({change(6, offline, online)}, true, at(0), at(24)), 0.75);
  // The last change before the window says how it began.
  EXPECT_DOUBLE_EQ(uptime_share({change(-30, offline, online), change(12, online, maintenance),
                                 change(18, maintenance, online)},
                                true, at(0), at(24)),
                   0.75);
}

}  // namespace
}  // namespace chautari
