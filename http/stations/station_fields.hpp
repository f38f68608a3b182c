#pragma once
/// The body of a station that an operator makes or changes. Everything wrong is noted, nothing is dropped.

#include <vector>

#include "http/server/field_reader.hpp"
#include "protocols/stations/management.hpp"

namespace chautari {

/// What is to change; `known` are the amenities there are. A station that is made must have its name, serial
/// number, imei, place, address and slots.
[[nodiscard]] station_changes read_station_changes(field_reader& fields, const boost::json::value& body,
                                                   const std::vector<amenity_image>& known, bool is_new);

/// powerbank_assignments: [{powerbank_serial, slot_number}].
[[nodiscard]] std::vector<bank_placement> read_placements(field_reader& fields);

/// A file of our own media store: "/media/<name>", nothing that leads elsewhere.
[[nodiscard]] bool is_own_media(std::string_view url);

/// How many characters the text has (UTF-8).
[[nodiscard]] std::size_t count_characters(std::string_view text);

/// A required text of `shortest` to `longest` characters.
[[nodiscard]] std::string read_characters(field_reader& fields, std::string_view name, std::size_t shortest,
                                          std::size_t longest);

}  // namespace chautari
