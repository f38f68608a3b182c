#include "config/serve.hpp"

#include <malloc.h>

#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "config/clock.hpp"
#include "config/compose.hpp"
#include "config/logging.hpp"
#include "config/operations_door.hpp"
#include "config/pulse.hpp"
#include "config/shutdown.hpp"
#include "http/server/monotonic.hpp"
#include "persistence/base/connection.hpp"
#include "persistence/migrations/migrate.hpp"
#include "persistence/recovery/recover.hpp"
#include "protocols/base/limits.hpp"

namespace chautari {
namespace {

constexpr seconds database_try_every{1};
constexpr std::size_t composing_questions_max = 16;
/// Less is the difference between two machines that both keep time.
constexpr seconds clock_behind_told{2};

/// One run of the server.
class server_run {
public:
  server_run(const settings& values, std::string_view version);

  int run();

private:
  [[nodiscard]] bool load_keys();
  [[nodiscard]] bool load_page();
  [[nodiscard]] bool open_operations();
  [[nodiscard]] bool await_database();
  [[nodiscard]] bool migrate_schema();
  [[nodiscard]] bool keep_time();
  [[nodiscard]] std::optional<network_image> recover_network();
  [[nodiscard]] bool live(network_image recovered);
  void say(log_level level, const char* id, std::string sentence) {
    log_event(around_.log, level, id, std::move(sentence));
  }
  bool fail(const char* id, std::string sentence) {
    say(log_level::critical, id, std::move(sentence));
    return false;
  }
  [[nodiscard]] double seconds_up() const {
    return std::chrono::duration<double>(monotonic_now() - began_).count();
  }

