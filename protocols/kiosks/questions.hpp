#pragma once
/// Questions to the database about cabinets and the commands they were given.

#include <caf/all.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/kiosks/images.hpp"

namespace chautari {

/// Was this very command given before, and when was this cabinet last told to restart?
struct look_for_command {
  command_id id;
  imei cabinet;
  timestamp since;  ///< Older restarts do not matter.
};
struct command_precedent {
  std::optional<command_image> same;
  std::optional<timestamp> rebooted_at;
};

struct load_command {
  command_id id;
};
/// A command with the station its cabinet belongs to now.
struct command_row {
  command_image command;
  station_id station;  ///< Nil if the cabinet is no station's any more.
  station_sn station_serial;
};
struct command_lookup {
  std::optional<command_row> row;
};

/// Commands, newest first. `page` > 0 pages by number, else by cursor.
struct list_commands {
  std::optional<station_sn> station;
  bool is_operators_only = false;  ///< Without riders' ejections and the server's own questions.
  std::optional<timestamp> from;
  std::optional<timestamp> until;  ///< Exclusive.
  std::string cursor;
  std::int32_t page = 0;
  std::int32_t limit = 20;
};
struct command_page {
  std::vector<command_row> rows;
  std::string next_cursor;
  std::int64_t total = -1;
};

/// What cabinets said within a time, newest first; too much to count.
struct list_cabinet_reports {
  std::optional<station_sn> station;
  timestamp from;
  timestamp until;  ///< Exclusive.
  std::string cursor;
  std::int32_t page = 0;
  std::int32_t limit = 20;
};
struct cabinet_report_row {
  cabinet_report report;
  station_sn station_serial;  ///< Empty if the cabinet is no station's.
};
struct cabinet_report_page {
  std::vector<cabinet_report_row> rows;
  std::string next_cursor;
};

/// What a kiosk must know to live again.
struct load_kiosk {
  imei cabinet;
};
struct kiosk_past {
  station_id station;  ///< Nil: the cabinet is no station's.
  station_sn station_serial;
  std::string station_name;
  std::int32_t total_slots = 0;
  std::int32_t port_one_offset = 25;
  bool was_online = false;
  timestamp last_seen_at;
  std::vector<command_image> open_commands;  ///< QUEUED or SENT.
};

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_for_command)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::command_precedent)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_command)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::command_lookup)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_commands)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::command_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_cabinet_reports)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::cabinet_report_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_kiosk)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::kiosk_past)
