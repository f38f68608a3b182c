#include "http/websocket/feed.hpp"

#include <string_view>
#include <unordered_set>
#include <utility>

#include "http/server/response.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

std::optional<std::string> feed::join(const std::string& topic, const client_frame& wish) {
  if (topics_.contains(topic)) return {};
  const bool is_new = !personal_.contains(topic);
  if (is_new && topics_.size() + personal_.size() >= limits::topics_per_socket_max) return "too_many_topics";
  if (hub_.is_personal(topic)) return join_personal(topic, wish);
  if (auto refusal = hub_.subscribe(*this, as_, topic)) return refusal;
  topics_[topic].number = ++numbers_;
  return {};
}

std::optional<std::string> feed::join_personal(const std::string& topic, const client_frame& wish) {
  is_joining_ = true;
  std::optional<std::string> refusal;
  if (const auto known = personal_.find(topic); known != personal_.end()) {
    refusal = known->second->adjust(wish);
  } else {
    auto made = std::make_unique<personal_subscription>(
        topic, [this, topic](personal_subscription& line) { mark(topic, line); });
    auto opened = hub_.open(as_, topic, wish, *made);
    if (auto* code = std::get_if<std::string>(&opened)) {
      refusal = std::move(*code);
    } else {
      made->speak_for(std::move(std::get<std::unique_ptr<personal_topic>>(opened)));
      personal_.emplace(topic, std::move(made));
    }
  }
  is_joining_ = false;
  return refusal;
}

void feed::subscribe(const client_frame& wish) {
  std::vector<std::string> accepted;
  std::vector<refused_topic> refused;
  std::unordered_set<std::string_view> named;
  for (const auto& topic : wish.topics) {
    if (!named.insert(topic).second) continue;  // A frame may repeat itself; the answer does not.
    if (auto refusal = join(topic, wish)) {
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
    personal_.erase(topic);
    if (topics_.erase(topic) > 0) hub_.unsubscribe(*this, as_, topic);
  }
}

void feed::resume(const client_frame& wish) {
  const auto& topic = wish.topics.front();
  if (const auto personal = personal_.find(topic); personal != personal_.end())
    return personal->second->start_over();
  const bool is_known = topics_.contains(topic);
  if (auto refusal = join(topic, wish))
    return say(subscribed_frame("null", {}, {{topic, std::move(*refusal)}}));
  if (!is_known) say(subscribed_frame("null", {topic}, {}));
  if (!topics_.contains(topic)) return;  // A personal one speaks for itself.
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

void feed::mark(const std::string& topic, personal_subscription& of) {
  if (!std::exchange(of.is_queued, true)) dirty_.push_back(topic);
  if (!is_joining_) wake_();
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
    if (const auto personal = personal_.find(dirty_.front()); personal != personal_.end()) {
      if (auto frame = next_of(*personal->second)) return frame;
      continue;
    }
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

std::optional<std::string> feed::next_of(personal_subscription& personal) {
  auto topic = std::move(dirty_.front());
  dirty_.pop_front();
  if (!std::exchange(personal.is_queued, false)) return {};  // Of an earlier subscription.
  auto frame = personal.next_frame();
  if (personal.has_more() && !std::exchange(personal.is_queued, true)) dirty_.push_back(std::move(topic));
  return frame;
}

void feed::tidy() {
  std::vector<std::string> told;
  std::erase_if(personal_, [&told](const auto& each) {
    const auto& why = each.second->ended();
    if (why) told.push_back(error_frame(*why, phrase_of(*why, language::en).value_or(*why), each.first));
    return why.has_value();
  });
  for (auto& frame : told)
    say(std::move(frame));
}

void feed::leave() {
  personal_.clear();
  for (const auto& [topic, of] : topics_)
    hub_.unsubscribe(*this, as_, topic);
  topics_.clear();
  replies_.clear();
  dirty_.clear();
}

}  // namespace chautari
