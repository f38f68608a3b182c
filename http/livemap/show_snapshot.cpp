#include "http/livemap/livemap_door.hpp"

namespace chautari {
namespace {

void show(exchange& in, const livemap_door& door) {
  auto fields = field_reader::of_query(in);
  const auto view = read_map_view(fields);
  if (!fields.complete(in)) return;
  door.lane(in).glance(view, [answer = in.later()](const std::optional<std::string>& data) {
    answer([&](exchange& out) {
      if (!data) return out.overloaded();
      out.answer_cached(*data, "private, no-cache");
    });
  });
}

}  // namespace

endpoint map_snapshot_row(const livemap_door& door) {
  return {.path = "/api/admin/map/snapshot",
          .who = access::admin_access,
          .summary = "The map as the live topic would show it now",
          .handle = [&door](exchange& in) { show(in, door); },
          .query = {{"bounds", "south,west,north,east in degrees; the whole world without it"},
                    {"zoom", "0..24; 5 without it"},
                    {"status", "ONLINE,DEGRADED,OFFLINE,MAINTENANCE: any of them"},
                    {"low_stock", "true: fewer than two banks to rent"},
                    {"no_free_slot", "true: nothing can be returned"},
                    {"battery_below", "0..100: a bank here has less"},
                    {"silent_minutes", "not heard for so long"},
                    {"issue_priority", "LOW, MEDIUM, HIGH or CRITICAL: an open issue of at least this"},
                    {"text", "in name, serial number or address"}},
          .wants = {{permission::stations, need::read}}};
}

}  // namespace chautari
