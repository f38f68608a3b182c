#pragma once
/// What the living network announces to its doors (HTTP and WebSocket): each door keeps its own copy, so a
/// read takes no lock.

#include <caf/all.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/accounts/messages.hpp"
#include "protocols/kiosks/images.hpp"
#include "protocols/payments/messages.hpp"
#include "protocols/pricing/package.hpp"
#include "protocols/rentals/messages.hpp"
#include "protocols/stations/views.hpp"

namespace chautari {

/// An access token of this session is worthless from now on; nil session: of every session of the user.
struct session_revoked {
  session_id session;
  user_id user;
  timestamp at;
};

/// Every station's first view is announced; from here on lists are complete.
struct stations_announced {
  std::uint64_t count = 0;
};

/// One line of the operators' feed.
enum class feed_severity : std::uint8_t { info, warning, alarm };
[[nodiscard]] std::string_view to_text(feed_severity level);
struct operator_event {
  report_id id;
  timestamp at;
  /// Closed set: rental.started, rental.returned, rental.eject_failed, rental.uncertain, station.online,
  /// station.offline, station.maintenance, slot.fault, slot.disabled, cabinet.power_lost,
  /// cabinet.over_temperature, cabinet.tampered, bank.missing, bank.quarantined, issue.reported,
  /// operator.action, rental.swapped, rental.claimed, rental.claim_refuted, rental.lost, bank.found,
  /// cabinet.unknown, return.failed
  std::string kind;
  feed_severity severity = feed_severity::info;
  station_id station;  ///< Nil if it happened nowhere.
  std::string data;    ///< JSON object: rental_code, bank_sn, slot, reason, action, ... No person's data.
};

/// A command to a cabinet has moved on. Never carries a secret.
struct command_news {
  command_image command;
  station_id station;
};

/// An operator's role or activity changed, or a session of theirs ended (nil: every one): sockets close, and
/// nothing that was remembered of them counts.
struct operator_changed {
  operator_id who;
  session_id session;
};

/// What rentals cost has changed; from here on this is offered.
struct prices_announced {
  std::shared_ptr<const price_list> prices;
};

/// A DOOR: one I/O thread's desk.
using door_actor = caf::typed_actor<caf::reacts_to<station_view>, caf::reacts_to<rental_event>,
                                    caf::reacts_to<wallet_event>, caf::reacts_to<session_revoked>,
                                    caf::reacts_to<stations_announced>, caf::reacts_to<operator_event>,
                                    caf::reacts_to<command_news>, caf::reacts_to<operator_changed>,
                                    caf::reacts_to<prices_announced>, caf::reacts_to<payment_event>>;

using doors = std::vector<door_actor>;

}  // namespace chautari

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::session_revoked)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::stations_announced)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::operator_event)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::command_news)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::operator_changed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::prices_announced)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(chautari::payment_event)
