#include "http/websocket/topic_hub.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "protocols/base/check.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {

std::optional<map_bounds> parse_bounds(std::string_view text) {
  double corners[4];
  for (std::size_t at = 0; at < 4; ++at) {
    const auto end = at == 3 ? text.size() : text.find(',');
    if (end == std::string_view::npos) return {};
    const auto [stopped, failed] = std::from_chars(text.data(), text.data() + end, corners[at]);
    if (failed != std::errc{} || stopped != text.data() + end || !std::isfinite(corners[at])) return {};
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const map_bounds made{corners[0], corners[1], corners[2], corners[3]};
  const bool is_on_globe = made.south >= -90 && made.north <= 90 && made.west >= -180 && made.east <= 180;
  if (!is_on_globe || made.south > made.north || made.west > made.east) return {};
  return made;
}

topic_hub::topic_hub(clock_source now)
    : topic_hub{std::move(now),
                {.topics_max = limits::live_topics_max,
                 .areas_max = limits::live_areas_max,
                 .window_events_max = limits::topic_window_events_max,
                 .window = limits::topic_window,
                 .batch = limits::area_batch}} {}

topic_hub::topic_hub(clock_source now, hub_limits bounds) : now_{std::move(now)}, limits_{bounds} {}

void topic_hub::add_kind(topic_kind kind) {
  CHECK(!kind.prefix.empty() && (!kind.is_area || kind.prefix.ends_with(':')));
  CHECK(!kind.open || (!kind.is_area && !kind.is_per_user && !kind.snapshot));
  CHECK(std::ranges::none_of(kinds_, [&](const topic_kind& known) { return known.prefix == kind.prefix; }));
  kinds_.push_back(std::move(kind));
}

const topic_kind* topic_hub::kind_of(std::string_view topic) const {
  const auto found = std::ranges::find_if(kinds_, [&](const topic_kind& kind) {
    const bool is_family = kind.prefix.ends_with(':');
    return is_family ? topic.starts_with(kind.prefix) && topic.size() > kind.prefix.size()
                     : topic == kind.prefix;
  });
  return found == kinds_.end() ? nullptr : &*found;
}

std::string topic_hub::key_of(const topic_kind& kind, const std::optional<user_id>& user,
                              std::string_view topic) {
  std::string key{topic};
  if (!kind.is_per_user) return key;
  CHECK(user.has_value());
  return key.append(1, '\n').append(user->text());
}

const topic_hub::live_topic* topic_hub::find(const caller& as, const std::string& topic) const {
  const auto* kind = kind_of(topic);
  if (kind == nullptr) return nullptr;
  const auto found = topics_.find(key_of(*kind, as.user, topic));
  return found == topics_.end() ? nullptr : &found->second;
}

std::uint64_t topic_hub::next_revision(const live_topic& of) const {
  // A topic forgotten and born again, or one on another lane, must not repeat numbers that a client may still
  // hold.
  return of.revision == 0 ? static_cast<std::uint64_t>(to_ms(now_())) : of.revision + 1;
}

void topic_hub::publish(publication news) {
  const auto* kind = kind_of(news.topic);
  CHECK(kind != nullptr && !kind->is_area && kind->has_own_revisions == (news.revision != 0));
  const auto found = topics_.find(key_of(*kind, news.user, news.topic));
  if (found == topics_.end()) return;  // Nobody listens and nobody has listened lately.
  auto& topic = found->second;
  if (news.revision != 0 && news.revision <= topic.revision) return;  // Told already.

  auto made = std::make_shared<topic_event>();
  made->revision = news.revision != 0 ? news.revision : next_revision(topic);
  made->event = std::move(news.event);
  made->at = news.at;
  made->data = std::make_shared<const std::string>(std::move(news.data_json));
  topic.revision = made->revision;

  const auto oldest = now_() - limits_.window;
  topic.window.push_back(made);
  while (topic.window.size() > limits_.window_events_max || topic.window.front()->at < oldest) {
    topic.window.pop_front();
    if (topic.window.empty()) break;
  }
  announce(topic, std::move(made));
}

void topic_hub::publish_at(double lat, double lng, const std::string& key, std::string_view event,
                           timestamp at, std::string data_json) {
  shared_text data;
  for (auto* topic : areas_) {
    if (!topic->area->contains(lat, lng)) continue;
    if (!data) data = std::make_shared<const std::string>(std::move(data_json));
    if (!topic->batch) topic->batch = std::make_shared<topic_event>();
    topic->batch->event = event;
    topic->batch->at = at;
    topic->batch->parts[key] = data;
  }
}

void topic_hub::announce(live_topic& to, std::shared_ptr<const topic_event> what) const {
  for (auto* listener : to.listeners)
    listener->changed(to.name, what);
}

std::optional<std::string> topic_hub::subscribe(topic_listener& who, const caller& as,
                                                const std::string& topic) {
  const auto* kind = kind_of(topic);
  if (kind == nullptr) return "unknown_topic";
  if (kind->authorise) {
    if (auto refusal = kind->authorise(as, topic)) return refusal;
  }
  std::optional<map_bounds> area;
  if (kind->is_area) {
    area = parse_bounds(std::string_view{topic}.substr(kind->prefix.size()));
    if (!area) return "invalid_bounds";
  }
  auto key = key_of(*kind, as.user, topic);
  if (!topics_.contains(key)) {
    if (area && areas_.size() >= limits_.areas_max) return "service_unavailable";
    if (topics_.size() >= limits_.topics_max) forget_departed(now_(), true);
    if (topics_.size() >= limits_.topics_max) return "service_unavailable";
  }
  auto& live = topics_[std::move(key)];
  live.name = topic;
  live.listeners.insert(&who);
  if (area) {
    live.area = area;
    areas_.insert(&live);
  }
  return {};
}

bool topic_hub::is_personal(std::string_view topic) const {
  const auto* kind = kind_of(topic);
  return kind != nullptr && kind->open;
}

personal_opening topic_hub::open(const caller& as, const std::string& topic, const client_frame& wish,
                                 personal_line& line) const {
  const auto* kind = kind_of(topic);
  CHECK(kind != nullptr && kind->open);
  if (kind->authorise) {
    if (auto refusal = kind->authorise(as, topic)) return std::move(*refusal);
  }
  return kind->open(as, topic, wish, line);
}

void topic_hub::unsubscribe(topic_listener& who, const caller& as, const std::string& topic) {
  const auto* kind = kind_of(topic);
  if (kind == nullptr) return;
  const auto found = topics_.find(key_of(*kind, as.user, topic));
  if (found == topics_.end()) return;
  auto& live = found->second;
  if (live.listeners.erase(&who) == 0 || !live.listeners.empty()) return;
  if (live.area) {  // Areas have no window: nothing to keep.
    areas_.erase(&live);
    topics_.erase(found);
    return;
  }
  live.left_at = now_();
  if (!std::exchange(live.is_departed, true)) departed_.push_back({live.left_at, found->first});
}

void topic_hub::forget_departed(timestamp now, bool must_make_room) {
  while (!departed_.empty()) {
    auto oldest = departed_.front();
    const auto found = topics_.find(oldest.key);
    CHECK(found != topics_.end());
    auto& topic = found->second;
    const bool is_empty = topic.listeners.empty();
    if (is_empty && !must_make_room && oldest.at + limits_.window > now) return;
    departed_.pop_front();
    if (!is_empty) {
      topic.is_departed = false;
    } else if (topic.left_at == oldest.at) {
      topics_.erase(found);
      if (must_make_room) return;
    } else {  // Somebody came and went again since: its time begins anew.
      oldest.at = topic.left_at;
      departed_.push_back(std::move(oldest));
    }
  }
}

void topic_hub::snapshot(const caller& as, const std::string& topic, deliver_snapshot deliver) {
  const auto* kind = kind_of(topic);
  const auto found = kind == nullptr ? topics_.end() : topics_.find(key_of(*kind, as.user, topic));
  if (found == topics_.end()) return deliver({.refusal = "unknown_topic"});
  auto& live = found->second;
  // The number as of now: whatever is published while the provider thinks comes after this snapshot and
  // repeats at most.
  if (live.revision == 0 && !kind->has_own_revisions) live.revision = next_revision(live);
  const auto revision = live.revision;
  if (!kind->snapshot) return deliver({.state = topic_snapshot{.revision = revision}});
  kind->snapshot(as, topic, [revision, deliver = std::move(deliver)](snapshot_answer answer) {
    if (answer.state && answer.state->revision == 0) answer.state->revision = revision;
    deliver(std::move(answer));
  });
}

std::optional<std::vector<std::shared_ptr<const topic_event>>> topic_hub::missed_since(
    const caller& as, const std::string& topic, std::uint64_t revision) const {
  const auto* live = find(as, topic);
  if (live == nullptr || live->area || live->revision == 0 || revision > live->revision) return {};
  std::vector<std::shared_ptr<const topic_event>> missed;
  const auto oldest = now_() - limits_.window;
  auto expected = revision;
  for (const auto& event : live->window) {
    if (event->revision <= revision) continue;
    if (event->revision != ++expected || event->at < oldest) return {};
    missed.push_back(event);
  }
  if (expected != live->revision) return {};
  return missed;
}

void topic_hub::tick(monotonic now) {
  for (const auto& task : tasks_)
    task();
  if (now - batched_at_ < limits_.batch) return;
  batched_at_ = now;
  for (auto* topic : areas_) {
    if (!topic->batch) continue;
    const auto batch = std::exchange(topic->batch, nullptr);
    batch->revision = topic->revision = next_revision(*topic);
    announce(*topic, batch);
  }
  forget_departed(now_(), false);
}

}  // namespace chautari
