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

/// What can be asked of a cabinet (spelt as on the wire), and what operators ask of us about one.
enum class command_kind : std::uint8_t {
  check,
  check_all,
  popup_sn,
  reboot,
  wifi_scan,
  wifi_connect,
  volume,
  mode,
  update_firmware,
  lock_slot,    ///< The server's own: the slot takes part in nothing. Nothing is sent.
  unlock_slot,  ///< Opens a slot (`popup`); and ends a lock.
  sync_time,    ///< These three no cabinet knows: always UNSUPPORTED.
  clear_cache,
  reset_hardware,
  load_ad,  ///< Fetch the list of adverts anew.
};
enum class command_state : std::uint8_t {
  queued,
  sent,
  ok,
  failed,
  timeout,
  confirmed,
  refuted,
  expired,
  unanswered,   ///< Sent; cabinets never answer this kind, so nobody knows more.
  unsupported,  ///< No cabinet of this model can do it; nothing was sent.
};
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
  // What only operators' commands have.
  std::string parameters;  ///< JSON object, secrets masked; empty if none.
  std::string reason;      ///< Why, in the operator's words.
  std::string result;      ///< JSON: what the cabinet answered, decoded; empty if nothing.
  std::uint64_t body_hash =
      0;  ///< Of the request that asked for it: another one under the same id is refused.
};

/// True until somebody knows how it ended.
[[nodiscard]] constexpr bool is_open(command_state state) {
  return state == command_state::queued || state == command_state::sent;
}

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
