#pragma once
/// Which cabinets may talk to us: their broker accounts, the ones nobody knows, and what they say over HTTP.
/// The signature of their calls holds no secret, so a right one proves nothing.

#include <caf/all.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/kiosks/messages.hpp"

namespace chautari {

// -- stored
// ------------------------------------------------------------------------------------------

/// A cabinet's account at the broker. The password is nowhere: it is made when the cabinet connects, given to
/// the broker and to the cabinet, and forgotten.
struct broker_account_image {
  imei cabinet;
  std::string username;
  std::string sim;  ///< ICCID of the connect that got the account; empty: it sent none.
  timestamp issued_at;
  std::int32_t issues = 0;  ///< How often a password was made.
  std::optional<timestamp> revoked_at;
  /// Until then a connect gets an account whatever its SIM; set by an operator.
  std::optional<timestamp> provisioning_until;
};

enum class stranger_state : std::uint8_t { waiting, approved, rejected };
std::string to_string(stranger_state state);
std::optional<stranger_state> parse_stranger_state(std::string_view text);

/// A cabinet that called and that no station has.
struct stranger_image {
  imei cabinet;
  stranger_state state = stranger_state::waiting;
  timestamp first_seen_at;
  timestamp last_seen_at;
  std::int64_t calls = 0;
  transport door = transport::http;  ///< Of the last call.
  std::string address;               ///< Of the last HTTP call.
  std::string sim;
  std::string hardware;  ///< As it told it; at most 255 characters.
  std::string notes;     ///< Of the operator who decided; at most 500.
};

// -- HTTP calls of cabinets, their sign already checked
// ------------------------------------------------------------------------------------------

enum class registry_refusal : std::uint8_t {
  unknown_cabinet = 1,  ///< Listed for approval.
  not_provisioned,      ///< Another SIM than before, and nobody allowed it.
  cabinet_rejected,
  call_too_often,      ///< 6 connects an hour per cabinet. context: {"retry_after": seconds}
  broker_unavailable,  ///< No account could be made at the broker now.
  call_not_read,       ///< The body is no frame, or a number is none.
  duplicate_call,
};
std::string to_string(registry_refusal why);

struct connect_cabinet {
  imei cabinet;
  std::string sim;
  std::string hardware;
  std::string address;
};
struct broker_login {
  std::string client_id;
  std::string username;
  std::string password;
};

/// The body of an upload: a 0x10 frame. Answered once it is in the inbox.
struct upload_snapshot {
  imei cabinet;
  std::vector<std::uint8_t> frame;
  std::string hardware;  ///< JSON object of what the call said beside it: signal, ssid, versions.
  std::string address;
};
/// "This bank came back here." Answered once it is in the inbox.
struct claim_return {
  imei cabinet;
  bank_sn bank;
  std::int32_t slot = 0;
  std::int32_t battery = -1;
  std::string address;
};

/// Somebody who is no station's cabinet spoke over MQTT. From the kiosk directory; counted, listed.
struct stranger_heard {
  imei cabinet;
  timestamp at;
};

// -- operators
// ------------------------------------------------------------------------------------------

struct list_strangers {
  std::optional<stranger_state> state;
  std::string search;  ///< In imei, SIM and address.
  std::int32_t page = 1;
  std::int32_t limit = 20;
};
struct stranger_page {
  std::vector<stranger_image> strangers;  ///< Last seen first.
  std::int64_t total = 0;
};
/// What an operator decides about a stranger. Approving one makes a station of it elsewhere
/// (`create_station`); this only notes the decision.
struct judge_stranger {
  imei cabinet;
  stranger_state state = stranger_state::rejected;
  std::string notes;
  operator_stamp by;
};
struct look_at_broker_account {
  imei cabinet;
};
struct broker_account_view {
  std::optional<broker_account_image> account;
};
enum class broker_account_action : std::uint8_t { provision, rotate, revoke };
/// provision: the next connect gets an account whatever its SIM, for an hour. rotate: the old password ends
/// now and the cabinet must connect again. revoke: it may not come back until provisioned.
struct change_broker_account {
  imei cabinet;
  broker_account_action action = broker_account_action::provision;
  std::string reason;
  operator_stamp by;
};

/// What is stored about one cabinet, and whether a station has it.
struct load_registry_entry {
  imei cabinet;
};
struct registry_entry {
  std::optional<broker_account_image> account;
  std::optional<stranger_image> stranger;
  station_id station;  ///< Nil: no station that is not deleted has this cabinet.
};

/// The CABINET REGISTRY: the one writer of broker accounts and of the list of strangers, and the inbox of
/// cabinets' HTTP calls.
using cabinet_registry_actor =
    caf::typed_actor<caf::replies_to<connect_cabinet>::with<broker_login>,
                     caf::replies_to<upload_snapshot>::with<void>, caf::replies_to<claim_return>::with<void>,
                     caf::reacts_to<stranger_heard>, caf::replies_to<judge_stranger>::with<stranger_image>,
                     caf::replies_to<look_at_broker_account>::with<broker_account_view>,
                     caf::replies_to<change_broker_account>::with<broker_account_view>>;

}  // namespace chautari

CAF_ERROR_CODE_ENUM(chautari::registry_refusal, "registry")

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::connect_cabinet)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::broker_login)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::upload_snapshot)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::claim_return)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::load_registry_entry)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::registry_entry)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::stranger_heard)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::list_strangers)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::stranger_page)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::stranger_image)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::judge_stranger)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::look_at_broker_account)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::broker_account_view)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::change_broker_account)
