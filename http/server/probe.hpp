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
};

/// Called on the I/O threads, several at once: implementations are thread-safe and never block.
class server_probe {
public:
  virtual ~server_probe() = default;
  /// `route` is the row's path, or "unmatched": a closed set.
  virtual void request_finished(std::string_view route, std::string_view method, int status, double took_s) {
    (void)route, (void)method, (void)status, (void)took_s;
  }
  virtual void connection_refused() {}
  /// The handler of a row threw or forgot to answer.
  virtual void handler_failed(std::string_view route, std::string_view what) { (void)route, (void)what; }
  virtual void websocket_frame(bool incoming) { (void)incoming; }
  virtual void websocket_closed(int code) { (void)code; }
  /// Once a second.
  virtual void sampled(const lane_sample& sample) { (void)sample; }
};

}  // namespace chautari
