#pragma once
/// What is said to and by the kiosk, our half of the talk with one cabinet.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "protocols/kiosks/cabinet_topic.hpp"
#include "protocols/kiosks/images.hpp"
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

/// Stored as QUEUED: eject this bank for this rental. The outcome goes to the rental directory as
/// `ejection_outcome`.
struct eject_bank {
  command_image command;            ///< kind popup_sn, state QUEUED.
  std::int32_t publishes_left = 2;  ///< How often a command may still leave for this rental in total.
};

/// Ask the cabinet for a snapshot now, unless an answer is already under way.
struct request_snapshot {
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
