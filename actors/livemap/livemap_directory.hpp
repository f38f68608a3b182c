#pragma once
/// The LIVE MAP's directory: hears the network, finds the region of each station, counts.

#include <array>
#include <caf/all.hpp>
#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

#include "actors/livemap/region_actor.hpp"

namespace chautari {

/// With the word that only its regions say.
using livemap_directory_actor = livemap_actor::extend<caf::reacts_to<region_counted>>;

struct livemap_state {
  static constexpr const char* name = "livemap";

  /// What the station does not know of itself, and where it is drawn.
  struct station_place {
    map_region region;
    std::uint32_t active_out = 0;
    std::uint8_t issue = 0;
    bool is_drawn = false;
  };
  struct known_region {
    region_actor actor;
    map_totals totals;
    std::int64_t banks = 0;
  };

  livemap_directory_actor::pointer self = nullptr;
  std::shared_ptr<const network> world;
  std::unordered_map<station_id, station_place> places;
  std::unordered_map<std::uint32_t, known_region> regions;
  std::unordered_map<rental_id, open_rental_mark> rentals;  ///< Open ones.
  std::array<std::int64_t, 6> rentals_by_status{};
  bank_census banks;
  timestamp banks_counted_at;
  static constexpr std::int64_t seconds_counted = 60;
  std::array<std::int64_t, seconds_counted> events_by_second{};
  std::int64_t events_second = 0;  ///< Since 1970, of the newest counter.
  std::deque<timestamp> failures;  ///< Of commands, oldest first.
  bool is_overfull = false;

  void meet(const meet_network& meeting);
  void note(const station_view& view);
  void note(const open_rental_mark& rental);
  void note(const operator_event& event);
  void note(const command_news& news);
  void note(const region_counted& counted);
  void wake(const timer_fired& timer);
  [[nodiscard]] network_metrics figures();

  /// To the region it names, or the region of the station it names.
  caf::result<layer_delta> pass_on(const watch_layer& wish);
  void pass_on(const unwatch_layer& word);
  caf::result<marker_view> pass_on(const look_at_marker& question);

private:
  [[nodiscard]] const region_actor* region_of(map_region where);
  void draw(station_id station, station_place& place, station_marker marker);
  void remark(station_id station, const station_place& place);
  void learn_issues(station_id station);
  void count_stored_banks();
  /// Seconds in which nothing happened count too.
  void turn_seconds(timestamp now);
};

livemap_directory_actor::behavior_type livemap_directory(
    livemap_directory_actor::stateful_pointer<livemap_state> self,
    const std::vector<open_rental_mark>& open_rentals);

}  // namespace chautari
