#include "config/metrics.hpp"

#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>
#include <tuple>
#include <utility>

#include "config/metrics_families.hpp"
#include "http/server/load_gate.hpp"

namespace chautari {
namespace {

constexpr std::array stations_states{station_status::online, station_status::offline,
                                     station_status::maintenance};
constexpr std::array open_states{rental_status::pending, rental_status::pending_popup, rental_status::active,
                                 rental_status::overdue};

/// Which request: the words are the table's and the server's own, so there are some hundred at most.
struct request_kind {
  std::string route;
  std::string method;
  int status = 0;
};
struct request_words {
  std::string_view route;
  std::string_view method;
  int status = 0;
};
struct request_order {
  using is_transparent = void;
  static std::tuple<std::string_view, std::string_view, int> key(const request_kind& x) {
    return {x.route, x.method, x.status};
  }
  static std::tuple<std::string_view, std::string_view, int> key(const request_words& x) {
    return {x.route, x.method, x.status};
  }
  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    return key(a) < key(b);
  }
};
struct request_figures {
  prometheus::Counter* count = nullptr;
  prometheus::Histogram* duration = nullptr;
};

std::size_t resident_bytes() {
  std::ifstream in{"/proc/self/statm"};
  std::size_t total = 0, resident = 0;
  in >> total >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

struct metrics::parts {
  mutable prometheus::Registry registry;

  prometheus::Registry& all = registry;
  std::mutex requests_lock;
  std::map<request_kind, request_figures, request_order> requests_known;
  counters& requests =
      counter_family(all, "chautari_http_requests_total", "Requests answered, by route and status.");
  histograms& request_seconds = histogram_family(all, "chautari_http_request_duration_seconds",
                                                 "From the last byte of a request to its answer.");
  prometheus::Counter& refused_connections = counter_family(all, "chautari_http_connections_refused_total",
                                                            "Connections closed because the door was full.")
                                                 .Add({});
  by_word<prometheus::Counter> shed =
      counters_by(all, "work", "chautari_http_requests_shed_total", "Requests refused for overload.");
  by_word<prometheus::Gauge> actors_wait = gauges_by(all, "lane", "chautari_http_actors_wait_seconds",
                                                     "How long the last sample message waited for actors.");
  by_word<prometheus::Gauge> storage_wait = gauges_by(all, "lane", "chautari_http_storage_wait_seconds",
                                                      "How long a record would wait for the database.");
  by_word<prometheus::Counter> handler_failures = counters_by(
      all, "route", "chautari_http_handler_failures_total", "Handlers that threw or forgot to answer.");
  by_word<prometheus::Gauge> connections =
      gauges_by(all, "lane", "chautari_http_connections", "Open connections.");
  by_word<prometheus::Gauge> slots =
      gauges_by(all, "lane", "chautari_http_asks_waiting", "Requests that wait for an actor.");
  by_word<prometheus::Gauge> rate_buckets =
      gauges_by(all, "lane", "chautari_http_rate_buckets", "Callers the rate limiter remembers.");
  by_word<prometheus::Gauge> websockets =
      gauges_by(all, "lane", "chautari_websocket_sessions", "Open WebSockets.");
  by_word<prometheus::Gauge> topics = gauges_by(all, "lane", "chautari_websocket_topics", "Live topics.");
  by_word<prometheus::Counter> frames =
      counters_by(all, "direction", "chautari_websocket_frames_total", "WebSocket frames.");
  by_word<prometheus::Counter> closes =
      counters_by(all, "code", "chautari_websocket_closed_total", "WebSockets closed, by close code.");

  prometheus::Histogram& batch_records =
      histogram_family(all, "chautari_journal_batch_records", "Records of one transaction.")
          .Add({}, batch_buckets());
  prometheus::Histogram& commit_seconds = histogram_family(all, "chautari_journal_commit_duration_seconds",
                                                           "From a batch's first statement to its commit.")
                                              .Add({}, duration_buckets());
  prometheus::Gauge& backlog =
      gauge_family(all, "chautari_journal_backlog_records", "Records accepted and not yet on disk.").Add({});
  prometheus::Counter& records_refused = counter_family(all, "chautari_journal_records_refused_total",
                                                        "Records a guard of the database refused.")
                                             .Add({});
  prometheus::Gauge& database_up =
      gauge_family(all, "chautari_database_up", "1 while the writer reaches the database.").Add({});
  prometheus::Histogram& reader_seconds = histogram_family(all, "chautari_reader_wait_duration_seconds",
                                                           "A question to the readers, waiting included.")
                                              .Add({}, duration_buckets());

  by_word<prometheus::Counter> frames_in =
      counters_by(all, "channel", "chautari_mqtt_frames_received_total", "Frames of cabinets.");
  by_word<prometheus::Counter> bytes_in =
      counters_by(all, "channel", "chautari_mqtt_received_bytes_total", "Bytes of cabinets' frames.");
  by_word<prometheus::Counter> notices =
      counters_by(all, "kind", "chautari_mqtt_notices_total", "Cabinets the broker saw come and go.");
  prometheus::Counter& ignored =
      counter_family(all, "chautari_mqtt_messages_ignored_total", "Messages that are about no cabinet.")
          .Add({});
  prometheus::Counter& dropped =
      counter_family(all, "chautari_mqtt_frames_dropped_total", "Frames of cabinets that found no room.")
          .Add({});
  by_word<prometheus::Counter> commands =
      counters_by(all, "qos", "chautari_mqtt_commands_published_total", "Commands handed to the broker.");
  by_word<prometheus::Counter> commands_refused = counters_by(
      all, "reason", "chautari_mqtt_commands_refused_total", "Commands that certainly did not leave.");
  prometheus::Gauge& broker_up =
      gauge_family(all, "chautari_mqtt_connected", "1 while connected and subscribed.").Add({});
  prometheus::Counter& broker_connects =
      counter_family(all, "chautari_mqtt_connects_total", "Connections made, each with its subscriptions.")
          .Add({});
  prometheus::Counter& broker_failures =
      counter_family(all, "chautari_mqtt_attempts_failed_total", "Attempts to connect that failed.").Add({});

  by_word<prometheus::Gauge> stations = gauges_by(all, "status", "chautari_stations", "Stations, by status.");
  prometheus::Gauge& cabinets_online =
      gauge_family(all, "chautari_cabinets_online", "Stations that are not offline to riders.").Add({});
  by_word<prometheus::Gauge> rentals =
      gauges_by(all, "status", "chautari_rentals_open", "Open rentals, by status.");
  prometheus::Gauge& oldest_active =
      gauge_family(all, "chautari_rentals_oldest_active_timestamp_seconds",
                   "When the bank of the oldest ACTIVE rental came out, Unix time; 0: none is ACTIVE.")
          .Add({});
  by_word<prometheus::Counter> rental_events =
      counters_by(all, "event", "chautari_rental_events_total", "What happened to rentals.");
  by_word<prometheus::Histogram> actor_seconds = histograms_by(
      all, "actor", "chautari_mailbox_wait_duration_seconds", "A message to this actor until its answer.");
  prometheus::Gauge& actors = gauge_family(all, "chautari_actors", "Actors alive.").Add({});

  prometheus::Gauge& lines_lost =
      gauge_family(all, "chautari_log_lines_lost", "Log lines that had to make room since the start.")
          .Add({});
  prometheus::Gauge& recovery_seconds =
      gauge_family(all, "chautari_recovery_duration_seconds", "How long the last start took to recover.")
          .Add({});
  by_word<prometheus::Gauge> recovered =
      gauges_by(all, "thing", "chautari_recovered_things", "What the last start recovered.");
  prometheus::Gauge& resident =
      gauge_family(all, "process_resident_memory_bytes", "Resident memory of the process.").Add({});
  gauges& build = gauge_family(all, "chautari_build_info", "Always 1; the label tells the version.");

  request_figures& figures_of(const request_words& words) {
    const std::lock_guard hold{requests_lock};
    if (const auto found = requests_known.find(words); found != requests_known.end()) return found->second;
    request_kind kind{std::string{words.route}, std::string{words.method}, words.status};
    const request_figures made{
        &requests.Add(
            {{"route", kind.route}, {"method", kind.method}, {"status", std::to_string(kind.status)}}),
        &request_seconds.Add({{"route", kind.route}, {"method", kind.method}}, duration_buckets())};
    return requests_known.emplace(std::move(kind), made).first->second;
  }
};

metrics::metrics(std::string_view version) : parts_{std::make_unique<parts>()} {
  parts_->build.Add({{"version", std::string{version}}}).Set(1);
  // Zeroes from the start: a rate needs a first sample.
  for (const auto state : stations_states)
    parts_->stations[to_string(state)].Set(0);
  for (const auto state : open_states)
    parts_->rentals[to_string(state)].Set(0);
  for (const auto work :
       {work_kind::reads, work_kind::new_rental, work_kind::rider, work_kind::cabinets, work_kind::operators})
    parts_->shed[to_text(work)].Increment(0);
  for (const auto* kind : {"connected", "disconnected"})
    parts_->notices[kind].Increment(0);
  for (const auto why : {broker_refusal::disconnected, broker_refusal::buffer_full}) {
    parts_->commands_refused[to_string(why)].Increment(0);
  }
}

metrics::~metrics() = default;

std::string metrics::render() const {
  parts_->resident.Set(static_cast<double>(resident_bytes()));
  std::ostringstream out;
  prometheus::TextSerializer{}.Serialize(out, parts_->registry.Collect());
  return out.str();
}

void metrics::request_finished(const finished_request& request) {
  auto& figures = parts_->figures_of({request.route, request.method, request.status});
  figures.count->Increment();
  // A refusal within a microsecond would hide how long the others wait.
  if (!request.shed_as.empty()) return parts_->shed[request.shed_as].Increment();
  figures.duration->Observe(request.took_s);
}

void metrics::connection_refused() { parts_->refused_connections.Increment(); }

void metrics::handler_failed(std::string_view route, std::string_view, std::string_view) {
  parts_->handler_failures[route].Increment();
}

void metrics::websocket_frame(bool incoming) { parts_->frames[incoming ? "in" : "out"].Increment(); }

void metrics::websocket_closed(int code) {
  // A client may close with any number; only ours and the usual ones are told apart.
  const bool is_known = (code >= 1000 && code <= 1015) || (code >= 4400 && code <= 4499);
  parts_->closes[is_known ? std::to_string(code) : "other"].Increment();
}

void metrics::sampled(const lane_sample& sample) {
  const auto lane = std::to_string(sample.lane);
  parts_->connections[lane].Set(static_cast<double>(sample.connections));
  parts_->websockets[lane].Set(static_cast<double>(sample.websockets));
  parts_->slots[lane].Set(static_cast<double>(sample.slots_in_use));
  parts_->rate_buckets[lane].Set(static_cast<double>(sample.rate_buckets));
  parts_->topics[lane].Set(static_cast<double>(sample.topics));
  parts_->actors_wait[lane].Set(sample.actors_wait_s);
  parts_->storage_wait[lane].Set(sample.storage_wait_s);
}

void metrics::batch_written(std::size_t records, double duration) {
  parts_->batch_records.Observe(static_cast<double>(records));
  parts_->commit_seconds.Observe(duration);
}

void metrics::backlog_changed(std::size_t records) { parts_->backlog.Set(static_cast<double>(records)); }
void metrics::record_refused() { parts_->records_refused.Increment(); }
void metrics::database_changed(bool is_up) { parts_->database_up.Set(is_up ? 1 : 0); }
void metrics::reader_answered(double duration) { parts_->reader_seconds.Observe(duration); }

void metrics::frame_received(cabinet_channel channel, std::size_t bytes) {
  parts_->frames_in[to_string(channel)].Increment();
  parts_->bytes_in[to_string(channel)].Increment(static_cast<double>(bytes));
}

void metrics::notice_received(bool is_connected) {
  parts_->notices[is_connected ? "connected" : "disconnected"].Increment();
}

void metrics::message_ignored() { parts_->ignored.Increment(); }
void metrics::frame_dropped() { parts_->dropped.Increment(); }
void metrics::command_published(int qos) { parts_->commands[std::to_string(qos)].Increment(); }
void metrics::command_refused(broker_refusal why) { parts_->commands_refused[to_string(why)].Increment(); }

void metrics::broker_changed(bool is_connected) {
  parts_->broker_up.Set(is_connected ? 1 : 0);
  if (is_connected) parts_->broker_connects.Increment();
}

void metrics::broker_attempt_failed() { parts_->broker_failures.Increment(); }

void metrics::station_moved(std::optional<station_status> from, station_status to) {
  if (from == to) return;
  if (from) parts_->stations[to_string(*from)].Decrement();
  parts_->stations[to_string(to)].Increment();
  if (from == station_status::online) parts_->cabinets_online.Decrement();
  if (to == station_status::online) parts_->cabinets_online.Increment();
}

void metrics::rental_moved(std::optional<rental_status> from, std::optional<rental_status> to) {
  if (from == to) return;
  if (from && is_open(*from)) parts_->rentals[to_string(*from)].Decrement();
  if (to && is_open(*to)) parts_->rentals[to_string(*to)].Increment();
}

void metrics::oldest_active_rental(std::optional<timestamp> since) {
  const auto seconds_since_1970 =
      since ? std::chrono::duration<double>(since->time_since_epoch()).count() : 0.0;
  parts_->oldest_active.Set(seconds_since_1970);
}

void metrics::rental_event(std::string_view name) { parts_->rental_events[name].Increment(); }
void metrics::actor_answered(std::string_view actor, double duration) {
  parts_->actor_seconds[actor].Observe(duration);
}
void metrics::actors_running(std::size_t count) { parts_->actors.Set(static_cast<double>(count)); }
void metrics::log_lines_lost(std::size_t total) { parts_->lines_lost.Set(static_cast<double>(total)); }

void metrics::recovered(double duration, std::size_t stations, std::size_t rentals) {
  parts_->recovery_seconds.Set(duration);
  parts_->recovered["stations"].Set(static_cast<double>(stations));
  parts_->recovered["open_rentals"].Set(static_cast<double>(rentals));
}

}  // namespace chautari
