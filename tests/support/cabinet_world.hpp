#pragma once
/// One station with its cabinet, real kiosk and station actors, and twins of everything around them: a broker
/// that keeps what it was given, rentals that answer as told, a door that remembers views.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "protocols/kiosks/cabinet_a8.hpp"
#include "protocols/kiosks/recovery.hpp"
#include "protocols/stations/recovery.hpp"
#include "tests/support/deterministic_system.hpp"
#include "tests/support/memory_store.hpp"

namespace chautari::testing {

/// What the twins saw and how they are to behave.
struct cabinet_world_log {
  std::vector<publish_command> published;
  std::optional<broker_refusal> broker_refuses;
  std::vector<ejection_outcome> outcomes;
  std::optional<caf::error> rentals_refuse;  ///< Outcomes and sightings, until reset.
  std::optional<bank_sn> sighting_refused;   ///< Of this bank only, for a reason of its own.
  std::vector<bank_seen> sightings;
  std::vector<lost_bank_found> found;
  std::map<bank_sn, sighting_answer> answers;  ///< What rentals say of a bank; else not_rented.
  std::vector<station_view> views;
  std::vector<operator_event> events;
  std::vector<command_news> news;
  std::vector<outgoing_message> messages;
  std::uint64_t stations_announced = 0;
  std::vector<log_entry> log;
};

class cabinet_world {
public:
  /// Slots 1..8; banks 101.. in the first `banks` ones, fully known to the database.
  explicit cabinet_world(std::uint64_t seed, int banks = 3);

  deterministic_system system;
  std::shared_ptr<memory_store> db = std::make_shared<memory_store>();
  std::shared_ptr<cabinet_world_log> log = std::make_shared<cabinet_world_log>();
  network world;
  station_directory_actor stations;
  kiosk_directory_actor kiosks;
  station_id station;
  station_sn serial{"ST-1"};
  imei cabinet{"860000000000011"};

  /// What is in which slot right now, physically: slot number to serial number and battery.
  struct inside {
    bank_sn bank;
    int battery = 90;
    std::uint8_t code = 1;
  };
  std::map<int, inside> slots;

  /// Spawns directories and recovers from what is stored. Called by the constructor; again after `crash`.
  void start();
  /// kill -9: every actor is gone, the store stays.
  void crash();

  void send_frame(const std::vector<std::uint8_t>& bytes, cabinet_channel channel = cabinet_channel::update);
  void send(const cabinet_message& message) { send_frame(encode(message)); }
  void send_heartbeat();
  void send_snapshot();
  void send_reply(bank_sn bank, std::uint8_t state);
  void send_return(int slot, bank_sn bank, std::uint8_t state = 1);
  [[nodiscard]] cabinet_snapshot snapshot() const;
  /// Online with a fresh snapshot, everything settled.
  void go_online();

  /// A stored QUEUED command for a rental of its own.
  [[nodiscard]] eject_bank order(bank_sn bank, int publishes_left = 2);
  /// Reserves and orders, as a rental would.
  eject_bank rent(std::optional<bank_sn> wanted = {});
  void eject(const eject_bank& wish);
  void advance(milliseconds by, milliseconds step = milliseconds{250}) { system.advance(by, step); }
  void run() { system.run(); }

  [[nodiscard]] std::size_t count_published(const std::string& command) const;
  [[nodiscard]] station_view view();
  [[nodiscard]] kiosk_view kiosk();
  [[nodiscard]] const ejection_outcome* last_outcome() const;
};

}  // namespace chautari::testing
