#include "actors/kiosks/connectivity_rules.hpp"

#include <algorithm>

namespace chautari {
namespace {

connectivity_step alive(connectivity facts, const char* triggered_by) {
  connectivity_step step;
  step.went_online = !facts.is_online;
  facts.is_online = true;
  step.facts = facts;
  step.triggered_by = triggered_by;
  return step;
}

}  // namespace

connectivity_step on_message(connectivity facts, timestamp at, const char* triggered_by) {
  facts.last_seen_at = std::max(facts.last_seen_at, at);
  // It speaks, so it came back, even if the news of its connect got lost.
  if (facts.disconnected_at && at > *facts.disconnected_at) facts.disconnected_at.reset();
  return alive(facts, triggered_by);
}

connectivity_step on_session(connectivity facts, bool is_connected, timestamp at) {
  if (is_connected) {
    facts.session_since = std::max(facts.session_since, at);
    facts.last_seen_at = std::max(facts.last_seen_at, at);
    facts.disconnected_at.reset();
    return alive(facts, "SYNC");
  }
  const bool is_stale = at < facts.session_since;  // It ends a session that a newer one has replaced.
  if (!is_stale && facts.is_online && at >= facts.last_seen_at && !facts.disconnected_at)
    facts.disconnected_at = at;
  return {facts, false, false, ""};
}

connectivity_step on_clock(connectivity facts, timestamp now) {
  const auto end = next_wake(facts);
  if (!end || now < *end) return {facts, false, false, ""};
  facts.is_online = false;
  facts.disconnected_at.reset();
  return {facts, false, true, "TIMEOUT"};
}

std::optional<timestamp> next_wake(const connectivity& facts) {
  if (!facts.is_online) return {};
  if (facts.disconnected_at) return *facts.disconnected_at + disconnect_grace;
  return facts.last_seen_at + online_ttl;
}

}  // namespace chautari
