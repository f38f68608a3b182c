/// The operators' topics over a real socket, with the real map behind them.
#include <gtest/gtest.h>

#include "tests/livemap/live_stage.hpp"

namespace chautari {
namespace {

namespace json = boost::json;
using testing::a_rental;
using testing::a_station;
using testing::id_named;
using testing::live_stage;
using testing::rider_client;
using testing::rider_socket;

constexpr const char* valley = R"("map":{"bounds":[27.6,85.2,27.8,85.5],"zoom":13})";
constexpr const char* country = R"("map":{"bounds":[26,80,31,89],"zoom":7})";

struct live_map : ::testing::Test {
  live_stage stage;
  station_view asan = a_station("ASAN", "Asan", 27.7172, 85.3240);
  station_view pokhara = a_station("PKR", "Pokhara", 28.2096, 83.9856);

  live_map() {
    stage.announce(asan);
    stage.announce(pokhara);
  }
  template <class Change>
  void change(station_view& view, Change what) {
    what(view);
    ++view.revision;
    stage.announce(view);
  }
  struct officer : rider_socket {
    officer(const live_stage& at, std::string_view role) : rider_socket{at.port(), role, "/ws/admin"} {}

    json::value subscribe(std::string_view topic, const std::string& more = "\"map\":null") {
      say(R"({"type":"subscribe","id":1,"topics":[")" + std::string{topic} + "\"]," + more + "}");
      return next();
    }
    /// The next frame of this topic.
    json::value next_of(std::string_view topic) {
      for (;;) {
        auto frame = next();
        if (const auto* of = frame.as_object().if_contains("topic");
            of != nullptr && of->as_string() == topic)
          return frame;
      }
    }
  };
  static operator_event event_at(const station_view& view, std::string kind) {
    return {id_named<report_id>("event"), testing::sample_time, std::move(kind),
            feed_severity::warning,       view.facts.id,        R"({"slot":3})"};
  }
};

const json::array& stations_of(const json::value& frame) {
  return frame.at("data").at("stations").as_array();
}

TEST_F(live_map, it_is_told_whole_and_then_as_it_changes) {
  officer ram{stage, "admin"};
  ram.subscribe("map", valley);
  const auto snapshot = ram.next();
  EXPECT_EQ(snapshot.at("type"), "snapshot");
  ASSERT_EQ(stations_of(snapshot).size(), 1U);
  const auto& marker = stations_of(snapshot)[0];
  EXPECT_EQ(marker.at("sn"), "ASAN");
  EXPECT_EQ(marker.at("name"), "Asan");
  EXPECT_EQ(marker.at("state"), "ONLINE");
  EXPECT_EQ(marker.at("rentable"), 2);
  EXPECT_EQ(marker.at("free"), 2);
  EXPECT_TRUE(marker.at("issue").is_null());
  EXPECT_EQ(snapshot.at("data").at("totals").at("online"), 1);

  change(pokhara, [](station_view& view) { view.is_online = false; });
  change(asan, [](station_view& view) { view.is_online = false; });
  const auto delta = ram.next_of("map");
  EXPECT_EQ(delta.at("event"), "map.delta");
  EXPECT_EQ(delta.at("revision").to_number<std::uint64_t>(),
            snapshot.at("revision").to_number<std::uint64_t>() + 1);
  ASSERT_EQ(stations_of(delta).size(), 1U) << "Pokhara is out of sight";
  EXPECT_EQ(stations_of(delta)[0].at("state"), "OFFLINE");
  EXPECT_EQ(delta.at("data").at("totals").at("offline"), 1);
}

TEST_F(live_map, subscribing_again_replaces_the_view) {
  officer ram{stage, "admin"};
  ram.subscribe("map", valley);
  ram.next();
  EXPECT_EQ(ram.subscribe("map", R"("map":{"bounds":[1,2,3],"zoom":3})").at("refused").at(0).at("code"),
            "invalid_view");
  ram.subscribe("map", country);
  const auto wider = ram.next();
  EXPECT_EQ(wider.at("type"), "snapshot");
  EXPECT_EQ(wider.at("data").at("zoom"), 7);
  EXPECT_EQ(wider.at("data").at("totals").at("stations"), 2);
  const std::string named = R"("map":{"bounds":[26,80,31,89],"zoom":7,"filters":{"text":"POKH"}})";
  ram.subscribe("map", named);
  EXPECT_EQ(ram.next().at("data").at("totals").at("stations"), 1);
}

TEST_F(live_map, a_rental_from_here_is_counted_until_it_ends) {
  officer ram{stage, "admin"};
  ram.subscribe("map", valley);
  EXPECT_EQ(stations_of(ram.next())[0].at("active_out"), 0);
  auto rental = a_rental(id_named<user_id>("asha"), asan);
  for (const auto* name : {"rental.status", "rental.due_soon"})
    stage.announce(rental_event{rental.rider, rental.id, name, stage.now(), rental});
  EXPECT_EQ(stations_of(ram.next_of("map"))[0].at("active_out"), 1);
  rental.status = rental_status::completed;
  stage.announce(rental_event{rental.rider, rental.id, "rental.settled", stage.now(), rental});
  EXPECT_EQ(stations_of(ram.next_of("map"))[0].at("active_out"), 0);
}

TEST_F(live_map, what_happens_goes_to_the_feed_and_flashes_on_the_map) {
  officer ram{stage, "admin"};
  ram.subscribe("events");
  EXPECT_TRUE(ram.next().at("data").at("events").as_array().empty());
  ram.subscribe("map", valley);
  ram.next();
  stage.announce(event_at(asan, "slot.fault"));
  std::map<std::string, json::value> heard;
  for (int frames = 0; frames < 2; ++frames) {
    auto frame = ram.next();
    heard[std::string{frame.at("topic").as_string()}] = frame;
  }
  const auto& line = heard.at("events").at("data").at("events").at(0);
  EXPECT_EQ(heard.at("events").at("event"), "feed");
  EXPECT_EQ(line.at("kind"), "slot.fault");
  EXPECT_EQ(line.at("severity"), "warning");
  EXPECT_EQ(line.at("sn"), "ASAN");
  EXPECT_EQ(line.at("name"), "Asan");
  EXPECT_EQ(line.at("data").at("slot"), 3);
  const auto& pulse = heard.at("map").at("data").at("pulses").at(0);
  EXPECT_EQ(pulse.at("sn"), "ASAN");
  EXPECT_EQ(pulse.at("kind"), "slot.fault");
  officer later{stage, "admin"};
  later.subscribe("events");
  EXPECT_EQ(later.next().at("data").at("events").as_array().size(), 1U);
}

TEST_F(live_map, a_command_is_followed_to_its_end) {
  officer ram{stage, "admin"};
  ram.subscribe("commands");
  EXPECT_TRUE(ram.next().at("data").at("commands").as_array().empty());
  command_news news;
  news.command.kind = command_kind::reboot;
  news.command.state = command_state::sent;
  news.station = asan.facts.id;
  stage.announce(news);
  const auto told = ram.next();
  EXPECT_EQ(told.at("event"), "command");
  EXPECT_EQ(told.at("data").at("station_sn"), "ASAN");
  EXPECT_EQ(told.at("data").at("outcome"), "sent");
  news.command.state = command_state::unanswered;
  stage.announce(news);
  EXPECT_EQ(ram.next().at("data").at("outcome"), "unanswered");
}

TEST_F(live_map, the_counters_come_by_themselves) {
  officer ram{stage, "admin"};
  ram.subscribe("metrics");
  auto told = ram.next();
  while (told.at("data").at("stations").at("online") != 2 || told.at("data").at("banks").at("missing") != 3)
    told = ram.next();
  EXPECT_EQ(told.at("data").at("banks").at("seated"), 4);
  EXPECT_EQ(told.at("data").at("rentals").at("active"), 0);
  EXPECT_EQ(told.at("data").at("commands_failing"), 0);
}

TEST_F(live_map, a_panel_shows_the_inside_and_the_modem_only_to_those_who_command) {
  stage.inside.facts = asan.facts;
  slot_image slot;
  slot.number = 1;
  slot.battery = 80;
  slot.temperature = 255;
  stage.inside.slots = {slot};
  bank_image bank;
  bank.serial = bank_sn{777};
  bank.slot = 1;
  stage.inside.banks = {bank};
  stage.inside.hardware = R"({"signal":21})";
  officer ram{stage, "admin"}, maya{stage, "moderator"};
  for (auto* each : {&ram, &maya})
    each->subscribe("station:ASAN");
  const auto full = ram.next();
  EXPECT_EQ(full.at("type"), "snapshot");
  EXPECT_EQ(full.at("data").at("sn"), "ASAN");
  EXPECT_EQ(full.at("data").at("state"), "ONLINE");
  EXPECT_EQ(full.at("data").at("imei"), asan.facts.cabinet.value.c_str());
  EXPECT_EQ(full.at("data").at("hardware").at("signal"), 21);
  const auto& shown = full.at("data").at("slots").at(0);
  EXPECT_EQ(shown.at("bank_sn"), "777");
  EXPECT_TRUE(shown.at("temperature").is_null());
  EXPECT_FALSE(maya.next().at("data").as_object().contains("imei"));
  change(asan, [](station_view& view) { view.rentable_count = 0; });
  auto changed = ram.next();
  while (changed.at("data").at("state") != "DEGRADED")
    changed = ram.next();
  EXPECT_EQ(changed.at("event"), "station");
  EXPECT_EQ(ram.subscribe("station:NEVER").at("refused").at(0).at("code"), "station_not_found");
}

TEST_F(live_map, whoever_may_not_look_at_stations_hears_nothing_of_them) {
  officer hari{stage, "finance"};
  for (const char* topic : {"map", "events", "commands", "metrics", "station:ASAN"}) {
    const auto answer = hari.subscribe(topic, valley);
    EXPECT_TRUE(answer.at("topics").as_array().empty()) << topic;
    EXPECT_EQ(answer.at("refused").at(0).at("code"), "permission_denied") << topic;
  }
  officer maya{stage, "moderator"};
  for (const char* topic : {"map", "events", "commands", "metrics", "station:ASAN"}) {
    maya.say(R"({"type":"subscribe","id":1,"topics":[")" + std::string{topic} + "\"]," + valley + "}");
    auto answer = maya.next();
    while (answer.at("type") != "subscribed")
      answer = maya.next();
    EXPECT_EQ(answer.at("topics").as_array().size(), 1U) << topic;
  }
}

