#include "actors/livemap/region_map.hpp"

#include <gtest/gtest.h>

#include "tests/livemap/map_samples.hpp"

namespace chautari {
namespace {

using testing::changing_city;
using testing::drawing;
using testing::drawing_of;
using testing::drawn_from_scratch;
using testing::sample_layers;
using testing::sample_time;

/// A region, what it should hold, and what somebody who hears its changes has seen.
struct watched_region {
  struct watched {
    map_layer layer;
    std::uint32_t number = 0;
    drawing seen;
  };

  region_map map;
  std::map<station_id, station_marker> stations;
  timestamp now = sample_time;
  std::vector<watched> layers;

  void put(const station_marker& marker) {
    auto kept = marker;
    if (const auto known = stations.find(marker.id); known != stations.end()) {
      kept.issue = known->second.issue;
      kept.active_out = known->second.active_out;
    }
    stations[marker.id] = kept;
    map.put(kept, now);
  }
  void mark(station_id id, std::uint8_t issue, std::uint32_t out) {
    stations.at(id).issue = issue;
    stations.at(id).active_out = out;
    map.mark(id, issue, out, now);
  }
  void remove(station_id id) {
    stations.erase(id);
    map.remove(id);
  }
  void watch(const map_layer& layer) {
    const auto number = map.open(layer, now);
    static_cast<void>(map.take_changes(number));
    layers.push_back({layer, number, drawing_of(map.whole(number))});
  }
  void hear() {
    for (auto& one : layers)
      testing::apply(one.seen, map.take_changes(one.number));
  }
};

TEST(region_map, the_cells_of_each_zoom_are_what_a_count_from_scratch_gives) {
  changing_city city{1};
  watched_region region;
  for (std::size_t number = 0; number < 300; ++number)
    region.put(city.born(number));
  for (const auto& layer : sample_layers()) {
    region.watch(layer);
    const auto expected = drawn_from_scratch(region.stations, layer, region.now);
    EXPECT_EQ(region.layers.back().seen, expected) << "zoom " << int{layer.zoom};
    const bool has_everybody = layer.filter == map_filter{};
    if (has_everybody) {
      EXPECT_FALSE(expected.empty());
    }
  }
}

TEST(region_map, changes_applied_to_what_was_seen_give_what_is_there) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    changing_city city{seed};
    watched_region region;
    for (std::size_t number = 0; number < 40; ++number)
      region.put(city.born(number));
    for (const auto& layer : sample_layers())
      region.watch(layer);
    for (int step = 0; step < 300; ++step) {
      const auto known =
          std::next(region.stations.begin(), static_cast<std::ptrdiff_t>(city.below(region.stations.size())));
      if (city.below(12) == 0) {
        region.mark(known->first, static_cast<std::uint8_t>(city.below(5)), 1);
      } else if (city.below(40) == 0) {
        region.remove(known->first);
      } else {
        region.put(city.change(region.now));
      }
      if (city.below(6) != 0) continue;
      region.now += seconds{15};  // The wheel's own step: deadlines are met to the step.
      region.map.pass(region.now);
      region.hear();
      for (const auto& one : region.layers) {
        ASSERT_EQ(one.seen, drawing_of(region.map.whole(one.number)))
            << "seed " << seed << " step " << step << " zoom " << int{one.layer.zoom};
      }
    }
  }
}

TEST(region_map, time_alone_makes_a_silent_station_late_and_only_that_is_told) {
  watched_region region;
  const auto view = testing::a_station("ASAN", "Asan", 27.7, 85.3);
  region.put(marker_of(view));
  map_filter silent;
  silent.silent_minutes = 60;
  region.watch({map_zoom_markers, {}});
  region.watch({map_zoom_markers, silent});
  const auto pass = [&](milliseconds until) {
    region.now = sample_time + until;
    region.map.pass(region.now);
    const bool is_news = region.map.has_changes();
    region.hear();
    return is_news;
  };
  EXPECT_FALSE(pass(minutes{17}));
  EXPECT_TRUE(pass(minutes{18} + seconds{15}));
  EXPECT_NE(region.layers[0].seen.at("ASAN").find("DEGRADED"), std::string::npos);
  EXPECT_FALSE(pass(minutes{24}));
  EXPECT_TRUE(pass(minutes{25} + seconds{15})) << "its stock is forgotten";
  for (auto at = minutes{26}; at < minutes{60}; at += minutes{1})
    EXPECT_FALSE(pass(at));
  EXPECT_TRUE(region.layers[1].seen.empty());
  EXPECT_TRUE(pass(minutes{60} + seconds{30}));
  EXPECT_EQ(region.layers[1].seen.size(), 1U);
  EXPECT_FALSE(region.map.next_judgement()) << "nothing is left to wait for";
}

TEST(region_map, a_time_that_is_far_off_is_found_as_scratch_finds_it) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    changing_city city{seed};
    watched_region region;
    for (std::size_t number = 0; number < 30; ++number)
      region.put(city.born(number));
    for (const auto& layer : sample_layers())
      region.watch(layer);
    for (int step = 0; step < 60; ++step) {
      if (city.below(3) == 0) region.put(city.change(region.now));
      region.now += minutes{1 + static_cast<int>(city.below(9))};
      // Whatever was due is at most one step of the wheel late.
      region.map.pass(region.now + seconds{15});
      region.hear();
      for (const auto& one : region.layers) {
        ASSERT_EQ(one.seen, drawn_from_scratch(region.stations, one.layer, region.now + seconds{15}))
            << "seed " << seed << " step " << step << " zoom " << int{one.layer.zoom};
      }
    }
  }
}

TEST(region_map, what_looks_the_same_is_not_told) {
  watched_region region;
  auto view = testing::a_station("ASAN", "Asan", 27.7, 85.3);
  region.put(marker_of(view));
  region.watch({9, {}});
  ++view.revision;
  view.slots[0].updated_at += minutes{1};
  region.put(marker_of(view));
  EXPECT_FALSE(region.map.has_changes());
}

TEST(region_map, what_two_layers_draw_alike_is_drawn_once) {
  watched_region region;
  region.put(marker_of(testing::a_station("ASAN", "Asan", 27.7, 85.3)));
  region.watch({9, {}});
  region.watch({map_zoom_markers, {}});
  EXPECT_EQ(region.map.whole(region.layers[0].number).changed.front(),
            region.map.whole(region.layers[1].number).changed.front());
}

TEST(region_map, a_station_costs_less_than_a_quarter_of_a_kilobyte) {
  // 100,000 of them: 25 MB. What is drawn comes on top, for layers that somebody watches.
  EXPECT_LE(sizeof(station_marker), 112U);
}

}  // namespace
}  // namespace chautari
