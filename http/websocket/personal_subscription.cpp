#include "http/websocket/personal_subscription.hpp"

#include <utility>

namespace chautari {

std::optional<std::string> personal_subscription::adjust(const client_frame& wish) {
  const bool had_begun = std::exchange(has_begun_, false);
  if (auto refusal = source_->adjust(wish)) {
    has_begun_ = had_begun;
    return refusal;
  }
  if (!has_begun_) {  // Its snapshot comes later, and what waits is about another view.
    snapshot_.reset();
    change_.reset();
    is_behind_ = false;
  }
  return {};
}

void personal_subscription::start_over() {
  owes_snapshot_ = true;
  is_behind_ = has_begun_;
  snapshot_.reset();
  change_.reset();
  has_news_(*this);
}

void personal_subscription::snapshot(std::string data_json) {
  has_begun_ = true;
  is_behind_ = false;
  change_.reset();
  snapshot_ = std::move(data_json);
  has_news_(*this);
}

void personal_subscription::snapshot_when_free() {
  has_begun_ = true;
  start_over();
}

void personal_subscription::change(std::string event, timestamp at, std::string data_json) {
  if (!has_begun_ || is_behind_) return;
  if (!change_) {
    change_ = personal_state{std::move(event), at, std::move(data_json)};
    return has_news_(*this);
  }
  is_behind_ = true;
  owes_snapshot_ = owes_snapshot_ || snapshot_.has_value();
  snapshot_.reset();
  change_.reset();
}

std::optional<std::string> personal_subscription::next_frame() {
  if (std::exchange(is_behind_, false)) {
    auto state = source_->whole();
    if (!state) {
      has_begun_ = false;
      return {};
    }
    if (std::exchange(owes_snapshot_, false))
      return snapshot_frame(topic_, {.revision = ++revision_, .data_json = std::move(state->data_json)});
    return event_frame(topic_, ++revision_, *state, true);
  }
  if (snapshot_) {
    owes_snapshot_ = false;
    auto data = *std::exchange(snapshot_, std::nullopt);
    return snapshot_frame(topic_, {.revision = ++revision_, .data_json = std::move(data)});
  }
  if (!change_) return {};
  const auto told = *std::exchange(change_, std::nullopt);
  return event_frame(topic_, ++revision_, told, false);
}

}  // namespace chautari
