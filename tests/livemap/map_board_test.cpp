#include "http/livemap/map_board.hpp"

#include <gtest/gtest.h>

#include "actors/livemap/region_map.hpp"
#include "http/livemap/map_topic.hpp"
#include "http/websocket/personal_subscription.hpp"
#include "protocols/base/limits.hpp"
#include "tests/livemap/map_samples.hpp"

namespace chautari {
namespace {

namespace json = boost::json;
using testing::changing_city;
using testing::sample_time;

/// What a page knows of its view.
struct page final : map_viewer {
  map_view view;
  std::map<std::string, json::value> seen;
  json::value totals;
  json::value pulses;
  std::int64_t zoom = -1;
  std::string refusal;
  int wholes = 0;
  int changes = 0;

  void take(const json::value& list, const char* key) {
    for (const auto& item : list.as_array())
      seen[std::string{item.at(key).as_string()}] = item;
  }
  void see_whole(const draw_function& draw) override { see_whole(draw()); }
  void see_whole(const std::string& data_json) {
    const auto data = json::parse(data_json);
    ++wholes;
    seen.clear();
    zoom = data.at("zoom").as_int64();
    take(data.at("clusters"), "key");
    take(data.at("stations"), "sn");
    totals = data.at("totals");
  }
  void see_change(std::string data_json) override {
    const auto data = json::parse(data_json);
    ++changes;
    take(data.at("clusters"), "key");
    take(data.at("stations"), "sn");
    for (const auto& key : data.at("gone").as_array())
      seen.erase(std::string{key.as_string()});
    totals = data.at("totals");
    pulses = data.at("pulses");
  }
  void be_refused(const std::string& code) override { refusal = code; }
};

/// A board and the regions behind it, without actors: what is asked is answered when the test says so.
struct city_map {
  struct open_watch {
    map_region region;
    std::uint32_t layer = 0;
  };

  std::map<std::uint32_t, region_map> regions;
  std::map<station_id, map_region> places;
  std::map<std::uint32_t, open_watch> watches;
  std::vector<std::function<void()>> answers;
  timestamp now = sample_time;
  bool is_refusing = false;
  map_board board{{[this](std::uint32_t watch, map_region region, const map_layer& layer) {
                     answers.push_back([=, this] { grant(watch, region, layer); });
                   },
                   [this](std::uint32_t watch, map_region) { watches.erase(watch); }}};

  void grant(std::uint32_t watch, map_region region, const map_layer& layer) {
    const auto known = regions.find(region.number);
    if (is_refusing || known == regions.end()) return board.fail(watch, !is_refusing);
    tell(region.number);
    auto& map = known->second;
    const auto number = map.open(layer, now);
    static_cast<void>(map.take_changes(number));
    watches[watch] = {region, number};
    board.take({watch, true, std::make_shared<const layer_change>(map.whole(number))});
  }
  void answer() {
    for (int rounds = 0; rounds < 20 && !answers.empty(); ++rounds) {
      for (const auto& one : std::exchange(answers, {}))
        one();
    }
  }
  void tell(std::uint32_t region) {
    for (const auto& [watch, of] : std::map{watches}) {
      if (of.region.number != region) continue;
      auto change = std::make_shared<layer_change>(regions.at(region).take_changes(of.layer));
      if (!change->changed.empty() || !change->gone.empty()) board.take({watch, false, std::move(change)});
    }
  }
  /// One batch: every region tells, the board tells its viewers.
  void batch() {
    answer();
    for (const auto& [region, map] : regions)
      tell(region);
    board.tick();
    answer();
  }
  void put(const station_marker& marker) {
    const auto where = region_at(marker.latitude(), marker.longitude());
    const auto known = places.find(marker.id);
    if (known != places.end() && known->second != where) regions.at(known->second.number).remove(marker.id);
    places[marker.id] = where;
    board.know(where);
    regions[where.number].put(marker, now);
  }
  std::uint64_t open(page& who) {
    const auto number = board.open(who.view, who);
    answer();
    return number;
  }
};

bool is_within(const map_bounds& bounds, const json::value& item) {
  return bounds.contains(item.at("lat").to_number<double>(), item.at("lng").to_number<double>());
}

map_view view_of(double south, double west, double north, double east, int zoom) {
  map_view view;
  view.bounds = {south, west, north, east};
  view.zoom = zoom;
  return view;
}

std::vector<map_view> sample_views() {
  auto troubled = view_of(26, 80, 30, 89, 7);
  troubled.filter.states = 2 + 4;
  return {view_of(-85, -180, 85, 180, 5),          view_of(26, 80, 30, 89, 7),
          view_of(27.69, 85.29, 27.72, 85.32, 14), view_of(27.69, 85.29, 27.72, 85.32, 17),
          view_of(28.1, 83.9, 28.3, 84.1, 11),     troubled};
}

TEST(map_board, changes_applied_to_a_snapshot_give_the_next_snapshot) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    changing_city city{seed};
    city_map map;
    for (std::size_t number = 0; number < 60; ++number)
      map.put(city.born(number));
    std::vector<page> pages(sample_views().size());
    std::vector<std::uint64_t> numbers;
    for (std::size_t at = 0; at < pages.size(); ++at) {
      pages[at].view = sample_views()[at];
      numbers.push_back(map.open(pages[at]));
    }
    for (int step = 0; step < 60; ++step) {
      for (std::size_t changes = city.below(8); changes > 0; --changes)
        map.put(city.change(map.now));
      map.batch();
      for (std::size_t at = 0; at < pages.size(); ++at) {
        page fresh;
        fresh.see_whole(map.board.whole(numbers[at]).value());
        ASSERT_EQ(pages[at].seen, fresh.seen) << "seed " << seed << " step " << step << " view " << at;
        ASSERT_EQ(pages[at].totals, fresh.totals);
        std::int64_t counted = 0;
        for (const auto& [key, item] : fresh.seen) {
          ASSERT_TRUE(is_within(pages[at].view.bounds, item)) << key;
          const auto* count = item.as_object().if_contains("count");
          counted += count == nullptr ? 1 : count->as_int64();
        }
        ASSERT_EQ(fresh.totals.at("stations").as_int64(), counted);
      }
    }
    for (const auto& one : pages)
      EXPECT_GT(one.changes, 0) << "no view may be left out of the story";
  }
}

