#include "config/compose.hpp"

#include <algorithm>
#include <iterator>
#include <thread>
#include <utility>

#include "actors/accounts/accounts_directory.hpp"
#include "actors/kiosks/kiosks_directory.hpp"
#include "actors/livemap/livemap_directory.hpp"
#include "actors/operators/passwords_actor.hpp"
#include "actors/payments/payments_actor.hpp"
#include "actors/pricing/prices_actor.hpp"
#include "actors/rentals/rentals_directory.hpp"
#include "actors/stations/amenities_actor.hpp"
#include "actors/stations/issues_actor.hpp"
#include "actors/stations/stations_directory.hpp"
#include "actors/timers/timers_actor.hpp"
#include "actors/users/outbox_actor.hpp"
#include "actors/users/postman_actor.hpp"
#include "config/census.hpp"
#include "config/clock.hpp"
#include "config/logging.hpp"
#include "config/request_log.hpp"
#include "config/storage_queue.hpp"
#include "config/version.hpp"
#include "http/outbound/spool_provider.hpp"
#include "protocols/base/check.hpp"

namespace chautari {
namespace {

std::shared_ptr<message_provider> provider_of(const message_settings& messages) {
  CHECK(messages.provider == "spool");  // The only word the settings let through.
  return std::make_shared<spool_provider>(messages.spool_dir);
}

/// Where cabinets find the broker.
cabinet_door_settings cabinets_as_seen(const settings& values) {
  auto seen = values.cabinets;
  if (seen.broker_host.empty()) seen.broker_host = values.mqtt.host;
  if (seen.broker_port == 0) seen.broker_port = values.mqtt.port;
  return seen;
}

writer_probe probe_of(const surroundings& around, const std::shared_ptr<storage_queue>& queue) {
  writer_probe probe;
  probe.batch_written = [told = around.figures, queue](std::size_t records, double duration) {
    told->batch_written(records, duration);
    queue->batch_written(records, duration);
  };
  probe.backlog_changed = [told = around.figures, ready = around.ready, queue](std::size_t records) {
    told->backlog_changed(records);
    ready->backlog_changed(records);
    queue->backlog_changed(records);
  };
  probe.database_changed = [told = around.figures, ready = around.ready, log = around.log](bool is_up) {
    told->database_changed(is_up);
    ready->database_changed(is_up);
    log_event(log, is_up ? log_level::info : log_level::error, is_up ? "database-back" : "database-lost",
              is_up ? "The writer reaches the database again." : "The writer cannot reach the database.");
  };
  probe.record_refused = [told = around.figures, log = around.log](
                             record_id id, const std::string& constraint, const std::string& why) {
    told->record_refused();
    log_event(log, log_level::error, "record-refused", "A guard of the database refused a record: " + why,
              {{"record", id.text()}, {"constraint", constraint}});
  };
  probe.tidied_up = [log = around.log](const tidied& done) {
    if (done.problem.empty()) return;
    log_event(log, log_level::warning, "tidying-failed",
              "Old rows were not deleted and will be tried again: " + done.problem, {});
  };
  return probe;
}

}  // namespace

actors_config::actors_config(std::size_t io_threads) {
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  set("scheduler.policy", caf::atom("sharing"));
  set("scheduler.max-threads", cores > io_threads ? cores - io_threads : std::size_t{1});
  set("scheduler.max-throughput", std::size_t{64});
}

living_network::living_network(caf::actor_system& system, broker_link& link, surroundings around,
                               network_image recovered)
    : system_{system}, link_{link}, around_{std::move(around)}, recovered_{std::move(recovered)} {
  everybody_.now = around_.now;
  everybody_.ids = {around_.now, around_.random};
  everybody_.log = around_.log;
  spawn_storage();
  spawn_cabinet_side(link);
  spawn_directories();
  spawn_identity();
  spawn_operators();
  make_door();
}

template <class Actor>
const Actor& living_network::keep(const Actor& actor) {
  dismissed_last_to_first_.push_back(caf::actor_cast<caf::actor>(actor));
  return actor;
}

void living_network::spawn_storage() {
  journal_setup journal;
  journal.database = around_.values.database;
  storage_queue_ = std::make_shared<storage_queue>(monotonic_now);
  journal.probe = probe_of(around_, storage_queue_);
  everybody_.journal = spawn_journal(system_, std::move(journal));
  reader_setup reading;
  reading.database = around_.values.database;
  reading.connections = around_.values.reader_connections;
  readers_ = spawn_readers(system_, reading);
  reading.kind = session_kind::browsing;
  browsers_ = spawn_readers(system_, std::move(reading));
  everybody_.reader = readers_;
  around_.figures->database_changed(true);
}

void living_network::spawn_cabinet_side(broker_link& link) {
  everybody_.timers = keep(system_.spawn(timers, around_.now));
  broker_gate_setup gate;
  gate.line = link.line();
  gate.timers = everybody_.timers;
  gate.now = around_.now;
  gate.log = around_.log;
  gate.silence_max = around_.values.mqtt.silence_max;
  everybody_.broker = keep(system_.spawn(broker_gate, std::move(gate)));
  broker_accounts_setup accounts;
  accounts.say = link.line_of_accounts();
  accounts.timers = everybody_.timers;
  accounts.ids = everybody_.ids;
  accounts.log = around_.log;
  broker_accounts_ = keep(system_.spawn(broker_accounts, std::move(accounts)));
  registry_ = keep(system_.spawn(cabinet_registry, broker_accounts_));
  everybody_.registry = registry_;
  sync_clerk_ = keep(system_.spawn(sync_clerk));
}

void living_network::spawn_directories() {
  accounts_setup accounts;
  accounts.terms = around_.values.rentals;
  accounts_ = keep(system_.spawn(accounts_directory, std::move(accounts)));
  stations_ = keep(system_.spawn(stations_directory));
  rentals_ = keep(system_.spawn(rentals_directory, rentals_setup{}));
  kiosks_ = keep(system_.spawn(kiosks_directory));
  prices_ = keep(system_.spawn(prices, prices_setup{rentals_, around_.values.rentals}));
  payments_ = keep(system_.spawn(payments));
  if (around_.values.payments.is_counter_open) everybody_.gateways.push_back(counter_gateway());
  everybody_.accounts = accounts_;
  everybody_.payments = payments_;
  amenities_ = keep(system_.spawn(amenities));
  issues_ = keep(system_.spawn(issues));
  everybody_.stations = stations_;
  everybody_.station_office = stations_;
  everybody_.amenities = amenities_;
  everybody_.issues = issues_;
  everybody_.rentals = rentals_;
  everybody_.prices = prices_;
  everybody_.kiosks = kiosks_;
  const door_actor counting = keep(system_.spawn(census, around_.figures, recovered_.open_rentals));
  std::vector<open_rental_mark> open_rentals;
  for (const auto& rental : recovered_.open_rentals)
    open_rentals.push_back({rental.id, rental.station, rental.status});
  livemap_ = keep(system_.spawn(livemap_directory, std::move(open_rentals)));
  everybody_.announce_to.push_back(counting);
  everybody_.announce_to.push_back(livemap_);
}

void living_network::spawn_identity() {
  outbox_setup post;
  post.timers = everybody_.timers;
  post.now = around_.now;
  post.log = around_.log;
  post.sms_per_day = around_.values.auth.sms_per_day;
  post.postmen = {keep(system_.spawn<caf::detached>(postman, provider_of(around_.values.messages)))};
  identity_setup identity;
  identity.settings = std::make_shared<const identity_settings>(around_.values.auth);
  identity.keys = around_.keys;
  everybody_.outbox = keep(system_.spawn(outbox, std::move(post)));
  identity.outbox = everybody_.outbox;
  identity.log = around_.log;
  sign_ins_ = keep(system_.spawn(sign_ins, identity));
  sessions_ = keep(system_.spawn(sessions, identity));
  gate_ = std::make_shared<token_gate>(around_.keys, around_.values.auth, around_.now);
  gate_->recover(recovered_.revoked_sessions, recovered_.barred_users);
}

void living_network::spawn_operators() {
  operators_setup setup;
  setup.settings = around_.values.operators;
  setup.settings.issuer = around_.values.auth.issuer;
  setup.settings.pepper = around_.values.auth.pepper;
  setup.keys = around_.keys;
  setup.passwords =
      keep(system_.spawn<caf::detached>(passwords, passwords_setup{setup.settings.cost, around_.random}));
  operator_gate_ = std::make_shared<operator_gate>(around_.keys, setup.settings, around_.now);
  setup.watch = [gate = operator_gate_](const operator_state_change& change) { gate->note(change); };
  setup.told_time = system_clock();
  operators_ = keep(system_.spawn(operators, std::move(setup)));
}

door_options living_network::options_for_door() const {
  auto options = around_.values.server;
  options.websockets = {{.path = "/ws"},
                        {.path = "/ws/admin",
                         .role = caller_role::admin,
                         .sockets_per_caller_max = limits::operator_sockets_max}};
  options.now = around_.now;
  options.authenticate = operator_gate::function_of(operator_gate_, token_gate::function_of(gate_));
  options.standing = operator_gate::standing_of(operator_gate_);
  options.storage_wait = [queue = storage_queue_] { return queue->wait(); };
  options.sample_actors = [rentals = rentals_](desk& asking, const std::function<void()>& answered) {
    // Nobody's rental: "not found" has waited like any other answer.
    return asking.ask<rental_image>(
               rentals, look_at_rental{}, [answered](const rental_image&) { answered(); },
               [answered](const caf::error&) { answered(); }) != 0;
  };
  options.probe = std::make_shared<request_log>(
      around_.log, parse_log_level(around_.values.log.level) == log_level::debug, around_.figures);
  return options;
}

void living_network::make_admin_door() {
  const auto& values = around_.values;
  admin_door_setup setup;
  setup.lanes = values.server.io_threads;
  setup.everybody = everybody_;
  setup.operators = operators_;
  setup.livemap = livemap_;
  setup.stations = &riders_->stations();
  setup.everybody.reader = browsers_;
  setup.gate = operator_gate_;
  setup.rates = values.operator_address_rates;
  setup.allowed_origins = values.server.allowed_origins;
  setup.files = around_.page;
  setup.page = values.page;
  setup.version = version;
  admin_ = std::make_unique<admin_door>(std::move(setup));
}

void living_network::make_door() {
  const auto& values = around_.values;
  users_ = std::make_unique<users_door>();
  users_->sign_ins = sign_ins_;
  users_->sessions = sessions_;
  users_->reader = everybody_.reader;
  users_->numbers = values.auth.numbers;
  users_->rates = values.address_rates;

  riders_door_setup riders;
  riders.lanes = values.server.io_threads;
  riders.everybody = everybody_;
  riders.prices = std::make_shared<const price_list>(recovered_.prices);
  riders.start_limit.burst = values.rental_starts_per_minute;
  riders.has_demo_credit = values.environment != "production";
  riders_ = std::make_unique<riders_door>(std::move(riders));
  make_admin_door();

  auto rows = riders_->rows();
  cabinets_ = std::make_unique<cabinets_door>();
  cabinets_->registry = everybody_.registry;
  cabinets_->kiosks = everybody_.kiosks;
  cabinets_->values = cabinets_as_seen(values);

  compatibility_ = std::make_unique<compatibility_door>();
  compatibility_->clerk = sync_clerk_;
  compatibility_->settings = values.compatibility;

  for (auto more : {user_endpoints(*users_), admin_->rows(), cabinet_endpoints(*cabinets_),
                    compatibility_endpoints(*compatibility_)})
    rows.insert(rows.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  door_ = std::make_unique<door>(system_, options_for_door(), std::move(rows), [this](lane_parts& lane) {
    riders_->set_up(lane);
    admin_->set_up(lane);
    follow_revocations(lane, gate_);
    everybody_.announce_to.push_back(lane.announcements.as<door_actor>());
  });
}

bool living_network::wake(main_loop& loop, desk& asking, std::string& why) {
  const auto settled = [&](const auto& actor, auto message, const char* what) {
    const auto failed = loop.settle(asking, actor, std::move(message));
    if (failed) why = std::string{what} + " failed: " + system_.render(failed);
    return !failed;
  };
  const meet_network meeting{everybody_};
  bool is_well =
      settled(accounts_, meeting, "accounts meeting the network") &&
      settled(livemap_, meeting, "the live map meeting the network") &&
      settled(stations_, meeting, "stations meeting the network") &&
      settled(rentals_, meeting, "rentals meeting the network") &&
      settled(registry_, meeting, "the registry meeting the network") &&
      settled(sync_clerk_, meeting, "the sync clerk meeting the network") &&
      settled(kiosks_, meeting, "kiosks meeting the network") &&
      settled(amenities_, meeting, "amenities meeting the network") &&
      settled(issues_, meeting, "issues meeting the network") &&
      settled(amenities_, adopt_amenities{recovered_.amenities}, "adopting amenities") &&
      settled(sign_ins_, meeting, "sign-ins meeting the network") &&
      settled(sessions_, meeting, "sessions meeting the network") &&
      settled(operators_, meeting, "operators meeting the network") &&
      settled(operators_, adopt_operators{std::move(recovered_.operators)}, "adopting operators") &&
      settled(payments_, meeting, "payments meeting the network") &&
      settled(prices_, meeting, "prices meeting the network") &&
      settled(prices_, adopt_price_list{recovered_.prices, claims_of(recovered_.open_rentals)},
              "adopting the price list") &&
      settled(rentals_, adopt_prices{recovered_.prices, around_.values.rentals}, "adopting prices");
  auto stations = stations_to_adopt(recovered_);
  auto kiosks = kiosks_to_adopt(recovered_);
  for (auto& chunk : stations)
    is_well = is_well && settled(stations_, std::move(chunk), "adopting stations");
  is_well =
      is_well &&
      settled(rentals_, adopt_rentals{std::move(recovered_.open_rentals), std::move(recovered_.rented_banks)},
              "adopting rentals");
  // Last: a kiosk with an unfinished ejection tells its rental at once.
  for (auto& chunk : kiosks)
    is_well = is_well && settled(kiosks_, std::move(chunk), "adopting kiosks");
  // Even later: an order that was paid goes on now, and may start a rental.
  is_well =
      is_well && settled(payments_, adopt_intents{std::move(recovered_.live_intents)}, "adopting payments");
  recovered_ = {};
  return is_well;
}

bool living_network::open(std::string& why) {
  if (!door_->start(why)) return false;
  link_.start(everybody_.kiosks, broker_accounts_);
  return true;
}

void living_network::dismiss_actors() {
  for (auto actor = dismissed_last_to_first_.rbegin(); actor != dismissed_last_to_first_.rend(); ++actor) {
    caf::anon_send_exit(*actor, caf::exit_reason::user_shutdown);
  }
  dismissed_last_to_first_.clear();
}

void living_network::dismiss_storage() {
  caf::anon_send_exit(everybody_.journal, caf::exit_reason::user_shutdown);
  for (const auto& pool : {readers_, browsers_})
    caf::anon_send_exit(pool, caf::exit_reason::user_shutdown);
}

}  // namespace chautari
