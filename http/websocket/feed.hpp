#pragma once
/// What one client has subscribed to and what it has not been sent yet. Memory is bounded by the number of
/// its topics: while the socket is busy a newer value overwrites the older one. No socket here; the session
/// asks for one frame at a time.

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "http/websocket/frames.hpp"
#include "http/websocket/personal_subscription.hpp"
#include "http/websocket/topic_hub.hpp"

namespace chautari {

class feed final : public topic_listener {
public:
  /// `wake` is called whenever there is a frame to fetch; it must not call back into the feed's
  /// subscriptions.
  feed(topic_hub& hub, std::function<void()> wake) : hub_{hub}, wake_{std::move(wake)} {}
  ~feed() override { leave(); }
  feed(const feed&) = delete;
  feed& operator=(const feed&) = delete;

  /// Whose topics these are; a later token of the same user replaces the first.
  void belong_to(const caller& whom) { as_ = whom; }
  [[nodiscard]] const caller& owner() const { return as_; }

  void subscribe(const client_frame& wish);
  void unsubscribe(const client_frame& wish);
  void resume(const client_frame& wish);

  /// Queues an answer to the client's own frame.
  void say(std::string frame);

  /// Answers first, then snapshots, then news, each topic in the order it became dirty.
  [[nodiscard]] std::optional<std::string> next_frame();
  /// False while so many answers wait that no further frame of the client should be read.
  [[nodiscard]] bool has_room() const;

  /// Ends personal topics that cannot go on. Called now and then, never from within one of them.
  void tidy();

  /// Forgets everything.
  void leave();

  void changed(const std::string& topic, const std::shared_ptr<const topic_event>& what) override;

private:
  struct subscription {
    std::uint64_t known = 0;   ///< The client has, or will have, everything up to this revision.
    std::uint64_t number = 0;  ///< Tells this subscription from a later one to the same topic.
    bool awaits_snapshot = false;
    bool is_dirty = false;  ///< In the queue.
    std::optional<topic_snapshot> snapshot;
    std::shared_ptr<const topic_event> news;
    bool is_merged = false;
  };

  [[nodiscard]] std::optional<std::string> join(const std::string& topic, const client_frame& wish);
  [[nodiscard]] std::optional<std::string> join_personal(const std::string& topic, const client_frame& wish);
  void mark(const std::string& topic, personal_subscription& of);
  [[nodiscard]] std::optional<std::string> next_of(personal_subscription& personal);
  void want_snapshot(const std::string& topic);
  void take_snapshot(const std::string& topic, std::uint64_t number, snapshot_answer answer);
  void mark(const std::string& topic, subscription& of);

  topic_hub& hub_;
  std::function<void()> wake_;
  caller as_;
  std::unordered_map<std::string, subscription> topics_;
  std::unordered_map<std::string, std::unique_ptr<personal_subscription>> personal_;
  std::deque<std::string> replies_;
  std::deque<std::string> dirty_;
  std::uint64_t numbers_ = 0;
  bool is_joining_ = false;  ///< What a topic says at once goes behind the answer to the subscription.
  std::shared_ptr<int> alive_ =
      std::make_shared<int>();  ///< Late snapshots ask it whether anybody is still here.
};

}  // namespace chautari
