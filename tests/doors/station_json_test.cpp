#include "http/stations/station_json.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <set>

#include "tests/support/rider_samples.hpp"

namespace chautari {
namespace {

using testing::a_station;
using testing::sample_time;
using names = std::set<std::string>;

const names list_fields{"id",           "serial_number", "station_name",  "latitude",        "longitude",
                        "address",      "status",        "total_slots",   "available_slots", "distance",
                        "is_favorite",  "media",         "opening_time",  "closing_time",    "rentable_count",
                        "return_slots", "is_open",       "is_maintenance"};
const names detail_fields{"landmark", "description", "amenities", "hardware_info", "slots"};

names keys_of(const boost::json::value& object) {
  names keys;
  for (const auto& field : object.as_object())
    keys.insert(std::string{field.key()});
  return keys;
}

/// A listed station made of a view, as the table would hold it.
listed_station listed(station_view view) {
  listed_station station;
  station.view = std::move(view);
  return station;
}

std::string item_text(const listed_station& station, std::optional<double> km = {},
                      bool is_favourite = false) {
  std::string out;
  append_list_item(out, {&station, km}, sample_time, is_favourite);
  return out;
}

std::string detail_text(const listed_station& station) {
  std::string out;
  append_detail(out, station, sample_time, false);
  return out;
}

TEST(station_json, a_list_item_has_exactly_the_agreed_fields) {
  const auto station = listed(a_station("S1", "Asan", 27.7, 85.3));
  const auto item = boost::json::parse(item_text(station, 1.234, true));
  EXPECT_EQ(keys_of(item), list_fields);
  EXPECT_EQ(item.at("id").as_string(), station.view.facts.id.text());
  EXPECT_EQ(item.at("serial_number").as_string(), "S1");
  EXPECT_EQ(item.at("status").as_string(), "ONLINE");
  EXPECT_EQ(item.at("total_slots"), 4);
  EXPECT_EQ(item.at("available_slots"), 2);
  EXPECT_EQ(item.at("rentable_count"), 2);
  EXPECT_EQ(item.at("return_slots"), 2);
  EXPECT_EQ(item.at("is_favorite"), true);
  EXPECT_EQ(item.at("is_open"), true);
  EXPECT_TRUE(item.at("opening_time").is_null());
  EXPECT_TRUE(item.at("media").is_array());
}

TEST(station_json, a_detail_adds_the_slots_and_nothing_private) {
  const auto station = listed(a_station("S1", "Asan", 27.7, 85.3));
  const auto detail = boost::json::parse(detail_text(station));
  auto expected = list_fields;
  expected.insert(detail_fields.begin(), detail_fields.end());
  EXPECT_EQ(keys_of(detail), expected);
  const auto& slots = detail.at("slots").as_array();
  ASSERT_EQ(slots.size(), 4U);
  for (const auto& slot : slots) {
    EXPECT_EQ(keys_of(slot), (names{"id", "slot_number", "status", "battery_level", "last_updated",
                                    "current_rental", "powerbank"}));
    EXPECT_TRUE(slot.at("current_rental").is_null());
  }
  EXPECT_EQ(slots[0].at("status").as_string(), "OCCUPIED");
  EXPECT_EQ(slots[0].at("battery_level"), 90);
  EXPECT_EQ(keys_of(slots[0].at("powerbank")), names{"serial_number"});
  EXPECT_EQ(slots[0].at("powerbank").at("serial_number").as_string(), "1001");
  EXPECT_EQ(slots[2].at("status").as_string(), "AVAILABLE");
  EXPECT_TRUE(slots[2].at("battery_level").is_null());
  EXPECT_TRUE(slots[2].at("powerbank").is_null());
}

TEST(station_json, no_text_about_a_station_carries_its_cabinet) {
  const auto station = listed(a_station("S1", "Asan", 27.7, 85.3));
  const std::string everything = item_text(station) + detail_text(station) +
                                 stock_json(station.view, sample_time) + area_item_json(station, sample_time);
  for (const auto* secret : {"864601060000001", "imei", "ssid", "signal", "cabinet"})
    EXPECT_EQ(everything.find(secret), std::string::npos) << secret;
}

TEST(station_json, whatever_a_station_is_called_the_answer_stays_json) {
  std::string control;
  for (char c = 1; c < 32; ++c)
    control += c;
  for (const std::string& name : {std::string{R"("},"x":"\ )"}, control, std::string{"काठमाडौं 🔋"},
                                  std::string{"</script>\x7f"}, std::string{"\\"}}) {
    auto view = a_station(name, name, 27.7, 85.3);
    view.facts.address = view.facts.landmark = view.facts.description = name;
    const auto station = listed(view);
    const auto item = boost::json::parse(item_text(station));
    const auto detail = boost::json::parse(detail_text(station));
    EXPECT_EQ(item.at("station_name").as_string(), name);
    EXPECT_EQ(item.at("serial_number").as_string(), name);
    EXPECT_EQ(keys_of(item), list_fields);
    EXPECT_EQ(detail.at("landmark").as_string(), name);
    EXPECT_EQ(detail.at("description").as_string(), name);
    EXPECT_EQ(boost::json::parse(stock_json(view, sample_time)).at("serial_number").as_string(), name);
    EXPECT_EQ(boost::json::parse(area_item_json(station, sample_time)).at("station_name").as_string(), name);
  }
}

TEST(station_json, a_distance_has_two_decimals) {
  const auto station = listed(a_station("S1", "Asan", 27.7, 85.3));
  EXPECT_NE(item_text(station, 11.6083).find(R"("distance":11.61)"), std::string::npos);
  EXPECT_NE(item_text(station, 2.0).find(R"("distance":2.00)"), std::string::npos);
  EXPECT_NE(item_text(station, 0.0).find(R"("distance":0.00)"), std::string::npos);
  EXPECT_NE(item_text(station).find(R"("distance":null)"), std::string::npos);
}

TEST(station_json, hours_are_shown_as_a_clock_shows_them) {
  auto view = a_station("S1", "Asan", 27.7, 85.3);
  view.facts.opening_minute = 9 * 60 + 5;
  view.facts.closing_minute = 0;
  const auto item = boost::json::parse(item_text(listed(view)));
  EXPECT_EQ(item.at("opening_time").as_string(), "09:05");
  EXPECT_EQ(item.at("closing_time").as_string(), "00:00");
  EXPECT_EQ(item.at("is_open"), false) << "it is 05:45";
}

TEST(station_json, maintenance_is_marked_and_old_snapshots_count_for_nothing) {
  auto view = a_station("S1", "Asan", 27.7, 85.3);
  view.facts.is_maintenance = true;
  view.snapshot_at = sample_time - minutes{26};
  const auto item = boost::json::parse(item_text(listed(view)));
  EXPECT_EQ(item.at("status").as_string(), "MAINTENANCE");
  EXPECT_EQ(item.at("is_maintenance"), true);
  EXPECT_EQ(item.at("rentable_count"), 0);
}

TEST(station_json, a_slots_id_belongs_to_its_place) {
  const auto one = testing::id_named<station_id>("S1");
  const auto other = testing::id_named<station_id>("S2");
  EXPECT_EQ(id_of_slot(one, 1), id_of_slot(one, 1));
  EXPECT_FALSE(id_of_slot(one, 1) == id_of_slot(one, 2));
  EXPECT_FALSE(id_of_slot(one, 1) == id_of_slot(other, 1));
}

TEST(station_json, stock_and_area_items_say_what_a_map_draws) {
  const auto station = listed(a_station("S1", "Asan", 27.7, 85.3));
  const names stock{"serial_number", "status", "available_slots", "rentable_count", "return_slots"};
  EXPECT_EQ(keys_of(boost::json::parse(stock_json(station.view, sample_time))), stock);
  auto area = stock;
  area.insert({"station_name", "latitude", "longitude"});
  EXPECT_EQ(keys_of(boost::json::parse(area_item_json(station, sample_time))), area);
}

}  // namespace
}  // namespace chautari
