#pragma once
/// What operators hear on one I/O thread: the topics `map`, `events`, `commands`, `metrics`, `station:<sn>`.

#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "http/livemap/map_board.hpp"
#include "http/livemap/shared_topic.hpp"
#include "http/livemap/station_panels.hpp"
#include "http/server/door.hpp"

namespace chautari {

/// The newest lines of a feed, rendered, and those that have not been told yet.
class feed_lines {
public:
  explicit feed_lines(std::size_t lines_max) : lines_max_{lines_max} {}

  void add(std::string json);
  /// `{"<name>":[...]}`, newest first.
  [[nodiscard]] std::string all(std::string_view name) const { return list(name, lines_.size()); }
  /// The same of what was added since the last call; nothing if nothing was.
  [[nodiscard]] std::optional<std::string> take_new(std::string_view name);

private:
  [[nodiscard]] std::string list(std::string_view name, std::size_t count) const;

  std::size_t lines_max_;
  std::deque<std::string> lines_;  ///< Newest first.
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
  void ask_metrics();
  void tick();

  void watch(std::uint32_t number, map_region region, const map_layer& layer);
  void unwatch(std::uint32_t number, map_region region);

  panel_sources sources_;
  map_lane_actor self_;
  map_board board_;
  station_panels panels_;
  feed_lines events_;
  feed_lines commands_;
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
