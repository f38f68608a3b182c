#include <algorithm>

#include "http/operations/refusals.hpp"
#include "http/server/desk.hpp"
#include "http/stations/station_json.hpp"
#include "http/stations/stations_door.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

void show(exchange& in, const stations_door& door) {
  const station_sn serial{std::string{in.path_text("sn")}};
  with_favourites(in, door, [&door, serial](exchange& out, const std::vector<station_id>& favourites) {
    const auto* station = door.table(out).find(serial);
    if (station == nullptr) return answer_refusal(out, refuse(station_refusal::station_not_found));
    const auto id = station->view.facts.id;
    std::string data;
    data.reserve(1'024 + station->view.slots.size() * 220);
    append_detail(data, *station, out.now(),
                  std::find(favourites.begin(), favourites.end(), id) != favourites.end());
    answer_stations_json(out, data);
  });
}

}  // namespace

endpoint show_station_row(const stations_door& door) {
  return {.path = "/api/stations/{sn}",
          .summary = "One station with its slots",
          .handle = [&door](exchange& in) { show(in, door); }};
}

}  // namespace chautari
