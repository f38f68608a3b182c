#pragma once
/// Stations, banks, amenities and issues as operators read them.

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "http/stations/station_table.hpp"
#include "protocols/stations/questions.hpp"

namespace chautari {

/// `{"results":[` and the rows; the page's end is to be appended.
template <class Rows, class Show>
[[nodiscard]] std::string begin_results(const Rows& rows, Show show) {
  std::string data = R"({"results":[)";
  for (const auto& row : rows) {
    if (data.back() != '[') data += ',';
    data += boost::json::serialize(show(row));
  }
  return data;
}

/// A row of the list, from what the lane knows.
[[nodiscard]] boost::json::object admin_station_row(const station_view& view, timestamp now);
/// The whole station: imei, hardware, slots, banks, media.
[[nodiscard]] boost::json::object admin_station_detail(const station_inside& inside);

[[nodiscard]] boost::json::object amenity_json(const amenity_image& amenity);
[[nodiscard]] boost::json::object bank_json(const bank_row& row);
/// A rental in the life of a bank; nobody's name.
[[nodiscard]] boost::json::object bank_rental_json(const rental_image& rental);

/// As riders read their own reports.
[[nodiscard]] boost::json::object own_issue_json(const issue_view& view);
/// As operators do; who reported it only for those who may see riders.
[[nodiscard]] boost::json::object issue_json(const issue_view& view, bool shows_reporter);

/// JSON text as a value; null if it is none.
[[nodiscard]] boost::json::value parsed_json(const std::string& text);

/// "12.5000": full charge cycles from 1/10000.
[[nodiscard]] std::string cycles_text(std::int64_t ten_thousandths);

}  // namespace chautari
