#pragma once
/// The stations' part of a door: each lane's own table, kept current by announcements, and the rows of the
/// API that read it.

#include <deque>
#include <functional>
#include <memory>

#include "http/server/door.hpp"
#include "http/server/endpoint.hpp"
#include "http/stations/station_table.hpp"
#include "protocols/accounts/interface.hpp"

namespace chautari {

/// One of a door; outlives it.
class stations_door {
public:
  /// `lanes` I/O threads, each with a table of its own.
  stations_door(std::size_t lanes, accounts_actor accounts);

  /// Hears the station announcements of this lane and serves the topics `station:` and `bounds:`.
  void set_up(lane_parts& parts, const clock_source& now);

  [[nodiscard]] const station_table& table(const exchange& in) const { return tables_.at(in.lane()); }
  [[nodiscard]] const station_table& table(std::size_t lane) const { return tables_.at(lane); }
  [[nodiscard]] const accounts_actor& accounts() const { return accounts_; }

private:
  std::deque<station_table> tables_;
  accounts_actor accounts_;
};

/// GET /api/stations, /nearby, /favorites, /{sn}; POST and DELETE /{sn}/favorite. `door` must outlive the
/// rows.
[[nodiscard]] endpoints station_endpoints(const stations_door& door);

// One file each; `station_endpoints` gathers them.
[[nodiscard]] endpoint list_stations_row(const stations_door& door);
[[nodiscard]] endpoint list_nearby_stations_row(const stations_door& door);
[[nodiscard]] endpoint show_station_row(const stations_door& door);
[[nodiscard]] endpoint list_favourites_row(const stations_door& door);
[[nodiscard]] endpoint add_favourite_row(const stations_door& door);
[[nodiscard]] endpoint remove_favourite_row(const stations_door& door);

/// Runs `answer` with the caller's favourites, or with none for an anonymous caller and when the account
/// cannot be asked: a list without hearts is better than no list.
void with_favourites(exchange& in, const stations_door& door,
                     const std::function<void(exchange&, const std::vector<station_id>&)>& answer);

/// Answers one page of `hits`: {results, count, next, previous, page, page_size}.
struct page_request {
  std::size_t page = 1;
  std::size_t page_size = 20;
};
void answer_stations(exchange& in, const std::vector<station_hit>& hits, std::size_t total, page_request page,
                     const std::vector<station_id>& favourites);

/// Answers with what everybody may cache for a moment, or, signed in, the caller alone.
void answer_stations_json(exchange& in, std::string_view data);

}  // namespace chautari
