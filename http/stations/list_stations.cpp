#include <algorithm>
#include <cctype>

#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "http/stations/stations_door.hpp"

namespace chautari {
namespace {

constexpr std::int64_t page_size_max = 50;
constexpr double radius_km_max = 50;
constexpr std::size_t amenities_max = 20;

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto comma = text.find(',');
    if (const auto part = text.substr(0, comma); !part.empty()) parts.emplace_back(part);
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
  }
  return parts;
}

page_request read_page(field_reader& fields) {
  const auto page = fields.optional_integer("page", {.least = 1, .most = 1'000'000}).value_or(1);
  const auto size = fields.optional_integer("page_size", {.least = 1, .most = page_size_max}).value_or(20);
  return {static_cast<std::size_t>(page), static_cast<std::size_t>(size)};
}

/// Both or neither.
std::optional<geo_point> read_point(field_reader& fields, bool is_required) {
  const auto latitude = fields.optional_number("lat", {.least = -90, .most = 90});
  const auto longitude = fields.optional_number("lng", {.least = -180, .most = 180});
  if (latitude && longitude) return geo_point{*latitude, *longitude};
  // A bad one has been noted already; one that is missing is asked for if the other is there.
  const bool has_latitude = fields.raw("lat") != nullptr;
  const bool has_longitude = fields.raw("lng") != nullptr;
  if (!has_latitude && (has_longitude || is_required)) fields.note("lat", "required");
  if (!has_longitude && (has_latitude || is_required)) fields.note("lng", "required");
  return {};
}

station_filter read_filter(field_reader& fields) {
  station_filter filter;
  filter.near = read_point(fields, false);
  filter.radius_km =
      fields.optional_number("max_distance", {.least = 0.1, .most = radius_km_max}).value_or(10);
  filter.status = fields.optional_choice<station_status>(
      "status", {{"ONLINE", station_status::online}, {"OFFLINE", station_status::offline}});
  filter.search = fields.optional_text("search", {.longest = 200}).value_or("");
  std::transform(filter.search.begin(), filter.search.end(), filter.search.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  filter.must_have_banks = fields.optional_flag("available").value_or(false);
  filter.must_be_open = fields.optional_flag("open").value_or(false);
  filter.amenities = split_list(fields.optional_text("amenities", {.longest = 1'000}).value_or(""));
  if (filter.amenities.size() > amenities_max) fields.note("amenities", "too_long");
  return filter;
}

bool takes_everything(const station_filter& filter) {
  return !filter.near && !filter.status && filter.search.empty() && !filter.must_have_banks &&
         !filter.must_be_open && filter.amenities.empty();
}

std::vector<station_hit> cut(std::vector<station_hit> hits, page_request page) {
  const auto begin = std::min((page.page - 1) * page.page_size, hits.size());
  const auto end = std::min(begin + page.page_size, hits.size());
  return {hits.begin() + static_cast<std::ptrdiff_t>(begin), hits.begin() + static_cast<std::ptrdiff_t>(end)};
}

void list(exchange& in, const stations_door& door) {
  auto fields = field_reader::of_query(in);
  const auto page = read_page(fields);
  const auto filter = read_filter(fields);
  if (!fields.complete(in)) return;
  with_favourites(in, door, [&door, page, filter](exchange& out, const std::vector<station_id>& favourites) {
    const auto& table = door.table(out);
    if (takes_everything(filter)) {
      const auto hits = table.page((page.page - 1) * page.page_size, page.page_size);
      return answer_stations(out, hits, table.listed_count(), page, favourites);
    }
    auto hits = table.select(filter, out.now());
    const auto total = hits.size();
    answer_stations(out, cut(std::move(hits), page), total, page, favourites);
  });
}

void list_nearby(exchange& in, const stations_door& door) {
  auto fields = field_reader::of_query(in);
  const auto page = read_page(fields);
  station_filter filter;
  filter.near = read_point(fields, true);
  filter.radius_km = fields.optional_number("radius", {.least = 0.1, .most = radius_km_max}).value_or(5);
  if (!fields.complete(in)) return;
  with_favourites(in, door, [&door, page, filter](exchange& out, const std::vector<station_id>& favourites) {
    auto hits = door.table(out).select(filter, out.now());
    const auto total = hits.size();
    answer_stations(out, cut(std::move(hits), page), total, page, favourites);
  });
}

}  // namespace

endpoint list_stations_row(const stations_door& door) {
  return {.path = "/api/stations",
          .summary = "Stations by name, or by distance from a point",
          .handle = [&door](exchange& in) { list(in, door); },
          .query = {{"lat", "degrees, with lng"},
                    {"lng", "degrees, with lat"},
                    {"max_distance", "km, 0.1..50, default 10"},
                    {"status", "ONLINE or OFFLINE"},
                    {"search", "in name, address and landmark"},
                    {"amenities", "ids, comma separated; all must be there"},
                    {"available", "true: only where a bank can be rented now"},
                    {"open", "true: only within opening hours"},
                    {"page", "from 1"},
                    {"page_size", "1..50, default 20"}}};
}

endpoint list_nearby_stations_row(const stations_door& door) {
  return {.path = "/api/stations/nearby",
          .summary = "Stations around a point, nearest first",
          .handle = [&door](exchange& in) { list_nearby(in, door); },
          .query = {{"lat", "degrees", true},
                    {"lng", "degrees", true},
                    {"radius", "km, 0.1..50, default 5"},
                    {"page", "from 1"},
                    {"page_size", "1..50, default 20"}}};
}

}  // namespace chautari
