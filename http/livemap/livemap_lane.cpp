#include "http/livemap/livemap_lane.hpp"

#include <boost/json.hpp>

#include "http/livemap/map_topic.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/kiosks/command_json.hpp"
#include "protocols/operators/permissions.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

/// Looking at stations is what every role but finance may do.
std::optional<std::string> for_station_readers(const caller& whom, std::string_view) {
  if (is_allowed(whom.standing.role, permission::stations, need::read)) return {};
  return "permission_denied";
}

std::optional<std::string> for_command_readers(const caller& whom, std::string_view topic) {
  if (is_allowed(whom.standing.role, permission::station_commands, need::read)) return {};
  return for_station_readers(whom, topic);
}

/// Where it happened, or nothing if it happened nowhere.
json::object place_json(const listed_station* station) {
  if (station == nullptr) return {{"sn", nullptr}, {"name", nullptr}, {"lat", nullptr}, {"lng", nullptr}};
  const auto& facts = station->view.facts;
  return {
      {"sn", facts.serial.value}, {"name", facts.name}, {"lat", facts.latitude}, {"lng", facts.longitude}};
}

std::string metrics_json(const network_metrics& told) {
  const auto& stations = told.stations;
  return json::serialize(json::object{
      {"stations", json::object{{"online", stations.online},
                                {"degraded", stations.degraded},
                                {"offline", stations.offline},
                                {"maintenance", stations.maintenance}}},
      {"banks", json::object{{"seated", told.seated},
                             {"rented", told.rented},
                             {"missing", told.missing},
                             {"lost", told.lost},
                             {"other", told.other}}},
      {"rentals",
       json::object{{"active", told.active}, {"overdue", told.overdue}, {"pending", told.pending}}},
      {"events_per_minute", told.events_per_minute},
      {"commands_failing", told.commands_failing},
      {"as_of", to_rfc3339(told.as_of)}});
}

}  // namespace

/// Looks once.
class livemap_lane::glancer final : public map_viewer {
public:
  using tell_function = std::function<void(const std::optional<std::string>&)>;

  glancer(map_board& board, tell_function tell) : board_{board}, tell_{std::move(tell)} {}
  void look(const map_view& view) { number_ = board_.open(view, *this); }
  void see_whole(const draw_function& draw) override { tell_once(draw()); }
  void see_change(std::string) override {}
  void be_refused(const std::string&) override { tell_once({}); }
  /// True if it has seen, and then it has left the board too.
  [[nodiscard]] bool leave() const {
    if (tell_) return false;
    board_.close(number_);
    return true;
  }

private:
  void tell_once(const std::optional<std::string>& data) {
    if (const auto tell = std::exchange(tell_, nullptr)) tell(data);
  }

  map_board& board_;
  tell_function tell_;
  std::uint64_t number_ = 0;
};

// -- the lane
// ------------------------------------------------------------------------------------------

livemap_lane::livemap_lane(lane_parts& parts, panel_sources sources)
    : sources_{sources},
      self_{parts.announcements.as<map_lane_actor>()},
      board_{{[this](std::uint32_t number, map_region region, const map_layer& layer) {
                watch(number, region, layer);
              },
              [this](std::uint32_t number, map_region region) { unwatch(number, region); }}},
      panels_{sources},
      events_{limits::feed_lines_max, [this](const operator_event& event) { return line_of(event); }},
      commands_{limits::feed_commands_max, [this](const command_news& news) { return line_of(news); }},
      events_topic_{"feed", sources.now, [this] { return events_.list("events", limits::feed_lines_max); }},
      commands_topic_{"command", sources.now,
                      [this] { return commands_.list("commands", limits::feed_commands_max); }},
      metrics_topic_{"metrics", sources.now, [this] { return metrics_; }} {
  serve(parts.operator_topics);
  listen(parts.announcements);
}

livemap_lane::~livemap_lane() = default;

void livemap_lane::glance(const map_view& view, glancer::tell_function tell) {
  glancers_.emplace_back(board_, std::move(tell)).look(view);
}

void livemap_lane::serve(topic_hub& topics) {
  topic_kind map{.prefix = "map", .authorise = for_station_readers};
  map.open = [this](const caller&, std::string_view, const client_frame& wish,
                    personal_line& line) -> personal_opening {
    const auto view = map_topic::view_of(wish);
    if (!view) return std::string{"invalid_view"};
    return std::make_unique<map_topic>(board_, sources_.now, *view, line);
  };
  topics.add_kind(std::move(map));
  const auto add = [&topics](std::string prefix, auto authorise, shared_topic& topic) {
    topic_kind kind{.prefix = std::move(prefix), .authorise = authorise};
    kind.open = [&topic](const caller&, std::string_view, const client_frame&, personal_line& line) {
      return topic.open(line);
    };
    topics.add_kind(std::move(kind));
  };
  add("events", for_station_readers, events_topic_);
  add("commands", for_command_readers, commands_topic_);
  add("metrics", for_station_readers, metrics_topic_);
  topic_kind panel{.prefix = "station:", .authorise = for_station_readers};
  panel.open = [this](const caller& whom, std::string_view topic, const client_frame&, personal_line& line) {
    return panels_.open(whom, topic, line);
  };
  topics.add_kind(std::move(panel));
  topics.on_tick([this] { tick(); });
}

