#include <gtest/gtest.h>

#include "tests/support/rider_client.hpp"
#include "tests/support/riders_stage.hpp"

namespace chautari {
namespace {

using testing::a_station;
using testing::http_answer;
using testing::id_named;
using testing::rider_client;
using testing::riders_stage;
using testing::sample_time;
using problems = std::vector<std::string>;

std::vector<std::string> serials(const http_answer& answer) {
  std::vector<std::string> listed;
  const auto results = answer.at("/data/results");
  for (const auto& item : results.as_array())
    listed.push_back(std::string{item.at("serial_number").as_string()});
  return listed;
}
using names = std::vector<std::string>;

/// Asan and Thamel in Kathmandu, Bhaktapur 11.61 km from Asan, and one that riders may not know of.
struct stations_door_test : ::testing::Test {
  riders_stage stage;
  rider_client anybody{stage.port()};
  rider_client asha{stage.port(), "asha"};
  station_view asan = a_station("ASAN", "Asan", 27.7172, 85.3240);
  station_view thamel = a_station("THAMEL", "Thamel", 27.7154, 85.3123);
  station_view bhaktapur = a_station("BKT", "Bhaktapur", 27.6710, 85.4298);
  station_view hidden = a_station("GONE", "Gone", 27.7172, 85.3240);

