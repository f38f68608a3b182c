#pragma once
/// What operators say to stations and of banks, and what riders and operators say of issues and amenities.
/// Every change says who wants it (`operator_stamp`); it is stored together with its line of the audit log.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/operations/audit.hpp"
#include "protocols/stations/images.hpp"
#include "protocols/stations/issues.hpp"

namespace chautari {

// -- one station
// ------------------------------------------------------------------------------------------

struct look_inside {
  station_id station;
};

/// A station as operators see it.
struct station_inside {
  station_image facts;
  bool is_online = false;
  timestamp last_seen_at;
  timestamp status_since;
  timestamp snapshot_at;  ///< Of the newest snapshot; 1970 if none came since the start.
  std::string hardware;   ///< JSON object, as the cabinet told it; empty if it never did.
  std::vector<slot_image> slots;
  std::vector<bank_image> banks;  ///< Seated here.
};

/// What the cabinet says of itself: firmware, signal, network. Kept with the station's next snapshot.
struct hardware_told {
  station_id station;
  std::string hardware;  ///< JSON object; the cabinet's word, stored as told. At most 2 KiB.
};

/// A bank that an operator puts into a new station's books. The cabinet's next snapshot has the last word.
struct bank_placement {
  bank_sn bank;
  std::int32_t slot = 0;
};

/// A new station. Its id and time of creation are made by whoever stores it. Refusals:
/// `station_already_exists` (serial or imei), `invalid_powerbank_assignment` (with every wrong one).
struct create_station {
  station_image facts;
  std::vector<bank_placement> banks;
  operator_stamp stamp;
};

/// What is to change; what is absent stays. All of it is stored, or nothing.
struct station_changes {
  std::optional<station_sn> serial;
  std::optional<imei> cabinet;
  std::optional<std::string> name;
  std::optional<std::string> address;
  std::optional<std::string> landmark;
  std::optional<std::string> description;
  std::optional<double> latitude;
  std::optional<double> longitude;
  std::optional<std::int32_t> total_slots;
  std::optional<std::int32_t> port_one_offset;
  std::optional<std::int32_t> opening_minute;  ///< -1 with the other: always open.
  std::optional<std::int32_t> closing_minute;
  std::optional<bool> is_approved;
  std::optional<std::string> media;      ///< JSON array, as shown to riders.
  std::optional<std::string> amenities;  ///< JSON array, as shown to riders.
};

struct change_station {
  station_id station;
  station_changes changes;
  operator_stamp stamp;
};

/// In maintenance nobody rents; returns are taken.
struct set_maintenance {
  station_id station;
  bool is_maintenance = false;
  std::string reason;
  operator_stamp stamp;
};

/// Soft: its past stays. Refused with `station_has_active_rentals` while a bank is inside or a rental that
/// began here is open.
struct delete_station {
  station_id station;
  std::string reason;
  operator_stamp stamp;
};

/// A locked slot takes part in nothing, whatever the cabinet says. Unlocking forgives its faults.
/// `slot_not_found` beyond what the station has.
struct set_slot_lock {
  station_id station;
  std::int32_t slot = 0;
  bool is_locked = true;
  std::string reason;
  operator_stamp stamp;
};

// -- a bank that an operator takes out
// ------------------------------------------------------------------------------------------

/// "Hold this bank for me": stored as MAINTENANCE at once, so that no rider gets it whatever happens to the
/// command. Answered with a `bank_reservation` whose rental is nil. Refusals: `powerbank_not_found`,
/// `powerbank_station_mismatch`, `requested_powerbank_unavailable` (promised to a rider or being taken out
/// already), `no_power_bank_available`.
struct take_out_bank {
  station_id station;
  std::optional<bank_sn> wanted;  ///< A certain bank, or the best one.
  command_id command;
  std::string reason;
  operator_stamp stamp;
};

/// The cabinet gave a bank to the operator. Answered when stored: MAINTENANCE, in no slot; the audit line
/// names the holder.
struct bank_taken_out {
  station_id station;
  bank_sn bank;     ///< The one that is out.
  bank_sn planned;  ///< The one that was held; differs if the cabinet gave another one.
  command_id command;
  std::string reason;
  operator_stamp stamp;
  timestamp at;
};

/// The held bank did not come out: it is what it was before.
struct bank_stayed {
  station_id station;
  bank_sn bank;
  command_id command;
  bool ejection_failed = false;  ///< Counts against the slot; three in a row disable it.
  bool is_in_doubt = false;      ///< Nobody knows: it stays MAINTENANCE until a person looks.
};

// -- the fleet
// ------------------------------------------------------------------------------------------

/// AVAILABLE, MAINTENANCE or DAMAGED; AVAILABLE also accepts a QUARANTINED bank. Refused with
/// `invalid_status_change`: RENTED or RESERVED, on its way out with an operator, or AVAILABLE for a bank that
/// sits nowhere.
struct set_bank_status {
  station_id station;  ///< Where it was last known to sit; the directory finds it out by itself.
  bank_sn bank;
  bank_status status = bank_status::available;
  std::string reason;
  operator_stamp stamp;
};

/// A station found a bank that is in nobody's books and wants to write it: granted when no operator is
/// changing it. Settled in any case, stored or not.
struct claim_stray {
  bank_sn bank;
};
struct stray_settled {
  bank_sn bank;
};

// -- amenities
// ------------------------------------------------------------------------------------------

struct look_at_amenities {};
struct amenity_list {
  std::vector<amenity_image> amenities;  ///< By name, those not active included.
};
/// Refused with `amenity_already_exists`; names differ in more than case.
struct create_amenity {
  amenity_image amenity;  ///< Its id is made by whoever stores it.
  operator_stamp stamp;
};
struct change_amenity {
  amenity_id amenity;
  std::optional<std::string> name;
  std::optional<std::string> icon;
  std::optional<std::string> description;
  std::optional<bool> is_active;
  operator_stamp stamp;
};
/// Refused with `amenity_in_use` while a station has it.
struct delete_amenity {
  amenity_id amenity;
  operator_stamp stamp;
};
/// Stored: every station that has it shows the new name.
struct amenity_changed {
  amenity_image amenity;
};

// -- issues
// ------------------------------------------------------------------------------------------

/// A rider complains. Refused with `duplicate_issue_report`: the same rider, station and type within 24 h,
/// still open.
struct report_issue {
  station_id station;
  user_id reporter;
  station_issue_type type = station_issue_type::offline;
  std::string description;
  std::string images;  ///< JSON array.
};

/// IN_PROGRESS without an assignee assigns whoever says it; RESOLVED tells the reporter. Refused with
/// `issue_not_found`, `assignee_not_found`.
struct change_issue {
  issue_id issue;
  std::optional<issue_status> status;
  std::optional<issue_priority> priority;
  std::optional<operator_id> assigned_to;  ///< Nil id: nobody.
  std::optional<std::string> notes;
  operator_stamp stamp;
};
struct delete_issue {
  issue_id issue;
  operator_stamp stamp;
};

/// An issue with what its readers want to see beside it.
struct issue_view {
  station_issue_image issue;
  station_sn station_serial;
  std::string station_name;
  std::string reporter_name;   ///< For operators only.
  std::string assignee_email;  ///< For operators only; empty if nobody.
};

}  // namespace chautari
