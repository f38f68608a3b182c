#pragma once
/// What the doors tell about themselves. config/ gives an implementation that counts; without one nothing is
/// counted.

#include <cstddef>
#include <string_view>

namespace chautari {

/// One I/O thread, as it is right now.
struct lane_sample {
  std::size_t lane = 0;
  std::size_t connections = 0;
  std::size_t websockets = 0;
  std::size_t slots_in_use = 0;
  std::size_t rate_buckets = 0;
  std::size_t topics = 0;
  double actors_wait_s = 0;   ///< Of the last sample message to the actors.
  double storage_wait_s = 0;  ///< What a record would wait for the database.
};

/// One answer. The views last for the call.
struct finished_request {
  std::string_view route;  ///< The row's path, or "unmatched": a closed set.
  std::string_view method;
  int status = 0;
  double took_s = 0;            ///< From its first byte to its answer.
  std::string_view request_id;  ///< As the answer's X-Request-Id says.
  /// The kind of work (http/server/load_gate.hpp) if it was refused for overload; else empty.
  std::string_view shed_as = {};
};

/// Called on the I/O threads, several at once: implementations are thread-safe and never block.
class server_probe {
public:
  virtual ~server_probe() = default;
  virtual void request_finished(const finished_request& request) { (void)request; }
  virtual void connection_refused() {}
  /// Requests of this lane are refused for overload from now on, or no longer.
  virtual void overload_changed(const lane_sample& sample, bool is_overloaded) {
    (void)sample, (void)is_overloaded;
  }
  /// The handler of a row, or of a WebSocket's frame ("websocket", no request id), or of what an actor says
  /// to a lane ("announcement"), threw; or a row's forgot to answer.
  virtual void handler_failed(std::string_view route, std::string_view what, std::string_view request_id) {
    (void)route, (void)what, (void)request_id;
  }
  virtual void websocket_frame(bool incoming) { (void)incoming; }
  virtual void websocket_closed(int code) { (void)code; }
  /// Once a second.
  virtual void sampled(const lane_sample& sample) { (void)sample; }
};

}  // namespace chautari