  stations_door_test() {
    hidden.facts.is_deleted = true;
    for (const auto* view : {&asan, &thamel, &bhaktapur, &hidden})
      stage.announce(*view);
  }
  template <class Change>
  void change(station_view& view, Change what) {
    what(view);
    ++view.revision;
    stage.announce(view);
  }
};

TEST_F(stations_door_test, everybody_may_list_the_stations) {
  const auto answer = anybody.get("/api/stations");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(serials(answer), (names{"ASAN", "BKT", "THAMEL"}));
  EXPECT_EQ(answer.at("/data/count"), 3);
  EXPECT_EQ(answer.at("/data/next"), false);
  EXPECT_EQ(answer.at("/data/previous"), false);
  EXPECT_EQ(answer.header("cache-control"), "public, max-age=2");
  EXPECT_NE(answer.header("vary").find("Authorization"), std::string::npos);
  EXPECT_EQ(anybody.get("/api/v1/stations").body, answer.body);
}

TEST_F(stations_door_test, pages_say_what_is_before_and_after_them) {
  const auto middle = anybody.get("/api/stations?page=2&page_size=1");
  EXPECT_EQ(serials(middle), names{"BKT"});
  EXPECT_EQ(middle.at("/data/next"), true);
  EXPECT_EQ(middle.at("/data/previous"), true);
  EXPECT_EQ(serials(anybody.get("/api/stations?page=2&page_size=1&search=a")), names{"BKT"})
      << "filtered pages are cut the same way";
  const auto beyond = anybody.get("/api/stations?page=1000000&page_size=50");
  EXPECT_EQ(serials(beyond), names{});
  EXPECT_EQ(beyond.at("/data/count"), 3);
}

TEST_F(stations_door_test, an_unchanged_list_is_not_sent_twice) {
  const auto first = anybody.get("/api/stations");
  const auto tag = first.header("etag");
  ASSERT_FALSE(tag.empty());
  const auto again = anybody.get("/api/stations", {{"If-None-Match", tag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  EXPECT_EQ(again.header("etag"), tag);
  change(asan, [](station_view& view) { view.rentable_count = 1; });
  const auto changed = anybody.get("/api/stations", {{"If-None-Match", tag}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.at("/data/results/0/rentable_count"), 1);
}

TEST_F(stations_door_test, the_list_by_distance_stops_at_ten_km_unless_told) {
  EXPECT_EQ(serials(anybody.get("/api/stations?lat=27.7172&lng=85.3240")), (names{"ASAN", "THAMEL"}));
  const auto wider = anybody.get("/api/stations?lat=27.7172&lng=85.3240&max_distance=12");
  EXPECT_EQ(serials(wider), (names{"ASAN", "THAMEL", "BKT"}));
  EXPECT_NE(wider.body.find(R"("distance":11.61)"), std::string::npos);
  EXPECT_EQ(serials(anybody.get("/api/stations/nearby?lat=27.7172&lng=85.3240")), (names{"ASAN", "THAMEL"}));
  EXPECT_EQ(serials(anybody.get("/api/stations/nearby?lat=27.7172&lng=85.3240&radius=50")).size(), 3U);
}

TEST_F(stations_door_test, every_bad_value_is_named_in_one_answer) {
  const std::vector<std::pair<std::string, problems>> wrong{
      {"/api/stations/nearby", {"lat:required", "lng:required"}},
      {"/api/stations/nearby?lat=27.7", {"lng:required"}},
      {"/api/stations/nearby?lat=27.7&lng=85.3&radius=0.05", {"radius:out_of_range"}},
      {"/api/stations/nearby?lat=27.7&lng=85.3&radius=51", {"radius:out_of_range"}},
      {"/api/stations/nearby?lat=27.7&lng=85.3&radius=nan", {"radius:out_of_range"}},
      {"/api/stations?lng=85.3", {"lat:required"}},
      {"/api/stations?lat=91&lng=85.3", {"lat:out_of_range"}},
      {"/api/stations?lat=27.7&lng=85.3&max_distance=51", {"max_distance:out_of_range"}},
      {"/api/stations?status=BROKEN", {"status:not_a_choice"}},
      {"/api/stations?available=perhaps", {"available:wrong_type"}},
      {"/api/stations?page=0&page_size=51&open=2",
       {"page:out_of_range", "page_size:out_of_range", "open:wrong_type"}},
      {"/api/stations?page=one", {"page:malformed"}},
  };
  for (const auto& [target, expected] : wrong) {
    const auto answer = anybody.get(target);
    EXPECT_EQ(answer.status, 400) << target;
    EXPECT_EQ(answer.code(), "validation_error") << target;
    EXPECT_EQ(answer.problems(), expected) << target;
  }
}

TEST_F(stations_door_test, filters_can_be_combined) {
  change(thamel, [](station_view& view) { view.is_online = false; });
  change(bhaktapur, [](station_view& view) {
    view.rentable_count = 0;
    view.facts.amenities = R"(["wifi"])";
  });
  EXPECT_EQ(serials(anybody.get("/api/stations?status=OFFLINE")), names{"THAMEL"});
  EXPECT_EQ(serials(anybody.get("/api/stations?available=1")), names{"ASAN"});
  EXPECT_EQ(serials(anybody.get("/api/stations?amenities=wifi&open=true&status=ONLINE")), names{"BKT"});
  EXPECT_EQ(serials(anybody.get("/api/stations?search=THAM")), names{"THAMEL"});
  EXPECT_EQ(serials(anybody.get("/api/stations?search=")).size(), 3U);
}

TEST_F(stations_door_test, one_station_is_shown_with_its_slots_even_in_maintenance) {
  change(asan, [](station_view& view) { view.facts.is_maintenance = true; });
  const auto answer = anybody.get("/api/stations/ASAN");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.at("/data/is_maintenance"), true);
  EXPECT_EQ(answer.at("/data/slots").as_array().size(), 4U);
  EXPECT_EQ(anybody.get("/api/stations/ASAN", {{"If-None-Match", answer.header("etag")}}).status, 304);
  EXPECT_EQ(serials(anybody.get("/api/stations")), (names{"BKT", "THAMEL"}));
}

TEST_F(stations_door_test, a_station_nobody_may_know_of_is_not_found) {
  for (const std::string target : {"/api/stations/GONE", "/api/stations/NEVER"}) {
    const auto english = anybody.get(target);
    EXPECT_EQ(english.status, 404);
    EXPECT_EQ(english.code(), "station_not_found");
    EXPECT_EQ(english.at("/error/message"), "There is no such station.");
    const auto nepali = anybody.get(target, {{"Accept-Language", "ne"}});
    EXPECT_EQ(nepali.at("/error/message"), "यस्तो स्टेसन छैन।");
  }
  EXPECT_EQ(asha.post("/api/stations/GONE/favorite").code(), "station_not_found");
  EXPECT_EQ(asha.ask("DELETE", "/api/stations/GONE/favorite").code(), "station_not_found");
}

TEST_F(stations_door_test, a_favourite_is_added_once_and_forgotten_once) {
  for (int round = 0; round < 2; ++round) {
    const auto added = asha.post("/api/stations/ASAN/favorite");
    EXPECT_EQ(added.status, 200);
    EXPECT_EQ(added.at("/data/is_favorite"), true);
    EXPECT_EQ(serials(asha.get("/api/stations/favorites")), names{"ASAN"});
  }
  for (int round = 0; round < 2; ++round) {
    const auto removed = asha.ask("DELETE", "/api/stations/ASAN/favorite");
    EXPECT_EQ(removed.status, 200);
    EXPECT_EQ(removed.at("/data/is_favorite"), false);
    EXPECT_EQ(serials(asha.get("/api/stations/favorites")), names{});
  }
}

TEST_F(stations_door_test, only_a_post_toggles_and_only_when_asked_to) {
  EXPECT_EQ(asha.post("/api/stations/ASAN/favorite?toggle=1").at("/data/is_favorite"), true);
  EXPECT_EQ(asha.post("/api/stations/ASAN/favorite?toggle=1").at("/data/is_favorite"), false);
  EXPECT_EQ(asha.ask("DELETE", "/api/stations/ASAN/favorite?toggle=1").at("/data/is_favorite"), false);
  EXPECT_EQ(asha.post("/api/stations/ASAN/favorite?toggle=maybe").problems(), problems{"toggle:wrong_type"});
}

TEST_F(stations_door_test, favourites_leave_out_the_deleted_and_keep_what_is_in_maintenance) {
  for (const auto* serial : {"ASAN", "BKT", "THAMEL"})
    asha.post("/api/stations/" + std::string{serial} + "/favorite");
  change(asan, [](station_view& view) { view.facts.is_deleted = true; });
  change(bhaktapur, [](station_view& view) { view.facts.is_maintenance = true; });
  const auto answer = asha.get("/api/stations/favorites");
  EXPECT_EQ(serials(answer), (names{"THAMEL", "BKT"})) << "newest first";
  EXPECT_EQ(answer.at("/data/results/1/status"), "MAINTENANCE");
  EXPECT_EQ(answer.at("/data/results/0/is_favorite"), true);
  EXPECT_EQ(serials(asha.get("/api/stations/favorites?page=2&page_size=1")), names{"BKT"});
  rider_client bikash{stage.port(), "bikash"};
  EXPECT_EQ(serials(bikash.get("/api/stations/favorites")), names{});
}

TEST_F(stations_door_test, favourites_need_a_token) {
  for (const auto& answer :
       {anybody.get("/api/stations/favorites"), anybody.post("/api/stations/ASAN/favorite"),
        anybody.ask("DELETE", "/api/stations/ASAN/favorite")}) {
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.code(), "unauthenticated");
    EXPECT_FALSE(answer.header("www-authenticate").empty());
  }
}

TEST_F(stations_door_test, a_full_list_of_favourites_says_so) {
  stage.says.favour = [](const set_favourite&) {
    return caf::make_error(account_refusal::too_many_favourites);
  };
  const auto answer = asha.post("/api/stations/ASAN/favorite");
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.code(), "too_many_favourites");
}

TEST_F(stations_door_test, who_is_signed_in_sees_hearts_in_the_public_lists) {
  asha.post("/api/stations/ASAN/favorite");
  const auto list = asha.get("/api/stations");
  EXPECT_EQ(list.at("/data/results/0/is_favorite"), true);
  EXPECT_EQ(list.at("/data/results/1/is_favorite"), false);
  EXPECT_EQ(list.header("cache-control"), "private, no-cache");
  EXPECT_EQ(asha.get("/api/stations/nearby?lat=27.7172&lng=85.3240").at("/data/results/0/is_favorite"), true);
  EXPECT_EQ(asha.get("/api/stations/ASAN").at("/data/is_favorite"), true);
  EXPECT_EQ(anybody.get("/api/stations/ASAN").at("/data/is_favorite"), false);
}

TEST_F(stations_door_test, a_token_that_does_not_count_is_no_token_on_a_public_row) {
  for (const std::string token : {"expired", "unknown"}) {
    rider_client stranger{stage.port(), token};
    const auto list = stranger.get("/api/stations");
    EXPECT_EQ(list.status, 200) << token;
    EXPECT_EQ(list.body, anybody.get("/api/stations").body) << token;
    EXPECT_EQ(list.header("cache-control"), "public, max-age=2") << token;
    EXPECT_EQ(stranger.get("/api/stations/favorites").status, 401) << token;
  }
  rider_client operators{stage.port(), "admin"};
  EXPECT_EQ(operators.get("/api/stations").status, 200) << "an operator has no favourites";
}

TEST_F(stations_door_test, a_list_without_hearts_is_better_than_no_list) {
  stage.says.favourites = [](const look_at_favourites&) {
    return caf::make_error(reader_refusal::unavailable);
  };
  EXPECT_EQ(serials(asha.get("/api/stations")).size(), 3U);
  EXPECT_EQ(asha.get("/api/stations/favorites").status, 503) << "but a list of hearts is not";
}

}  // namespace
}  // namespace chautari
