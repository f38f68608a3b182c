#pragma once
/// What is said to and by stations.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/kiosks/images.hpp"
#include "protocols/stations/images.hpp"

namespace chautari {

enum class station_refusal : std::uint8_t {
  station_not_found = 1,  ///< Unknown, deleted or not approved.
  station_offline,
  station_maintenance,
  station_closed,
  device_unreachable,  ///< No fresh snapshot could be had in 10 s.
  station_busy,        ///< Too many wait here already; try later.
  no_power_bank_available,
  powerbank_not_found,         ///< The bank asked for does not exist here or anywhere.
  powerbank_station_mismatch,  ///< It is at another station.
  requested_powerbank_unavailable,
  // What operators are told.
  station_already_exists,        ///< Its serial or its imei is another station's, maybe a deleted one's.
  station_has_active_rentals,    ///< Or banks inside.
  invalid_powerbank_assignment,  ///< Context: every wrong one and why.
  slot_not_found,
  invalid_status_change,  ///< The bank is in somebody's hands, or sits nowhere and shall be AVAILABLE.
  amenity_not_found,
  amenity_already_exists,
  amenity_in_use,
  too_many_amenities,
  issue_not_found,
  duplicate_issue_report,
  assignee_not_found,  ///< No active operator has this id.
};
std::string to_string(station_refusal why);

/// "Keep one bank for this rental." Refused in the order of the checks 4, 5, 6 and 10 of a start.
struct reserve_bank {
  station_sn station;
  rental_id rental;
  std::optional<bank_sn> wanted;  ///< A certain bank, or the best one.
  bool look_only =
      false;  ///< Checks 4 to 6 and nothing else: the caller knows it will refuse for another reason.
};

/// The station's promise: this bank is nobody else's until the rental says how it ended.
struct bank_reservation {
  station_id station;
  station_sn station_serial;
  std::string station_name;
  imei cabinet;
  bank_image bank;  ///< status RESERVED; its slot is the slot it sits in. Nil serial after a look.
};

/// The rental did not happen, or took another bank: the bank is free again.
struct release_bank {
  station_id station;
  rental_id rental;
  bank_sn bank;
  bool ejection_failed = false;  ///< Counts against the slot; three in a row disable it.
  bool is_in_doubt =
      false;  ///< The cabinet says that it is not there: nobody rents it until a snapshot shows it.
};

/// Stored: the bank has left its slot with this rental, or nobody will ever know.
struct bank_left {
  station_id station;
  rental_id rental;
  bank_sn bank;           ///< The one that is out.
  bank_sn reserved;       ///< The one that was planned; differs after an adoption.
  bool is_proven = true;  ///< False: given up; it says nothing about the slot.
};

/// Stored: the bank now sits here (a return). Nothing is left to decide.
struct seat_bank {
  station_id station;
  bank_image bank;
  timestamp at;
};

/// Stored elsewhere: another cabinet has shown this bank later than this one. The newest report wins.
struct bank_seen_elsewhere {
  station_id station;
  bank_sn bank;
  timestamp at;
};

/// One slot as a snapshot shows it, numbered over both io ports.
struct observed_slot {
  std::int32_t number = 0;
  std::int32_t device_code = 0;
  bank_sn bank;
  std::int32_t battery = -1;
  std::int32_t temperature = 0;
  std::int32_t voltage = 0;
  std::int32_t current = 0;
  std::int32_t sensors = 0;
};

/// A whole valid snapshot of a cabinet.
struct observe_snapshot {
  station_id station;
  std::vector<observed_slot> slots;
  timestamp received_at;
  cabinet_report report;  ///< Stored with what follows from it.
  bool settling = false;  ///< Within 5 s after an ejection was sent: device data is taken, the places of
                          ///< banks are not judged.
};

/// What the station could not explain: banks it did not know to be here. Their rentals must be asked first.
struct snapshot_applied {
  std::vector<observed_slot> strangers;
};

/// A bank is here that no open rental claims: look it up, place it, or quarantine it.
struct adopt_bank {
  station_id station;
  observed_slot slot;
  timestamp at;
};
/// Placed, unless it was written off as lost: then its rental must be told first (`lost_bank_found`), and the
/// rental has it seated.
struct bank_adopted {
  rental_id lost_by;  ///< Nil: placed.
};

/// A bank was pushed into this slot: whatever the station believed to sit there has left. Asked before
/// anybody stores the new bank's place, so that no two banks ever share a slot.
struct prepare_slot {
  station_id station;
  std::int32_t slot = 0;
  bank_sn bank;  ///< The one that is there now.
  timestamp at;
  bool has_switch_fault = false;  ///< The slot takes no more banks until somebody has looked at it.
};

/// A bank came out although its ejection had been given up for refuted: it is MISSING, nobody pays.
struct bank_escaped {
  station_id station;
  bank_sn bank;
  rental_id rental;  ///< The one it was meant for, for the person who investigates.
  timestamp at;
};

/// Is this bank seated here, and what is known of it?
struct look_at_bank {
  station_id station;
  bank_sn bank;
};
struct seated_bank {
  std::optional<bank_image> bank;
};

struct connectivity_changed {
  station_id station;
  bool is_online = false;
  timestamp at;
  timestamp last_seen_at;
  std::string triggered_by;  ///< HEARTBEAT, SYNC, TIMEOUT
};

struct look_at_station {
  station_id station;
};

}  // namespace chautari