TEST(map_board, a_view_that_moves_is_shown_whole_and_nothing_of_the_old_one) {
  city_map map;
  map.put(marker_of(testing::a_station("KTM", "Kathmandu", 27.7, 85.3)));
  map.put(marker_of(testing::a_station("PKR", "Pokhara", 28.2, 83.98)));
  page one;
  one.view = view_of(27.6, 85.2, 27.8, 85.4, 12);
  const auto number = map.open(one);
  EXPECT_EQ(one.seen.size(), 1U);
  one.view = view_of(28.1, 83.9, 28.3, 84.1, 12);
  map.board.move(number, one.view);
  map.answer();
  EXPECT_EQ(one.wholes, 2);
  EXPECT_TRUE(one.seen.contains("PKR") && one.seen.size() == 1U);
  auto changed = testing::a_station("KTM", "Kathmandu", 27.7, 85.3);
  changed.is_online = false;
  map.put(marker_of(changed));
  map.batch();
  EXPECT_EQ(one.changes, 0);
  EXPECT_EQ(map.watches.size(), 1U) << "what nobody looks at is not watched";
  map.board.close(number);
  EXPECT_TRUE(map.watches.empty());
}

TEST(map_board, two_who_look_at_the_same_layer_share_one_watch) {
  city_map map;
  map.put(marker_of(testing::a_station("KTM", "Kathmandu", 27.7, 85.3)));
  page one, other;
  one.view = view_of(27.6, 85.2, 27.8, 85.4, 12);
  other.view = view_of(27.65, 85.25, 27.8, 85.4, 12);
  map.open(one);
  map.open(other);
  EXPECT_EQ(map.board.watches(), 1U);
}