void livemap_lane::listen(desk& announcements) {
  announcements.on<station_view>([this](const station_view& view) { note(view); });
  announcements.on<operator_event>([this](const operator_event& event) { note(event); });
  announcements.on<command_news>([this](const command_news& news) { note(news); });
  announcements.on<rental_event>([this](const rental_event& event) { panels_.note(event.image.station); });
  announcements.on<layer_delta>([this](const layer_delta& delta) { board_.take(delta); });
}

void livemap_lane::note(const station_view& view) {
  if (!view.facts.is_deleted) board_.know(region_at(view.facts.latitude, view.facts.longitude));
  panels_.note(view.facts.id);
}

void livemap_lane::note(const operator_event& event) {
  events_.add(event);
  panels_.note(event.station);
  if (board_.is_looked_at()) flash(event);
}

void livemap_lane::flash(const operator_event& event) {
  const auto* station = sources_.stations.find_any(event.station);
  if (station == nullptr) return;
  auto pulse = place_json(station);
  pulse.erase("name");
  pulse["kind"] = event.kind;
  const auto& facts = station->view.facts;
  board_.flash({facts.latitude, facts.longitude, json::serialize(pulse)});
}

std::string livemap_lane::line_of(const operator_event& event) const {
  auto line = place_json(sources_.stations.find_any(event.station));
  line["id"] = event.id.text();
  line["at"] = to_rfc3339(event.at);
  line["kind"] = event.kind;
  line["severity"] = to_text(event.severity);
  boost::system::error_code malformed;
  auto data = json::parse(event.data, malformed);
  line["data"] = malformed ? json::value(json::object{}) : std::move(data);
  return json::serialize(line);
}

void livemap_lane::note(const command_news& news) {
  panels_.note(news.station);
  commands_.add(news);
  if (commands_topic_.is_heard()) commands_topic_.tell(line_of(news));
}

std::string livemap_lane::line_of(const command_news& news) const {
  const auto* station = sources_.stations.find_any(news.station);
  return json::serialize(
      command_json(news.command, station == nullptr ? station_sn{} : station->view.facts.serial));
}

void livemap_lane::ask_metrics() {
  const auto now = sources_.now();
  if (!metrics_topic_.is_heard() || is_asking_metrics_ || metrics_asked_at_ + limits::metrics_every > now)
    return;
  metrics_asked_at_ = now;
  const auto ticket = sources_.asking.ask<network_metrics>(
      sources_.livemap, look_at_metrics{},
      [this](const network_metrics& told) {
        is_asking_metrics_ = false;
        metrics_ = metrics_json(told);
        metrics_topic_.tell(*metrics_);
      },
      [this](const caf::error&) { is_asking_metrics_ = false; });
  is_asking_metrics_ = ticket != 0;
}

void livemap_lane::tick() {
  for (const auto& word : std::exchange(owed_, {}))
    unwatch(word.watch, word.region);
  glancers_.remove_if([](const glancer& one) { return one.leave(); });
  board_.tick();
  panels_.tick();
  const auto untold = events_.take_untold();
  if (untold > 0 && events_topic_.is_heard()) events_topic_.tell(events_.list("events", untold));
  ask_metrics();
}

// -- the regions
// ------------------------------------------------------------------------------------------

void livemap_lane::watch(std::uint32_t number, map_region region, const map_layer& layer) {
  const auto ticket = sources_.asking.ask<layer_delta>(
      sources_.livemap, watch_layer{self_, number, region, layer},
      [this](const layer_delta& delta) { board_.take(delta); },
      [this, number](const caf::error& why) {
        board_.fail(number, reason_of<livemap_refusal>(why) == livemap_refusal::unknown_region);
      });
  if (ticket == 0) board_.fail(number, true);  // Every slot is taken: the next tick asks again.
}

void livemap_lane::unwatch(std::uint32_t number, map_region region) {
  const unwatch_layer word{self_, number, region};
  const auto ticket = sources_.asking.ask<void>(
      sources_.livemap, word, [] {}, [](const caf::error&) {});
  if (ticket == 0) owed_.push_back(word);
}

}  // namespace chautari
