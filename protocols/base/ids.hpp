#pragma once
/// Every identifier of the network, in one list.

#include "protocols/base/strong_id.hpp"

namespace chautari {

using user_id = uuid_id<struct user_tag>;
using session_id = uuid_id<struct session_tag>;
using station_id = uuid_id<struct station_tag>;
using slot_id = uuid_id<struct slot_tag>;
using bank_id = uuid_id<struct bank_tag>;
using rental_id = uuid_id<struct rental_tag>;
using package_id = uuid_id<struct package_tag>;
using transaction_id = uuid_id<struct transaction_tag>;
using ledger_journal_id = uuid_id<struct ledger_journal_tag>;
using report_id = uuid_id<struct report_tag>;
using token_id = uuid_id<struct token_tag>;
using operator_id = uuid_id<struct operator_tag>;
using issue_id = uuid_id<struct issue_tag>;
using amenity_id = uuid_id<struct amenity_tag>;
using audit_id = uuid_id<struct audit_tag>;
using referral_id = uuid_id<struct referral_tag>;
using discount_id = uuid_id<struct discount_tag>;
using late_fee_id = uuid_id<struct late_fee_tag>;
using extension_id = uuid_id<struct extension_tag>;
using intent_id = uuid_id<struct intent_tag>;
using gateway_id = uuid_id<struct gateway_tag>;
using partner_id = uuid_id<struct partner_tag>;
using station_partner_id = uuid_id<struct station_partner_tag>;

/// One wish of a caller, however often it is sent: a retry carries the same id and finds the first outcome.
using command_id = uuid_id<struct command_tag>;
/// One indivisible entry of the journal; storing it twice is storing it once.
using record_id = uuid_id<struct record_tag>;

/// The public serial number of a station: in its URL and QR code. At most 255 characters.
using station_sn = text_id<struct station_sn_tag>;
/// The modem id of a cabinet, 15 digits: MQTT client id and topic level. Never the station's serial number.
using imei = text_id<struct imei_tag>;
/// The 32-bit serial number of a power bank, shown in decimal. 0 and 0xFFFFFFFF mean "none or unreadable".
using bank_sn = number_id<struct bank_sn_tag, std::uint32_t>;

inline constexpr bank_sn no_bank_sn{0};
inline constexpr bank_sn unreadable_bank_sn{0xFFFFFFFFU};

/// True if the cabinet read a serial number at all.
[[nodiscard]] constexpr bool is_readable(bank_sn sn) {
  return sn.value != no_bank_sn.value && sn.value != unreadable_bank_sn.value;
}

}  // namespace chautari
