#include "http/stations/station_table.hpp"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/system/error_code.hpp>
#include <cctype>
#include <cmath>
#include <iterator>
#include <numbers>

namespace chautari {
namespace {

namespace bg = boost::geometry;
namespace bgi = boost::geometry::index;

using index_point = bg::model::point<double, 2, bg::cs::cartesian>;  // (longitude, latitude)
using index_box = bg::model::box<index_point>;
using index_entry = std::pair<index_point, const listed_station*>;

constexpr double earth_radius_km = 6371.0;
constexpr minutes snapshot_age_max{25};

index_point to_index(geo_point p) { return {p.longitude, p.latitude}; }

std::string fold(std::string_view text) {
  std::string folded{text};
  std::transform(folded.begin(), folded.end(), folded.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return folded;
}

/// The ids in a list of amenities: each is a text, or an object with an `id`.
std::vector<std::string> amenity_ids(const std::string& json) {
  boost::system::error_code malformed;
  const auto list = boost::json::parse(json, malformed);
  std::vector<std::string> ids;
  if (malformed || !list.is_array()) return ids;
  for (const auto& amenity : list.get_array()) {
    const auto* id = amenity.is_object() ? amenity.get_object().if_contains("id") : &amenity;
    if (id != nullptr && id->is_string()) ids.emplace_back(id->get_string());
  }
  return ids;
}

bool has_amenities(const listed_station& station, const std::vector<std::string>& wanted) {
  const auto& ids = station.amenity_ids;
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  });
}

bool matches(const listed_station& station, const station_filter& filter, timestamp now) {
  const auto& view = station.view;
  if (!station.is_listed()) return false;
  if (filter.status && view.status() != *filter.status) return false;
  if (!filter.search.empty() && station.folded_text.find(filter.search) == std::string::npos) return false;
  if (filter.must_have_banks && rentable_now(view, now) == 0) return false;
  if (filter.must_be_open && !is_open_at(view.facts, now)) return false;
  return filter.amenities.empty() || has_amenities(station, filter.amenities);
}

/// Serials are unique: pages never overlap, whatever stations are called.
bool by_name_then_serial(const listed_station* a, const listed_station* b) {
  const auto& one = a->view.facts;
  const auto& other = b->view.facts;
  return one.name != other.name ? one.name < other.name : one.serial < other.serial;
}

bool by_distance_then_name(const station_hit& a, const station_hit& b) {
  if (a.distance_km != b.distance_km) return a.distance_km < b.distance_km;
  return by_name_then_serial(a.station, b.station);
}

/// The rectangle around a circle, exact on the sphere: a degree counted too long would cut off what lies
/// just within the radius. Near a pole it takes every longitude.
index_box box_around(geo_point center, double radius_km) {
  const double angle = radius_km / earth_radius_km;
  const double latitude = center.latitude * std::numbers::pi / 180.0;
  const double degrees = 180.0 / std::numbers::pi;
  const double share =
      std::abs(latitude) + angle < std::numbers::pi / 2 ? std::sin(angle) / std::cos(latitude) : 1.0;
  const double longitude_reach = share < 1.0 ? std::asin(share) * degrees : 180.0;
  constexpr double rounding = 1e-9;
  const double north = angle * degrees + rounding;
  const double east = longitude_reach + rounding;
  return {to_index({center.latitude - north, center.longitude - east}),
          to_index({center.latitude + north, center.longitude + east})};
}

}  // namespace

struct station_table::spatial_index {
  bgi::rtree<index_entry, bgi::quadratic<16>> tree;
};

station_table::station_table() : index_(std::make_unique<spatial_index>()) {}
station_table::~station_table() = default;

double distance_km(geo_point a, geo_point b) {
  const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180.0; };
  const double half_latitude = std::sin(radians(b.latitude - a.latitude) / 2);
  const double half_longitude = std::sin(radians(b.longitude - a.longitude) / 2);
  const double h = half_latitude * half_latitude + std::cos(radians(a.latitude)) *
                                                       std::cos(radians(b.latitude)) * half_longitude *
                                                       half_longitude;
  return 2 * earth_radius_km * std::asin(std::min(1.0, std::sqrt(h)));
}

std::int32_t rentable_now(const station_view& view, timestamp now) {
  if (!view.is_online || now - view.snapshot_at > snapshot_age_max) return 0;
  return view.rentable_count;
}

std::int32_t returnable_now(const station_view& view) { return view.is_online ? view.return_slots : 0; }

bool station_table::apply(const station_view& view) {
  const auto found = by_id_.find(view.facts.id);
  if (found == by_id_.end()) {
    auto& station = stations_.emplace_back();
    by_id_.emplace(view.facts.id, &station);
    by_name_.push_back(&station);
    rename_or_move(station, view);
    station.view = view;
    return true;
  }
  auto& station = *found->second;
  if (view.revision <= station.view.revision) return false;
  rename_or_move(station, view);
  station.view = view;
  return true;
}

