#include "http/stations/stations_door.hpp"

#include <algorithm>

#include "http/server/desk.hpp"
#include "http/stations/station_json.hpp"
#include "http/websocket/topic_hub.hpp"
#include "protocols/operations/doors.hpp"

namespace chautari {
namespace {

/// More stations than this do not fit on a phone's map: the caller zooms in.
constexpr std::size_t area_stations_max = 1'000;

constexpr std::string_view station_prefix = "station:";
constexpr std::string_view bounds_prefix = "bounds:";

bool is_visible_change(const station_view& before, const station_view& after) {
  return before.status() != after.status() || before.rentable_count != after.rentable_count ||
         before.return_slots != after.return_slots || before.empty_slots != after.empty_slots;
}

/// Tells the sockets of this lane what has changed. A map that showed the station is told that it went into
/// maintenance, and nothing more until it is back.
void publish(topic_hub& topics, const listed_station& station, bool was_listed, bool is_status,
             timestamp now) {
  const std::string event = is_status ? "station.status" : "station.stock";
  const auto& facts = station.view.facts;
  topics.publish({.topic = std::string{station_prefix} + facts.serial.text(),
                  .event = event,
                  .at = now,
                  .data_json = stock_json(station.view, now)});
  if (!station.is_listed() && !was_listed) return;
  topics.publish_at(facts.latitude, facts.longitude, facts.serial.text(), event, now,
                    area_item_json(station, now));
}

topic_kind station_topic(const station_table& table, clock_source now) {
  topic_kind kind{.prefix = std::string{station_prefix}};
  kind.authorise = [&table](const caller&, std::string_view topic) -> std::optional<std::string> {
    const station_sn serial{std::string{topic.substr(station_prefix.size())}};
    if (table.find(serial) == nullptr) return "station_not_found";
    return {};
  };
  kind.snapshot = [&table, now = std::move(now)](const caller&, std::string_view topic,
                                                 const deliver_snapshot& deliver) {
    const auto* station = table.find(station_sn{std::string{topic.substr(station_prefix.size())}});
    if (station == nullptr) return deliver({.state = {}, .refusal = "station_not_found"});
    deliver({.state = topic_snapshot{.data_json = stock_json(station->view, now())}});
  };
  return kind;
}

topic_kind bounds_topic(const station_table& table, clock_source now) {
  topic_kind kind{.prefix = std::string{bounds_prefix}, .is_area = true};
  kind.snapshot = [&table, now = std::move(now)](const caller&, std::string_view topic,
                                                 const deliver_snapshot& deliver) {
    const auto bounds = parse_bounds(topic.substr(bounds_prefix.size()));
    if (!bounds) return deliver({.state = {}, .refusal = "invalid_bounds"});
    const auto found =
        table.within({bounds->south, bounds->west, bounds->north, bounds->east}, area_stations_max + 1);
    if (found.size() > area_stations_max) return deliver({.state = {}, .refusal = "bounds_too_large"});
    std::string data = R"({"stations":[)";
    for (const auto* station : found) {
      if (data.back() != '[') data += ',';
      data += area_item_json(*station, now());
    }
    data += "]}";
    deliver({.state = topic_snapshot{.data_json = std::move(data)}});
  };
  return kind;
}

}  // namespace

stations_door::stations_door(std::size_t lanes, accounts_actor accounts)
    : tables_(lanes), accounts_(std::move(accounts)) {}

void stations_door::set_up(lane_parts& parts, const clock_source& now) {
  auto& table = tables_.at(parts.lane);
  auto& topics = parts.topics;
  topics.add_kind(station_topic(table, now));
  topics.add_kind(bounds_topic(table, now));
  parts.announcements.on<station_view>([&table, &topics, now](const station_view& view) {
    const auto* known = table.find(view.facts.id);
    const bool is_status = known != nullptr && known->view.status() != view.status();
    const bool was_listed = known != nullptr && known->is_listed();
    const bool is_visible = known == nullptr || is_visible_change(known->view, view);
    if (!table.apply(view) || !is_visible) return;
    if (const auto* station = table.find(view.facts.id))
      publish(topics, *station, was_listed, is_status, now());
  });
}

void with_favourites(exchange& in, const stations_door& door,
                     const std::function<void(exchange&, const std::vector<station_id>&)>& answer) {
  if (!in.caller() || in.caller()->role != caller_role::user) return answer(in, {});
  in.ask<favourites_view>(
      door.accounts(), look_at_favourites{in.user()},
      [answer](exchange& out, const favourites_view& view) { answer(out, view.stations); },
      [answer](exchange& out, const caf::error&) { answer(out, {}); });
}

void answer_stations(exchange& in, const std::vector<station_hit>& hits, std::size_t total, page_request page,
                     const std::vector<station_id>& favourites) {
  const auto now = in.now();
  std::string data;
  data.reserve(256 + hits.size() * 640);
  data += R"({"results":[)";
  for (const auto& hit : hits) {
    if (data.back() != '[') data += ',';
    const auto id = hit.station->view.facts.id;
    append_list_item(data, hit, now, std::find(favourites.begin(), favourites.end(), id) != favourites.end());
  }
  const bool has_next = page.page * page.page_size < total;
  data += R"(],"count":)" + std::to_string(total);
  data += has_next ? R"(,"next":true)" : R"(,"next":false)";
  data += page.page > 1 ? R"(,"previous":true)" : R"(,"previous":false)";
  data +=
      R"(,"page":)" + std::to_string(page.page) + R"(,"page_size":)" + std::to_string(page.page_size) + '}';
  answer_stations_json(in, data);
}

void answer_stations_json(exchange& in, std::string_view data) {
  // Who is signed in sees hearts: the same address has two answers.
  in.put_header("Vary", "Authorization");
  in.answer_cached(data, in.caller() ? "private, no-cache" : "public, max-age=2");
}

endpoints station_endpoints(const stations_door& door) {
  return {list_stations_row(door),   list_nearby_stations_row(door), show_station_row(door),
          list_favourites_row(door), add_favourite_row(door),        remove_favourite_row(door)};
}

}  // namespace chautari
