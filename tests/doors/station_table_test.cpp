#include "http/stations/station_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <set>

#include "tests/support/rider_samples.hpp"

namespace chautari {
namespace {

using testing::a_station;
using testing::sample_time;

constexpr geo_point ratna_park{27.7172, 85.3240};

/// The point that lies so far from `from`, seen from there in the direction `bearing` (degrees, 0 is north).
geo_point away_from(geo_point from, double km, double bearing) {
  const double to_radians = std::numbers::pi / 180.0;
  const double angle = km / 6371.0;
  const double latitude = from.latitude * to_radians;
  const double course = bearing * to_radians;
  const double there = std::asin(std::sin(latitude) * std::cos(angle) +
                                 std::cos(latitude) * std::sin(angle) * std::cos(course));
  const double east = std::atan2(std::sin(course) * std::sin(angle) * std::cos(latitude),
                                 std::cos(angle) - std::sin(latitude) * std::sin(there));
  return {there / to_radians, from.longitude + east / to_radians};
}

std::vector<std::string> serials(const std::vector<station_hit>& hits) {
  std::vector<std::string> listed;
  for (const auto& hit : hits)
    listed.push_back(hit.station->view.facts.serial.text());
  return listed;
}

std::vector<std::string> serials(const std::vector<const listed_station*>& found) {
  std::vector<std::string> listed;
  for (const auto* station : found)
    listed.push_back(station->view.facts.serial.text());
  std::ranges::sort(listed);
  return listed;
}

using names = std::vector<std::string>;

/// A table to which stations are added by a few words.
struct table_fixture : ::testing::Test {
  station_table table;
  std::map<std::string, station_view> known;