void station_table::rename_or_move(listed_station& station, const station_view& view) {
  const auto& before = station.view.facts;
  const auto& after = view.facts;
  const bool is_new = before.id.is_nil();
  if (is_new || before.name != after.name || before.address != after.address ||
      before.landmark != after.landmark) {
    station.folded_text = fold(after.name + '\n' + after.address + '\n' + after.landmark);
    names_are_sorted_ = false;
  }
  if (is_new || before.amenities != after.amenities) station.amenity_ids = amenity_ids(after.amenities);
  if (is_new || before.is_maintenance != after.is_maintenance || before.is_deleted != after.is_deleted ||
      before.is_approved != after.is_approved) {
    names_are_sorted_ = false;
  }
  if (is_new || before.serial != after.serial) {
    // The old serial may be another station's by now.
    const auto old = by_serial_.find(before.serial);
    if (old != by_serial_.end() && old->second == &station) by_serial_.erase(old);
    by_serial_[after.serial] = &station;
  }
  if (is_new || before.latitude != after.latitude || before.longitude != after.longitude) {
    if (!is_new) index_->tree.remove({to_index(station.at()), &station});
    index_->tree.insert({to_index({after.latitude, after.longitude}), &station});
  }
  station.static_json.clear();
  station.slots_json.clear();
}

const listed_station* station_table::find(const station_sn& serial) const {
  const auto found = by_serial_.find(serial);
  return found != by_serial_.end() && found->second->is_known() ? found->second : nullptr;
}

const listed_station* station_table::find(station_id id) const {
  const auto found = by_id_.find(id);
  return found != by_id_.end() && found->second->is_known() ? found->second : nullptr;
}

const listed_station* station_table::find_any(const station_sn& serial) const {
  const auto found = by_serial_.find(serial);
  return found != by_serial_.end() && !found->second->view.facts.is_deleted ? found->second : nullptr;
}

const listed_station* station_table::find_any(station_id id) const {
  const auto found = by_id_.find(id);
  return found != by_id_.end() && !found->second->view.facts.is_deleted ? found->second : nullptr;
}

/// All stations by name, the listed ones first; sorted again only when a name or a listing changed.
const std::vector<const listed_station*>& station_table::by_name() const {
  if (!names_are_sorted_) {
    std::sort(by_name_.begin(), by_name_.end(), [](const auto* a, const auto* b) {
      if (a->is_listed() != b->is_listed()) return a->is_listed();
      return by_name_then_serial(a, b);
    });
    names_are_sorted_ = true;
  }
  return by_name_;
}

std::size_t station_table::listed_count() const {
  const auto& all = by_name();
  return static_cast<std::size_t>(
      std::partition_point(all.begin(), all.end(), [](const auto* s) { return s->is_listed(); }) -
      all.begin());
}

std::vector<const listed_station*> station_table::select_any(
    const std::function<bool(const listed_station&)>& is_meant) const {
  std::vector<const listed_station*> found;
  for (const auto* station : by_name()) {
    if (!station->view.facts.is_deleted && is_meant(*station)) found.push_back(station);
  }
  // Two sorted parts: those that riders are shown, and the others.
  const auto others =
      std::partition_point(found.begin(), found.end(), [](const auto* s) { return s->is_listed(); });
  std::inplace_merge(found.begin(), others, found.end(), by_name_then_serial);
  return found;
}

std::vector<station_hit> station_table::page(std::size_t skip, std::size_t count) const {
  const auto& all = by_name();
  std::vector<station_hit> hits;
  for (auto at = skip; at < all.size() && hits.size() < count && all[at]->is_listed(); ++at) {
    hits.push_back({all[at], {}});
  }
  return hits;
}

std::vector<station_hit> station_table::around(geo_point center, double radius_km) const {
  const auto box = box_around(center, radius_km);
  std::vector<station_hit> hits;
  for (auto it = index_->tree.qbegin(bgi::intersects(box)); it != index_->tree.qend(); ++it) {
    const double away = distance_km(center, it->second->at());
    if (away <= radius_km) hits.push_back({it->second, away});
  }
  return hits;
}

std::vector<station_hit> station_table::select(const station_filter& filter, timestamp now) const {
  std::vector<station_hit> hits;
  if (filter.near) {
    hits = around(*filter.near, filter.radius_km);
    std::erase_if(hits, [&](const station_hit& hit) { return !matches(*hit.station, filter, now); });
    std::sort(hits.begin(), hits.end(), by_distance_then_name);
    return hits;
  }
  for (const auto* station : by_name()) {
    if (!station->is_listed()) break;
    if (matches(*station, filter, now)) hits.push_back({station, {}});
  }
  return hits;
}

std::vector<const listed_station*> station_table::within(const geo_box& box, std::size_t count_max) const {
  const index_box wanted{to_index({box.south, box.west}), to_index({box.north, box.east})};
  std::vector<const listed_station*> found;
  for (auto it = index_->tree.qbegin(bgi::intersects(wanted)); it != index_->tree.qend(); ++it) {
    if (found.size() == count_max) break;
    if (it->second->is_listed()) found.push_back(it->second);
  }
  return found;
}

}  // namespace chautari
