#pragma once
/// What is said to and by the kiosk, our half of the talk with one cabinet.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "protocols/kiosks/cabinet_command.hpp"
#include "protocols/kiosks/cabinet_topic.hpp"
#include "protocols/kiosks/images.hpp"
#include "protocols/operations/audit.hpp"
#include "protocols/stations/images.hpp"

namespace chautari {

/// One message of a cabinet, as it came from the broker.
struct cabinet_frame {
  imei cabinet;
  cabinet_channel channel = cabinet_channel::update;
  std::vector<std::uint8_t> bytes;
  timestamp received_at;
  /// Counts the frame as under way until somebody has dealt with it; empty where nobody counts.
  std::shared_ptr<const void> ticket = {};
  /// http: the body of an upload, stored in the inbox already. It describes the cabinet as MQTT does, but
  /// decides nothing about money.
  transport door = transport::mqtt;
};

/// A cabinet's HTTP call says that this bank came back here; stored in the inbox already. Proves nothing.
struct return_call {
  imei cabinet;
  bank_sn bank;
  std::int32_t slot = 0;  ///< As the cabinet counts on its io port 0.
  std::int32_t battery = -1;
  timestamp received_at;
};

/// The broker saw the cabinet connect or disconnect.
struct broker_session {
  imei cabinet;
  bool is_connected = false;
  timestamp at;
};

/// Our own line to the broker broke or came back: what cabinets said meanwhile is late, or lost.
struct line_changed {
  bool is_connected = false;
};

/// Stored as QUEUED, or as SENT if its cabinet was idle when the rental was stored: eject this bank for this
/// rental. The outcome goes to the rental directory as `ejection_outcome`.
struct eject_bank {
  command_image command;            ///< kind popup_sn.
  std::int32_t publishes_left = 2;  ///< How often a command may still leave for this rental in total.
};

/// Ask the cabinet for a snapshot now, unless an answer is already under way.
struct request_snapshot {
  imei cabinet;
};

// -- operators
// ------------------------------------------------------------------------------------------

/// What an operator wants of a cabinet. Named by the station's id, or by its serial number if that is nil.
struct operator_command {
  command_id id;                ///< Of the caller, route and Idempotency-Key; or fresh.
  std::uint64_t body_hash = 0;  ///< Of the wish without its password: not even a trace of that is stored.
  station_id station;
  station_sn station_serial;
  imei cabinet;  ///< The directory's to fill in.
  command_kind kind = command_kind::check;
  std::int32_t slot = 0;    ///< Numbered over both io ports; lock_slot and unlock_slot.
  bank_sn bank;             ///< popup_sn; 0: the fullest one that nobody has a claim on.
  std::string ssid;         ///< wifi_connect.
  std::string password;     ///< wifi_connect; empty: an open network. In memory only, until it is published.
  std::int32_t volume = 0;  ///< 0..100
  network_mode mode = network_mode::mobile;
  std::string reason;
  operator_stamp by;
  /// The operator's role wants a reason for everything that moves a bank or changes a cabinet's firmware.
  bool must_give_reason = false;
  /// Answer when it has ended and not when it is stored. Only for what ends within seconds.
  bool waits_for_end = false;
};

/// Committed: QUEUED, SENT, or how it ended. `is_replay`: the same command was given before.
struct command_answer {
  command_image command;
  station_id station;
  station_sn station_serial;
  bool is_replay = false;
};

enum class command_refusal : std::uint8_t {
  command_busy = 1,    ///< One of its kind is under way, or the cabinet restarts: replies would be mixed up.
  ejection_in_flight,  ///< A restart or a new network would cut it off.
  station_offline,
  rate_limit_exceeded,  ///< context: {"retry_after": seconds}
  reason_required,
  slot_not_found,
  powerbank_not_found,     ///< Not in this cabinet.
  powerbank_unavailable,   ///< A rider has a claim on it.
  idempotency_key_reused,  ///< The same key with another body.
  invalid_command,         ///< A value that no cabinet takes.
};
std::string to_string(command_refusal why);

/// A station got this cabinet, or its facts changed. From the station directory, after it is stored.
struct register_cabinet {
  imei cabinet;
  station_id station;
  station_sn station_serial;
  std::string station_name;
  std::int32_t total_slots = 0;
  std::int32_t port_one_offset = 25;
};
/// No station's any more: what it says is a stranger's from now on. Commands under way end as EXPIRED.
struct retire_cabinet {
  imei cabinet;
};

/// A command for the wire. Ejections at QoS 0, questions at QoS 1; never retained.
struct publish_command {
  imei cabinet;
  std::string json;
  int qos = 0;
};
/// It is in the hands of the broker's client. Whether the cabinet will ever see it is unknown.
struct published {};

enum class broker_refusal : std::uint8_t {
  disconnected = 1,  ///< Certainly not sent.
  buffer_full,       ///< Certainly not sent.
};
std::string to_string(broker_refusal why);

struct look_at_kiosk {
  imei cabinet;
};
/// For operators and tests.
struct kiosk_view {
  imei cabinet;
  station_id station;
  bool is_online = false;
  timestamp last_seen_at;
  bool is_ejecting = false;
  std::int32_t queued = 0;
  std::uint64_t frames_rejected = 0;
};

}  // namespace chautari
