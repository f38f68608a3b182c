#include "http/livemap/map_view.hpp"

#include <algorithm>
#include <array>

#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

constexpr int zoom_of_pages_max = 24;
constexpr std::int64_t silent_minutes_max = 7 * 24 * 60;

void take_state(field_reader& fields, std::string_view word, map_filter& into) {
  const auto state = parse_marker_state(word);
  if (!state) return fields.note("status", "not_a_choice");
  into.states |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(*state));
}

/// A list in a body, words with commas in a query.
void read_states(field_reader& fields, map_filter& into) {
  const auto* given = fields.raw("status");
  if (given == nullptr || given->is_null()) return;
  if (const auto* list = given->if_array()) {
    for (const auto& each : *list) {
      const auto* word = each.if_string();
      take_state(fields, word == nullptr ? std::string_view{} : std::string_view{*word}, into);
    }
    return;
  }
  const auto* text = given->if_string();
  if (text == nullptr) return fields.note("status", "wrong_type");
  std::string_view words{*text};
  while (!words.empty()) {
    const auto comma = std::min(words.find(','), words.size());
    take_state(fields, words.substr(0, comma), into);
    words.remove_prefix(std::min(comma + 1, words.size()));
  }
}

map_filter read_filter(field_reader& fields) {
  map_filter filter;
  read_states(fields, filter);
  filter.low_stock = fields.optional_flag("low_stock").value_or(false);
  filter.no_free_slot = fields.optional_flag("no_free_slot").value_or(false);
  filter.battery_below = static_cast<std::uint8_t>(
      fields.optional_integer("battery_below", {.least = 0, .most = 100}).value_or(0));
  filter.silent_minutes = static_cast<std::uint16_t>(
      fields.optional_integer("silent_minutes", {.least = 0, .most = silent_minutes_max}).value_or(0));
  const auto issue =
      fields.optional_choice<issue_priority>("issue_priority", {{"LOW", issue_priority::low},
                                                                {"MEDIUM", issue_priority::medium},
                                                                {"HIGH", issue_priority::high},
                                                                {"CRITICAL", issue_priority::critical}});
  if (issue) filter.issue = static_cast<std::uint8_t>(static_cast<int>(*issue) + 1);
  filter.text = folded(fields.optional_text("text", {.longest = limits::map_text_bytes_max}).value_or(""));
  return filter;
}

std::optional<map_bounds> bounds_of(const json::value& given) {
  if (const auto* text = given.if_string()) return parse_bounds(*text);
  const auto* list = given.if_array();
  if (list == nullptr || list->size() != 4) return {};
  std::array<double, 4> corners{};
  for (std::size_t at = 0; at < 4; ++at) {
    if (!(*list)[at].is_number()) return {};
    corners[at] = (*list)[at].to_number<double>();
  }
  const map_bounds made{corners[0], corners[1], corners[2], corners[3]};
  const bool is_on_globe = made.south >= -90 && made.north <= 90 && made.west >= -180 && made.east <= 180;
  if (!is_on_globe || made.south > made.north || made.west > made.east) return {};
  return made;
}

}  // namespace

map_bounds read_bounds(field_reader& fields) {
  const auto* given = fields.raw("bounds");
  if (given == nullptr) return map_view{}.bounds;
  const auto bounds = bounds_of(*given);
  if (!bounds) fields.note("bounds", "malformed");
  return bounds.value_or(map_bounds{});
}

map_view read_map_view(field_reader& fields) {
  map_view view;
  view.bounds = read_bounds(fields);
  view.zoom = static_cast<int>(
      fields.optional_integer("zoom", {.least = 0, .most = zoom_of_pages_max}).value_or(map_zoom_min));
  view.filter = read_filter(fields);
  return view;
}

std::optional<map_view> parse_map_view(const json::value& wish) {
  const auto* view = wish.if_object();
  const auto* bounds = view == nullptr ? nullptr : view->if_contains("bounds");
  const auto* zoom = view == nullptr ? nullptr : view->if_contains("zoom");
  const auto corners = bounds == nullptr ? std::nullopt : bounds_of(*bounds);
  if (!corners || zoom == nullptr || !zoom->is_number()) return {};
  map_view made;
  made.bounds = *corners;
  made.zoom = static_cast<int>(std::clamp(zoom->to_number<double>(), 0.0, double{zoom_of_pages_max}));
  const auto* filters = view->if_contains("filters");
  if (filters == nullptr || filters->is_null()) return made;
  if (!filters->is_object()) return {};
  field_reader fields{*filters};
  made.filter = read_filter(fields);
  if (!fields.problems().empty()) return {};
  return made;
}

}  // namespace chautari