  void add(const std::string& serial, const std::string& name, geo_point at = ratna_park) {
    known[serial] = a_station(serial, name, at.latitude, at.longitude);
    table.apply(known[serial]);
  }
  /// Changes a station and announces it; true if the table took it for news.
  template <class Change>
  bool change(const std::string& serial, Change what) {
    auto& view = known.at(serial);
    what(view);
    ++view.revision;
    return table.apply(view);
  }
  [[nodiscard]] names select(const station_filter& filter = {}, timestamp now = sample_time) const {
    return serials(table.select(filter, now));
  }
};
using station_table_test = table_fixture;

TEST_F(station_table_test, ratna_park_to_bhaktapur_is_beyond_the_default_radius) {
  const geo_point bhaktapur{27.6710, 85.4298};
  EXPECT_NEAR(distance_km(ratna_park, bhaktapur), 11.61, 0.005);
  EXPECT_DOUBLE_EQ(distance_km(ratna_park, bhaktapur), distance_km(bhaktapur, ratna_park));
  EXPECT_EQ(distance_km(ratna_park, ratna_park), 0);
  add("BKT", "Bhaktapur", bhaktapur);
  EXPECT_EQ(select({.near = ratna_park}), names{});
  EXPECT_EQ(select({.near = ratna_park, .radius_km = 11.7}), names{"BKT"});
}

TEST_F(station_table_test, a_radius_is_a_circle_in_every_direction_and_at_every_latitude) {
  for (const double latitude : {0.0, 27.7, -45.0, 69.0}) {
    const geo_point center{latitude, 85.3};
    for (const double radius : {0.1, 10.0, 50.0}) {
      for (double bearing = 0; bearing < 360; bearing += 15) {
        station_table world;
        const auto within = away_from(center, radius * 0.9999, bearing);
        const auto beyond = away_from(center, radius * 1.0001, bearing);
        world.apply(a_station("IN", "In", within.latitude, within.longitude));
        world.apply(a_station("OUT", "Out", beyond.latitude, beyond.longitude));
        const auto found = serials(world.select({.near = center, .radius_km = radius}, sample_time));
        ASSERT_EQ(found, names{"IN"}) << latitude << " " << radius << " km at " << bearing;
      }
    }
  }
}

TEST_F(station_table_test, the_nearest_comes_first_and_neighbours_by_name_then_serial) {
  const auto near = away_from(ratna_park, 1, 90);
  add("S1", "Thamel", near);
  add("S2", "Asan", near);
  add("S4", "Asan", near);
  add("S3", "Asan", near);
  add("S5", "Zoo", away_from(ratna_park, 0.5, 10));
  EXPECT_EQ(select({.near = ratna_park}), (names{"S5", "S2", "S3", "S4", "S1"}));
  const auto hits = table.select({.near = ratna_park}, sample_time);
  EXPECT_NEAR(*hits.front().distance_km, 0.5, 1e-6);
  EXPECT_NEAR(*hits.back().distance_km, 1.0, 1e-6);
}

TEST_F(station_table_test, without_a_point_stations_come_by_name_and_without_distance) {
  add("S2", "Thamel");
  add("S1", "Asan");
  const auto hits = table.select({}, sample_time);
  EXPECT_EQ(serials(hits), (names{"S1", "S2"}));
  EXPECT_FALSE(hits.front().distance_km.has_value());
}

TEST_F(station_table_test, a_station_in_maintenance_is_in_no_list_but_is_found_by_its_number) {
  add("S1", "Asan");
  add("S2", "Thamel");
  change("S1", [](station_view& view) { view.facts.is_maintenance = true; });
  EXPECT_EQ(select(), names{"S2"});
  EXPECT_EQ(select({.near = ratna_park}), names{"S2"});
  EXPECT_EQ(serials(table.page(0, 10)), names{"S2"});
  EXPECT_EQ(table.listed_count(), 1U);
  EXPECT_EQ(serials(table.within({27, 85, 28, 86}, 10)), names{"S2"});
  ASSERT_NE(table.find(station_sn{"S1"}), nullptr);
  EXPECT_EQ(table.find(station_sn{"S1"})->view.status(), station_status::maintenance);
  EXPECT_NE(table.find(known["S1"].facts.id), nullptr);
  change("S1", [](station_view& view) { view.facts.is_maintenance = false; });
  EXPECT_EQ(select(), (names{"S1", "S2"}));
}

TEST_F(station_table_test, what_is_deleted_or_not_approved_is_nowhere) {
  for (const bool is_deleted : {true, false}) {
    station_table fresh;
    auto view = a_station("S1", "Asan", ratna_park.latitude, ratna_park.longitude);
    view.facts.is_deleted = is_deleted;
    view.facts.is_approved = is_deleted;
    fresh.apply(view);
    EXPECT_EQ(fresh.find(station_sn{"S1"}), nullptr);
    EXPECT_EQ(fresh.find(view.facts.id), nullptr);
    EXPECT_TRUE(fresh.select({}, sample_time).empty());
    EXPECT_TRUE(fresh.select({.near = ratna_park}, sample_time).empty());
    EXPECT_TRUE(fresh.page(0, 10).empty());
    EXPECT_EQ(fresh.listed_count(), 0U);
    EXPECT_TRUE(fresh.within({27, 85, 28, 86}, 10).empty());
    view.facts.is_deleted = false;
    view.facts.is_approved = true;
    ++view.revision;
    fresh.apply(view);
    EXPECT_NE(fresh.find(station_sn{"S1"}), nullptr);
    EXPECT_EQ(fresh.listed_count(), 1U);
  }
}

TEST_F(station_table_test, the_status_asked_for_is_the_status_shown) {
  add("S1", "Asan");
  add("S2", "Thamel");
  change("S2", [](station_view& view) { view.is_online = false; });
  EXPECT_EQ(select({.status = station_status::online}), names{"S1"});
  EXPECT_EQ(select({.status = station_status::offline}), names{"S2"});
}

TEST_F(station_table_test, a_search_looks_into_name_address_and_landmark_whatever_the_case) {
  add("S1", "Asan Chowk");
  add("S2", "Thamel");
  add("S3", "Boudha");
  change("S2", [](station_view& view) { view.facts.address = "Near ASAN"; });
  change("S3", [](station_view& view) { view.facts.landmark = "the road to asaN"; });
  EXPECT_EQ(select({.search = "asan"}), (names{"S1", "S3", "S2"}));
  EXPECT_EQ(select({.search = "boudha"}), names{"S3"});
  EXPECT_EQ(select({.search = "pokhara"}), names{});
  change("S3", [](station_view& view) { view.facts.name = "बौद्ध"; });
  EXPECT_EQ(select({.search = "बौद्ध"}), names{"S3"});
  EXPECT_EQ(select({.search = "boudha"}), names{});
}

TEST_F(station_table_test, available_means_that_a_bank_can_be_rented_now) {
  add("S1", "Asan");
  add("S2", "Thamel");
  add("S3", "Zoo");
  change("S2", [](station_view& view) { view.rentable_count = 0; });
  change("S3", [](station_view& view) { view.is_online = false; });
  EXPECT_EQ(select({.must_have_banks = true}), names{"S1"});
  EXPECT_EQ(select({.must_have_banks = true}, sample_time + minutes{26}), names{});
}

TEST_F(station_table_test, opening_hours_may_pass_midnight) {
  const auto midnight_in_nepal = sample_time - hours{5} - minutes{45};
  add("S1", "Always");
  add("S2", "Night");
  add("S3", "Shop");
  change("S2", [](station_view& view) {
    view.facts.opening_minute = 22 * 60;
    view.facts.closing_minute = 2 * 60;
  });
  change("S3", [](station_view& view) {
    view.facts.opening_minute = 10 * 60;
    view.facts.closing_minute = 20 * 60;
  });
  const auto open_at = [&](int minute) {
    return select({.must_be_open = true}, midnight_in_nepal + minutes{minute});
  };
  EXPECT_EQ(open_at(0), (names{"S1", "S2"}));
  EXPECT_EQ(open_at(119), (names{"S1", "S2"}));
  EXPECT_EQ(open_at(120), names{"S1"});
  EXPECT_EQ(open_at(599), names{"S1"});
  EXPECT_EQ(open_at(600), (names{"S1", "S3"}));
  EXPECT_EQ(open_at(1'199), (names{"S1", "S3"}));
  EXPECT_EQ(open_at(1'200), names{"S1"});
  EXPECT_EQ(open_at(1'320), (names{"S1", "S2"}));
}

TEST_F(station_table_test, every_amenity_asked_for_must_be_there) {
  add("S1", "Asan");
  add("S2", "Thamel");
  add("S3", "Zoo");
  change("S1", [](station_view& view) { view.facts.amenities = R"(["wifi","toilet"])"; });
  change("S2", [](station_view& view) { view.facts.amenities = R"([{"id":"wifi","name":"toilet"}])"; });
  change("S3", [](station_view& view) { view.facts.amenities = "no list"; });
  EXPECT_EQ(select({.amenities = {"wifi"}}), (names{"S1", "S2"}));
  EXPECT_EQ(select({.amenities = {"wifi", "toilet"}}), names{"S1"});
  EXPECT_EQ(select({.amenities = {"name"}}), names{}) << "a key is no amenity";
  EXPECT_EQ(select({.amenities = {"wif"}}), names{});
  change("S2", [](station_view& view) { view.facts.amenities = R"(["toilet"])"; });
  EXPECT_EQ(select({.amenities = {"wifi"}}), names{"S1"});
}

TEST_F(station_table_test, pages_put_together_are_the_list) {
  std::mt19937 dice{7};
  for (int number = 0; number < 45; ++number) {
    const auto serial = "S" + std::to_string(100 + number);
    add(serial, "Name " + std::to_string(dice() % 12));
    if (number % 7 == 0) change(serial, [](station_view& view) { view.facts.is_maintenance = true; });
    if (number % 11 == 0) change(serial, [](station_view& view) { view.facts.is_deleted = true; });
  }
  const auto whole = select();
  EXPECT_EQ(table.listed_count(), whole.size());
  for (const std::size_t size : {1U, 7U, 20U, 50U}) {
    names gathered;
    for (std::size_t skip = 0; skip < whole.size() + size; skip += size) {
      for (const auto& serial : serials(table.page(skip, size)))
        gathered.push_back(serial);
    }
    EXPECT_EQ(gathered, whole) << "pages of " << size;
  }
  EXPECT_TRUE(table.page(1'000, 20).empty());
}

TEST_F(station_table_test, a_station_that_moves_or_is_renamed_is_found_where_and_as_it_is) {
  add("S1", "Asan");
  add("S2", "Boudha");
  const auto far = away_from(ratna_park, 30, 45);
  change("S1", [far](station_view& view) {
    view.facts.latitude = far.latitude;
    view.facts.longitude = far.longitude;
    view.facts.name = "Zoo";
  });
  EXPECT_EQ(select({.near = ratna_park}), names{"S2"});
  EXPECT_EQ(select({.near = far, .radius_km = 1}), names{"S1"});
  EXPECT_EQ(select(), (names{"S2", "S1"}));
  EXPECT_EQ(select({.search = "zoo"}), names{"S1"});
  EXPECT_EQ(select({.search = "asan"}), names{});
}

TEST_F(station_table_test, serial_numbers_can_change_hands) {
  add("S1", "Asan");
  add("S2", "Boudha");
  change("S1", [](station_view& view) { view.facts.serial = {"S2"}; });
  change("S2", [](station_view& view) { view.facts.serial = {"S1"}; });
  ASSERT_NE(table.find(station_sn{"S1"}), nullptr);
  ASSERT_NE(table.find(station_sn{"S2"}), nullptr);
  EXPECT_EQ(table.find(station_sn{"S1"})->view.facts.name, "Boudha");
  EXPECT_EQ(table.find(station_sn{"S2"})->view.facts.name, "Asan");
}

TEST_F(station_table_test, an_old_announcement_changes_nothing) {
  add("S1", "Asan");
  EXPECT_TRUE(change("S1", [](station_view& view) { view.rentable_count = 1; }));
  auto old = known["S1"];
  old.facts.name = "Yesterday";
  EXPECT_FALSE(table.apply(old)) << "the same revision again";
  --old.revision;
  EXPECT_FALSE(table.apply(old));
  EXPECT_EQ(table.find(station_sn{"S1"})->view.facts.name, "Asan");
  EXPECT_EQ(select({.search = "yesterday"}), names{});
}

TEST_F(station_table_test, nothing_can_be_rented_on_the_word_of_an_old_snapshot) {
  const auto view = a_station("S1", "Asan", 27.7, 85.3);
  EXPECT_EQ(rentable_now(view, sample_time + minutes{25}), 2);
  EXPECT_EQ(rentable_now(view, sample_time + minutes{25} + milliseconds{1}), 0);
  EXPECT_EQ(returnable_now(view), 2) << "an empty slot does not age";
}

TEST_F(station_table_test, an_offline_cabinet_neither_gives_nor_takes) {
  auto view = a_station("S1", "Asan", 27.7, 85.3);
  view.is_online = false;
  EXPECT_EQ(rentable_now(view, sample_time), 0);
  EXPECT_EQ(returnable_now(view), 0);
}

TEST_F(station_table_test, a_rectangle_includes_its_borders_and_gives_no_more_than_asked) {
  add("S1", "Corner", {27.0, 85.0});
  add("S2", "Middle", {27.5, 85.5});
  add("S3", "Other corner", {28.0, 86.0});
  add("S4", "Outside", {28.0, 86.000001});
  EXPECT_EQ(serials(table.within({27.0, 85.0, 28.0, 86.0}, 10)), (names{"S1", "S2", "S3"}));
  EXPECT_EQ(table.within({27.0, 85.0, 28.0, 86.0}, 2).size(), 2U);
  EXPECT_TRUE(table.within({0, 0, 1, 1}, 10).empty());
}

TEST_F(station_table_test, it_agrees_with_a_list_that_looks_at_everything) {
  std::mt19937 dice{20'260'101};
  const auto unit = [&dice] { return std::uniform_real_distribution<double>{0, 1}(dice); };
  for (int step = 0; step < 2'000; ++step) {
    const auto serial = "S" + std::to_string(dice() % 120);
    const geo_point at{27.5 + unit() * 0.5, 85.1 + unit() * 0.5};
    if (!known.contains(serial)) {
      add(serial, "Name " + std::to_string(dice() % 40), at);
      continue;
    }
    change(serial, [&](station_view& view) {
      if (dice() % 2 == 0)
        std::tie(view.facts.latitude, view.facts.longitude) = std::tie(at.latitude, at.longitude);
      view.facts.is_maintenance = dice() % 5 == 0;
      view.facts.is_deleted = dice() % 9 == 0;
      view.is_online = dice() % 3 != 0;
    });
    if (step % 20 != 0) continue;
    const double radius = 1 + unit() * 20;
    std::set<std::string> expected;
    for (const auto& [number, view] : known) {
      const bool is_listed = !view.facts.is_deleted && !view.facts.is_maintenance;
      const geo_point there{view.facts.latitude, view.facts.longitude};
      if (is_listed && view.is_online && distance_km(at, there) <= radius) expected.insert(number);
    }
    const auto found =
        table.select({.near = at, .radius_km = radius, .status = station_status::online}, sample_time);
    const auto listed = serials(found);
    ASSERT_EQ(std::set<std::string>(listed.begin(), listed.end()), expected) << "step " << step;
    ASSERT_TRUE(std::ranges::is_sorted(found, {}, [](const station_hit& hit) { return *hit.distance_km; }));
  }
}

}  // namespace
}  // namespace chautari
