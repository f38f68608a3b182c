#pragma once
/// Who is alive and who knows whom: the only place that names everybody.
///
/// Order: what was stored is read -> journal, readers, timers, broker gate -> directories -> each directory
/// meets the network -> each gets its part of what was read -> the riders' door opens -> the broker's frames
/// come in.

#include <caf/all.hpp>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "actors/kiosks/broker_gate_actor.hpp"
#include "actors/kiosks/registry_actor.hpp"
#include "actors/kiosks/sync_clerk_actor.hpp"
#include "actors/operators/operators_actor.hpp"
#include "actors/users/sessions_actor.hpp"
#include "actors/users/sign_ins_actor.hpp"
#include "config/broker_link.hpp"
#include "config/main_loop.hpp"
#include "config/metrics.hpp"
#include "config/readiness.hpp"
#include "config/settings.hpp"
#include "http/admin_door.hpp"
#include "http/compatibility/compatibility_door.hpp"
#include "http/operators/operator_gate.hpp"
#include "http/riders_door.hpp"
#include "http/users/token_gate.hpp"
#include "http/users/users_door.hpp"
#include "persistence/journal/journal_actor.hpp"
#include "persistence/reader/reader_pool.hpp"
#include "protocols/accounts/recovery.hpp"
#include "protocols/journal/recovery.hpp"
#include "protocols/kiosks/recovery.hpp"
#include "protocols/payments/recovery.hpp"
#include "protocols/pricing/recovery.hpp"
#include "protocols/rentals/recovery.hpp"
#include "protocols/stations/recovery.hpp"

namespace chautari {

class storage_queue;

/// How many scheduler threads and in which manner; figures in actors/README.md.
class actors_config : public caf::actor_system_config {
public:
  explicit actors_config(std::size_t io_threads);
};

/// What everybody who composes has at hand.
struct surroundings {
  settings values;
  clock_source now;
  random_source random;
  log_sink log;
  std::shared_ptr<metrics> figures;
  std::shared_ptr<readiness> ready;
  std::shared_ptr<const key_ring> keys;
  std::shared_ptr<const static_files> page;  ///< The operators'; empty if it has not been built.
};

/// Everything that lives, in the order of its birth.
class living_network {
public:
  /// Spawns everybody; they know nothing yet. `link` outlives the system.
  living_network(caf::actor_system& system, broker_link& link, surroundings around, network_image recovered);
  living_network(const living_network&) = delete;
  living_network& operator=(const living_network&) = delete;

  /// Everybody meets everybody and takes up what was stored. False with a sentence in `why`.
  [[nodiscard]] bool wake(main_loop& loop, desk& asking, std::string& why);
  /// Opens the riders' door, then lets the broker's frames in.
  [[nodiscard]] bool open(std::string& why);

  [[nodiscard]] door& riders() { return *door_; }
  [[nodiscard]] std::uint16_t port() const { return door_->port(); }
  [[nodiscard]] const network& everybody() const { return everybody_; }
  [[nodiscard]] const reader_pool_actor& readers() const { return readers_; }
  [[nodiscard]] const journal_actor& journal() const { return everybody_.journal; }

  /// Tells everybody but the journal and the readers to go.
  void dismiss_actors();
  /// The journal and the readers, at last.
  void dismiss_storage();

private:
  void spawn_storage();
  void spawn_cabinet_side(broker_link& link);
  void spawn_directories();
  void spawn_identity();
  void spawn_operators();
  void make_admin_door();
  void make_door();
  [[nodiscard]] door_options options_for_door() const;
  template <class Actor>
  const Actor& keep(const Actor& actor);

  caf::actor_system& system_;
  broker_link& link_;
  surroundings around_;
  network_image recovered_;

  network everybody_;
  std::shared_ptr<storage_queue> storage_queue_;
  reader_pool_actor readers_;
  reader_pool_actor browsers_;  ///< The operators' own readers: a wide table holds up no rider.
  accounts_directory_actor accounts_;
  station_directory_actor stations_;
  amenity_list_actor amenities_;
  issue_desk_actor issues_;
  rentals_directory_actor rentals_;
  kiosk_directory_actor kiosks_;
  prices_desk_actor prices_;
  payments_desk_actor payments_;
  broker_accounts_actor broker_accounts_;
  registry_newcomer_actor registry_;
  sync_clerk_newcomer sync_clerk_;
  sign_ins_directory_actor sign_ins_;
  sessions_directory_actor sessions_;
  operators_newcomer_actor operators_;
  std::vector<caf::actor> dismissed_last_to_first_;

  std::shared_ptr<token_gate> gate_;
  std::shared_ptr<operator_gate> operator_gate_;
  std::unique_ptr<users_door> users_;
  livemap_actor livemap_;
  std::unique_ptr<riders_door> riders_;
  std::unique_ptr<admin_door> admin_;
  std::unique_ptr<cabinets_door> cabinets_;
  std::unique_ptr<compatibility_door> compatibility_;
  std::unique_ptr<door> door_;
};

}  // namespace chautari
