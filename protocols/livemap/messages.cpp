#include "protocols/livemap/messages.hpp"

#include "protocols/base/text.hpp"

namespace chautari {
namespace {

constexpr word_table<livemap_refusal, 3> refusal_words{{
    {livemap_refusal::unknown_region, "unknown_region"},
    {livemap_refusal::too_many_layers, "too_many_layers"},
    {livemap_refusal::station_not_found, "station_not_found"},
}};

}  // namespace

std::string to_string(livemap_refusal why) { return word_of(refusal_words, why); }

void map_totals::count(marker_state state, std::int64_t by) {
  stations += by;
  switch (state) {
    case marker_state::online:
      online += by;
      break;
    case marker_state::degraded:
      degraded += by;
      break;
    case marker_state::offline:
      offline += by;
      break;
    case marker_state::maintenance:
      maintenance += by;
      break;
  }
}

map_totals& map_totals::operator+=(const map_totals& more) {
  stations += more.stations;
  online += more.online;
  degraded += more.degraded;
  offline += more.offline;
  maintenance += more.maintenance;
  return *this;
}

map_totals& map_totals::operator-=(const map_totals& less) {
  stations -= less.stations;
  online -= less.online;
  degraded -= less.degraded;
  offline -= less.offline;
  maintenance -= less.maintenance;
  return *this;
}

}  // namespace chautari
