#include "http/livemap/station_panels.hpp"

#include <boost/json.hpp>
#include <memory>

#include "http/server/exchange.hpp"
#include "http/stations/inside_json.hpp"
#include "protocols/base/limits.hpp"
#include "protocols/operators/permissions.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

constexpr std::string_view station_prefix = "station:";

/// Marker fields and what only the panel shows; `slots` are listed instead of counted. The modem's number
/// only for those who may command it.
std::string panel_json(const station_inside& inside, const std::string& marker_json, bool shows_cabinet) {
  auto panel = json::parse(marker_json).as_object();
  panel["address"] = inside.facts.address;
  panel["landmark"] = inside.facts.landmark;
  panel["slots"] = slots_json(inside);
  panel["snapshot_at"] =
      inside.snapshot_at == timestamp{} ? json::value(nullptr) : json::value(to_rfc3339(inside.snapshot_at));
  if (shows_cabinet) panel["imei"] = inside.facts.cabinet.value;
  boost::system::error_code malformed;
  auto hardware = json::parse(inside.hardware, malformed);
  panel["hardware"] = malformed ? json::value(nullptr) : std::move(hardware);
  return json::serialize(panel);
}

}  // namespace

class station_panels::panel final : public personal_topic {
public:
  panel(station_panels& home, station_id station, bool shows_cabinet, personal_line& line)
      : home_{home}, station_{station}, shows_cabinet_{shows_cabinet}, line_{line} {
    auto& about = home_.watched_[station_];
    about.panels.insert(this);
    show(about);
  }
  ~panel() override {
    auto& about = home_.watched_.at(station_);
    about.panels.erase(this);
    if (about.panels.empty()) home_.watched_.erase(station_);
  }

  std::optional<std::string> adjust(const client_frame&) override {
    has_begun_ = false;
    show(home_.watched_.at(station_));
    return {};
  }
  std::optional<personal_state> whole() override {
    const auto& about = home_.watched_.at(station_);
    return personal_state{"station", home_.sources_.now(), data_of(about)};
  }
  void show(const watched& about) {
    if (!about.inside || about.marker_json.empty()) return;
    if (std::exchange(has_begun_, true)) {
      line_.change("station", home_.sources_.now(), data_of(about));
    } else {
      line_.snapshot(data_of(about));
    }
  }
  void end() {
    if (!has_begun_) line_.end("service_unavailable");
  }

private:
  [[nodiscard]] std::string data_of(const watched& about) const {
    return panel_json(*about.inside, about.marker_json, shows_cabinet_);
  }

  station_panels& home_;
  station_id station_;
  bool shows_cabinet_;
  personal_line& line_;
  bool has_begun_ = false;
};

personal_opening station_panels::open(const caller& whom, std::string_view topic, personal_line& line) {
  const station_sn serial{std::string{topic.substr(station_prefix.size())}};
  const auto* station = sources_.stations.find_any(serial);
  if (station == nullptr) return std::string{"station_not_found"};
  const auto id = station->view.facts.id;
  const bool shows_cabinet = is_allowed(whom.standing.role, permission::station_commands, need::read);
  auto made = std::make_unique<panel>(*this, id, shows_cabinet, line);
  if (auto& about = watched_.at(id); about.is_dirty) ask(id, about);
  return made;
}

void station_panels::note(station_id station) {
  const auto found = watched_.find(station);
  if (found != watched_.end()) found->second.is_dirty = true;
}

void station_panels::tick() {
  for (auto& [station, about] : watched_) {
    if (about.is_dirty && about.asked_at + limits::map_batch <= sources_.now()) ask(station, about);
  }
}

void station_panels::ask(station_id station, watched& about) {
  if (about.answers_awaited > 0) return;
  about.is_dirty = false;
  about.asked_at = sources_.now();
  const auto asked = [&](desk_ticket ticket) {
    // Every slot is taken: the next tick asks again.
    if (ticket == 0) about.is_dirty = true;
    about.answers_awaited += ticket == 0 ? 0 : 1;
  };
  const auto with = [this, station](auto take) {
    return [this, station, take](const auto& answer) {
      const auto found = watched_.find(station);
      if (found != watched_.end()) take(found->second, answer);
      answered(station);
    };
  };
  const auto failed = [this, station](const caf::error&) { answered(station); };
  asked(sources_.asking.ask<station_inside>(
      sources_.station_office, look_inside{station},
      with([](watched& of, const station_inside& inside) { of.inside = inside; }), failed));
  asked(sources_.asking.ask<marker_view>(
      sources_.livemap, look_at_marker{station},
      with([](watched& of, const marker_view& marker) { of.marker_json = marker.json; }), failed));
}

void station_panels::answered(station_id station) {
  const auto found = watched_.find(station);
  if (found == watched_.end()) return;
  auto& about = found->second;
  if (about.answers_awaited == 0 || --about.answers_awaited > 0) return;
  const bool is_known = about.inside && !about.marker_json.empty();
  for (auto* each : about.panels)
    is_known ? each->show(about) : each->end();
}

}  // namespace chautari
