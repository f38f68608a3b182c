#pragma once
/// Topics whose contents belong to one subscriber: the map as one operator looks at it. The hub keeps nothing
/// of them; a kind opens one for each subscription and it speaks through its line. Everything happens on the
/// lane's thread.
///
/// What a busy socket costs is bounded: one snapshot and one change wait at most. A change that comes while
/// another one waits drops both, and when the socket is free the topic is asked for its whole state, which
/// goes out with `"merged":true`. `resume` gives a snapshot always.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "protocols/base/time.hpp"

namespace chautari {

struct caller;
struct client_frame;

/// The whole state, as an event tells it.
struct personal_state {
  std::string event;  ///< "map.delta"
  timestamp at{};
  std::string data_json;
};

/// To the one subscriber. Lives longer than its topic; must not be called from another thread. None of these
/// calls back into the topic.
class personal_line {
public:
  virtual ~personal_line() = default;
  /// The whole state: what was waiting to be told is dropped. The client gets a `snapshot`.
  virtual void snapshot(std::string data_json) = 0;
  /// The same, but `whole` is asked for it when the socket is free: a large state does not wait in memory.
  virtual void snapshot_when_free() = 0;
  /// What has changed since the last thing said. Nothing is heard of it before the first snapshot.
  virtual void change(std::string event, timestamp at, std::string data_json) = 0;
  /// The topic cannot go on ("service_unavailable"): the client is told, the subscription is over and the
  /// topic is destroyed soon after the call has returned.
  virtual void end(std::string code) = 0;
};

/// One subscription, from `subscribe` until `unsubscribe` or the end of the socket.
class personal_topic {
public:
  virtual ~personal_topic() = default;
  /// The client subscribes again, perhaps with another view: answer with `line.snapshot`, now or later. The
  /// code of a refusal leaves everything as it was.
  [[nodiscard]] virtual std::optional<std::string> adjust(const client_frame& wish) = 0;
  /// Changes were dropped and the socket is free again. Nothing: not now, `line.snapshot` will come.
  [[nodiscard]] virtual std::optional<personal_state> whole() = 0;
};

/// The topic or the code of a refusal ("permission_denied", "invalid_view").
using personal_opening = std::variant<std::unique_ptr<personal_topic>, std::string>;

/// Opens `topic` for one subscriber; the snapshot follows through `line`, now or later. `wish.extras` holds
/// the subscribe frame as it came, with the fields that only this topic knows.
using open_personal = std::function<personal_opening(const caller& whom, std::string_view topic,
                                                     const client_frame& wish, personal_line& line)>;

}  // namespace chautari
