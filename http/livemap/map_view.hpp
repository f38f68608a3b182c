#pragma once
/// What an operator wants to look at, as the page says it.

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "http/server/exchange.hpp"
#include "http/server/field_reader.hpp"
#include "http/websocket/topic_hub.hpp"
#include "protocols/livemap/map_rules.hpp"

namespace chautari {

struct map_view {
  map_bounds bounds{-85, -180, 85, 180};
  int zoom = map_zoom_min;  ///< 0..24, as the page has it; clamped to the layers there are.
  map_filter filter;
};

/// `{"bounds":[s,w,n,e],"zoom":7,"filters":{status:[..],low_stock,no_free_slot,battery_below,silent_minutes,
/// issue_priority,text}}`; nothing if it is no view.
[[nodiscard]] std::optional<map_view> parse_map_view(const boost::json::value& wish);

/// The same in a query: bounds=s,w,n,e&zoom=&status=ONLINE,OFFLINE&low_stock=true&... Problems are noted.
[[nodiscard]] map_view read_map_view(field_reader& fields);
/// "s,w,n,e" of a query; the whole world if it is not there.
[[nodiscard]] map_bounds read_bounds(field_reader& fields);

}  // namespace chautari
