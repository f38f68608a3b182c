#include <boost/json.hpp>

#include "http/livemap/livemap_door.hpp"
#include "http/operations/refusals.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

namespace json = boost::json;

constexpr std::int32_t stock_enough = 2;

/// The stations of this lane's own table: fuller memory than the database has.
void show_low_stock(exchange& in, const livemap_door& door, const map_bounds& bounds) {
  json::array points;
  const geo_box box{bounds.south, bounds.west, bounds.north, bounds.east};
  for (const auto* station : door.stations(in).within(box, limits::map_points_max)) {
    const auto rentable = rentable_now(station->view, in.now());
    const auto& facts = station->view.facts;
    if (rentable >= stock_enough) continue;
    points.push_back({{"lat", facts.latitude},
                      {"lng", facts.longitude},
                      {"sn", facts.serial.value},
                      {"rentable", rentable},
                      {"weight", stock_enough - rentable}});
  }
  in.answer(json::serialize(json::object{{"points", std::move(points)}}));
}

void show_stored(exchange& in, const livemap_door& door, const load_map_points& question) {
  in.ask<map_points>(
      door.everybody().reader, question,
      [](exchange& out, const map_points& found) { out.answer("{\"points\":" + found.points + '}'); },
      [](exchange& out, const caf::error& why) { answer_refusal(out, why); });
}

void show(exchange& in, const livemap_door& door) {
  auto fields = field_reader::of_query(in);
  const auto bounds = read_bounds(fields);
  const auto window =
      fields.optional_choice<hours>("window", {{"1h", hours{1}}, {"24h", hours{24}}, {"7d", hours{7 * 24}}})
          .value_or(hours{24});
  if (!fields.complete(in)) return;
  load_map_points question{map_overlay::rentals, bounds.south,      bounds.west, bounds.north,
                           bounds.east,          in.now() - window, in.now()};
  const auto layer = in.path_text("layer");
  if (layer == "low_stock") return show_low_stock(in, door, bounds);
  if (layer == "rentals") return show_stored(in, door, question);
  question.overlay = map_overlay::demand;
  if (layer == "demand") return show_stored(in, door, question);
  in.fail(404, "layer_not_found", "There is no such layer.");
}

}  // namespace

endpoint map_layer_row(const livemap_door& door) {
  return {.path = "/api/admin/map/layers/{layer}",
          .who = access::admin_access,
          .summary = "Points over the map: rentals, demand or low_stock",
          .handle = [&door](exchange& in) { show(in, door); },
          .query = {{"bounds", "south,west,north,east in degrees"},
                    {"window", "demand: 1h, 24h (default) or 7d"}},
          .wants = {{permission::stations, need::read}}};
}

}  // namespace chautari
