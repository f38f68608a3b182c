#pragma once
/// What a cabinet answered to an operator, as the ledger keeps it and operators read it: JSON objects.

#include <string>
#include <string_view>

#include "protocols/kiosks/cabinet_a8.hpp"
#include "protocols/rentals/messages.hpp"

namespace chautari {

/// {"boards":[{index,io,temperature,software,hardware}],"slots":[{index,board,serial,power_percent,
/// temperature,voltage,current,cell_voltage,area,is_locked,micro_switch,status,device_code,software}]}.
/// Volt, ampere and degrees; null where the cabinet knows nothing.
[[nodiscard]] std::string result_of(const cabinet_snapshot& snapshot);
/// {"networks":["shop-wifi"]}
[[nodiscard]] std::string result_of(const wifi_list& list);
/// {"code":1,"meaning":"ejected"}
[[nodiscard]] std::string result_of(const slot_ejection_reply& reply);
/// {"ejection":"confirmed","powerbank_sn":"40000001","rule":"4.8-4","code":1}
[[nodiscard]] std::string result_of(const ejection_outcome& outcome);
/// {"error":"disconnected"}: it never left us.
[[nodiscard]] std::string result_of_error(std::string_view why);

}  // namespace chautari
