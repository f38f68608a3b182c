#include "protocols/stations/views.hpp"

namespace chautari {

bool is_open_at(const station_image& station, timestamp now) {
  const int opening = station.opening_minute;
  const int closing = station.closing_minute;
  if (opening < 0 || closing < 0 || opening == closing) return true;
  const int minute = minute_of_day(now);
  if (opening < closing) return minute >= opening && minute < closing;
  return minute >= opening || minute < closing;
}

}  // namespace chautari
