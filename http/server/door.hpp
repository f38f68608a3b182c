#pragma once
/// A listening port with its I/O threads ("lanes"). Each lane has its own event loop, desk, connections,
/// limiter and topics, so nothing below here takes a lock on the path of a request.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/server/authenticator.hpp"
#include "http/server/endpoint.hpp"
#include "http/server/monotonic.hpp"
#include "http/server/probe.hpp"
#include "protocols/base/time.hpp"

namespace caf {
class actor_system;
}

namespace chautari {

class topic_hub;

/// One address that upgrades to a WebSocket. Each realm has its own hub on each lane: topics of the same name
/// have nothing in common.
struct websocket_path {
  std::string path;                        ///< "/ws"
  caller_role role = caller_role::user;    ///< Whose tokens it takes.
  std::size_t sockets_per_caller_max = 0;  ///< Over all lanes; zero: no limit. Full: closed with 4429.
};

struct door_options {
  std::string address = "0.0.0.0";
  std::uint16_t port = 8080;  ///< Zero lets the system choose; see door::port().
  std::size_t io_threads = 1;
  std::size_t connections_max = 10'000;   ///< Of the whole door. Full: 503 and closed.
  std::size_t websockets_max = 10'000;    ///< Of the whole door. Full: 503 before the upgrade.
  std::size_t slots_max = 8'192;          ///< Asks under way per lane. Full: 503 with Retry-After.
  std::size_t callers_max = 20'000;       ///< Remembered tokens per lane.
  std::size_t rate_buckets_max = 65'536;  ///< Per lane; the longest untouched bucket is forgotten.
  milliseconds request_within{30'000};    ///< From the first byte of a request to its last.
  milliseconds idle_within{60'000};       ///< Between requests.
  milliseconds answer_within{10'000};  ///< From the last byte to the answer, unless the row says otherwise.
  milliseconds write_within{10'000};   ///< A client that takes nothing for so long is closed.
  milliseconds tick{100};              ///< How often deadlines are looked at.
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t target_bytes_max = 8 * 1024;
  std::vector<std::string> allowed_origins = {};  ///< Exact, "https://app.example". CORS and WebSocket alike.
  std::vector<std::string> trusted_proxies = {};  ///< Addresses or CIDR blocks whose X-Forwarded-For counts.
  std::string title = "chautari";                 ///< Of the OpenAPI document.
  bool has_openapi = true;                        ///< Serves /api/openapi.json.
  std::vector<websocket_path> websockets = {};
  clock_source now = {};  ///< Wall clock; required.
  monotonic_source ticks = monotonic_now;
  authenticate_function authenticate = {};  ///< Required if any row is not public.
  standing_function standing = {};          ///< Without it nobody passes for an operator.
  /// How long a record would wait for the database now. From any I/O thread; never blocks. Without it nobody
  /// waits.
  std::function<monotonic()> storage_wait = {};
  /// Asks an actor that riders' requests pass through and calls back on its answer, on the lane's thread.
  /// False: no slot was free. Called at most once a tick. Without it nobody waits for actors.
  std::function<bool(desk&, std::function<void()> answered)> sample_actors = {};
  std::shared_ptr<server_probe> probe = {};
};

/// What one lane offers to those who set it up.
struct lane_parts {
  std::size_t lane = 0;
  desk& announcements;
  topic_hub& topics;           ///< The riders'.
  topic_hub& operator_topics;  ///< The operators'.
  authenticator& callers;
  /// Forgets the session everywhere on this lane and closes its WebSockets with 4401.
  std::function<void(session_id)> revoke_session;
  std::function<void(user_id)> revoke_user;
  /// Forgets the operator's tokens on this lane; WebSockets of theirs whose standing is not what it was when
  /// they opened close with 4401.
  std::function<void(operator_id)> recheck_operator;
};

class door {
public:
  /// Checks the table (duplicate routes end the process) and prepares; listens on nothing yet.
  /// `set_up` runs once per lane before it starts: register announcements and topic kinds there.
  door(caf::actor_system& system, door_options options, endpoints table,
       const std::function<void(lane_parts&)>& set_up = {});
  /// Stops hard if still running.
  ~door();
  door(const door&) = delete;
  door& operator=(const door&) = delete;

  /// Binds and starts the threads. False with a sentence in `why` if the port cannot be had.
  [[nodiscard]] bool start(std::string& why);
  /// The bound port.
  [[nodiscard]] std::uint16_t port() const;

  /// Stops accepting, finishes running exchanges, closes idle connections and WebSockets (1001). `when_empty`
  /// is called once, on an I/O thread, when nothing is left.
  void drain(std::function<void()> when_empty);
  /// Closes everything and joins the threads. Not from an I/O thread.
  void stop();

  /// Runs `task` on every lane's thread, soon.
  void on_every_lane(const std::function<void(lane_parts&)>& task);

  /// The rows as served, OpenAPI's own included.
  [[nodiscard]] const endpoints& rows() const;

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace chautari
