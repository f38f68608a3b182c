#pragma once
/// What passes between a cabinet and us, as stored.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/ids.hpp"
#include "protocols/base/time.hpp"

namespace chautari {

enum class command_kind : std::uint8_t { check, check_all, popup_sn };
enum class command_state : std::uint8_t { queued, sent, ok, failed, timeout, confirmed, refuted, expired };
std::string to_string(command_kind kind);
std::string to_string(command_state state);
std::optional<command_state> parse_command_state(std::string_view text);
std::optional<command_kind> parse_command_kind(std::string_view text);

/// A command to a cabinet, stored as SENT before it is published.
struct command_image {
  command_id id;
  imei cabinet;
  command_kind kind = command_kind::popup_sn;
  rental_id rental;  ///< Nil if none.
  bank_sn bank;      ///< The bank to eject; 0 if none.
  std::int32_t slot = 0;
  command_state state = command_state::queued;
  std::int32_t attempt = 1;  ///< 1 or 2 within one rental.
  std::string issued_by;     ///< "rider:<id>", "system"
  timestamp created_at;
  std::optional<timestamp> sent_at;
  std::optional<timestamp> replied_at;
  std::int32_t reply_code = -1;  ///< State byte of the reply; -1 none.
  bank_sn reply_bank;
};

enum class transport : std::uint8_t { mqtt, http, broker };
std::string to_string(transport door);

/// Inbox of everything a cabinet said, decoded or not.
struct cabinet_report {
  report_id id;
  imei cabinet;
  timestamp received_at;
  transport door = transport::mqtt;
  std::int32_t frame_type = -1;  ///< Command byte; -1 if unreadable.
  std::int32_t error = 0;        ///< 100..103 of the frame check; 0 if valid.
  std::vector<std::uint8_t> raw;
  std::string dedupe_key;  ///< Unique if not empty: the same fact told twice is one row.
};

/// One decision about a cabinet, append-only.
struct cabinet_log_entry {
  imei cabinet;
  timestamp occurred_at;
  timestamp recorded_at;
  std::string kind;  ///< "ejection-sent", "ejection-confirmed", "bank-missing", ...
  std::string data;  ///< JSON object.
};

}  // namespace chautari
