#pragma once
/// What a cabinet answered to an operator, as the ledger keeps it and operators read it: JSON objects.

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kiosks/cabinet_a8.hpp"
#include "protocols/rentals/messages.hpp"

namespace chautari {

/// {"boards":[{index,io,temperature,software,hardware}],"slots":[{index,board,serial,power_percent,
/// temperature,voltage,current,cell_voltage,area,is_locked,micro_switch,status,device_code,software}]}.
/// Volt, ampere and degrees; null where the cabinet knows nothing.
[[nodiscard]] std::string result_of(const cabinet_snapshot& snapshot, std::int32_t port_one_offset);
/// What it says of itself: {"boards":[as above],"signal":21}; `signal` 0..31, anything else: unknown.
[[nodiscard]] std::string hardware_of(const cabinet_snapshot& snapshot, std::uint8_t signal);
/// A number that changes when something in it changes that a person would notice: not with each degree.
[[nodiscard]] std::uint32_t hardware_mark(const cabinet_snapshot& snapshot, std::uint8_t signal);
/// {"networks":["shop-wifi"]}
[[nodiscard]] std::string result_of(const wifi_list& list);
/// {"code":1,"meaning":"ejected"}
[[nodiscard]] std::string result_of(const slot_ejection_reply& reply);
/// {"ejection":"confirmed","powerbank_sn":"40000001","rule":"4.8-4","code":1}
[[nodiscard]] std::string result_of(const ejection_outcome& outcome);
/// {"error":"disconnected"}: it never left us.
[[nodiscard]] std::string result_of_error(std::string_view why);

}  // namespace chautari