TEST(map_board, a_view_never_holds_more_than_it_may) {
  city_map map;
  for (std::size_t row = 0; row < 40; ++row) {
    for (std::size_t column = 0; column < 40; ++column) {
      const auto name = std::to_string(row) + "-" + std::to_string(column);
      map.put(marker_of(testing::a_station(name, "Station " + name, 27.6 + 0.004 * static_cast<double>(row),
                                           85.2 + 0.004 * static_cast<double>(column))));
    }
  }
  page one;
  one.view = view_of(27, 85, 28, 86, 18);
  map.open(one);
  map.batch();
  EXPECT_LT(one.zoom, 15);
  EXPECT_LE(one.seen.size(), limits::map_items_max);
  EXPECT_EQ(one.totals.at("stations").as_int64(), 1'600) << "coarser, and still everything";
  const auto whole = map.board.whole(1).value();
  EXPECT_LE(whole.size(), 64U * 1024);
}

TEST(map_board, a_view_that_fills_up_becomes_coarser_by_itself) {
  city_map map;
  map.put(marker_of(testing::a_station("FIRST", "First", 27.6, 85.2)));
  page one;
  one.view = view_of(27.59, 85.19, 27.71, 85.31, 15);
  map.open(one);
  EXPECT_EQ(one.zoom, 15);
  for (std::size_t at = 0; at < 1'200; ++at) {
    map.put(marker_of(testing::a_station(std::to_string(at), "More",
                                         27.6 + 0.0001 * static_cast<double>(at % 1'000),
                                         85.2 + 0.0001 * static_cast<double>(at / 2 % 1'000))));
  }
  map.batch();
  EXPECT_LT(one.zoom, 15);
  EXPECT_LE(one.seen.size(), limits::map_items_max);
  EXPECT_EQ(one.totals.at("stations").as_int64(), 1'201);
}

TEST(map_board, when_too_much_has_changed_at_once_the_whole_is_told) {
  city_map map;
  const auto put = [&](std::size_t at, bool is_online) {
    auto view = testing::a_station("S" + std::to_string(at), "S", 27.6 + 0.01 * static_cast<double>(at % 25),
                                   85.2 + 0.01 * static_cast<double>(at / 25));
    view.is_online = is_online;
    map.put(marker_of(view));
  };
  for (std::size_t at = 0; at < 300; ++at)
    put(at, true);
  page one;
  one.view = view_of(27, 85, 28, 86, 14);
  map.open(one);
  EXPECT_EQ(one.wholes, 1);
  for (std::size_t at = 0; at < 10; ++at)
    put(at, false);
  map.batch();
  EXPECT_EQ(one.wholes, 1);
  EXPECT_EQ(one.changes, 1);
}

// The socket takes nothing: one snapshot and one change wait at most, whatever happens meanwhile.
TEST(map_board, a_slow_client_is_told_the_whole_once_it_can_hear_again) {
  changing_city city{3};
  city_map map;
  for (std::size_t number = 0; number < 60; ++number)
    map.put(city.born(number));
  personal_subscription line{"map", [](personal_subscription&) {}};
  const auto view = view_of(26, 80, 30, 89, 9);
  auto opened = std::make_unique<map_topic>(
      map.board, [] { return sample_time; }, view, line);
  auto* topic = opened.get();
  line.speak_for(std::move(opened));
  map.answer();
  ASSERT_TRUE(line.next_frame());
  std::size_t most = 0;
  for (int step = 0; step < 200; ++step) {
    for (int changes = 0; changes < 5; ++changes)
      map.put(city.change(map.now));
    map.batch();
  }
  page seen, expected;
  int frames = 0;
  while (const auto frame = line.next_frame()) {
    const auto told = json::parse(*frame);
    EXPECT_TRUE(told.at("type") == "snapshot" || told.at("merged").as_bool());
    seen.see_whole(json::serialize(told.at("data")));
    most = std::max(most, frame->size());
    ++frames;
  }
  EXPECT_EQ(frames, 1);
  EXPECT_LE(most, limits::map_view_bytes_max);
  expected.see_whole(topic->whole()->data_json);
  EXPECT_EQ(seen.seen, expected.seen);
}

TEST(map_board, a_region_that_is_born_under_a_view_is_shown_with_it) {
  city_map map;
  map.put(marker_of(testing::a_station("KTM", "Kathmandu", 27.7, 85.3)));
  page one;
  one.view = view_of(26, 80, 30, 89, 7);
  map.open(one);
  EXPECT_EQ(one.seen.size(), 1U);
  map.board.know(region_at(28.2, 83.98));  // The lane hears of it before the map does.
  map.batch();
  map.put(marker_of(testing::a_station("PKR", "Pokhara", 28.2, 83.98)));
  map.batch();
  map.batch();
  EXPECT_TRUE(one.seen.contains("PKR"));
  EXPECT_EQ(one.totals.at("stations").as_int64(), 2);
}

TEST(map_board, whoever_cannot_be_served_is_told_and_forgotten) {
  city_map map;
  map.put(marker_of(testing::a_station("KTM", "Kathmandu", 27.7, 85.3)));
  map.is_refusing = true;
  page one;
  one.view = view_of(26, 80, 30, 89, 7);
  map.open(one);
  EXPECT_EQ(one.refusal, "service_unavailable");
  EXPECT_EQ(one.wholes, 0);
  EXPECT_EQ(map.board.watches(), 0U);
}

TEST(map_board, lights_flash_only_in_the_views_they_are_in) {
  city_map map;
  map.put(marker_of(testing::a_station("KTM", "Kathmandu", 27.7, 85.3)));
  page here, elsewhere;
  here.view = view_of(27.6, 85.2, 27.8, 85.4, 12);
  elsewhere.view = view_of(28.1, 83.9, 28.3, 84.1, 12);
  map.open(here);
  map.open(elsewhere);
  for (std::size_t at = 0; at < 2 * limits::map_pulses_max; ++at)
    map.board.flash({27.7, 85.3, R"({"sn":"KTM"})"});
  map.batch();
  EXPECT_EQ(here.pulses.as_array().size(), limits::map_pulses_max);
  EXPECT_EQ(elsewhere.changes, 0);
  map.batch();
  EXPECT_EQ(here.changes, 1) << "told once";
}

}  // namespace
}  // namespace chautari
