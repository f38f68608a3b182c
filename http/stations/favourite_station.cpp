#include <algorithm>

#include "http/operations/refusals.hpp"
#include "http/server/desk.hpp"
#include "http/server/field_reader.hpp"
#include "http/stations/stations_door.hpp"
#include "protocols/base/refusal.hpp"

namespace chautari {
namespace {

void set(exchange& in, const stations_door& door, bool is_favourite, bool toggle) {
  const auto* station = door.table(in).find(station_sn{std::string{in.path_text("sn")}});
  if (station == nullptr) return answer_refusal(in, refuse(station_refusal::station_not_found));
  const auto id = station->view.facts.id;
  in.ask<favourites_view>(
      door.accounts(), set_favourite{in.user(), id, is_favourite, toggle},
      [id](exchange& out, const favourites_view& view) {
        const bool is_in = std::find(view.stations.begin(), view.stations.end(), id) != view.stations.end();
        out.answer(is_in ? R"({"is_favorite":true})" : R"({"is_favorite":false})");
      },
      answer_refusal);
}

void add(exchange& in, const stations_door& door) {
  auto fields = field_reader::of_query(in);
  const bool toggle = fields.optional_flag("toggle").value_or(false);
  if (fields.complete(in)) set(in, door, true, toggle);
}

void list(exchange& in, const stations_door& door) {
  auto fields = field_reader::of_query(in);
  const auto page = fields.optional_integer("page", {.least = 1, .most = 1'000'000}).value_or(1);
  const auto size = fields.optional_integer("page_size", {.least = 1, .most = 100}).value_or(20);
  if (!fields.complete(in)) return;
  const page_request wanted{static_cast<std::size_t>(page), static_cast<std::size_t>(size)};
  in.ask<favourites_view>(
      door.accounts(), look_at_favourites{in.user()},
      [&door, wanted](exchange& out, const favourites_view& view) {
        std::vector<station_hit> hits;
        for (const auto id : view.stations) {
          if (const auto* station = door.table(out).find(id)) hits.push_back({station, {}});
        }
        const auto total = hits.size();
        const auto begin = std::min((wanted.page - 1) * wanted.page_size, total);
        const auto end = std::min(begin + wanted.page_size, total);
        const std::vector<station_hit> shown(hits.begin() + static_cast<std::ptrdiff_t>(begin),
                                             hits.begin() + static_cast<std::ptrdiff_t>(end));
        answer_stations(out, shown, total, wanted, view.stations);
      },
      answer_refusal);
}

}  // namespace

endpoint add_favourite_row(const stations_door& door) {
  return {.verb = http_method::post,
          .path = "/api/stations/{sn}/favorite",
          .who = access::user_access,
          .summary = "Remember a station; repeating it changes nothing",
          .handle = [&door](exchange& in) { add(in, door); },
          .query = {{"toggle", "1: remember or forget, whichever it is not"}}};
}

endpoint remove_favourite_row(const stations_door& door) {
  return {.verb = http_method::remove,
          .path = "/api/stations/{sn}/favorite",
          .who = access::user_access,
          .summary = "Forget a station; repeating it changes nothing",
          .handle = [&door](exchange& in) { set(in, door, false, false); }};
}

endpoint list_favourites_row(const stations_door& door) {
  return {.path = "/api/stations/favorites",
          .who = access::user_access,
          .summary =
              "The rider's remembered stations; deleted ones are left out, those in maintenance are marked",
          .handle = [&door](exchange& in) { list(in, door); },
          .query = {{"page", "from 1"}, {"page_size", "1..100, default 20"}}};
}

}  // namespace chautari
