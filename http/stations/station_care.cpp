#include "http/stations/station_care.hpp"

#include <iterator>

#include "protocols/base/refusal.hpp"

namespace chautari {

station_care care_of(const network& everybody, const stations_door& stations) {
  return {stations, everybody.station_office, everybody.amenities, everybody.issues, everybody.reader};
}

const listed_station* operators_station(exchange& in, const station_care& care) {
  const station_sn serial{std::string{in.path_text("sn")}};
  const auto* station = care.stations.table(in).find_any(serial);
  if (station == nullptr) answer_refusal(in, refuse(station_refusal::station_not_found));
  return station;
}

std::optional<station_id> read_station_filter(const exchange& in, field_reader& fields,
                                              const station_care& care) {
  const auto id = fields.optional_id<station_id>("station_id");
  const auto serial = fields.optional_text("station_sn", {.shortest = 1, .longest = 255});
  if (id || !serial) return id;
  const auto* station = care.stations.table(in).find_any(station_sn{*serial});
  if (station == nullptr) return fields.note("station_sn", "not_found"), std::nullopt;
  return station->view.facts.id;
}

endpoint operators_row(http_method verb, std::string path, std::string summary, operator_need wants,
                       void (*handle)(exchange&, const station_care&), const station_care& care) {
  const bool has_body = verb == http_method::post || verb == http_method::patch || verb == http_method::put;
  return {.verb = verb,
          .path = std::move(path),
          .who = access::admin_access,
          .summary = std::move(summary),
          .handle = [handle, &care](exchange& in) { handle(in, care); },
          .body = has_body ? body_kind::json : body_kind::none,
          .wants = wants};
}

endpoints station_care_endpoints(const station_care& care) {
  endpoints all = admin_station_rows(care);
  all.push_back(admin_list_stations_row(care));
  for (auto more : {admin_amenity_rows(care), admin_bank_rows(care), admin_issue_rows(care)})
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return all;
}

}  // namespace chautari
