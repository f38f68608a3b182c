#pragma once
/// Is a cabinet online? Yes while anything came from it, or it connected, within ONLINE_TTL. A session at the
/// broker alone keeps nobody online: the news of its end may have been lost, and a healthy cabinet beats
/// every nine minutes. After a disconnect it has DISCONNECT_GRACE to come back; a disconnect older than the
/// session is stale news.

#include <optional>

#include "protocols/base/time.hpp"

namespace chautari {

/// Two and a half heartbeats, more than one upload: a healthy cabinet never flaps.
inline constexpr minutes online_ttl{25};
inline constexpr seconds disconnect_grace{90};

struct connectivity {
  bool is_online = false;
  timestamp session_since;                   ///< The newest connect.
  timestamp last_seen_at;                    ///< The newest message of any kind.
  std::optional<timestamp> disconnected_at;  ///< Not taken back yet.
};

struct connectivity_step {
  connectivity facts;
  bool went_online = false;
  bool went_offline = false;
  const char* triggered_by = "";  ///< HEARTBEAT, SYNC or TIMEOUT, as the status history wants it.
};

/// Anything came from the cabinet. `triggered_by`: "HEARTBEAT" or "SYNC".
[[nodiscard]] connectivity_step on_message(connectivity facts, timestamp at, const char* triggered_by);
[[nodiscard]] connectivity_step on_session(connectivity facts, bool is_connected, timestamp at);
[[nodiscard]] connectivity_step on_clock(connectivity facts, timestamp now);
/// When on_clock can change something; nothing while offline.
[[nodiscard]] std::optional<timestamp> next_wake(const connectivity& facts);

}  // namespace chautari
