#pragma once
/// Stations, their slots and the banks in them, as stored and as their actor holds them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

/// AVAILABLE means the slot is EMPTY; OCCUPIED means that a bank is in it.
enum class slot_status : std::uint8_t { available, occupied, maintenance, error };
enum class bank_status : std::uint8_t {
  available,
  reserved,
  rented,
  maintenance,
  damaged,
  missing,
  lost,
  quarantined
};
/// What riders are told: connectivity, unless an admin has put the station in maintenance.
enum class station_status : std::uint8_t { online, offline, maintenance };
std::string to_string(slot_status status);
std::string to_string(bank_status status);
std::string to_string(station_status status);
std::optional<bank_status> parse_bank_status(std::string_view text);
std::optional<slot_status> parse_slot_status(std::string_view text);
std::optional<station_status> parse_station_status(std::string_view text);

/// Station facts that only an administrator changes.
struct station_image {
  station_id id;
  station_sn serial;
  imei cabinet;
  std::string name;
  std::string address;
  std::string landmark;
  std::string description;
  double latitude = 0;   ///< Degrees, -90..90.
  double longitude = 0;  ///< Degrees, -180..180.
  std::int32_t total_slots = 0;
  std::int32_t opening_minute =
      -1;  ///< Minutes after local midnight; -1: always open. Closing < opening: over midnight.
  std::int32_t closing_minute = -1;
  bool is_maintenance = false;
  bool is_deleted = false;
  bool is_approved = true;
  std::int32_t port_one_offset = 25;  ///< Slot n of io port 1 is our slot n + this.
  std::string media;                  ///< JSON array, as shown to riders.
  std::string amenities;              ///< JSON array, as shown to riders.
  timestamp created_at = {};
};

/// Station facts that the cabinet changes.
struct station_state_image {
  station_id station;
  bool is_online = false;
  timestamp last_seen_at;
  timestamp online_since;  ///< Or offline since.
  std::string hardware;    ///< JSON: boards, firmware, signal.
};

/// One row a change, none without a change.
struct station_status_change {
  station_id station;
  station_status previous = station_status::offline;
  station_status status = station_status::offline;
  timestamp changed_at;
  std::int64_t seconds_in_previous = 0;
  std::string triggered_by;  ///< SYNC, HEARTBEAT, MANUAL, TIMEOUT
};

/// A slot as the cabinet last described it. Key: (station, number).
struct slot_image {
  station_id station;
  std::int32_t number = 0;  ///< 1-based, global over both io ports.
  slot_status status = slot_status::available;
  std::int32_t device_code = 0;      ///< State byte of the slot record.
  std::int32_t battery = -1;         ///< Percent; -1 unknown.
  std::int32_t temperature = 0;      ///< Degrees C; 0 no sensor, 255 not available.
  std::int32_t voltage = 0;          ///< 0.1 V
  std::int32_t current = 0;          ///< 0.1 A
  std::int32_t sensors = 0;          ///< Byte 14: bit 7 micro switch, bit 6 solenoid.
  std::int32_t faults_in_a_row = 0;  ///< Refuted ejections; three disable the slot.
  bool is_disabled = false;          ///< By an admin or by faults; device data never clears it.
  timestamp updated_at;
};

/// A bank: where it is and in what state. Whoever holds the bank writes it: its station while seated, its
/// rental while out.
struct bank_image {
  bank_id id;
  bank_sn serial;
  bank_status status = bank_status::available;
  std::int32_t battery = -1;
  std::int32_t cycles = 0;     ///< Full charge cycles in 1/10000.
  std::int32_t rentals = 0;    ///< Completed rentals.
  std::int32_t ejections = 0;  ///< Confirmed ejections; part of the dedupe key of a return.
  station_id station;          ///< Nil while out or missing.
  std::int32_t slot = 0;       ///< 0 while out or missing.
  rental_id rental;            ///< Nil unless reserved or rented.
};

/// Wear of one rental: contribution = (start - end) / 100 cycles, in 1/10000; no row when it is not above
/// zero.
struct bank_cycle {
  bank_id bank;
  rental_id rental;
  std::int32_t start_battery = 0;
  std::int32_t end_battery = 0;
  timestamp at;
};

struct favourite_image {
  user_id rider;
  station_id station;
  bool is_favourite = true;
  timestamp at;
};

}  // namespace chautari
