#pragma once
/// The topic `station:<sn>` of the operators: everything about one station, kept fresh while somebody looks.
/// One question to the station and one to the map for all who look, at most each 250 ms.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "http/server/desk.hpp"
#include "http/stations/station_table.hpp"
#include "http/websocket/personal_topic.hpp"
#include "protocols/livemap/interface.hpp"

namespace chautari {

struct panel_sources {
  desk& asking;
  const station_table& stations;
  livemap_actor livemap;
  stations_office_actor station_office;
  clock_source now;
};

class station_panels {
public:
  explicit station_panels(panel_sources sources) : sources_{std::move(sources)} {}
  station_panels(const station_panels&) = delete;
  station_panels& operator=(const station_panels&) = delete;

  [[nodiscard]] personal_opening open(const caller& whom, std::string_view topic, personal_line& line);
  /// Something about it is new.
  void note(station_id station);
  void tick();

private:
  class panel;
  struct watched {
    std::set<panel*> panels;
    std::optional<station_inside> inside;
    std::string marker_json;
    timestamp asked_at;
    bool is_dirty = true;
    int answers_awaited = 0;
  };

  void ask(station_id station, watched& about);
  void answered(station_id station);

  panel_sources sources_;
  std::map<station_id, watched> watched_;
};

}  // namespace chautari
