#pragma once
/// One client's personal topic: what it has said and the client has not been sent yet. At most one snapshot
/// and one change wait.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "http/websocket/frames.hpp"
#include "http/websocket/personal_topic.hpp"

namespace chautari {

class personal_subscription final : public personal_line {
public:
  /// `has_news(*this)` is called whenever there may be a frame to fetch.
  personal_subscription(std::string topic, std::function<void(personal_subscription&)> has_news)
      : topic_{std::move(topic)}, has_news_{std::move(has_news)} {}

  void speak_for(std::unique_ptr<personal_topic> source) { source_ = std::move(source); }
  /// The client subscribed again. The code of a refusal: nothing has changed.
  [[nodiscard]] std::optional<std::string> adjust(const client_frame& wish);
  /// The client has lost track: it gets a snapshot.
  void start_over();

  // ---- personal_line
  void snapshot(std::string data_json) override;
  void snapshot_when_free() override;
  void change(std::string event, timestamp at, std::string data_json) override;
  void end(std::string code) override { ended_ = std::move(code); }

  [[nodiscard]] std::optional<std::string> next_frame();
  [[nodiscard]] bool has_more() const { return is_behind_ || snapshot_ || change_; }
  /// Why it is over, once it is.
  [[nodiscard]] const std::optional<std::string>& ended() const { return ended_; }

  bool is_queued = false;  ///< The feed's own mark.

private:
  std::string topic_;
  std::function<void(personal_subscription&)> has_news_;
  std::uint64_t revision_ = 0;  ///< Of the last frame fetched.
  std::optional<std::string> snapshot_;
  std::optional<personal_state> change_;
  bool has_begun_ = false;      ///< A snapshot has been said since the (last) subscription.
  bool owes_snapshot_ = false;  ///< The next whole state goes out as a snapshot, not as an event.
  bool is_behind_ = false;      ///< Changes were dropped: only the whole state tells.
  std::optional<std::string> ended_;
  std::unique_ptr<personal_topic> source_;  // Last: it may speak until it is gone.
};

}  // namespace chautari
