#include "http/websocket/feed.hpp"

#include <string_view>
#include <unordered_set>
#include <utility>

#include "http/server/response.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

std::optional<std::string> feed::join(const std::string& topic) {
  if (topics_.contains(topic)) return {};
  if (topics_.size() >= limits::topics_per_socket_max) return "too_many_topics";
  if (auto refusal = hub_.subscribe(*this, as_, topic)) return refusal;
  topics_[topic].number = ++numbers_;
  return {};
}

void feed::subscribe(const client_frame& wish) {
  std::vector<std::string> accepted;
  std::vector<refused_topic> refused;
  std::unordered_set<std::string_view> named;
  for (const auto& topic : wish.topics) {
    if (!named.insert(topic).second) continue;  // A frame may repeat itself; the answer does not.
    if (auto refusal = join(topic)) {
      refused.push_back({topic, std::move(*refusal)});
    } else {
      accepted.push_back(topic);
    }
  }
  say(subscribed_frame(wish.id_json, accepted, refused));
  for (const auto& topic : accepted)
    want_snapshot(topic);
}

void feed::unsubscribe(const client_frame& wish) {
  for (const auto& topic : wish.topics) {
    if (topics_.erase(topic) > 0) hub_.unsubscribe(*this, as_, topic);
  }
}

void feed::resume(const client_frame& wish) {
  const auto& topic = wish.topics.front();
  const bool is_known = topics_.contains(topic);
  if (auto refusal = join(topic)) return say(subscribed_frame("null", {}, {{topic, std::move(*refusal)}}));
  if (!is_known) say(subscribed_frame("null", {topic}, {}));
  const auto missed = hub_.missed_since(as_, topic, wish.revision);
  if (!missed) return want_snapshot(topic);
  auto& resumed = topics_.at(topic);
  resumed.known = missed->empty() ? wish.revision : missed->back()->revision;
  resumed.news = nullptr;  // Part of what was missed.
  resumed.is_merged = false;
  for (const auto& event : *missed)
    say(event_frame(topic, *event, false));
}

void feed::want_snapshot(const std::string& topic) {
  const auto wanted = topics_.find(topic);
  if (wanted == topics_.end()) return;  // A kind may refuse at once, and that ends the subscription.
  if (std::exchange(wanted->second.awaits_snapshot, true)) return;
  hub_.snapshot(
      as_, topic,
      [this, topic, number = wanted->second.number, alive = std::weak_ptr{alive_}](snapshot_answer answer) {
        if (!alive.expired()) take_snapshot(topic, number, std::move(answer));
      });
}

void feed::take_snapshot(const std::string& topic, std::uint64_t number, snapshot_answer answer) {
  const auto found = topics_.find(topic);
  if (found == topics_.end() || found->second.number != number) return;
  auto& of = found->second;
  of.awaits_snapshot = false;
  if (!answer.state) {
    topics_.erase(found);
    hub_.unsubscribe(*this, as_, topic);
    return say(
        error_frame(answer.refusal, phrase_of(answer.refusal, language::en).value_or(answer.refusal), topic));
  }
  of.known = answer.state->revision;
  if (of.news && of.news->revision <= of.known) of.news = nullptr;
  of.snapshot = std::move(answer.state);
  mark(topic, of);
}

void feed::changed(const std::string& topic, const std::shared_ptr<const topic_event>& what) {
  const auto found = topics_.find(topic);
  if (found == topics_.end()) return;
  auto& of = found->second;
  if (!of.awaits_snapshot && what->revision <= of.known) return;
  if (!of.news) {
    of.news = what;
    of.is_merged = false;
  } else if (what->data) {
    of.news = what;
    of.is_merged = true;
  } else {  // Areas say what changed, not everything: the newest of each station.
    auto merged = std::make_shared<topic_event>(*what);
    merged->parts.insert(of.news->parts.begin(), of.news->parts.end());
    of.news = std::move(merged);
    of.is_merged = true;
  }
  mark(topic, of);
}

void feed::mark(const std::string& topic, subscription& of) {
  if (of.awaits_snapshot) return;  // What is known already goes out behind the snapshot.
  if (!std::exchange(of.is_dirty, true)) dirty_.push_back(topic);
  wake_();
}

void feed::say(std::string frame) {
  replies_.push_back(std::move(frame));
  wake_();
}

bool feed::has_room() const { return replies_.size() < limits::socket_replies_max; }

std::optional<std::string> feed::next_frame() {
  if (!replies_.empty()) {
    auto frame = std::move(replies_.front());
    replies_.pop_front();
    return frame;
  }
  while (!dirty_.empty()) {
    const auto found = topics_.find(dirty_.front());
    if (found == topics_.end() || !found->second.is_dirty) {  // Unsubscribed since.
      dirty_.pop_front();
      continue;
    }
    auto& of = found->second;
    if (of.snapshot) {
      const auto state = std::exchange(of.snapshot, std::nullopt);
      return snapshot_frame(found->first, *state);
    }
    dirty_.pop_front();
    of.is_dirty = false;
    if (of.awaits_snapshot || !of.news) continue;
    const auto news = std::exchange(of.news, nullptr);
    return event_frame(found->first, *news, of.is_merged);
  }
  return {};
}

void feed::leave() {
  for (const auto& [topic, of] : topics_)
    hub_.unsubscribe(*this, as_, topic);
  topics_.clear();
  replies_.clear();
  dirty_.clear();
}

}  // namespace chautari
