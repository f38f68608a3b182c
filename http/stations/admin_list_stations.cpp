#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cctype>

#include "http/server/field_reader.hpp"
#include "http/stations/care_json.hpp"
#include "http/stations/station_care.hpp"

namespace chautari {
namespace {

struct operators_filter {
  std::optional<station_status> status;
  std::optional<bool> is_maintenance;
  std::string search;  ///< Lower case.
  std::optional<timestamp> from;
  std::optional<timestamp> until;

  [[nodiscard]] bool takes(const listed_station& station) const {
    const auto& facts = station.view.facts;
    if (status && station.view.status() != *status) return false;
    if (is_maintenance && facts.is_maintenance != *is_maintenance) return false;
    if (from && facts.created_at < *from) return false;
    if (until && facts.created_at >= *until) return false;
    if (search.empty() || station.folded_text.find(search) != std::string::npos) return true;
    return is_in(facts.serial.value) || is_in(facts.cabinet.value);
  }

private:
  [[nodiscard]] bool is_in(const std::string& text) const {
    const auto same = [](char a, char b) {
      return std::tolower(static_cast<unsigned char>(a)) == static_cast<unsigned char>(b);
    };
    return std::search(text.begin(), text.end(), search.begin(), search.end(), same) != text.end();
  }
};

operators_filter read_filter(field_reader& fields) {
  operators_filter filter;
  filter.status =
      fields.optional_choice<station_status>("status", {{"ONLINE", station_status::online},
                                                        {"OFFLINE", station_status::offline},
                                                        {"MAINTENANCE", station_status::maintenance}});
  filter.is_maintenance = fields.optional_flag("is_maintenance");
  filter.search = fields.optional_text("search", {.shortest = 2, .longest = 200}).value_or("");
  std::transform(filter.search.begin(), filter.search.end(), filter.search.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  filter.from = read_day_or_time(fields, "start_date", false);
  filter.until = read_day_or_time(fields, "end_date", true);
  if (filter.from && filter.until && *filter.until <= *filter.from) fields.note("end_date", "out_of_range");
  return filter;
}

void list(exchange& in, const station_care& care) {
  auto fields = field_reader::of_query(in);
  const auto page = read_table_page(fields);
  const auto filter = read_filter(fields);
  if (!fields.complete(in)) return;
  const auto found =
      care.stations.table(in).select_any([&](const listed_station& one) { return filter.takes(one); });
  auto data = begin_results(cut_page(found, page), [&in](const listed_station* station) {
    return admin_station_row(station->view, in.now());
  });
  append_table_end(data, page, static_cast<std::int64_t>(found.size()));
  in.answer(data);
}

}  // namespace

endpoint admin_list_stations_row(const station_care& care) {
  auto row = operators_row(http_method::get, "/api/admin/stations", "All stations by name",
                           {permission::stations, need::read}, list, care);
  row.query = {{"status", "ONLINE, OFFLINE or MAINTENANCE"},
               {"is_maintenance", "true or false"},
               {"search", "in name, address, landmark, serial number and IMEI"},
               {"start_date", "of creation: a day in Nepal, or a time"},
               {"end_date", "the same; a day is meant whole"},
               {"page", "from 1"},
               {"page_size", "1..100, default 20"}};
  return row;
}

}  // namespace chautari
