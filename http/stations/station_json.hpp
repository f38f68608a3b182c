#pragma once
/// How a station looks on the wire. Everything is appended to the caller's text: a page of stations is one
/// buffer.

#include <string>

#include "http/stations/station_table.hpp"

namespace chautari {

/// One item of a list. The fields that hardly ever change are kept as text with the station.
void append_list_item(std::string& out, const station_hit& hit, timestamp now, bool is_favourite);

/// The whole station with its slots. No imei, no signal, nobody's rental.
void append_detail(std::string& out, const listed_station& station, timestamp now, bool is_favourite);

/// What a socket is told: {serial_number, status, available_slots, rentable_count, return_slots}.
[[nodiscard]] std::string stock_json(const station_view& view, timestamp now);

/// The same with name and place, for an area of the map.
[[nodiscard]] std::string area_item_json(const listed_station& station, timestamp now);

/// Stable for one slot of one station, whatever happens to it.
[[nodiscard]] slot_id id_of_slot(station_id station, std::int32_t number);

}  // namespace chautari