  followed_clock clock_;
  surroundings around_;
  logging log_;
  main_loop loop_;
  end_signals signals_;
  operations_door operations_;
  monotonic began_ = monotonic_now();
  monotonic recovery_began_ = began_;
};

operations_options options_for(const settings& values, const std::shared_ptr<metrics>& figures,
                               const std::shared_ptr<readiness>& ready, const clock_source& now) {
  operations_options options;
  options.host = values.operations.host;
  options.port = values.operations.port;
  options.metrics = [figures] {
    return operations_answer{200, "text/plain; version=0.0.4; charset=utf-8", figures->render()};
  };
  options.ready = [ready, now] {
    const auto checks = judge(ready->facts(), now());
    return operations_answer{all_ok(checks) ? 200 : 503, "application/json", render(checks)};
  };
  return options;
}

surroundings surroundings_of(const settings& values, std::string_view version, clock_source now) {
  surroundings around;
  around.values = values;
  around.now = std::move(now);
  around.random = system_random();
  around.figures = std::make_shared<metrics>(version);
  around.ready = std::make_shared<readiness>(limits::backlog_records_max);
  return around;
}

server_run::server_run(const settings& values, std::string_view version)
    : around_{surroundings_of(values, version, clock_.source())},
      log_{{parse_log_level(values.log.level).value_or(log_level::info), values.log.file, around_.now}},
      signals_{loop_},
      operations_{options_for(values, around_.figures, around_.ready, around_.now)} {
  around_.log = log_.sink();
  say(log_level::info, "starting",
      "chautari " + std::string{version} + " starts.\n" + render_summary(values));
}

bool server_run::load_keys() {
  std::string why;
  const auto& values = around_.values;
  around_.keys = key_ring::load(values.keys_dir, why);
  if (!around_.keys && values.environment != "production" && !std::filesystem::exists(values.keys_dir)) {
    // The first run of a demonstration; production decides for itself where its keys come from.
    if (!key_ring::generate(values.keys_dir, around_.now(), why)) return fail("keys-missing", why);
    around_.keys = key_ring::load(values.keys_dir, why);
  }
  return around_.keys ? true : fail("keys-missing", why + " (make one: chautari keys generate)");
}

bool server_run::load_page() {
  auto files = std::make_shared<static_files>();
  std::string why;
  if (!files->load(around_.values.page.web_dir, why))
    return fail("page-unreadable", "The operators' page cannot be served: " + why);
  if (files->empty()) {
    say(log_level::warning, "page-missing",
        "There is no operators' page in " + around_.values.page.web_dir + " (build it: scripts/build).");
  }
  around_.page = std::move(files);
  return true;
}

bool server_run::open_operations() {
  std::string why;
  return operations_.start(why) ? true : fail("operations-closed", "The operations door cannot open: " + why);
}

bool server_run::await_database() {
  std::string last;
  while (!signals_.came()) {
    try {
      database_connection{around_.values.database, session_kind::reading}.open();
      return true;
    } catch (const database_error& why) {
      if (last != why.what())
        say(log_level::warning, "database-awaited", std::string{"Waiting for the database: "} + why.what());
      last = why.what();
    }
    loop_.run_until([this] { return signals_.came(); }, database_try_every);
  }
  return false;
}

bool server_run::migrate_schema() {
  const auto report = migrate(around_.values.database);
  for (const auto& name : report.applied)
    say(log_level::info, "migrated", "Applied migration " + name + ".");
  return report.is_ready() ? true : fail("migration-failed", report.problem);
}

/// What an earlier life stored is compared with the time of this one.
bool server_run::keep_time() try {
  const auto newest = newest_record_at(around_.values.database);
  const auto behind = newest ? clock_.begin_no_earlier_than(*newest) : milliseconds{0};
  if (behind >= clock_behind_told) {
    say(log_level::error, "clock-behind",
        "The machine's clock is " + std::to_string(std::chrono::ceil<seconds>(behind).count()) +
            " s behind the newest record in the database (" + to_rfc3339(*newest) +
            "): one of the two is or was wrong. Ours goes on from that record, at half speed until the "
            "machine's "
            "has caught up. Check the machine's time source.");
  }
  return true;
} catch (const database_error& why) {
  return fail("recovery-failed", why.what());
}

std::optional<network_image> server_run::recover_network() {
  recovery_began_ = monotonic_now();
  auto report = recover(around_.values.database, around_.now());
  if (!report.is_ready()) {
    fail("recovery-failed", report.problem);
    return {};
  }
  say(log_level::info, "recovered",
      "Read " + std::to_string(report.network.stations.size()) + " stations and " +
          std::to_string(report.network.open_rentals.size()) + " open rentals; waking them.");
  return std::move(report.network);
}

bool server_run::live(network_image recovered) {
  const auto stations = recovered.stations.size(), rentals = recovered.open_rentals.size();
  broker_link link{
      {around_.values.mqtt, around_.now, around_.random, around_.log, around_.figures, around_.ready}};
  actors_config config{around_.values.server.io_threads};
  caf::actor_system system{config};
  desk asking{loop_.loop(), system, composing_questions_max};
  living_network living{system, link, around_, std::move(recovered)};
  std::string why;
  bool is_well = living.wake(loop_, asking, why) && living.open(why);
  if (is_well) {
    pulse heart{loop_,
                system,
                {living.readers(), living.everybody().stations, living.everybody().rentals, around_.now,
                 &log_, around_.figures, around_.ready}};
    heart.start();
    around_.figures->recovered(std::chrono::duration<double>(monotonic_now() - recovery_began_).count(),
                               stations, rentals);
    around_.ready->recovered();
    log_event(around_.log, log_level::info, "serving", "The doors are open.",
              {{"port", std::to_string(living.port())},
               {"stations", std::to_string(stations)},
               {"open_rentals", std::to_string(rentals)},
               {"seconds", std::to_string(seconds_up())}});
    // What recovery read is spread over the heap by now; give back what nobody holds (a quarter, measured).
    ::malloc_trim(0);
    loop_.run_until([this] { return signals_.came(); });
  } else {
    fail("start-failed", why);
  }
  begin_countdown();
  return shut_down(loop_, asking, system, living, link, around_) && is_well;
}

int server_run::run() {
  // A client that goes while we write to it is no reason to die.
  std::signal(SIGPIPE, SIG_IGN);
  if (!load_keys() || !load_page() || !open_operations()) return 1;
  if (!await_database()) return 0;  // Asked to end before anything began.
  if (!migrate_schema() || !keep_time()) return 1;
  auto recovered = recover_network();
  if (!recovered) return 1;
  return live(std::move(*recovered)) ? 0 : 1;
}

}  // namespace

int serve(const settings& values, std::string_view version) { return server_run{values, version}.run(); }

}  // namespace chautari
