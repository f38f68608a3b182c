#pragma once
/// Who listens to what on one I/O thread, and what they have missed. No lock, no socket: sessions are told
/// through `listener`.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "http/server/exchange.hpp"
#include "http/server/monotonic.hpp"
#include "http/websocket/personal_topic.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

/// The whole state of a topic. `revision` zero means that the hub numbers this topic itself.
struct topic_snapshot {
  std::uint64_t revision = 0;
  std::string data_json = "null";
};

/// Either the state or the code of a refusal ("station_not_found", "service_unavailable").
struct snapshot_answer {
  std::optional<topic_snapshot> state = {};
  std::string refusal = {};
};
/// Call it at most once, on this I/O thread, now or later.
using deliver_snapshot = std::function<void(snapshot_answer)>;

/// A rectangle of the map, degrees.
struct map_bounds {
  double south = 0, west = 0, north = 0, east = 0;
  [[nodiscard]] bool contains(double lat, double lng) const {
    return lat >= south && lat <= north && lng >= west && lng <= east;
  }
};
/// "<south>,<west>,<north>,<east>" with south <= north, west <= east, all within the globe.
[[nodiscard]] std::optional<map_bounds> parse_bounds(std::string_view text);

/// A family of topics. A prefix that ends in ':' takes topics that begin with it, any other exactly itself.
struct topic_kind {
  std::string prefix;
  /// "rental" of each user is a topic of its own.
  bool is_per_user = false;
  /// The topic is `prefix` + bounds: it collects `publish_at` and sends one frame each 250 ms.
  bool is_area = false;
  /// Publications and snapshots carry the publisher's revisions (a station's own count) instead of the hub's.
  bool has_own_revisions = false;
  /// The code of the refusal, or nothing: welcome. May be empty: everybody with a token.
  std::function<std::optional<std::string>(const caller&, std::string_view topic)> authorise = {};
  /// The present state; for areas `data_json` has the form `{"stations":[...]}`.
  std::function<void(const caller&, std::string_view topic, deliver_snapshot)> snapshot = {};
  /// If set, each subscriber has a topic of its own and neither `snapshot` nor `publish` concerns it.
  open_personal open = {};
};

/// Something happened. `data_json` is the whole new state of the topic, so that a newer one may replace an
/// older one.
struct publication {
  std::string topic;                 ///< "station:KTM-1", "wallet"
  std::optional<user_id> user = {};  ///< Of a per-user topic.
  std::string event;                 ///< "station.stock"
  timestamp at{};
  std::string data_json;
  std::uint64_t revision = 0;  ///< Not zero exactly for kinds with their own revisions; rises by one.
};

using shared_text = std::shared_ptr<const std::string>;

/// One event as kept and sent.
struct topic_event {
  std::uint64_t revision = 0;
  std::string event;
  timestamp at{};
  shared_text data;                          ///< Null for areas.
  std::map<std::string, shared_text> parts;  ///< Areas: station to its newest JSON.
};

/// A session, as the hub sees it.
class topic_listener {
public:
  virtual ~topic_listener() = default;
  virtual void changed(const std::string& topic, const std::shared_ptr<const topic_event>& what) = 0;
};

class topic_hub {
public:
  struct hub_limits {
    std::size_t topics_max;  ///< Live topics of a lane. Full: `service_unavailable` to the subscriber.
    std::size_t areas_max;   ///< Distinct rectangles of a lane; each station change is compared with all.
    std::size_t window_events_max;  ///< Events kept per topic for `resume`.
    milliseconds window;            ///< How long they are kept.
    milliseconds batch;             ///< How often areas are sent.
  };

  explicit topic_hub(clock_source now);
  topic_hub(clock_source now, hub_limits bounds);

  /// Before the lane starts. Prefixes must not repeat.
  void add_kind(topic_kind kind);

  // ---- publishers
  void publish(publication news);
  /// A station changed: goes to every area topic that contains it. `key` names the station, `data_json` is an
  /// object.
  void publish_at(double lat, double lng, const std::string& key, std::string_view event, timestamp at,
                  std::string data_json);

  // ---- sessions
  /// The code of the refusal, or nothing: subscribed.
  [[nodiscard]] std::optional<std::string> subscribe(topic_listener& who, const caller& as,
                                                     const std::string& topic);
  void unsubscribe(topic_listener& who, const caller& as, const std::string& topic);
  /// True if each subscriber has its own; then `open` takes the place of `subscribe` and `snapshot`.
  [[nodiscard]] bool is_personal(std::string_view topic) const;
  [[nodiscard]] personal_opening open(const caller& as, const std::string& topic, const client_frame& wish,
                                      personal_line& line) const;
  /// Asks the kind; the answer's revision is never zero.
  void snapshot(const caller& as, const std::string& topic, deliver_snapshot deliver);
  /// The events after `revision`, or nothing if the window no longer has them all.
  [[nodiscard]] std::optional<std::vector<std::shared_ptr<const topic_event>>> missed_since(
      const caller& as, const std::string& topic, std::uint64_t revision) const;

  /// Sends due batches and forgets old windows; the lane calls it on every tick.
  void tick(monotonic now);
  /// Before the lane starts: what else is to be done on every tick.
  void on_tick(std::function<void()> task) { tasks_.push_back(std::move(task)); }

  [[nodiscard]] std::size_t topics() const { return topics_.size(); }

private:
  struct live_topic {
    std::string name;            ///< As clients know it.
    std::uint64_t revision = 0;  ///< Zero: nothing published or asked yet.
    std::unordered_set<topic_listener*> listeners;
    std::deque<std::shared_ptr<const topic_event>> window;
    timestamp left_at{};       ///< When the last listener went.
    bool is_departed = false;  ///< Has an entry in departed_.
    std::optional<map_bounds> area;
    std::shared_ptr<topic_event> batch;
  };
  /// A topic nobody listens to, kept for `resume` until its window has passed.
  struct departed {
    timestamp at;
    std::string key;
  };

  [[nodiscard]] const topic_kind* kind_of(std::string_view topic) const;
  [[nodiscard]] static std::string key_of(const topic_kind& kind, const std::optional<user_id>& user,
                                          std::string_view topic);
  [[nodiscard]] const live_topic* find(const caller& as, const std::string& topic) const;
  [[nodiscard]] std::uint64_t next_revision(const live_topic& of) const;
  void announce(live_topic& to, std::shared_ptr<const topic_event> what) const;
  void forget_departed(timestamp now, bool must_make_room);

  clock_source now_;
  hub_limits limits_;
  std::vector<topic_kind> kinds_;
  std::unordered_map<std::string, live_topic> topics_;
  std::unordered_set<live_topic*> areas_;
  std::deque<departed> departed_;  ///< Oldest first; may name topics that are alive again.
  monotonic batched_at_{0};
  std::vector<std::function<void()>> tasks_;
};

}  // namespace chautari