TEST_F(live_map, a_demoted_operator_hears_no_more) {
  officer maya{stage, "moderator"};
  maya.subscribe("map", valley);
  maya.next();
  stage.is_moderator_demoted = true;
  stage.announce(operator_changed{live_stage::named("moderator"), {}});
  EXPECT_EQ(maya.close_code(), 4401);
}

TEST_F(live_map, the_snapshot_over_http_is_the_topics_own) {
  officer ram{stage, "admin"};
  ram.subscribe("map", country);
  const auto live = ram.next().at("data");
  rider_client client{stage.port(), "admin"};
  const auto answer = client.get("/api/admin/map/snapshot?bounds=26,80,31,89&zoom=7");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("/data/totals"), live.at("totals"));
  EXPECT_EQ(answer.at("/data/stations").as_array().size(), stations_of(json::object{{"data", live}}).size());
  const auto again = client.get("/api/admin/map/snapshot?bounds=26,80,31,89&zoom=7",
                                {{"If-None-Match", answer.header("etag")}});
  EXPECT_EQ(again.status, 304);
  const auto filtered = client.get("/api/admin/map/snapshot?zoom=7&status=OFFLINE,MAINTENANCE");
  EXPECT_EQ(filtered.at("/data/totals/stations"), 0);
  const auto wrong = client.get("/api/admin/map/snapshot?bounds=1,2,3&status=GONE&battery_below=101");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(wrong.problems(), (std::vector<std::string>{"bounds:malformed", "status:not_a_choice",
                                                        "battery_below:out_of_range"}));
}

