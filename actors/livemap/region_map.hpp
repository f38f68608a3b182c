#pragma once
/// One region of the map, without an actor: its stations, and of each layer in use the cells they fall into.
/// A change of a station touches its old and its new cell in each layer and nothing else; a deadline that
/// passes touches the stations whose deadline it was.

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "protocols/livemap/messages.hpp"

namespace chautari {

class region_map {
public:
  // -- stations
  /// New, changed, or the same.
  void put(const station_marker& marker, timestamp now);
  /// What the station does not know of itself.
  void mark(station_id station, std::uint8_t issue, std::uint32_t active_out, timestamp now);
  void remove(station_id station);
  /// Judges again what time has changed, and only that.
  void pass(timestamp now);
  /// When `pass` may have something to do; nothing: never.
  [[nodiscard]] std::optional<timestamp> next_judgement() const;

  // -- layers: each has a number from `open` until `close`
  [[nodiscard]] std::optional<std::uint32_t> find(const map_layer& layer) const;
  std::uint32_t open(const map_layer& layer, timestamp now);
  void close(std::uint32_t number);
  /// What has changed since the last call; nothing in it if nothing has.
  [[nodiscard]] layer_change take_changes(std::uint32_t number);
  /// Everything there is, as of the last `take_changes`.
  [[nodiscard]] layer_change whole(std::uint32_t number) const;
  [[nodiscard]] bool has_changes() const;

  [[nodiscard]] std::optional<std::string> json_of(station_id station) const;
  [[nodiscard]] const map_totals& totals() const { return totals_; }
  [[nodiscard]] std::int64_t banks() const { return banks_; }
  [[nodiscard]] std::size_t stations() const { return places_.size(); }

private:
  struct kept_station {
    station_marker marker;
    judged_marker judged;
    std::uint32_t x = 0;  ///< Cell of zoom 14; a coarser one is the same shifted.
    std::uint32_t y = 0;
    bool is_here = false;
    bool is_awaited = false;     ///< Waits in the wheel.
    mutable map_item_ptr drawn;  ///< Made when first drawn after a change.
  };
  /// Sums of what is in a cell. With one member, `member` is its place: the exclusive or of all of them.
  struct cell {
    map_totals totals;
    std::int64_t rentable = 0, free_slots = 0, slots = 0, banks = 0;
    std::int64_t latitude_e6 = 0, longitude_e6 = 0;
    std::uint32_t member = 0;
    bool is_touched = false;
    map_item_ptr told;
  };
  struct kept_layer {
    map_layer what;
    std::unordered_map<std::uint64_t, cell> cells;
    std::vector<bool> members;  ///< By place: is counted in one of the cells.
    std::vector<std::uint64_t> touched;
  };
  /// Deadlines in steps of 15 s; those further away than the wheel wait in its last step and are put again.
  static constexpr seconds wheel_step{15};
  static constexpr std::int64_t wheel_steps = 128;

  [[nodiscard]] std::uint32_t place_of(station_id station);
  template <class Change>
  void change(std::uint32_t place, timestamp now, Change apply);
  void count(std::uint32_t place, int by);
  static void count(kept_layer& layer, std::uint32_t place, const kept_station& station, int by);
  void judge_again(std::uint32_t place, timestamp now);
  void await(std::uint32_t place, timestamp now);
  [[nodiscard]] map_item_ptr draw(std::uint32_t place) const;
  [[nodiscard]] static std::uint64_t cell_key(const map_layer& layer, std::uint32_t place,
                                              const kept_station& station);

  std::vector<kept_station> stations_;
  std::vector<std::uint32_t> free_places_;
  std::unordered_map<station_id, std::uint32_t> places_;
  std::unordered_map<std::uint32_t, kept_layer> layers_;
  std::uint32_t layer_numbers_ = 0;
  map_totals totals_;
  std::int64_t banks_ = 0;
  std::array<std::vector<std::uint32_t>, wheel_steps> wheel_;
  std::int64_t wheel_at_ = 0;  ///< Steps since 1970 that have passed.
};

}  // namespace chautari
