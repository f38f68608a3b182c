#pragma once
/// What a bridge of the older system reports of its cabinets: the words behind POST
/// /api/internal/stations/data. Whoever says them has shown a secret, so unlike a cabinet's own HTTP call
/// they count as much as a frame over MQTT.

#include <caf/all.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocols/kiosks/cabinet_a8.hpp"
#include "protocols/kiosks/messages.hpp"

namespace chautari {

/// "full": the whole of one cabinet. Its slots are numbered from 1 without a gap.
struct synced_picture {
  cabinet_snapshot shown;
  std::optional<std::int64_t> sequence;  ///< Rises with each picture of a cabinet; an older one is dropped.
};
/// "returned": a bank was put in here.
struct synced_return {
  bank_sn bank;
  std::int32_t slot = 0;
  std::int32_t battery = -1;
  std::optional<timestamp> returned_at;  ///< Believed between the rental's start and now.
};
/// "status"
struct synced_status {
  bool is_online = false;
};

struct cabinet_sync {
  command_id id;  ///< Of its event_id; without one of the cabinet and the body.
  std::uint64_t body_hash = 0;
  std::string signature;  ///< Heard once; again within 600 s it gets what was answered, or nothing.
  imei cabinet;
  timestamp said_at;
  std::variant<synced_picture, synced_return, synced_status> what;
};
struct sync_answer {
  std::string data;  ///< JSON object of the answer.
  bool is_replay = false;
};

enum class sync_refusal : std::uint8_t {
  station_not_found = 1,  ///< No station has this cabinet: listed for approval.
  powerbank_not_found,
  slot_not_found,          ///< No station can have it.
  invalid_signature,       ///< Not for this body, or heard before.
  request_in_progress,     ///< The same event is being worked on.
  idempotency_key_reused,  ///< The same event with another body.
  too_many_syncs,          ///< More are under way, or remembered, than there is room for.
};
std::string to_string(sync_refusal why);

/// The SYNC CLERK: hears each report of a bridge once, hands what it says to the same actors as the cabinets'
/// own frames, and answers when that is stored.
using sync_clerk_actor = caf::typed_actor<caf::replies_to<cabinet_sync>::with<sync_answer>>;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::sync_refusal, "sync")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::cabinet_sync)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::sync_answer)
