#pragma once
/// The operators' door, real and listening, before the real map; stations and the database follow a script.

#include <atomic>
#include <boost/json.hpp>
#include <caf/all.hpp>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include "actors/livemap/livemap_directory.hpp"
#include "actors/timers/timers_actor.hpp"
#include "http/admin_door.hpp"
#include "http/riders_door.hpp"
#include "http/server/desk.hpp"
#include "http/server/door.hpp"
#include "tests/support/rider_client.hpp"
#include "tests/support/rider_samples.hpp"

namespace chautari::testing {

/// Tokens are the names of roles. Everybody's clock runs as the real one does, from `sample_time` on.
class live_stage {
public:
  live_stage() {
    config_.set("scheduler.max-threads", std::size_t{1});
    system_ = std::make_unique<caf::actor_system>(config_);
    gather();
    riders_ = std::make_unique<riders_door>(riders_door_setup{
        .lanes = 1, .everybody = everybody_, .prices = std::make_shared<const price_list>()});
    admin_door_setup setup;
    setup.everybody = everybody_;
    setup.livemap = map_;
    setup.stations = &riders_->stations();
    setup.files = std::make_shared<const static_files>();
    admin_ = std::make_unique<admin_door>(std::move(setup));
    door_options options;
    options.address = "127.0.0.1";
    options.port = 0;
    options.websockets = {{.path = "/ws/admin", .role = caller_role::admin}};
    options.now = [this] { return now(); };
    options.authenticate = [this](std::string_view token) { return judge(token); };
    options.standing = [this](const caller& who, std::string_view) -> standing_result {
      if (who.as_operator == named("moderator") && is_moderator_demoted)
        return operator_standing{operator_role::finance, now()};
      return operator_standing{*parse_operator_role(who.as_operator == named("finance")     ? "finance"
                                                    : who.as_operator == named("moderator") ? "moderator"
                                                                                            : "admin"),
                               now()};
    };
    door_ = std::make_unique<door>(*system_, std::move(options), admin_->rows(), [this](lane_parts& parts) {
      riders_->set_up(parts);
      admin_->set_up(parts);
      heard_by_.push_back(parts.announcements.as<door_actor>());
    });
    std::string why;
    if (!door_->start(why)) throw std::runtime_error(why);
  }
  ~live_stage() {
    door_->stop();
    heard_by_.clear();
    door_.reset();
    admin_.reset();
    riders_.reset();
    for (const auto& actor : actors_)
      caf::anon_send_exit(actor, caf::exit_reason::kill);
    actors_.clear();
  }
  live_stage(const live_stage&) = delete;
  live_stage& operator=(const live_stage&) = delete;

  [[nodiscard]] std::uint16_t port() const { return door_->port(); }
  [[nodiscard]] timestamp now() const {
    return sample_time + std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began_);
  }
  template <class Announcement>
  void announce(const Announcement& news) {
    for (const auto& each : heard_by_)
      caf::anon_send(each, news);
  }
  [[nodiscard]] static operator_id named(std::string_view role) { return id_named<operator_id>(role); }

  station_inside inside;  ///< What every station says of itself.
  station_overview overview;
  command_page commands;
  std::atomic<bool> is_moderator_demoted{false};

private:
  void gather() {
    everybody_.now = [this] { return now(); };
    everybody_.timers = keep(system_->spawn(timers, everybody_.now));
    const auto office = system_->spawn([this](caf::event_based_actor*) -> caf::behavior {
      return {[this](const look_inside&) { return inside; }};
    });
    const auto reader = system_->spawn([this](caf::event_based_actor*) -> caf::behavior {
      return {[](const load_issue_marks&) { return issue_marks{}; },
              [](const count_banks&) { return bank_census{.missing = 3, .lost = 1}; },
              [this](const load_overview&) { return overview; },
              [this](const list_commands&) { return commands; },
              [](const load_map_points&) { return map_points{R"([{"weight":7}])"}; }};
    });
    everybody_.station_office = as<stations_office_actor>(keep(office));
    everybody_.reader = as<reader_actor>(keep(reader));
    const auto map = system_->spawn(livemap_directory, std::vector<open_rental_mark>{});
    map_ = keep(map);
    heard_by_.push_back(map);
    caf::anon_send(map, meet_network{everybody_});
  }
  template <class Actor>
  const Actor& keep(const Actor& actor) {
    actors_.push_back(caf::actor_cast<caf::actor>(actor));
    return actor;
  }
  template <class Handle>
  static Handle as(const caf::actor& actor) {
    return caf::actor_cast<Handle>(caf::actor_cast<caf::strong_actor_ptr>(actor));
  }
  [[nodiscard]] auth_result judge(std::string_view role) const {
    caller who;
    who.role = caller_role::admin;
    who.as_operator = named(role);
    who.session = id_named<session_id>(role);
    who.expires_at = now() + hours{1};
    return who;
  }

  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  std::vector<caf::actor> actors_;
  network everybody_;
  livemap_actor map_;
  std::unique_ptr<riders_door> riders_;
  std::unique_ptr<admin_door> admin_;
  doors heard_by_;
  std::unique_ptr<door> door_;
};

}  // namespace chautari::testing
