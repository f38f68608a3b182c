#pragma once
/// The map as the operators of one I/O thread look at it: the layers their views need, region by region, and
/// what each view has not been told yet. Whatever is drawn was rendered where it changed; here are only
/// pointers to it. No socket here; those who look are told through `map_viewer`.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "http/livemap/map_view.hpp"
#include "protocols/livemap/messages.hpp"

namespace chautari {

/// Whoever looks at a view. None of these calls back into the board.
class map_viewer {
public:
  virtual ~map_viewer() = default;
  using draw_function = std::function<std::string()>;
  /// {zoom, clusters, stations, totals}: everything in the view is here, and `draw` renders it; so does
  /// `map_board::whole` later.
  virtual void see_whole(const draw_function& draw) = 0;
  /// {clusters, stations, gone, pulses, totals}: what has changed since the last of the two.
  virtual void see_change(std::string data_json) = 0;
  /// The view cannot be shown; nothing more comes.
  virtual void be_refused(const std::string& code) = 0;
};

/// How the board reaches the regions.
struct map_line {
  /// Answered later by `board.take(delta)` or `board.fail(watch, ...)`.
  std::function<void(std::uint32_t watch, map_region region, const map_layer& layer)> watch;
  std::function<void(std::uint32_t watch, map_region region)> unwatch;
};

/// A light that flashes where something happened.
struct map_pulse {
  double latitude = 0;
  double longitude = 0;
  std::string json;  ///< {lat,lng,sn,kind}
};

class map_board {
public:
  explicit map_board(map_line line) : line_{std::move(line)} {}
  map_board(const map_board&) = delete;
  map_board& operator=(const map_board&) = delete;

  // -- those who look
  /// Told as soon as everything is here: now or later.
  std::uint64_t open(const map_view& view, map_viewer& who);
  void move(std::uint64_t viewer, const map_view& view);
  void close(std::uint64_t viewer);
  /// Everything in the view as of now; what was to be told is part of it. Nothing: `see_whole` will come.
  [[nodiscard]] std::optional<std::string> whole(std::uint64_t viewer);

  // -- what is heard
  /// A station is there: its region has something to show.
  void know(map_region region);
  void take(const layer_delta& delta);
  /// A watch was not granted.
  void fail(std::uint32_t watch, bool is_unknown_region);
  void flash(const map_pulse& pulse);
  /// Tells what has gathered; asks again for what was not there.
  void tick();

  [[nodiscard]] std::size_t watches() const { return watches_.size(); }
  [[nodiscard]] bool is_looked_at() const { return !viewers_.empty(); }

private:
  /// One layer of one region, shared by every view over it.
  struct watched {
    map_region region;
    map_layer layer;
    bool is_ready = false;
    int tries = 1;
    std::unordered_map<std::string, map_item_ptr> items;
    std::set<std::uint64_t> viewers;
  };
  struct viewing {
    map_view view;
    map_layer layer;
    map_viewer* who = nullptr;
    std::vector<std::uint32_t> watches;
    bool is_settled = false;  ///< Has been told the whole.
    map_totals totals;        ///< Of what is in the view; items and bytes too.
    std::size_t items = 0;
    std::size_t bytes = 0;
    std::set<std::pair<std::uint32_t, std::string>> touched;  ///< Watch and key.
    std::vector<std::string> pulses;
    bool is_queued = false;
  };

  void look_at(std::uint64_t number, viewing& viewer, const map_layer& layer);
  std::uint32_t watch(std::uint64_t viewer, map_region region, const map_layer& layer);
  void leave(std::uint64_t viewer, const std::vector<std::uint32_t>& watches);
  [[nodiscard]] bool covers(const map_view& view, map_region region) const;
  /// Shows the whole if all of it is here; coarser cells if it is too much.
  void settle(std::uint64_t number, viewing& viewer);
  void show_whole(viewing& viewer) const;
  [[nodiscard]] bool measure(viewing& viewer) const;
  [[nodiscard]] static bool is_too_much(const viewing& viewer);
  void count(viewing& viewer, const map_item& item, int by) const;
  void touch(std::uint64_t number, viewing& viewer, std::uint32_t watch, const std::string& key);
  void queue(std::uint64_t number, viewing& viewer);
  [[nodiscard]] std::string draw_whole(const viewing& viewer) const;
  [[nodiscard]] std::string draw_change(const viewing& viewer) const;
  [[nodiscard]] const map_item* find(const viewing& viewer, std::uint32_t watch,
                                     const std::string& key) const;

  map_line line_;
  std::set<map_region> regions_;
  std::unordered_map<std::uint32_t, watched> watches_;
  std::unordered_map<std::uint64_t, viewing> viewers_;
  std::vector<std::uint64_t> queue_;
  std::vector<std::uint32_t> retries_;
  std::uint32_t watch_numbers_ = 0;
  std::uint64_t viewer_numbers_ = 0;
};

}  // namespace chautari
