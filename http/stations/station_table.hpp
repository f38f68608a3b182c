#pragma once
/// A door's own copy of every station: filled by announcements, read by requests of the same thread. No lock,
/// no database.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "protocols/base/time.hpp"
#include "protocols/stations/views.hpp"

namespace chautari {

/// A point on earth, degrees.
struct geo_point {
  double latitude = 0;
  double longitude = 0;
};
/// A rectangle of coordinates, borders included. West <= east; the date line is not crossed.
struct geo_box {
  double south = 0;
  double west = 0;
  double north = 0;
  double east = 0;

  [[nodiscard]] bool contains(geo_point p) const {
    return p.latitude >= south && p.latitude <= north && p.longitude >= west && p.longitude <= east;
  }
};

/// Great-circle distance in km (haversine, R = 6371 km).
[[nodiscard]] double distance_km(geo_point a, geo_point b);

struct listed_station {
  station_view view;
  std::string folded_text;  ///< Name, address and landmark in lower case, for the search.
  std::vector<std::string> amenity_ids;
  mutable std::string static_json;  ///< Of the list item: the fields that only an administrator changes. Made
                                    ///< when first read.
  mutable std::string slots_json;   ///< Of the detail; made when first read after a change.

  [[nodiscard]] geo_point at() const { return {view.facts.latitude, view.facts.longitude}; }
  /// Exists for riders at all; else it is as if it were not there.
  [[nodiscard]] bool is_known() const { return !view.facts.is_deleted && view.facts.is_approved; }
  /// In the public lists; stations in maintenance are not.
  [[nodiscard]] bool is_listed() const { return is_known() && !view.facts.is_maintenance; }
};

struct station_hit {
  const listed_station* station = nullptr;
  std::optional<double> distance_km;
};

struct station_filter {
  std::optional<geo_point> near = {};
  double radius_km = 10;
  std::optional<station_status> status = {};
  std::string search = {};       ///< Lower case; empty: all.
  bool must_have_banks = false;  ///< rentable_count > 0
  bool must_be_open = false;
  std::vector<std::string> amenities = {};  ///< Ids; all must be there.
};

class station_table {
public:
  station_table();
  ~station_table();
  station_table(const station_table&) = delete;
  station_table& operator=(const station_table&) = delete;

  /// Takes an announcement; an older one than what is known changes nothing. True if it was news.
  bool apply(const station_view& view);

  /// A station that riders may know of, else null.
  [[nodiscard]] const listed_station* find(const station_sn& serial) const;
  [[nodiscard]] const listed_station* find(station_id id) const;
  /// The same for operators: one that nobody has approved yet is there too.
  [[nodiscard]] const listed_station* find_any(const station_sn& serial) const;
  [[nodiscard]] const listed_station* find_any(station_id id) const;
  /// Every station that is not deleted and that `is_meant`, by name, serial: for operators.
  [[nodiscard]] std::vector<const listed_station*> select_any(
      const std::function<bool(const listed_station&)>& is_meant) const;

  /// Listed stations that match: by distance, name, serial where a point is given, else by name, serial.
  [[nodiscard]] std::vector<station_hit> select(const station_filter& filter, timestamp now) const;

  /// Number `skip`.. of all listed stations by name, without looking at the others.
  [[nodiscard]] std::vector<station_hit> page(std::size_t skip, std::size_t count) const;
  [[nodiscard]] std::size_t listed_count() const;

  /// Listed stations within the rectangle, at most `count_max`.
  [[nodiscard]] std::vector<const listed_station*> within(const geo_box& box, std::size_t count_max) const;

private:
  struct spatial_index;

  void rename_or_move(listed_station& station, const station_view& view);
  const std::vector<const listed_station*>& by_name() const;
  [[nodiscard]] std::vector<station_hit> around(geo_point center, double radius_km) const;

  std::deque<listed_station> stations_;
  std::unordered_map<station_sn, listed_station*> by_serial_;
  std::unordered_map<station_id, listed_station*> by_id_;
  std::unique_ptr<spatial_index> index_;
  mutable std::vector<const listed_station*> by_name_;
  mutable bool names_are_sorted_ = true;
};

/// Banks that can be rented right now, as far as this door knows: none where the snapshot is older than 25
/// min or the cabinet is offline.
[[nodiscard]] std::int32_t rentable_now(const station_view& view, timestamp now);
/// Slots that take a bank right now; none while the cabinet is offline.
[[nodiscard]] std::int32_t returnable_now(const station_view& view);

}  // namespace chautari
