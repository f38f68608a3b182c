#include "config/metrics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

namespace chautari {
namespace {

/// Every verb once, so that every family has a member.
void say_everything(metrics& told) {
  told.request_finished({"/api/stations", "GET", 200, 0.001, "a-request"});
  told.request_finished({"/api/rentals/start", "POST", 503, 0.0, "a-request", "new_rental"});
  told.connection_refused();
  told.handler_failed("/api/stations", "it threw", "a-request");
  told.websocket_frame(true);
  told.websocket_closed(4401);
  told.sampled({});
  told.batch_written(7, 0.004);
  told.backlog_changed(3);
  told.record_refused();
  told.database_changed(true);
  told.reader_answered(0.002);
  told.frame_received(cabinet_channel::update, 12);
  told.notice_received(true);
  told.message_ignored();
  told.command_published(0);
  told.command_refused(broker_refusal::disconnected);
  told.broker_changed(true);
  told.broker_attempt_failed();
  told.station_moved({}, station_status::online);
  told.rental_moved({}, rental_status::active);
  told.oldest_active_rental(timestamp{});
  told.rental_event("rental.status");
  told.actor_answered("stations", 0.001);
  told.actors_running(12);
  told.log_lines_lost(0);
  told.recovered(1.5, 30, 2);
}

/// "name type label,label" for each family, sorted.
std::string names_and_labels(const std::string& text) {
  std::map<std::string, std::string> types;
  std::map<std::string, std::set<std::string>> labels;
  std::istringstream lines{text};
  std::string family;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# TYPE ")) {
      std::istringstream words{line.substr(7)};
      words >> family >> types[family];
    } else if (!line.starts_with('#')) {
      const auto open = line.find('{');
      for (auto at = open; at != std::string::npos && line[at] != '}';) {
        const auto equals = line.find('=', at);
        labels[family].insert(line.substr(at + 1, equals - at - 1));
        at = line.find('"', equals + 2) + 1;
      }
    }
  }
  std::ostringstream out;
  for (const auto& [name, type] : types) {
    out << name << ' ' << type;
    for (const auto& label : labels[name]) {
      if (label != "le") out << ' ' << label;
    }
    out << '\n';
  }
  return out.str();
}

double value_of(const std::string& text, const std::string& series) {
  const auto at = text.find("\n" + series + " ");
  return at == std::string::npos ? -1 : std::stod(text.substr(at + series.size() + 2));
}

TEST(metrics, names_types_and_labels_are_those_of_the_golden_file) {
  metrics told{"1.2.3"};
  say_everything(told);
  std::ifstream golden{"tests/golden/metrics.txt"};
  const std::string expected{std::istreambuf_iterator<char>{golden}, {}};
  EXPECT_EQ(names_and_labels(told.render()), expected)
      << "a renamed metric breaks dashboards and alarms; if it is meant, change tests/golden/metrics.txt";
}

TEST(metrics, counters_end_in_total_and_durations_are_in_seconds) {
  metrics told{"1.2.3"};
  say_everything(told);
  std::istringstream lines{names_and_labels(told.render())};
  for (std::string name, type, rest; lines >> name >> type && std::getline(lines, rest);) {
    EXPECT_EQ(type == "counter", name.ends_with("_total")) << name;
    const bool is_duration = name.find("duration") != std::string::npos;
    EXPECT_TRUE(!is_duration || name.ends_with("_seconds")) << name;
    EXPECT_TRUE(name.starts_with("chautari_") || name.starts_with("process_")) << name;
  }
}

TEST(metrics, open_rentals_are_counted_where_they_are) {
  metrics told{"1"};
  told.rental_moved({}, rental_status::pending_popup);
  told.rental_moved(rental_status::pending_popup, rental_status::active);
  told.rental_moved({}, rental_status::pending_popup);
  told.rental_moved(rental_status::active, rental_status::completed);
  const auto text = told.render();
  EXPECT_EQ(value_of(text, R"(chautari_rentals_open{status="PENDING_POPUP"})"), 1);
  EXPECT_EQ(value_of(text, R"(chautari_rentals_open{status="ACTIVE"})"), 0);
}

TEST(metrics, a_station_is_counted_once_whatever_it_goes_through) {
  metrics told{"1"};
  told.station_moved({}, station_status::offline);
  told.station_moved(station_status::offline, station_status::online);
  told.station_moved(station_status::online, station_status::online);
  auto text = told.render();
  EXPECT_EQ(value_of(text, R"(chautari_stations{status="ONLINE"})"), 1);
  EXPECT_EQ(value_of(text, R"(chautari_stations{status="OFFLINE"})"), 0);
  EXPECT_EQ(value_of(text, "chautari_cabinets_online"), 1);
  told.station_moved(station_status::online, station_status::maintenance);
  text = told.render();
  EXPECT_EQ(value_of(text, "chautari_cabinets_online"), 0);
}

TEST(metrics, a_close_code_of_the_clients_own_invention_makes_no_new_series) {
  metrics told{"1"};
  for (int code = 2000; code < 2100; ++code)
    told.websocket_closed(code);
  const auto text = told.render();
  EXPECT_EQ(value_of(text, R"(chautari_websocket_closed_total{code="other"})"), 100);
  EXPECT_EQ(text.find("2050"), std::string::npos);
}

}  // namespace
}  // namespace chautari
