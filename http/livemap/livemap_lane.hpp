#pragma once
/// What operators hear on one I/O thread: the topics `map`, `events`, `commands`, `metrics`, `station:<sn>`.

#include <algorithm>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "http/livemap/map_board.hpp"
#include "http/livemap/shared_topic.hpp"
#include "http/livemap/station_panels.hpp"
#include "http/server/door.hpp"

namespace chautari {

/// The newest lines of a feed, and those that have not been told yet. Rendered for those who listen: most
/// happens while nobody does.
template <class Line>
class feed_lines {
public:
  using render_function = std::function<std::string(const Line&)>;

  feed_lines(std::size_t lines_max, render_function render)
      : lines_max_{lines_max}, render_{std::move(render)} {}

  void add(Line line) {
    lines_.push_front(std::move(line));
    if (lines_.size() > lines_max_) lines_.pop_back();
    untold_ = std::min(untold_ + 1, lines_max_);
  }
  /// How many of them nobody has been told yet; from now on they are told.
  [[nodiscard]] std::size_t take_untold() { return std::exchange(untold_, 0); }
  /// `{"<name>":[...]}` of the newest `count`, newest first.
  [[nodiscard]] std::string list(std::string_view name, std::size_t count) const {
    std::string out = "{\"";
    out.append(name).append("\":[");
    for (std::size_t at = 0; at < std::min(count, lines_.size()); ++at)
      out.append(at == 0 ? "" : ",").append(render_(lines_[at]));
    return out.append("]}");
  }

private:
  std::size_t lines_max_;
  render_function render_;
  std::deque<Line> lines_;  ///< Newest first.
  std::size_t untold_ = 0;
};

class livemap_lane {
public:
  livemap_lane(lane_parts& parts, panel_sources sources);
  ~livemap_lane();
  livemap_lane(const livemap_lane&) = delete;
  livemap_lane& operator=(const livemap_lane&) = delete;

  /// Tells the whole of a view once, now or later; nothing if it cannot be shown.
  void glance(const map_view& view, std::function<void(const std::optional<std::string>& data)> tell);

private:
  class glancer;

  void serve(topic_hub& topics);
  void listen(desk& announcements);
  void note(const station_view& view);
  void note(const operator_event& event);
  void note(const command_news& news);
  void flash(const operator_event& event);
  [[nodiscard]] std::string line_of(const operator_event& event) const;
  [[nodiscard]] std::string line_of(const command_news& news) const;
  void ask_metrics();
  void tick();

  void watch(std::uint32_t number, map_region region, const map_layer& layer);
  void unwatch(std::uint32_t number, map_region region);

  panel_sources sources_;
  map_lane_actor self_;
  map_board board_;
  station_panels panels_;
  feed_lines<operator_event> events_;
  feed_lines<command_news> commands_;
  std::optional<std::string> metrics_;
  timestamp metrics_asked_at_;
  bool is_asking_metrics_ = false;
  shared_topic events_topic_;
  shared_topic commands_topic_;
  shared_topic metrics_topic_;
  std::vector<unwatch_layer> owed_;  ///< Could not be said yet.
  std::list<glancer> glancers_;      ///< Go with the tick after they have seen.
};

}  // namespace chautari
