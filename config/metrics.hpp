#pragma once
/// The figures of the process, for Prometheus. Parts speak in verbs; every name and label is spelled here and
/// in tests/golden/metrics.txt. Labels come from closed sets, never from an id.

#include <memory>
#include <string>
#include <string_view>

#include "http/server/probe.hpp"
#include "protocols/base/time.hpp"
#include "protocols/kiosks/cabinet_topic.hpp"
#include "protocols/kiosks/messages.hpp"
#include "protocols/rentals/images.hpp"
#include "protocols/stations/images.hpp"

namespace chautari {

/// All verbs may be called from any thread at any time and never block for longer than a map lookup.
class metrics : public server_probe {
public:
  explicit metrics(std::string_view version);
  ~metrics() override;
  metrics(const metrics&) = delete;
  metrics& operator=(const metrics&) = delete;

  /// The text format 0.0.4 of Prometheus.
  [[nodiscard]] std::string render() const;

  // ---- the doors (http/server/probe.hpp)
  void request_finished(const finished_request& request) override;
  void connection_refused() override;
  void handler_failed(std::string_view route, std::string_view what, std::string_view request_id) override;
  void websocket_frame(bool incoming) override;
  void websocket_closed(int code) override;
  void sampled(const lane_sample& sample) override;

  // ---- the journal and the database
  void batch_written(std::size_t records, double duration);
  void backlog_changed(std::size_t records);
  void record_refused();
  void database_changed(bool is_up);
  /// How long a question to the readers took, waiting included.
  void reader_answered(double duration);

  // ---- the broker
  void frame_received(cabinet_channel channel, std::size_t bytes);
  void notice_received(bool is_connected);
  void message_ignored();
  /// Too many were under way: the cabinet has been told by the broker that it arrived, and it is lost.
  void frame_dropped();
  void command_published(int qos);
  void command_refused(broker_refusal why);
  void broker_changed(bool is_connected);
  void broker_attempt_failed();

  // ---- the network
  void station_moved(std::optional<station_status> from, station_status to);
  /// `from` empty: new; `to` empty or closed: no longer open.
  void rental_moved(std::optional<rental_status> from, std::optional<rental_status> to);
  /// When the bank of the oldest ACTIVE rental came out; empty: none is ACTIVE.
  void oldest_active_rental(std::optional<timestamp> since);
  void rental_event(std::string_view name);
  /// How long a message to this actor (a closed set of names) waits for its answer.
  void actor_answered(std::string_view actor, double duration);
  void actors_running(std::size_t count);

  // ---- the process
  void log_lines_lost(std::size_t total);
  void recovered(double duration, std::size_t stations, std::size_t rentals);

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace chautari
