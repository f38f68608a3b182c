#pragma once
/// The topic `map`: one operator's view of it, behind one subscription.

#include <optional>
#include <string>

#include "http/livemap/map_board.hpp"
#include "http/websocket/frames.hpp"
#include "http/websocket/personal_topic.hpp"

namespace chautari {

class map_topic final : public personal_topic, public map_viewer {
public:
  map_topic(map_board& board, clock_source now, const map_view& view, personal_line& line)
      : board_{board}, now_{std::move(now)}, line_{line} {
    number_ = board_.open(view, *this);
  }
  ~map_topic() override { board_.close(number_); }

  std::optional<std::string> adjust(const client_frame& wish) override {
    const auto view = view_of(wish);
    if (!view) return "invalid_view";
    if (is_over_) return "service_unavailable";
    board_.move(number_, *view);
    return {};
  }
  std::optional<personal_state> whole() override {
    auto data = is_over_ ? std::nullopt : board_.whole(number_);
    if (!data) return {};
    return personal_state{"map.delta", now_(), std::move(*data)};
  }

  void see_whole(const draw_function&) override { line_.snapshot_when_free(); }
  void see_change(std::string data_json) override { line_.change("map.delta", now_(), std::move(data_json)); }
  void be_refused(const std::string& code) override {
    is_over_ = true;
    line_.end(code);
  }

  /// The `map` of a subscribe frame; nothing if it is no view.
  [[nodiscard]] static std::optional<map_view> view_of(const client_frame& wish) {
    const auto* view = wish.extras.if_contains("map");
    return view == nullptr ? std::nullopt : parse_map_view(*view);
  }

private:
  map_board& board_;
  clock_source now_;
  personal_line& line_;
  std::uint64_t number_ = 0;
  bool is_over_ = false;
};

}  // namespace chautari
