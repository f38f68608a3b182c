#pragma once
/// Tells the log which request failed or was slow, by the request id its caller was given; everything is then
/// passed on to whoever counts.

#include <memory>
#include <string_view>

#include "http/server/probe.hpp"
#include "protocols/operations/log.hpp"

namespace chautari {

/// `handler-failed` (error) says what was thrown; `request-failed` is each 5xx (500 an error, the designed
/// ones warnings), `request-slow` (warning) whatever took longer than limits::slow_answer, `request-finished`
/// (debug) any other. Query, body and caller are never told.
class request_log final : public server_probe {
public:
  /// `says_all`: also `request-finished`; it costs a line a request, so say no unless the log takes them.
  request_log(log_sink log, bool says_all, std::shared_ptr<server_probe> next);

  void request_finished(const finished_request& request) override;
  void connection_refused() override { next_->connection_refused(); }
  void overload_changed(const lane_sample& sample, bool is_overloaded) override;
  void handler_failed(std::string_view route, std::string_view what, std::string_view request_id) override;
  void websocket_frame(bool incoming) override { next_->websocket_frame(incoming); }
  void websocket_closed(int code) override { next_->websocket_closed(code); }
  void sampled(const lane_sample& sample) override { next_->sampled(sample); }

private:
  log_sink log_;
  bool says_all_;
  std::shared_ptr<server_probe> next_;
};

}  // namespace chautari