TEST_F(live_map, the_overview_puts_memory_and_database_together) {
  stage.overview.rentals_out = R"([{"rental_code":"AB12CD34"}])";
  stage.overview.overdue = 1;
  stage.overview.revenue_today = money{150'00};
  stage.overview.events = R"([{"kind":"cabinet-online"}])";
  stage.overview.issues = "[]";
  command_row row;
  row.command.state = command_state::confirmed;
  stage.commands.rows = {row};
  rider_client client{stage.port(), "moderator"};
  const auto answer = client.get("/api/admin/stations/ASAN/overview");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("/data/rentals_out/0/rental_code"), "AB12CD34");
  EXPECT_EQ(answer.at("/data/overdue"), 1);
  EXPECT_EQ(answer.at("/data/revenue_today"), "150.00");
  EXPECT_EQ(answer.at("/data/uptime_24h").to_number<double>(), 1.0);
  EXPECT_EQ(answer.at("/data/commands/0/outcome"), "acknowledged");
  EXPECT_EQ(client.get("/api/admin/stations/NEVER/overview").code(), "station_not_found");
}

TEST_F(live_map, a_young_station_was_not_down_before_it_existed) {
  change(asan, [this](station_view& view) { view.facts.created_at = stage.now() - hours{20}; });
  station_status_change came;
  came.previous = station_status::offline;
  came.status = station_status::online;
  came.changed_at = stage.now() - hours{10};
  stage.overview.changes = {came};
  rider_client client{stage.port(), "moderator"};
  const auto answer = client.get("/api/admin/stations/ASAN/overview");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_NEAR(answer.at("/data/uptime_24h").to_number<double>(), 0.5, 0.01);
  EXPECT_NEAR(answer.at("/data/uptime_7d").to_number<double>(), 0.5, 0.01);
}

TEST_F(live_map, layers_over_the_map_come_from_memory_or_from_the_database) {
  change(asan, [](station_view& view) { view.rentable_count = 0; });
  rider_client client{stage.port(), "admin"};
  const auto low = client.get("/api/admin/map/layers/low_stock?bounds=26,80,31,89");
  ASSERT_EQ(low.at("/data/points").as_array().size(), 1U) << low.body;
  EXPECT_EQ(low.at("/data/points/0/sn"), "ASAN");
  EXPECT_EQ(client.get("/api/admin/map/layers/demand?window=7d").at("/data/points/0/weight"), 7);
  EXPECT_EQ(client.get("/api/admin/map/layers/demand?window=9d").status, 400);
  EXPECT_EQ(client.get("/api/admin/map/layers/nothing").status, 404);
}

}  // namespace
}  // namespace chautari
