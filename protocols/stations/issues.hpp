#pragma once
/// What riders report about stations, and the amenities a station can have, as stored.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

enum class station_issue_type : std::uint8_t {
  offline,
  damaged,
  dirty,
  location_wrong,
  slot_error,
  amenity_issue
};
enum class issue_priority : std::uint8_t { low, medium, high, critical };
enum class issue_status : std::uint8_t { reported, acknowledged, in_progress, resolved };
/// Upper case, as on the wire and in the database: "LOCATION_WRONG", "CRITICAL", "IN_PROGRESS".
std::string to_string(station_issue_type type);
std::string to_string(issue_priority priority);
std::string to_string(issue_status status);
std::optional<station_issue_type> parse_station_issue_type(std::string_view text);
std::optional<issue_priority> parse_issue_priority(std::string_view text);
std::optional<issue_status> parse_issue_status(std::string_view text);

struct station_issue_image {
  issue_id id;
  station_id station;
  user_id reporter;
  station_issue_type type = station_issue_type::offline;
  std::string description;  ///< 10..500 characters.
  std::string images;       ///< JSON array of at most 5 URLs of our own media store.
  issue_priority priority = issue_priority::medium;
  issue_status status = issue_status::reported;
  std::optional<operator_id> assigned_to;
  std::string notes;  ///< At most 1000 characters.
  timestamp reported_at;
  timestamp updated_at;
  std::optional<timestamp> resolved_at;
  bool is_deleted = false;
};

/// One kind of amenity; stations name those they have.
struct amenity_image {
  amenity_id id;
  std::string name;  ///< Unique without regard to case, at most 100.
  std::string icon;
  std::string description;
  bool is_active = true;
  bool is_deleted = false;
};

}  // namespace chautari
